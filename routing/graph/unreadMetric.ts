import type { AlarmCheck, UnknownStatus } from "../model";
import { valuesOf } from "../view";
import type { Living, Reliance } from "./reliance";
import type { StackInventory } from "./stackInventory";

type Stack = Pick<StackInventory, "guardedBy" | "measuredBy"> & { readonly reliance: Reliance };

/**
 * Whether a check alone decides by an alarm whose metric measures nothing that was read, by its
 * dimensions.
 */
export function hasUnreadMetric(stack: Stack, { id }: AlarmCheck): boolean {
  return stack.measuredBy(id).length === 0 && stack.guardedBy(id).length > 0;
}

/**
 * Whether such an alarm is quiet. While something works behind the check, it is taken to be; else it
 * may fire or not. What an inverted check follows may be either at any time.
 */
export function isQuiet<B>(
  stack: Stack,
  living: Living<B> & { unread(what: UnknownStatus): B },
  { id, label, inverted }: AlarmCheck,
): B {
  const { logic } = living.losses;
  const anyWorks = logic.some(inverted ? [] : stack.guardedBy(id), (leaf) =>
    logic.some(valuesOf(leaf), (value) => stack.reliance.worksFully(living, { leaf, value })),
  );
  const why =
    "the metric of its alarm measures no resource that was read, so a failure is noticed if the alarm fires";
  return logic.or(anyWorks, () => living.unread({ name: label, why }));
}
