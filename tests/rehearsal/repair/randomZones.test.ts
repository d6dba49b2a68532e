import { expect } from "chai";
import { isSound } from "../../../rehearsal/repair/assess";
import type { Repair } from "../../../rehearsal/repair/search";
import { repair } from "../../../rehearsal/repair/search";
import { isEveryCase, sampled } from "../../sampled";
import type { BrokenZone } from "./randomZones";
import { brokenZone } from "./randomZones";
import { resourcesOf } from "./zones";

async function repairOf(zone: BrokenZone): Promise<Repair> {
  const resources = await resourcesOf(zone);
  return repair({ stack: "zone", resources, names: [zone.name], objectives: new Map() });
}

/** How many of all drawn zones, and of those that run by default, the mistakes break. */
const cases: readonly (readonly [mistakes: number, all: number, some: number])[] = [
  [0, 0, 0],
  [1, 463, 21],
  [2, 469, 22],
  [3, 493, 24],
];

describe("a repair of drawn zones", () => {
  for (const [mistakesCount, all, some] of cases) {
    const expected = isEveryCase ? all : some;
    it(`mends all ${expected} that ${mistakesCount} mistakes break, in as many edits or fewer`, async () => {
      let broken = 0;
      const unmended: string[] = [];
      for (let seed = 1; seed <= sampled(500, 20); seed += 1) {
        const zone = brokenZone(seed, mistakesCount);
        const { before, after, edits } = await repairOf(zone);
        if (!isSound(before)) broken += 1;
        if (!isSound(after) || edits.length > mistakesCount) {
          unmended.push(`${zone.title}: ${zone.mistakes.join(", ")}`);
        }
      }
      expect({ broken, unmended }).to.deep.equal({ broken: expected, unmended: [] });
    });
  }
});
