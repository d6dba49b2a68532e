import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";

new PolicyPack("dns-failover", {
  description: "Keeps the failover of Route 53 records true.",
  displayName: "DNS failover",
  provider: "aws",
  policies,
});
