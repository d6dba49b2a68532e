import { expect } from "chai";
import { compareProofs } from "../../../rehearsal/proof/compare";
import { defaultFaultRates as rates } from "../../../rehearsal/proof/faultRates";
import { proofData } from "../../../rehearsal/proof/json";
import type { ProofData } from "../../../rehearsal/proof/proofSchema";
import type { Proof } from "../../../rehearsal/proof/prove";
import { prove } from "../../../rehearsal/proof/prove";
import { outcomeOf } from "../../../rehearsal/proof/verdict";
import { requestsFor } from "../../../rehearsal/repair/changeBatch";
import { resourceChanges } from "../../../rehearsal/repair/resourceChanges";
import { assess, isSound } from "../../../rehearsal/repair/assess";
import { problemsOf } from "../../../rehearsal/repair/report";
import type { Edit } from "../../../rehearsal/repair/edits";
import { edited } from "../../../rehearsal/repair/edits";
import { repair } from "../../../rehearsal/repair/search";
import type { Resource } from "../../../routing/graph/resource";
import type { ObjectiveName } from "../../../routing/graph/stackOutputs";
import { evaluated } from "../../program/evaluated";
import { isEveryCase } from "../../sampled";
import { mutationsOf } from "../../program/mutations";
import { zoneMutationsOf } from "./operators";
import type { ForeignZone } from "./zones";
import { dumpedZones, foreignZones, resourcesOf } from "./zones";

type Objectives = ReadonlyMap<ObjectiveName, number>;

/** The times of a zone as its objectives, where they are finite. */
function ownObjectives(resources: readonly Resource[], name: string): Objectives {
  const { objectives } = assess(
    resources,
    [name],
    new Map([
      ["zoneOrRegion.detection", 0],
      ["zoneOrRegion.downtime", 0],
    ]),
  );
  return new Map(
    objectives.flatMap(({ name: objective, worst }): [ObjectiveName, number][] =>
      worst === null ? [] : [[objective as ObjectiveName, worst]],
    ),
  );
}

function everyNth<T>(all: readonly T[], step: number): readonly T[] {
  return all.filter((_, index) => index % step === 0);
}

/** How many calls to Route 53 make some edits. */
function callsFor(
  before: readonly Resource[],
  after: readonly Resource[],
  edits: readonly Edit[],
): number {
  return requestsFor(resourceChanges(before, after, edits), after).length;
}

const zoneStep = isEveryCase ? 1 : 5;

/** The results of the mutations of a zone. */
interface Tally {
  /** A refusal, a violation or a missed objective that names the right record or check. */
  caught: number;
  /** The caught ones that two edits or fewer mend, so that the whole proof passes. */
  mended: number;
  /** The proof passes, and a comparison shows the difference. */
  changed: number;
  /** The proof is the same to the last figure. */
  harmless: number;
  /** Mutations with none of these results. */
  missed: string[];
}

/** The results of all mutations of a zone, and of those that run by default. */
const expected: readonly (readonly [
  ForeignZone["title"],
  all: Omit<Tally, "missed">,
  some: Omit<Tally, "missed">,
])[] = [
  [
    "a classic failover pair (answers of the AWS CLI)",
    { caught: 23, mended: 23, changed: 6, harmless: 0 },
    { caught: 6, mended: 6, changed: 0, harmless: 0 },
  ],
  [
    "a weighted canary (CloudFormation template)",
    { caught: 20, mended: 20, changed: 12, harmless: 0 },
    { caught: 5, mended: 5, changed: 2, harmless: 0 },
  ],
  [
    "a latency pair (Terraform state)",
    { caught: 16, mended: 16, changed: 10, harmless: 0 },
    { caught: 3, mended: 3, changed: 3, harmless: 0 },
  ],
  [
    "a chain of aliases with a calculated check (Pulumi export)",
    { caught: 53, mended: 53, changed: 23, harmless: 9 },
    { caught: 12, mended: 12, changed: 4, harmless: 1 },
  ],
  [
    "a multivalue answer (answers of the AWS CLI)",
    { caught: 27, mended: 27, changed: 12, harmless: 0 },
    { caught: 6, mended: 6, changed: 2, harmless: 0 },
  ],
  [
    "a classic failover pair (records and checks alone)",
    { caught: 23, mended: 23, changed: 6, harmless: 0 },
    { caught: 6, mended: 6, changed: 0, harmless: 0 },
  ],
  // A weighted or a latency group of one does not show the weight or the region of the one left out.
  [
    "a weighted canary (records and checks alone)",
    { caught: 28, mended: 26, changed: 2, harmless: 0 },
    { caught: 6, mended: 6, changed: 0, harmless: 0 },
  ],
  [
    "a latency pair (records and checks alone)",
    { caught: 26, mended: 24, changed: 0, harmless: 0 },
    { caught: 6, mended: 5, changed: 0, harmless: 0 },
  ],
  [
    "a chain of aliases with a calculated check (records and checks alone)",
    { caught: 52, mended: 52, changed: 22, harmless: 7 },
    { caught: 9, mended: 9, changed: 4, harmless: 4 },
  ],
  [
    "a multivalue answer (records and checks alone)",
    { caught: 36, mended: 36, changed: 3, harmless: 0 },
    { caught: 7, mended: 7, changed: 1, harmless: 0 },
  ],
];

for (const zone of [...foreignZones, ...dumpedZones]) {
  const [, all, some] = expected.find(([title]) => title === zone.title) ?? [];
  const counts = isEveryCase ? all : some;
  const { caught = 0, mended = 0, changed = 0, harmless = 0 } = counts ?? {};
  describe(`mutations of ${zone.title}`, () => {
    it(`${caught + changed + harmless}: ${caught} caught with the right blame, of which ${mended} mended in two edits; ${changed} shown by a comparison, ${harmless} proven harmless, none missed`, async () => {
      const resources = await resourcesOf(zone);
      const objectives = ownObjectives(resources, zone.name);
      const order = { stack: "zone", names: [zone.name], objectives };
      const proofOf = (changed: readonly Resource[]): Proof =>
        prove({ ...order, resources: changed, rates });
      const whole: ProofData = proofData(proofOf(resources), "");
      const tally: Tally = { caught: 0, mended: 0, changed: 0, harmless: 0, missed: [] };
      const isDump = dumpedZones.includes(zone);
      for (const { title, subjects, apply } of everyNth(zoneMutationsOf(resources), zoneStep)) {
        const mutated = apply(resources);
        const { before, after, edits } = repair({ ...order, resources: mutated });
        if (!isSound(before)) {
          const isNamed = problemsOf(before).some((problem) =>
            subjects.some((subject) => problem.includes(subject)),
          );
          if (!isNamed) tally.missed.push(`${title}: ${problemsOf(before).join("; ")}`);
          else tally.caught += 1;
          const isMended =
            isSound(after) &&
            edits.length <= 2 &&
            (!isDump || callsFor(mutated, after.resources, edits) > 0) &&
            outcomeOf(proofOf(edited(mutated, edits))) === "proven";
          tally.mended += Number(isMended);
          continue;
        }
        const proof = proofData(proofOf(mutated), "");
        const { differences } = compareProofs(whole, proof);
        if (differences.length > 0) tally.changed += 1;
        else if (JSON.stringify(proof) === JSON.stringify(whole)) tally.harmless += 1;
        else tally.missed.push(`${title}: other proofs, and no difference`);
      }
      expect(tally).to.deep.equal({ caught, mended, changed, harmless, missed: [] });
    });
  });
}

/** The proof of a whole stack is slow: `EVERY_MUTATION=1` tests all mutations, and `EVERY_CASE=1` more of them, and prod too. */
const isWhole = process.env["EVERY_MUTATION"] !== undefined;

for (const [stack, step, broken, sound] of isWhole
  ? ([
      ["dev", 1, 32, 9],
      ["prod", 1, 80, 26],
    ] as const)
  : isEveryCase
    ? ([
        ["dev", 4, 8, 3],
        ["prod", 12, 7, 2],
      ] as const)
    : ([["dev", 12, 3, 1]] as const)) {
  describe(`mutations of the ${stack} stack`, () => {
    it(`each ${step}th, ${broken + sound}: all ${broken} that break the proof are mended in two edits or fewer`, async function () {
      if (isWhole) this.timeout(0);
      const { resources } = await evaluated(stack);
      const tally = { broken: 0, sound: 0, unmended: [] as string[] };
      for (const { title, apply } of everyNth(mutationsOf(resources), step)) {
        const mutated = apply(resources);
        const order = { stack, resources: mutated, names: [], objectives: new Map() };
        const { before, after, edits } = repair(order, { editsMax: 2, attemptsMax: 400 });
        if (isSound(before)) tally.sound += 1;
        else tally.broken += 1;
        if (!isSound(after) || edits.length > 2) tally.unmended.push(title);
      }
      expect(tally).to.deep.equal({ broken, sound, unmended: [] });
    });
  });
}
