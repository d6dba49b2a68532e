import type { HealthCheck, UnknownStatus } from "../../routing/model";
import type { DiagramNode } from "../../routing/diagram";
import { Diagram } from "../../routing/diagram";
import type { Fault } from "../../routing/graph/faults";
import type { FaultState, StackModel } from "../../routing/graph/stackModel";
import type { ReportedCheck } from "../../sources/aws/present";

/** The status of a check at present. */
export interface CheckStatus {
  /** Route 53's id of the check. */
  readonly id: string;
  readonly name: string;
  readonly kind: HealthCheck["kind"];
  readonly status: "healthy" | "unhealthy" | "unknown";
  /** Its checkers that find the endpoint healthy; absent for other kinds of checks. */
  readonly checkers?: { readonly healthy: number; readonly all: number };
  readonly isInverted: boolean;
  readonly isDisabled: boolean;
  /** What the status comes from, or why it is unknown. */
  readonly why: string;
}

/** Why the status of a check was not read, where AWS gave no reason. */
const notReported = "AWS reports no status";

/**
 * The reported statuses as faults of a model: it then decides as Route 53 does at present. A check
 * without a report is neither healthy nor unhealthy. Calculated checks follow from their children.
 */
export function statusFaults(
  { graph, route53 }: StackModel,
  reported: readonly ReportedCheck[],
): readonly Fault[] {
  const byUrn = new Map(reported.map((one) => [one.check.urn, one]));
  return [...route53.checks.values()].flatMap((check): Fault[] => {
    if (check.kind !== "endpoint" && check.kind !== "alarm") return [];
    const { isWell, why = notReported } = byUrn.get(check.id) ?? {};
    const isHealthy = isWell === undefined ? undefined : isWell !== check.inverted;
    const says =
      isHealthy === undefined ? { unknownBecause: why } : isHealthy ? "healthy" : "unhealthy";
    const name = graph.get(check.id)?.name ?? check.id;
    return [{ kind: "check", name: `check:${name}`, urns: [check.id], says }];
  });
}

/** The status of every check, in the order of the model. */
export function checkStatuses(
  model: StackModel,
  state: FaultState,
  reported: readonly ReportedCheck[],
): readonly CheckStatus[] {
  const diagram = new Diagram();
  const { view } = state.under(diagram, unknownsIn(diagram));
  return [...model.route53.checks.values()].map((check) => {
    const isHealthy = diagram.known(view.checkHealthy(check.id));
    const report = reported.find((one) => one.check.urn === check.id);
    const status = isHealthy === undefined ? "unknown" : isHealthy ? "healthy" : "unhealthy";
    return {
      id: model.graph.get(check.id)?.id ?? check.id,
      name: check.label,
      kind: check.kind,
      status,
      ...(report?.checkers ? { checkers: report.checkers } : {}),
      isInverted: check.inverted,
      isDisabled: check.disabled,
      why: reasonOf(model, check, report),
    };
  });
}

/** A variable for each unknown status. */
export function unknownsIn(diagram: Diagram): (what: UnknownStatus) => DiagramNode {
  const nodes = new Map<string, DiagramNode>();
  return ({ name }) => {
    const node = nodes.get(name) ?? diagram.variable();
    nodes.set(name, node);
    return node;
  };
}

function reasonOf(
  { route53 }: StackModel,
  check: HealthCheck,
  report: ReportedCheck | undefined,
): string {
  if (check.disabled) return "it is disabled, which has a fixed status";
  if (check.kind === "calculated") {
    const names = check.children.map((child) => route53.checks.get(child)?.label ?? child);
    return `computed: at least ${check.healthThreshold} of ${names.join(", ")}`;
  }
  if (check.kind === "recoveryControl") return "it follows a routing control, which was not read";
  return `${report?.why ?? notReported}${check.inverted ? "; inverted" : ""}`;
}
