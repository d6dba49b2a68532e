import type { GateRules } from "../../functions/gate/blockers";
import type { GateSide } from "../../functions/gate/observation";
import { decidersOf } from "../../routing/graph/everyFault";
import { latchBucket } from "../../routing/graph/objects";
import type { Properties, Resource } from "../../routing/graph/resource";
import type { StackModel } from "../../routing/graph/stackModel";
import { awsTypes } from "../../routing/graph/types";
import { fieldOf, isObject, listOf, textOf, valueOf } from "../../routing/graph/values";
import { InputError } from "../../routing/inputError";
import type { HealthCheck, RecordSet } from "../../routing/model";

/** The failback gate of a stack: its controller, as its function is set up, and its latch. */
export interface ModelGate {
  /** The region of the controller and of the latch's bucket. */
  readonly region: string | undefined;
  /** The region of the topic with the alarms on health checks, which starts runs. */
  readonly alertRegion: string | undefined;
  readonly rules: GateRules;
  readonly liveName: string;
  readonly regionNames: Readonly<Record<GateSide, readonly string[]>>;
  readonly signalNames: Readonly<Record<string, string>>;
  /** Id of the latch's check. */
  readonly latchId: string;
  /** The name of the controller's function. */
  readonly functionName: string;
}

/** The gate of a stack; undefined for a stack without one, or if its function could not be read. */
export function modelGateOf(model: StackModel): ModelGate | undefined {
  const latch = latchOf(model);
  const controller = controllerOf(model);
  if (!latch || !controller) return undefined;
  const variables = variablesOf(controller);
  const number = (name: string): number => Number(variables.get(name) ?? NaN);
  const names = (name: string): readonly string[] =>
    JSON.parse(variables.get(name) ?? "[]") as readonly string[];
  const topicRegions = names("TICK_TOPIC_ARNS").map((arn) => arn.split(":")[3]);
  return {
    region: controller.region,
    alertRegion: topicRegions.find((region) => region !== controller.region) ?? topicRegions[0],
    rules: {
      isAutomatic: variables.get("APPROVAL") === "automatic",
      approvers: number("APPROVERS"),
      outsideRuns: number("OUTSIDE_RUNS"),
      soakSeconds: number("SOAK_SECONDS"),
      remindSeconds: number("REMIND_SECONDS"),
    },
    liveName: variables.get("LIVE_NAME") ?? "",
    regionNames: { primary: names("PRIMARY_NAMES"), standby: names("STANDBY_NAMES") },
    signalNames: JSON.parse(variables.get("SIGNAL_NAMES") ?? "{}") as Record<string, string>,
    latchId: latch.id,
    functionName: textOf(controller, "name") ?? controller.name,
  };
}

/** The environment of the gate's controller; empty for a stack without one. */
export function controllerVariablesOf(model: StackModel): ReadonlyMap<string, string> {
  const controller = controllerOf(model);
  return controller ? variablesOf(controller) : new Map();
}

/** The gate that decides about a name; undefined also for one that is only created, which moves nobody. */
export function attachedGateOf(
  model: StackModel,
  name: string,
  type: string,
): ModelGate | undefined {
  const gate = modelGateOf(model);
  const { checks } = decidersOf(model, name, type);
  return gate && checks.some(({ id }) => id === gate.latchId) ? gate : undefined;
}

/**
 * The resources of a stack with its gate attached, as `failover:gate` with `mode: attached` does it: the latch
 * becomes a child of the guarded region's check, and all children are needed. An attached gate stays as it is.
 *
 * @throws InputError for a stack without a gate
 */
export function withGateAttached(model: StackModel, source: string): readonly Resource[] {
  const { graph, route53 } = model;
  const gate = modelGateOf(model);
  const latch = gate && graph.get(gate.latchId);
  const primary = gate && route53.rootOf(gate.liveName, "A").find(isPrimary);
  const guarded = primary?.checkId === undefined ? undefined : graph.get(primary.checkId);
  if (!latch || !guarded) {
    throw new InputError(
      `${source}: must have a failback gate for this scenario, got none; play a scenario without \`gate\`, or in a stack of this package's program set its gate`,
    );
  }
  const children = listOf(guarded, "childHealthchecks");
  const id = latch.id ?? latch.urn;
  if (children.includes(id)) return graph.resources;
  const attached = (properties: Properties): Properties => ({
    ...properties,
    childHealthchecks: [...children, id],
    childHealthThreshold: children.length + 1,
  });
  return graph.resources.map((resource) =>
    resource === guarded
      ? { ...resource, inputs: attached(resource.inputs), outputs: attached(resource.outputs) }
      : resource,
  );
}

function isPrimary({ policy }: RecordSet): boolean {
  return policy.kind === "failover" && policy.role === "PRIMARY";
}

function controllerOf({ graph }: StackModel): Resource | undefined {
  return graph
    .ofType(awsTypes.lambda)
    .find((one) => ["GATE_BUCKET", "LIVE_NAME"].every((name) => variablesOf(one).has(name)));
}

function latchOf({ graph, route53 }: StackModel): HealthCheck | undefined {
  return [...route53.checks.values()].find((check) => latchBucket(graph, check) !== undefined);
}

/** The environment of a function; what is not a text is left out. */
function variablesOf(lambda: Resource): ReadonlyMap<string, string> {
  const variables = fieldOf(valueOf(lambda, "environment"), "variables");
  return new Map(
    Object.entries(isObject(variables) ? variables : {}).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as const] : [],
    ),
  );
}
