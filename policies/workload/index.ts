import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";

new PolicyPack("workload", {
  description: "Checks the security and resilience of the resources behind the failover.",
  displayName: "Workload",
  provider: "aws",
  policies,
});
