import type { DrillEndpoint, DrillGroup, DrillMember } from "../drillRun";
import type { DrillState } from "../drillState";
import { brokenPartOf, placeLabelOf, regionLabelOf } from "../drillState";

/** A record of the tree in a state of the drill. */
export interface DrawnRecord {
  readonly role: string;
  /** Whether Route 53 considers the record healthy; undefined before the first answer. */
  readonly isHealthy: boolean | undefined;
  /** Whether the record is on the way to an answer. */
  readonly isAnswering: boolean;
  readonly group?: DrawnGroup;
  readonly endpoints: readonly DrawnEndpoint[];
}

/** A group of the tree. */
export interface DrawnGroup {
  readonly label: string;
  readonly isAnswering: boolean;
  readonly records: readonly DrawnRecord[];
}

/** An endpoint at the end of the tree. */
export interface DrawnEndpoint {
  readonly label: string;
  readonly region?: string;
  readonly isBroken: boolean;
  /** Share of the queries; undefined if it does not answer here. */
  readonly share?: number;
}

/** The tree of a drill with what answers and what is healthy. */
export function drawnTreeOf(state: DrillState): DrawnGroup {
  const { drill, answer } = state;
  const path = new Set(answer?.path);
  const healthy = new Set(answer?.healthyRecords);
  const endpoints = new Map(drill.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const suffix = `.${drill.name}`;
  const [host = drill.name] = drill.name.split(".");
  return groupOf(drill.tree, answer !== undefined);

  function groupOf({ name, members }: DrillGroup, isAnswering: boolean): DrawnGroup {
    const label =
      name === drill.name ? host : name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
    return { label, isAnswering, records: members.map((one) => recordOf(one, isAnswering)) };
  }

  function recordOf(member: DrillMember, isReached: boolean): DrawnRecord {
    const isAnswering = isReached && path.has(member.record);
    return {
      role: member.role,
      isHealthy: answer && healthy.has(member.record),
      isAnswering,
      ...(member.group ? { group: groupOf(member.group, isAnswering) } : {}),
      endpoints: member.endpoints.map((id) => endpointOf(id, isAnswering)),
    };
  }

  function endpointOf(id: string, isAnswering: boolean): DrawnEndpoint {
    const endpoint = endpoints.get(id);
    const share = answer?.answers
      .filter((one) => one.endpoint === id)
      .reduce((sum, one) => sum + one.share, 0);
    return {
      ...placeOf(endpoint, id),
      isBroken: endpoint !== undefined && brokenPartOf(state, endpoint) !== undefined,
      ...(isAnswering && share !== undefined && share > 0 ? { share } : {}),
    };
  }

  function placeOf(
    endpoint: DrillEndpoint | undefined,
    id: string,
  ): Pick<DrawnEndpoint, "label" | "region"> {
    if (!endpoint) return { label: id };
    const { region } = endpoint;
    return {
      label: placeLabelOf(endpoint),
      ...(region === undefined || endpoint.availabilityZone === undefined
        ? {}
        : { region: regionLabelOf(drill, region) }),
    };
  }
}

/** The health of a record as Route 53 concludes: a word, and a symbol. */
export function healthOf({ isHealthy }: DrawnRecord): {
  readonly tone: string;
  readonly sign: string;
} {
  if (isHealthy === undefined) return { tone: "unknown", sign: "?" };
  return isHealthy ? { tone: "healthy", sign: "✓" } : { tone: "unhealthy", sign: "✗" };
}
