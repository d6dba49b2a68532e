import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "../policy";
import { rules } from "./pack";

new PolicyPack("workload", {
  description: "Keeps what stands behind the failover safe and alive.",
  displayName: "Workload",
  provider: "aws",
  policies: policiesOf(rules),
});
