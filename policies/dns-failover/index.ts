import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "../policy";
import { rules } from "./pack";

new PolicyPack("dns-failover", {
  description: "Keeps the failover of Route 53 records true.",
  displayName: "DNS failover",
  provider: "aws",
  policies: policiesOf(rules),
});
