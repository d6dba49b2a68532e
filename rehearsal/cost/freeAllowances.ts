import type { Amounts } from "./amounts";
import { amountsBy, states } from "./amounts";
import type { Line } from "./cost";
import { lineFigures, quantitiesOf } from "./lines";
import type { Allowance } from "./prices/allowances";
import { allowances } from "./prices/allowances";

/**
 * Lines that subtract the account's free allowances. Each allowance is used first where a unit is
 * cheapest, so the total is too high rather than too low.
 *
 * @param share the part of the account's allowances that this stack uses, 0 to 1
 */
export function allowanceLines(
  lines: readonly Line[],
  urn: string,
  share: number,
): readonly Line[] {
  if (share === 0) return [];
  return allowances.flatMap((allowance) => linesOf(allowance, lines, urn, share));
}

function linesOf(
  { items, quantity, source }: Allowance,
  lines: readonly Line[],
  urn: string,
  share: number,
): readonly Line[] {
  const left: { -readonly [State in keyof Amounts]: number } = {
    steady: quantity * share,
    failedOver: quantity * share,
    gameDays: quantity * share,
  };
  const groups = items.flatMap((item) =>
    groupsOf(lines.filter((line) => line.item === item)).sort(
      (a, b) => a.unitPrice - b.unitPrice || (a.region < b.region ? -1 : 1),
    ),
  );
  return groups.flatMap((group) => {
    const taken = amountsBy((state) => {
      const part = Math.min(left[state], group.quantity[state]);
      left[state] -= part;
      return -part;
    });
    if (states.every((state) => taken[state] === 0)) return [];
    const figures = lineFigures({ unit: group.unit, usd: group.unitPrice, source }, taken);
    return [
      {
        urn,
        tier: "allowances" as const,
        item: allowanceItem(group.item),
        region: group.region,
        ...figures,
      },
    ];
  });
}

/** The item of a line that subtracts an allowance for an item. */
export function allowanceItem(item: string): string {
  return `allowance: ${item}`;
}

/** All lines of an item with the same price in the same region. */
interface Group {
  readonly item: string;
  readonly region: string;
  readonly unit: string;
  readonly unitPrice: number;
  readonly quantity: Amounts;
}

function groupsOf(lines: readonly Line[]): Group[] {
  const groups = new Map<string, Group>();
  for (const line of lines) {
    const { item, region, unit, unitPrice } = line;
    const key = `${item} ${region} ${unitPrice}`;
    const before = groups.get(key)?.quantity ?? { steady: 0, failedOver: 0, gameDays: 0 };
    const more = quantitiesOf(line);
    const quantity = amountsBy((state) => before[state] + more[state]);
    groups.set(key, { item, region, unit, unitPrice, quantity });
  }
  return [...groups.values()];
}
