import { decidersOf } from "../../routing/graph/everyFault";
import type { StackModel } from "../../routing/graph/stackModel";
import { watchedGroup } from "../../routing/watchedName";
import { booleans } from "../../routing/logic";
import type { EndpointHealthCheck, Group, HealthCheck, RecordSet } from "../../routing/model";
import { valuesBelow } from "../simulation/asking";
import { isStaticPage } from "../staticPage";

/** A value that the name servers can answer. */
export interface AnswerValue {
  readonly record: RecordSet;
  readonly value: string;
}

/** A check that probes a server: by its address, or through a name that answers it. */
export interface ServerCheck {
  readonly check: EndpointHealthCheck;
  /** The answer that leads to the server, for a check by name. */
  readonly through?: AnswerValue;
}

/** What one server of the drill stands for. */
export interface ServerPlan {
  /** The URN of its resource, or its address or name where no resource stands for it. */
  readonly id: string;
  readonly label: string;
  /** The address or name in the records. */
  readonly declared: string;
  readonly availabilityZone?: string;
  readonly region?: string;
  readonly isPage: boolean;
  readonly answers: readonly AnswerValue[];
  readonly checks: readonly ServerCheck[];
}

/** What a drill of a name consists of. */
export interface Inventory {
  readonly name: string;
  readonly type: string;
  readonly root: Group;
  readonly servers: readonly ServerPlan[];
  /** All checks behind the answers. */
  readonly checks: readonly HealthCheck[];
  /** The records behind the answers of the name itself. */
  readonly records: readonly RecordSet[];
}

/** A name of which a drill needs the checks. */
export interface DrilledName {
  readonly name: string;
  readonly type: string;
}

/**
 * The servers and checks that a drill needs: every endpoint that the name can answer, and every endpoint that a
 * check probes.
 *
 * @param others names whose checks the drill needs too
 * @throws InputError where the records of a name have faults
 */
export function drillInventoryOf(
  model: StackModel,
  { name, type }: DrilledName,
  others: readonly DrilledName[] = [],
): Inventory {
  const { route53 } = model;
  const root = route53.rootOf(name, type);
  const deciders = [{ name, type }, ...others].map((one) => decidersOf(model, one.name, one.type));
  const checks = [...new Set(deciders.flatMap((one) => one.checks))];
  const steady = model.under([]).under(booleans, () => true);
  const servers = new Map<string, ServerPlan>();
  const add = (
    id: string,
    plan: () => Omit<ServerPlan, "id" | "answers" | "checks">,
  ): ServerPlan => {
    const known = servers.get(id) ?? { id, ...plan(), answers: [], checks: [] };
    servers.set(id, known);
    return known;
  };
  const addAnswer = (answer: AnswerValue): ServerPlan => {
    const known = add(serverOf(model, answer), () => planOfAnswer(model, answer));
    if (known.answers.some((one) => one.record === answer.record && one.value === answer.value)) {
      return known;
    }
    const grown = { ...known, answers: [...known.answers, answer] };
    servers.set(known.id, grown);
    return grown;
  };
  const addCheck = ({ id }: ServerPlan, check: ServerCheck): void => {
    const known = servers.get(id) as ServerPlan;
    servers.set(id, { ...known, checks: [...known.checks, check] });
  };
  for (const answer of valuesBelow(model, root, type)) addAnswer(answer);
  for (const check of checks) {
    if (!isProbed(check)) continue;
    const group = watchedGroup(model, check);
    if (group && steady.watches(check.id)) {
      for (const through of valuesBelow(model, group, "A")) {
        addCheck(addAnswer(through), { check, through });
      }
    } else {
      addCheck(
        add(serverOfCheck(model, check), () => planOfCheck(model, check)),
        { check },
      );
    }
  }
  return {
    ...{ name, type, root, checks },
    servers: [...servers.values()],
    records: route53.reachableFrom(root, type),
  };
}

/** The ids of the servers by the values that lead to them. */
export function serversByValue({ servers }: Inventory): ReadonlyMap<string, string> {
  return new Map(servers.flatMap(({ id, answers }) => answers.map(({ value }) => [value, id])));
}

/** Whether checkers probe for a check; the others are computed, follow an alarm, or are switched off. */
export function isProbed(check: HealthCheck): check is EndpointHealthCheck {
  return check.kind === "endpoint" && !check.disabled && (check.problems ?? []).length === 0;
}

/** The id of the server at a value. */
export function serverOf(model: StackModel, { record, value }: AnswerValue): string {
  return (
    model.outsideOfValue(record, value) ?? model.endpointOfValue(record, value)?.urn ?? record.id
  );
}

/** The id of the server that a check probes by its address, or by a name that the stack does not answer. */
export function serverOfCheck(model: StackModel, check: EndpointHealthCheck): string {
  return model.outsideOfCheck(check) ?? model.endpointOfCheck(check)?.urn ?? check.id;
}

function planOfAnswer(
  model: StackModel,
  { record, value }: AnswerValue,
): Omit<ServerPlan, "id" | "answers" | "checks"> {
  const endpoint = model.endpointOfValue(record, value);
  return {
    ...placeOf(endpoint),
    label: nameOf(model, endpoint?.urn) ?? value,
    declared: value,
    isPage: isStaticPage(record),
  };
}

function planOfCheck(
  model: StackModel,
  check: EndpointHealthCheck,
): Omit<ServerPlan, "id" | "answers" | "checks"> {
  const endpoint = model.endpointOfCheck(check);
  const declared = check.ipAddress ?? check.fullyQualifiedDomainName ?? check.label;
  return {
    ...placeOf(endpoint),
    label: nameOf(model, endpoint?.urn) ?? declared,
    declared,
    isPage: false,
  };
}

function placeOf(
  endpoint: ReturnType<StackModel["endpointOfCheck"]>,
): Pick<ServerPlan, "availabilityZone" | "region"> {
  const [zone, ...others] = endpoint?.availabilityZones ?? [];
  return {
    ...(zone === undefined || others.length > 0 ? {} : { availabilityZone: zone }),
    ...(endpoint?.region === undefined ? {} : { region: endpoint.region }),
  };
}

function nameOf({ graph }: StackModel, urn: string | undefined): string | undefined {
  return urn === undefined ? undefined : graph.get(urn)?.name;
}
