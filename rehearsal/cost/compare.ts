import { InputError, jsonFault } from "../../routing/inputError";
import type { Amounts } from "./amounts";
import { amountsBy, states, sum } from "./amounts";
import type { CostReport, Line, Unpriced } from "./cost";
import { allowanceItem } from "./freeAllowances";
import { amountsOf, roundedFigure } from "./lines";
import type { UncountedName } from "./trafficShares";

/**
 * The differences between two reports, of one stack or of two, for a pull request. Amounts are in US dollars a
 * month.
 */
export interface CostComparison {
  readonly stack: string;
  /** The stack of the earlier report. */
  readonly earlierStack: string;
  readonly totals: {
    readonly before: Amounts;
    readonly after: Amounts;
    /** Without resources that have a price in one report and an unknown one in the other. */
    readonly difference: Amounts;
  };
  /** Lines that only the later report has, and that only the earlier one had, the largest first. */
  readonly added: readonly Line[];
  readonly removed: readonly Line[];
  readonly changed: readonly LineChange[];
  /** Resources that no longer have a price, or now have one. */
  readonly unknown: { readonly added: readonly Unpriced[]; readonly removed: readonly Unpriced[] };
  /** Names whose queries and traffic are unknown, and counted in neither report; absent if there are none. */
  readonly uncounted?: readonly UncountedName[];
  /** Assumptions that differ: part of the difference is not due to the program. */
  readonly assumptions: readonly {
    readonly name: string;
    readonly before: number | null;
    readonly after: number | null;
  }[];
}

/** A line in both reports with another quantity or amount. */
export interface LineChange {
  readonly before: Line;
  readonly after: Line;
  /** Of the steady month. */
  readonly difference: number;
}

/** Amounts that differ by less than a hundredth of a cent are the same. */
const same = 0.0001;

/** Compares a report with an earlier one, which leaves the same names uncounted. */
export function compare(before: EarlierReport, after: CostReport): CostComparison {
  const unknown = {
    added: onlyIn(after.unknown, before.unknown),
    removed: onlyIn(before.unknown, after.unknown),
  };
  const halfKnown = new Set([
    ...resourcesIn(before.lines, unknown.added),
    ...resourcesIn(after.lines, unknown.removed),
  ]);
  const openItems = new Set(
    [...before.lines, ...after.lines]
      .filter(({ urn }) => halfKnown.has(urn))
      .map(({ item }) => allowanceItem(item)),
  );
  // What such a resource takes of an allowance is unknown too.
  const isComparable = ({ urn, item }: Line): boolean =>
    !halfKnown.has(urn) && !openItems.has(item);
  const left = leftOut(before.lines, after.lines, isComparable);
  const [old, now] = [before, after].map(({ lines }) => byIdentity(lines.filter(isComparable))) as [
    ReadonlyMap<string, Line>,
    ReadonlyMap<string, Line>,
  ];
  return {
    stack: after.stack,
    earlierStack: before.stack,
    totals: {
      before: before.totals,
      after: after.totals,
      difference: amountsBy((state) =>
        round(after.totals[state] - before.totals[state] - left[state]),
      ),
    },
    added: bySize([...now].filter(([key]) => !old.has(key)).map(([, line]) => line)),
    removed: bySize([...old].filter(([key]) => !now.has(key)).map(([, line]) => line)),
    changed: changesOf(old, now),
    unknown,
    ...(after.uncounted ? { uncounted: after.uncounted } : {}),
    assumptions: assumptionChanges(before.assumptions ?? {}, after.assumptions),
  };
}

/** Resources with a line among those whose price is unknown in the other report. */
function resourcesIn(lines: readonly Line[], unknown: readonly Unpriced[]): readonly string[] {
  const priced = new Set(lines.map(({ urn }) => urn));
  return unknown.map(({ urn }) => urn).filter((urn) => priced.has(urn));
}

/** What the lines that cannot be compared add to the difference of the totals. */
function leftOut(
  before: readonly Line[],
  after: readonly Line[],
  isComparable: (line: Line) => boolean,
): Amounts {
  const [old, now] = [before, after].map((lines) =>
    sum(lines.filter((line) => !isComparable(line)).map(amountsOf)),
  ) as [Amounts, Amounts];
  return amountsBy((state) => now[state] - old[state]);
}

/**
 * Lines by subject. The steps of one price are matched by their order, the most expensive first, so
 * that a new price is a change and not a new line.
 */
function byIdentity(lines: readonly Line[]): ReadonlyMap<string, Line> {
  const seen = new Map<string, number>();
  return new Map(
    [...lines]
      .sort((a, b) => b.unitPrice - a.unitPrice)
      .map((line) => {
        const key = `${line.urn} ${line.item} ${line.region}`;
        const step = seen.get(key) ?? 0;
        seen.set(key, step + 1);
        return [`${key} ${step}`, line];
      }),
  );
}

function changesOf(
  old: ReadonlyMap<string, Line>,
  now: ReadonlyMap<string, Line>,
): readonly LineChange[] {
  return [...now]
    .flatMap(([key, after]): LineChange[] => {
      const before = old.get(key);
      if (!before || !differs(before, after)) return [];
      return [{ before, after, difference: roundedFigure(after.monthly - before.monthly) }];
    })
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
}

function differs(before: Line, after: Line): boolean {
  const [old, now] = [amountsOf(before), amountsOf(after)];
  return states.some((state) => Math.abs(old[state] - now[state]) > same);
}

function bySize(lines: readonly Line[]): readonly Line[] {
  return [...lines].sort((a, b) => Math.abs(b.monthly) - Math.abs(a.monthly));
}

function onlyIn(these: readonly Unpriced[], those: readonly Unpriced[]): readonly Unpriced[] {
  const keys = new Set(those.map(({ urn, why }) => `${urn} ${why}`));
  return these.filter(({ urn, why }) => !keys.has(`${urn} ${why}`));
}

function assumptionChanges(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): CostComparison["assumptions"] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ name, before: before[name] ?? null, after: after[name] ?? null }));
}

function round(value: number): number {
  // Without the sign of a negative zero.
  return Math.round(value * 100) / 100 + 0;
}

/** The parts of an earlier `failover cost --json` that are read. */
export interface EarlierReport {
  readonly stack: string;
  readonly lines: readonly Line[];
  readonly unknown: readonly Unpriced[];
  /** Absent from reports of earlier versions. */
  readonly uncounted?: readonly UncountedName[];
  readonly fromLocation?: string;
  readonly totals: Amounts;
  readonly assumptions?: Readonly<Record<string, number>>;
}

/**
 * Reads the output of `failover cost --json`.
 *
 * @param path the file's path, for messages
 * @throws InputError for any other text, with the first fault
 */
export function earlierReport(text: string, path: string): EarlierReport {
  const again = "write it with `failover cost --json`";
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch (cause) {
    throw new InputError(
      `--compare ${path}: the file is not complete JSON, got ${jsonFault(cause)}; ${again}`,
      { cause },
    );
  }
  const faults = faultsOf(report);
  if (faults.length > 0) {
    throw new InputError(
      faults.map((fault) => `--compare ${path}: ${fault}; ${again} of this version`),
    );
  }
  return report as EarlierReport;
}

function faultsOf(report: unknown): readonly string[] {
  const { stack, lines, unknown, totals } = fieldsOf(report);
  const broken = Array.isArray(lines) ? lines.findIndex((line) => !isLine(line)) : -1;
  return [
    ...(typeof stack === "string" ? [] : [`stack: must be a text, got ${shown(stack)}`]),
    ...(Array.isArray(lines) ? [] : [`lines: must be a list, got ${shown(lines)}`]),
    ...(broken < 0
      ? []
      : [
          `lines[${broken}]: is not a line of a report, got ${shown((lines as unknown[])[broken])}`,
        ]),
    ...(Array.isArray(unknown) ? [] : [`unknown: must be a list, got ${shown(unknown)}`]),
    ...states
      .filter((state) => typeof fieldsOf(totals)[state] !== "number")
      .map((state) => `totals.${state}: must be a number, got ${shown(fieldsOf(totals)[state])}`),
  ];
}

function isLine(line: unknown): boolean {
  const fields = fieldsOf(line);
  return (
    ["urn", "item", "region"].every((name) => typeof fields[name] === "string") &&
    ["quantity", "unitPrice", "monthly"].every((name) => typeof fields[name] === "number") &&
    ["failedOver", "gameDays"].every(
      (name) => typeof fieldsOf(fields[name])["monthly"] === "number",
    )
  );
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** A value in a message, truncated. */
function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
