import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";

new PolicyPack("dns-failover", {
  description: "Checks that Route 53 failover records work.",
  displayName: "DNS failover",
  provider: "aws",
  policies,
});
