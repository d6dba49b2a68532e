import { refuseSettled } from "../../routing/graph/cases";
import { EveryFault } from "../../routing/graph/everyFault";
import type { Fault } from "../../routing/graph/faults";
import type { Assumed } from "../../routing/graph/assumedHealth";
import { normalHealth } from "../../routing/graph/normalHealth";
import type { StackModel } from "../../routing/graph/stackModel";
import type { UnknownStatus } from "../../routing/model";

/** Something that was not read and decides who answers, with the health that it was taken to have. */
export interface OpenStatus extends UnknownStatus {
  readonly isHealthy: boolean;
}

/**
 * Everything that was not read and decides who answers a name under some of the faults, in the order of
 * the tree, without what was assumed.
 *
 * @throws InputError for an assumption that decides nothing
 */
export function openStatuses(
  model: StackModel,
  { name, type }: { readonly name: string; readonly type: string },
  faults: readonly Fault[],
  assumed: Assumed,
): readonly OpenStatus[] {
  const unread = new Set<string>();
  const open = new Map<string, OpenStatus>();
  const taken = normalHealth(model.route53, assumed);
  for (const asker of model.askersOf(name, type)) {
    const every = new EveryFault(model, faults);
    const { answers, lastResort } = every.answers(name, type, asker);
    const statusAt = (level: number): UnknownStatus | undefined => {
      const variable = every.variables[level];
      return variable?.kind === "unknown" ? variable.unknown : undefined;
    };
    for (const level of every.variables.keys()) {
      const status = statusAt(level);
      if (status) unread.add(status.name);
    }
    const settled = [...answers.map(({ guard }) => guard), lastResort].map((node) =>
      every.diagram.restrict(node, (level) => assumed.get(statusAt(level)?.name ?? "")),
    );
    for (const level of every.diagram.support(settled)) {
      const status = statusAt(level);
      if (status) open.set(status.name, { ...status, isHealthy: taken.get(status.name) === true });
    }
  }
  refuseSettled(name, unread, assumed);
  return [...open.values()];
}

/** What a report says about them: what they were taken to be, and how to settle it. */
export function openLines(statuses: readonly OpenStatus[]): readonly string[] {
  const [first] = statuses;
  if (!first) return [];
  return [
    "Not certain: it depends on what was not read.",
    ...statuses.map(openStatusText),
    `To settle it: --assume ${first.name}=healthy or =unhealthy.`,
  ];
}

/** What an unread status was taken to be, and why. */
export function openStatusText({ name, why, isHealthy }: OpenStatus): string {
  return `Assumed ${isHealthy ? "healthy" : "unhealthy"}: ${name}; ${why}.`;
}
