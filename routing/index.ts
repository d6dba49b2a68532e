/**
 * The route algebra (what should answer, as a value), the records that it compiles to, and what
 * Route 53 does with them: pure, without AWS or Pulumi.
 */

// The algebra.
export { checked, endpoint, failover, fixed, published, weighted } from "./route";
export type {
  Branch,
  Endpoint,
  Failover,
  Family,
  Node,
  PerFamily,
  Route,
  Static,
  Target,
  Weighted,
} from "./route";
export { compile } from "./compile";
export type { CompileOptions, MemberPolicy, RecordSpec, RecordTarget } from "./compile";

// Route 53: records and checks in, answers and worst cases out.
export { Route53 } from "./route53";
export type { Dns, HealthCheck, Observations, RecordSet } from "./model";
export { AnsweringView } from "./resolve";
export type { Answer, Resolution } from "./resolve";
export { Transition } from "./bound";
export type { Affected } from "./bound";
export type { Bound, Term } from "./boundParts";
export type { Change } from "./change";
export { Diagram } from "./diagram";
export type { DiagramNode as DiagramNode } from "./diagram";
export type { Logic } from "./logic";
export { defaultAssumptions } from "./assumptions";
export type { Assumptions } from "./assumptions";

export { InputError } from "./inputError";
