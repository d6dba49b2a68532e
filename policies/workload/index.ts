import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";

new PolicyPack("workload", {
  description: "Keeps what stands behind the failover safe and alive.",
  displayName: "Workload",
  provider: "aws",
  policies,
});
