import { expect } from "chai";
import type { StackModel } from "../../../routing/graph/stackModel";
import type { Shape } from "./configurations";
import type { SingleFault } from "./faults";
import { all, none, plus, toNumber } from "./fraction";
import { branchesOf, sharesOf } from "./oracle";
import type { Shares } from "./oracle";

/** Floating point cannot represent a tenth; the model's sums are this close to the exact share. */
const tolerance = 1e-12;

type Family = "A" | "AAAA";

export const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";

/** The probability of each place, by the model of Route 53. */
export function found(
  model: StackModel,
  hostname: string,
  family: Family,
  faults: readonly string[],
): ReadonlyMap<string, number> {
  const { answers, lastResort } = model.under(model.faults(faults)).resolve(hostname, family);
  expect(lastResort).to.equal(false);
  const shares = new Map<string, number>();
  for (const { target, probability, alive } of answers) {
    expect(alive, target).to.equal(true);
    const name = nameOf(target).replace(/-(balancer|instance)$/, "");
    const place = name.startsWith("maintenance-") ? "page" : name;
    shares.set(place, (shares.get(place) ?? 0) + probability);
  }
  return shares;
}

/** Compares the model with the oracle; returns the number of compared shares. */
export function compare(
  model: StackModel,
  shape: Shape,
  family: Family,
  { names, ills }: SingleFault,
): number {
  const expected = sharesOf(shape, ills);
  for (const hostname of shape.hostnames) {
    compareShares(
      `${hostname} [${names.join(", ")}]`,
      expected,
      found(model, hostname, family, names),
    );
  }
  return expected.size * shape.hostnames.length;
}

/** Compares the answers of the branches above the regions alone. */
export function compareBranches(
  model: StackModel,
  shape: Shape,
  family: Family,
  { names, ills }: SingleFault,
): void {
  const branches = Object.entries(branchesOf(shape, ills));
  for (const [label, expected] of branches) {
    const name = `${label}.${shape.hostnames[0] ?? ""}`;
    const title = `${name} [${names.join(", ")}]`;
    if (label === "reversed" && shape.warmPercent === 0) continue;
    if (expected) compareShares(title, expected, found(model, name, family, names));
    else {
      const { lastResort } = model.under(model.faults(names)).resolve(name, family);
      expect(lastResort, title).to.equal(true);
    }
  }
}

function compareShares(title: string, expected: Shares, shares: ReadonlyMap<string, number>): void {
  const sum = [...expected.values()].reduce(plus, none);
  expect(sum).to.deep.equal(all);
  expect([...shares.keys()].sort(), title).to.deep.equal([...expected.keys()].sort());
  for (const [place, share] of expected) {
    expect(shares.get(place), `${title} ${place}`).to.be.closeTo(toNumber(share), tolerance);
  }
}
