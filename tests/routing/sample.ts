import { defaultAssumptions } from "../../routing/assumptions";
import type { Assumptions } from "../../routing/assumptions";
import type {
  AlarmCheck,
  AliasTarget,
  CalculatedCheck,
  EndpointHealthCheck,
  HealthCheck,
  Observations,
  RecordSet,
  RoutingPolicy,
  TargetGroup,
} from "../../routing/model";
import type { Bound } from "../../routing/boundParts";
import { Transition } from "../../routing/bound";
import type { FailureMode } from "../../routing/checker";
import { Diagram } from "../../routing/diagram";
import type { DiagramNode } from "../../routing/diagram";
import { fractionOf } from "../../routing/fraction";
import { AnsweringView } from "../../routing/resolve";
import { Route53 } from "../../routing/route53";
import { shareExceeds } from "../../routing/shares";
import { valuesOf } from "../../routing/view";

/** Small builders, so that a test shows only what its rule is about. */

const zoneId = "zone";

export const primary: RoutingPolicy = { kind: "failover", role: "PRIMARY" };
export const secondary: RoutingPolicy = { kind: "failover", role: "SECONDARY" };
export const weight = (value: number): RoutingPolicy => ({ kind: "weighted", weight: value });

/** A record with one address; its value is also its set identifier. */
export function address(
  name: string,
  value: string,
  policy: RoutingPolicy,
  checkId?: string,
  more: Partial<RecordSet> = {},
): RecordSet {
  return {
    id: `${name}/${value}`,
    label: `${name}/${value}`,
    zoneId,
    name,
    type: "A",
    policy,
    target: { kind: "values", values: [value], ttlSeconds: 60 },
    ...(policy.kind === "simple" ? {} : { setIdentifier: value }),
    ...(checkId === undefined ? {} : { checkId }),
    ...more,
  };
}

/** An alias to another record; it evaluates its target by default. */
export function alias(
  name: string,
  to: string | AliasTarget,
  policy: RoutingPolicy,
  { evaluates = true, checkId }: { evaluates?: boolean; checkId?: string } = {},
): RecordSet {
  const target: AliasTarget = typeof to === "string" ? { kind: "record", zoneId, name: to } : to;
  const key = target.kind === "record" ? target.name : target.dnsName;
  return {
    id: `${name}→${key}`,
    label: `${name}→${key}`,
    zoneId,
    name,
    type: "A",
    policy,
    target: { kind: "alias", evaluateTargetHealth: evaluates, target },
    ...(policy.kind === "simple" ? {} : { setIdentifier: key }),
    ...(checkId === undefined ? {} : { checkId }),
  };
}

export function withoutCheck(record: RecordSet): RecordSet {
  const { checkId, ...rest } = record;
  return checkId === undefined ? record : rest;
}

export function endpointCheck(
  id: string,
  more: Partial<EndpointHealthCheck> = {},
): EndpointHealthCheck {
  return {
    kind: "endpoint",
    id,
    label: id,
    inverted: false,
    disabled: false,
    type: "HTTP_STR_MATCH",
    intervalSeconds: 10,
    failureThreshold: 2,
    byAddress: true,
    ...more,
  };
}

export function calculatedCheck(
  id: string,
  children: readonly string[],
  healthThreshold: number,
  more: Partial<CalculatedCheck> = {},
): CalculatedCheck {
  return {
    kind: "calculated",
    id,
    label: id,
    inverted: false,
    disabled: false,
    children,
    healthThreshold,
    ...more,
  };
}

export function alarmCheck(
  id: string,
  insufficientData: AlarmCheck["insufficientData"],
  more: Partial<AlarmCheck> = {},
): AlarmCheck {
  return {
    kind: "alarm",
    id,
    label: id,
    inverted: false,
    disabled: false,
    insufficientData,
    ...more,
  };
}

/** What a check has seen; `noData` until there is enough, `missingData` for a silent metric. */
export type Seen = "healthy" | "unhealthy" | "noData" | "missingData";

export interface World {
  readonly records?: readonly RecordSet[];
  readonly checks?: readonly HealthCheck[];
  /** What checks have seen; default: healthy endpoints. */
  readonly seen?: Readonly<Record<string, Seen>>;
  readonly lastKnown?: Readonly<Record<string, "healthy" | "unhealthy">>;
  readonly targetGroups?: Readonly<Record<string, readonly TargetGroup<boolean>[]>>;
  readonly assumptions?: Partial<Assumptions>;
}

export function route53Of({ records = [], checks = [], assumptions = {} }: World): Route53 {
  return new Route53({ records, checks }, { ...defaultAssumptions, ...assumptions });
}

export function observationsOf({
  seen = {},
  lastKnown = {},
  targetGroups = {},
}: World): Observations<boolean> {
  return {
    passes: (id) => seen[id] !== "unhealthy",
    silent: (id) => seen[id] === "missingData",
    wasHealthy: (id) => lastKnown[id] !== "unhealthy",
    targetGroups: (id) => targetGroups[id],
    unread: () => true,
  };
}

/** A change of what is seen, for one name. */
export interface SampleChange {
  readonly name: string;
  readonly type: string;
  readonly before: Observations<boolean>;
  readonly after: Observations<boolean>;
  /** The names that checks watch, by check. */
  readonly watching?: Readonly<Record<string, string>>;
  readonly death: FailureMode | "returns";
  /** If absent, the answers only have to reach their final shares. */
  readonly good?: (answer: { readonly value: string }) => boolean;
  /** Answers with which a check by name passes; default: the good ones. */
  readonly passing?: (answer: { readonly value: string }) => boolean;
}

/** The bound of a change without unknowns. */
export function worstCase(route53: Route53, change: SampleChange): Bound {
  const { name, type, before, after, watching = {}, death, good } = change;
  const { passing = good ?? (() => true) } = change;
  const diagram = new Diagram();
  return new Transition(route53, {
    diagram,
    before: inDiagram(diagram, before),
    after: inDiagram(diagram, after),
    watches: (id) => {
      const watched = watching[id];
      if (watched === undefined) return undefined;
      const counts = (leaf: RecordSet): readonly DiagramNode[] =>
        valuesOf(leaf).map((value) => diagram.constant(passing({ value })));
      const share = fractionOf(route53.assumptions.healthyCheckerShare);
      return {
        records: route53.reachable(watched, "A"),
        passesIn: (view) => shareExceeds(view, { name: watched, type: "A", counts }, share),
      };
    },
  }).worstCase({
    name,
    type,
    death,
    ...(good ? { good: (_, value) => diagram.constant(good({ value })) } : {}),
  });
}

function inDiagram(diagram: Diagram, seen: Observations<boolean>): Observations<DiagramNode> {
  const node = (value: boolean): DiagramNode => diagram.constant(value);
  return {
    passes: (id) => node(seen.passes(id)),
    silent: (id) => node(seen.silent?.(id) ?? false),
    wasHealthy: (id) => node(seen.wasHealthy?.(id) ?? true),
    targetGroups: (id) =>
      seen.targetGroups(id)?.map((group) => ({
        ...group,
        targets: group.targets.map((target) => ({ ...target, healthy: node(target.healthy) })),
      })),
    unread: (what) => node(seen.unread(what)),
  };
}

export function viewOf(stackModel: World): AnsweringView {
  return new AnsweringView(route53Of(stackModel), observationsOf(stackModel));
}

/** The probability of each answer, by value. */
export function answersOf(stackModel: World, name: string): Readonly<Record<string, number>> {
  const { answers } = viewOf(stackModel).resolve(name, "A");
  return Object.fromEntries(answers.map(({ value, probability }) => [value, probability]));
}

/** All faults that asking for a name reports; empty where it answers. */
export function faultsOf(stackModel: World, name: string): readonly string[] {
  try {
    viewOf(stackModel).resolve(name, "A");
    return [];
  } catch (error) {
    return (error as Error).message.split("\n");
  }
}
