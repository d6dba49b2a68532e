import { z } from "zod";
import { failureModeDefault, failureModes } from "../../routing/checker";
import { checkerRegions } from "../../routing/graph/checkerRegions";
import { controllerModes } from "../simulation/controllerEvents";

/**
 * A scenario: timed events as data. `docs/scenario.schema.json` is generated from this schema. A
 * value `$name` refers to a parameter.
 */

const dayOfSeconds = 86_400;
/** Orders a minute if a scenario does not set them: assumed. */
const ordersPerMinuteDefault = 10;

const parameterName = z.string().regex(/^\$[A-Za-z]\w*$/, { abort: true });
const time = z.union([z.int().min(0).max(dayOfSeconds), parameterName], {
  error: `must be a whole number of seconds from 0 to ${dayOfSeconds}, or a $parameter`,
});
const seconds = z.union([z.number().min(0).max(dayOfSeconds), parameterName], {
  error: `must be seconds from 0 to ${dayOfSeconds}, or a $parameter`,
});
const shareText = "must be a share of the full load from 0 to 1, or a $parameter";
const share = z.union([z.number().min(0, shareText).max(1, shareText), parameterName], {
  error: shareText,
});
const stepText = `must be seconds from 0 to ${dayOfSeconds}`;
const stepSeconds = z.number().min(0, stepText).max(dayOfSeconds, stepText).optional();
const names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** How something dies: a word, or the seconds of each step if it is slow. */
const death = z.union(
  [
    z.enum([...failureModes, "errors"]),
    z
      .strictObject({
        connectSeconds: stepSeconds,
        firstByteSeconds: stepSeconds,
        bodySeconds: stepSeconds,
      })
      .refine((steps) => Object.keys(steps).length > 0, {
        error: "must have connectSeconds, firstByteSeconds or bodySeconds",
      })
      .meta({ minProperties: 1 }),
    parameterName,
  ],
  {
    error: `must be ${[...failureModes, "errors"].join(", ")}, seconds of each step, or a $parameter`,
  },
);

const common = {
  atSeconds: time.describe("Seconds from the beginning; events are in their order."),
  source: z.string().optional().describe("Where it is from, for an outage that happened."),
};

const identity = z.string().min(1).describe("The person who commands the gate's controller.");
const reason = z.string().min(1);

export const eventSchema = z.union([
  z.strictObject({
    ...common,
    fail: names.describe(
      "Zones, regions, resources, check:<name>, or @zone, @otherZone, @region, @standby, @database, @page, @alarms, @latch, @latch=healthy, @orders.",
    ),
    death: death.optional().describe(`Default: ${failureModeDefault}.`),
    seenFrom: z
      .array(z.enum(checkerRegions as [string, ...string[]]))
      .min(1)
      .optional()
      .describe("Only checkers of these regions see it, and no client."),
  }),
  z.strictObject({ ...common, return: names }),
  z.strictObject({
    ...common,
    flap: names,
    downSeconds: seconds,
    upSeconds: seconds,
    untilSeconds: time,
    death: death.optional(),
  }),
  z.strictObject({
    ...common,
    capacity: z.strictObject({ place: z.string().min(1), share }),
  }),
  z.strictObject({ ...common, renew: names.describe("Checks that are replaced by new ones.") }),
  z.strictObject({
    ...common,
    controller: z
      .union([z.enum(controllerModes), parameterName], {
        error: `must be ${controllerModes.join(", ")}, or a $parameter`,
      })
      .describe(
        "How the gate's controller runs: start (each minute, also the default), stop, late, double, or new (for the first time, without a state; it does not run before).",
      ),
  }),
  z.strictObject({
    ...common,
    alerts: z
      .enum(["lost", "back"])
      .describe("Whether messages of alarms start runs of the gate's controller."),
  }),
  z.strictObject({ ...common, hold: identity, reason: reason.optional() }),
  z.strictObject({ ...common, release: identity, reason: reason.optional() }),
  z.strictObject({ ...common, note: z.string().min(1) }),
]);

/** The keyword of each kind of event, in the order of the union. */
export const eventWords = [
  ...["fail", "return", "flap", "capacity", "renew"],
  ...["controller", "alerts", "hold", "release", "note"],
] as const;

/** A figure of a scenario that may be set, with the range of what is plausible if it is in doubt. */
export interface Parameter {
  readonly value: number | string;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly about?: string | undefined;
  readonly source?: string | undefined;
}

const parameter: z.ZodType<Parameter> = z
  .strictObject({
    value: z.union([z.number(), z.string().min(1)], { error: "must be a number or a text" }),
    low: z.number().optional(),
    high: z.number().optional(),
    about: z.string().optional(),
    source: z.string().optional(),
  })
  .refine(({ low = -Infinity, high = Infinity }) => low <= high, {
    error: "low must not be more than high",
  });

/** The kinds of clients, each with the share that is assumed if a scenario does not set it. */
export const clientShares = {
  obeys: 0.55,
  browser: 0.25,
  clamps: 0.05,
  overruns: 0.03,
  stale: 0.05,
  keepAlive: 0.05,
  keepsForever: 0.02,
} as const;

export type ClientKind = keyof typeof clientShares;

const clientKinds = Object.keys(clientShares) as [ClientKind, ...ClientKind[]];

/** The file; its events are parsed one by one. */
export const outlineSchema = z.strictObject({
  name: z.string().min(1),
  about: z.string().optional(),
  durationSeconds: z.int().min(1).max(dayOfSeconds),
  ordersPerMinute: z.number().min(0).default(ordersPerMinuteDefault),
  gate: z
    .literal("attached")
    .optional()
    .describe("Plays a stack as if its failback gate was attached, also if it is only created."),
  clients: z.partialRecord(z.enum(clientKinds), z.number().min(0).max(1)).optional(),
  parameters: z.record(z.string().regex(/^[A-Za-z]\w*$/), parameter).default({}),
  events: z.array(z.unknown()).min(1),
});

export const scenarioSchema = outlineSchema.extend({ events: z.array(eventSchema).min(1) });

export type Outline = z.infer<typeof outlineSchema>;
export type ScenarioEvent = z.infer<typeof eventSchema>;

/** The schema with which other tools can validate a scenario. */
export function scenarioJsonSchema(): object {
  return {
    title: "A scenario of failover replay",
    ...z.toJSONSchema(scenarioSchema, { io: "input" }),
  };
}
