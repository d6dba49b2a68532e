import { alarmOfArn } from "../../functions/gameDay/alarmOfArn";
import { alarmReasons } from "../../functions/gameDay/mayStart";
import type { Resource } from "../../routing/graph/resource";
import { fieldOf, isObject } from "../../routing/graph/values";
import { InputError } from "../../routing/inputError";
import type { GateOwnerStack } from "../gate/gateLocation";
import type { RegionalAlarm } from "./alarms";
import type { Fis, FisTemplate } from "./fis";
import type { LiveMachines } from "./machines";

/** A game day that may be started. */
export interface GameDayPlan {
  readonly project: string;
  readonly stack: string;
  /** The AWS region of the fault. */
  readonly region: string;
  readonly accountId: string;
  /** The experiment, or the availability zone of the instances. */
  readonly name: string;
  readonly fault: PlannedFault;
  /** The alarms that end it. */
  readonly stopAlarms: readonly RegionalAlarm[];
  /** The longest duration of the fault. */
  readonly minutes: number;
  /** How long the return of customers is watched. */
  readonly returnMinutes: number;
  /** What it does, in a sentence. */
  readonly effect: string;
}

export type PlannedFault =
  | {
      readonly kind: "experiment";
      readonly templateId: string;
      /** Machines of the stack that are not running now. */
      readonly stoppedBefore: readonly string[];
    }
  | { readonly kind: "instances"; readonly instanceIds: readonly string[] };

/** What a person asks for. */
export interface GameDayWish {
  readonly name: string;
  readonly byInstances: boolean;
  /** Names of the alarms that end a game day by instances. */
  readonly stopAlarms: readonly string[];
  readonly minutes: number;
  readonly returnMinutes: number;
}

/** The access that planning needs. */
export interface PlanTools {
  readonly accountId: string;
  readonly fis: Fis;
  readonly machines: LiveMachines;
  /** The states of alarms of the fault's region by name. */
  readonly alarmStates: (names: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** The region in which faults of a stack are injected: the primary one. */
export function faultRegionOf({ stack, outputs }: GateOwnerStack): string {
  const region = fieldOf(fieldOf(outputs["regions"], "primary"), "region");
  if (typeof region === "string") return region;
  throw new InputError(
    `${stack}: must have the output regions.primary.region, got none; only a stack of this package's program has one: make another one fail by \`failover drill\``,
  );
}

/**
 * Plans a game day.
 *
 * @throws InputError with each reason why it may not start
 */
export async function planGameDay(
  owner: GateOwnerStack,
  wish: GameDayWish,
  tools: PlanTools,
): Promise<GameDayPlan> {
  const region = faultRegionOf(owner);
  const { project, stack } = owner;
  const { name, minutes, returnMinutes } = wish;
  const base = { project, stack, region, accountId: tools.accountId, name, minutes, returnMinutes };
  if (wish.byInstances) {
    const stopAlarms = wish.stopAlarms.map((alarm) => ({ region, name: alarm }));
    await requireFit(stopAlarms, [], tools);
    const machines = await tools.machines.tagged({ Project: project, Environment: stack });
    const struck = machines.filter(
      ({ availabilityZone, state }) => availabilityZone === name && state === "running",
    );
    if (struck.length === 0) {
      const zones = [...new Set(machines.map((one) => one.availabilityZone))].sort().join(", ");
      throw new InputError(
        `${name}: must be an availability zone with running instances of ${stack} in ${region}, got none; ${zones === "" ? `no instance has the tags Project=${project} and Environment=${stack}` : `its instances are in ${zones}`}`,
      );
    }
    const instanceIds = struck.map(({ id }) => id);
    return {
      ...base,
      fault: { kind: "instances", instanceIds },
      stopAlarms,
      effect: `stops ${instanceIds.join(", ")} in ${name} for at most ${minutes} minutes`,
    };
  }
  const template = await templateFor(owner, name, tools.fis);
  if (template.stopAlarmArns.length === 0) {
    throw new InputError(
      `${name}: template ${template.id} must have a stop condition, got none; give it a CloudWatch alarm that monitors what has to survive`,
    );
  }
  const stopAlarms = template.stopAlarmArns.map(alarmOfArn);
  await requireFit(stopAlarms, await tools.fis.running(), tools);
  const machines = await tools.machines.tagged({ Project: project, Environment: stack });
  return {
    ...base,
    fault: {
      kind: "experiment",
      templateId: template.id,
      stoppedBefore: machines.filter(({ state }) => /^stop/.test(state)).map(({ id }) => id),
    },
    stopAlarms,
    effect: `starts template ${template.id} (${template.description || "without a description"}): ${template.actionIds.join(", ")}, for at most ${minutes} minutes`,
  };
}

/** Every reason at once: stop alarms that are not OK, and experiments under way. */
async function requireFit(
  stopAlarms: readonly RegionalAlarm[],
  running: readonly string[],
  tools: PlanTools,
): Promise<void> {
  const states = await tools.alarmStates(stopAlarms.map(({ name }) => name));
  const reasons = [
    ...alarmReasons(
      stopAlarms.map(({ region, name }) => ({
        name,
        region,
        state: (states.get(name) ?? "ABSENT") as "OK" | "ABSENT",
        stops: true,
      })),
    ),
    ...running.map((id) => `experiment ${id} is running in this region`),
  ];
  if (reasons.length === 0) return;
  throw new InputError(
    reasons.map((reason) => `stop condition: ${reason}; start the game day when that has changed`),
  );
}

/** The template of an experiment: by the outputs of an export, else by its tags in the account. */
async function templateFor(owner: GateOwnerStack, name: string, fis: Fis): Promise<FisTemplate> {
  const { project, stack, outputs, exportPath } = owner;
  const exported =
    exportPath === undefined ? undefined : fieldOf(outputs["gameDay"], "templateIds");
  if (isObject(exported)) {
    const id = exported[name];
    if (typeof id === "string") return fis.template(id);
    throw unknownExperiment(name, stack, Object.keys(exported));
  }
  const templates = await fis.templatesTagged({ Project: project, Environment: stack });
  const keyed = templates.map((template) => ({ template, key: keyOf(template) }));
  const found = keyed.find(({ key }) => key === name);
  if (found) return found.template;
  throw unknownExperiment(
    name,
    stack,
    keyed.map(({ key }) => key),
  );
}

/** The experiment of a template: its Pulumi name without that of the component. */
function keyOf({ tags, id }: FisTemplate): string {
  return tags["Name"]?.replace(/^game-day-/, "") ?? id;
}

function unknownExperiment(name: string, stack: string, known: readonly string[]): InputError {
  return new InputError(
    known.length === 0
      ? `${name}: must be an experiment of ${stack}, which has none; use --by-instances with an availability zone, or in a stack of this package's program set gameDay.enabled and run \`pulumi up\``
      : `${name}: must be an experiment of ${stack}, got another name; use ${[...known].sort().join(", ")}`,
  );
}

/** The alarms of a stack's resources. */
export function alarmsOfStack(resources: readonly Resource[]): readonly RegionalAlarm[] {
  return resources.flatMap(({ type, region, inputs, outputs }) => {
    if (!/^aws:cloudwatch\/(?:metric|composite)Alarm:/.test(type)) return [];
    const name = inputs["name"] ?? inputs["alarmName"] ?? outputs["name"] ?? outputs["alarmName"];
    return typeof name === "string" && region !== undefined ? [{ region, name }] : [];
  });
}
