import type { Fault } from "../../routing/graph/faults";
import type { StackModel } from "../../routing/graph/stackModel";
import { counted } from "../report/figures";
import type { FaultClass } from "../../routing/graph/faultClass";
import { faultClassOf } from "../../routing/graph/faultClass";
import type { FaultSpace } from "./faultSpace";
import type { Proof } from "./prove";

/** The kinds of faults that a proof counts: those with a rate, and what no resource stands for. */
export type FaultKind = FaultClass | "outside";

/** One of a kind and several, in the order of a report. */
const words: Readonly<Record<FaultKind, readonly [one: string, several: string]>> = {
  region: ["region", "regions"],
  availabilityZone: ["availability zone", "availability zones"],
  endpoint: ["endpoint", "endpoints"],
  database: ["database", "databases"],
  outside: [
    "address or name that no resource stands for",
    "addresses or names that no resource stands for",
  ],
  check: ["false report of a check", "false reports of checks"],
};

/** One of a kind, in words. */
export function faultKindText(kind: FaultKind): string {
  return words[kind][0];
}

/** How many faults of each kind there are; kinds without any are left out. */
export function countsByKind(
  model: StackModel,
  faults: readonly Fault[],
): Readonly<Partial<Record<FaultKind, number>>> {
  const kinds = faults.map((fault) =>
    fault.kind === "outside" ? fault.kind : faultClassOf(model, fault),
  );
  return Object.fromEntries(
    (Object.keys(words) as FaultKind[])
      .map((kind) => [kind, kinds.filter((one) => one === kind).length] as const)
      .filter(([, count]) => count > 0),
  );
}

/** What a proof tried, in words, with the statuses that were not read. */
export function triedText({ model, faults, variables }: FaultSpace): string {
  const counts = Object.entries(countsByKind(model, faults)) as [FaultKind, number][];
  const unread = variables.filter(({ kind }) => kind === "unknown").length;
  const parts = [
    ...counts.map(([kind, count]) => counted(count, ...words[kind])),
    ...(unread > 0
      ? [counted(unread, "status that was not read", "statuses that were not read")]
      : []),
  ];
  return `Tried: ${parts.join(", ") || "nothing"}.`;
}

/** Whether nothing but a false report of a check was tried, so that no property was tested. */
export function isUntested({ faults }: Pick<FaultSpace, "faults">): boolean {
  return faults.every(({ kind }) => kind === "check");
}

/** How many different faults of a proof have each rate. */
export function faultsByRate({ model, names }: Proof): Readonly<Record<FaultClass, number>> {
  const faults = new Map(
    names
      .flatMap(({ space }) => space.faults)
      .map((fault) => [JSON.stringify([fault.kind, fault.name]), fault]),
  );
  const { outside = 0, ...counts } = countsByKind(model, [...faults.values()]);
  const none = { region: 0, availabilityZone: 0, endpoint: 0, database: 0, check: 0 };
  return { ...none, ...counts, endpoint: (counts.endpoint ?? 0) + outside };
}

/** Whether a proof depends on a status that was not read. */
export function hasUnread({ names }: Proof): boolean {
  return names.some(({ space }) => space.variables.some(({ kind }) => kind === "unknown"));
}

/** Whether a proof has an address or name that no resource stands for. */
export function hasOutside({ names }: Proof): boolean {
  return names.some(({ space }) => space.faults.some(({ kind }) => kind === "outside"));
}
