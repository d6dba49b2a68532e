import type { Evaluation } from "../../../rehearsal/engine/evaluate";
import { templatesOf } from "../../../routing/graph/experiments/stopConditions";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { evaluated } from "../evaluated";
import { inProdsPlaces } from "../places";

export const stacks = ["dev", "prod"] as const;
export type Stack = (typeof stacks)[number];

/** The hostname for customers. */
export const hostnames: Readonly<Record<Stack, string>> = {
  dev: "orders.dev.cafe.com",
  prod: "orders.cafe.com",
};

/** Typical settings of game days. */
export const settings = {
  enabled: true,
  durationMinutes: 30,
  timeZone: "America/Los_Angeles",
  schedules: [
    { experiment: "us-west-2a", cron: "cron(0 10 ? * TUE#1 *)" },
    { experiment: "full-load", cron: "cron(0 10 ? * TUE#3 *)" },
  ],
  blockedWindows: [
    { from: "2026-11-23T00:00", to: "2026-12-01T00:00", why: "The week of Thanksgiving" },
  ],
};

/** All experiments of either stack, in the order of their names. */
export const allExperiments = ["full-load", "us-west-2", "us-west-2a", "us-west-2b"];

/** A stack with game days on. */
export function playing(
  stack: Stack,
  more: Readonly<Record<string, unknown>> = {},
  preview = false,
): Promise<Evaluation> {
  return evaluated(stack, preview, {
    ...inProdsPlaces(stack),
    "failover:gameDay": settings,
    ...more,
  });
}

/** The model of a stack with game days on. */
export async function modelOf(stack: Stack): Promise<StackModel> {
  return new StackModel((await playing(stack)).resources);
}

/** The key of a template's experiment. */
export function experimentOf({ name }: Resource): string {
  return name.replace(/^game-day-/, "");
}

/** A value for each experiment of a stack. */
export async function ofExperiments<T>(
  stack: Stack,
  what: (template: Resource, model: StackModel) => T,
): Promise<Readonly<Record<string, T>>> {
  const model = await modelOf(stack);
  return Object.fromEntries(
    templatesOf(model).map((template) => [experimentOf(template), what(template, model)]),
  );
}
