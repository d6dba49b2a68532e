import { expect } from "chai";
import { FaultSpace } from "../../../rehearsal/proof/faultSpace";
import { outcomesOf } from "../../../rehearsal/proof/outcomes";
import { breachesOf } from "../../../rehearsal/proof/properties";
import { everyFaultOf } from "../../../routing/graph/everyFault";
import type { Fault } from "../../../routing/graph/faults";
import { StackModel } from "../../../routing/graph/stackModel";
import { eventOf } from "../../routing/random/compare";
import { sampled } from "../../sampled";
import { Draws } from "../../routing/random/draws";
import { Oracle } from "../../routing/random/oracle";
import { nameOf, resourcesOf } from "../../routing/random/resources";
import type { Drawing, Member } from "../../routing/random/zone";
import { drawZone } from "../../routing/random/zone";

const zonesCount = sampled(500);
/** 2⁸ sets of faults, each with every possible health of what was not read. */
const faultsMax = 8;
const unknownsMax = 4;

/** The results of the second model in one situation. */
class Seen {
  private readonly oracle: Oracle;

  constructor(
    private readonly drawing: Drawing,
    event: ReturnType<typeof eventOf>,
  ) {
    this.oracle = new Oracle(drawing, event);
  }

  private memberAt(name: number, place: number): Member {
    const member = this.drawing.names[name]?.members[place];
    if (!member) throw new Error(`no member ${name}-${place}`);
    return member;
  }

  /** Whether something lives at the end of a record: of several values, every one or some one. */
  private lives({ target }: Member, of: "every" | "some"): boolean {
    switch (target.kind) {
      case "values":
        return target.servers[of]((server) => this.oracle.serverLives(server));
      case "balancer":
        return this.oracle.balancerLives(target.balancer);
      case "outsideName":
        return this.oracle.sharedNameLives();
      case "name":
      case "cname":
        return this.anyLives(target.name, of);
    }
  }

  private anyLives(name: number, of: "every" | "some"): boolean {
    return (this.drawing.names[name]?.members ?? []).some((member) => this.lives(member, of));
  }

  hasDeadAnswer(): boolean {
    return [...this.oracle.answers().members].some((key) => {
      const [name = 0, place = 0] = key.split("-").map(Number);
      return !this.lives(this.memberAt(name, place), "every");
    });
  }

  hasDeadAnswerForNothing(): boolean {
    return this.hasDeadAnswer() && this.anyLives(0, "some");
  }

  failsOverForNothing(): boolean {
    return this.oracle
      .answers()
      .choices.some(
        ({ name, place }) =>
          this.drawing.names[name]?.policy === "failover" &&
          place === 1 &&
          this.lives(this.memberAt(name, 0), "every"),
      );
  }
}

interface Situation {
  readonly faults: readonly Fault[];
  readonly seen: Seen;
}

/** Every set of faults with every possible health of what was not read. */
function situationsOf(drawing: Drawing, { variables }: FaultSpace): readonly Situation[] {
  return Array.from({ length: 2 ** variables.length }, (_, bits) => {
    const holds = (level: number): boolean => ((bits >> level) & 1) === 1;
    return {
      faults: variables.flatMap((variable, level) =>
        variable.kind === "fault" && holds(level) ? [variable.fault] : [],
      ),
      seen: new Seen(drawing, eventOf(variables, holds)),
    };
  });
}

/** The minimal sets among some sets of faults, as sorted texts. */
function minimal(sets: readonly (readonly Fault[])[]): readonly string[] {
  return [
    ...new Set(
      sets
        .filter(
          (set) =>
            !sets.some(
              (other) => other.length < set.length && other.every((fault) => set.includes(fault)),
            ),
        )
        .map(textOf),
    ),
  ].sort();
}

function textOf(faults: readonly Fault[]): string {
  return faults
    .map(({ name }) => name)
    .sort()
    .join(" + ");
}

describe("the proof of a random zone", () => {
  it("finds the violations and cut sets that brute force over a second model finds, and no others", () => {
    const counts = {
      zones: 0,
      deadAnswers: 0,
      needlessFailovers: 0,
      cutSets: 0,
      unknowns: 0,
      outside: 0,
    };
    for (let seed = 1; counts.zones < zonesCount; seed += 1) {
      const draws = new Draws(seed);
      const drawing = drawZone(draws);
      const model = new StackModel(resourcesOf(drawing));
      const all = [...everyFaultOf(model, nameOf(0), "A")];
      const faults: Fault[] = [];
      while (all.length > 0 && faults.length < faultsMax) {
        faults.push(...all.splice(draws.below(all.length), 1));
      }
      const space = new FaultSpace(model, nameOf(0), "A", faults);
      const breaches = breachesOf(space);
      const outcome = outcomesOf(space).find(({ kind }) => kind === "deadAnswer");
      const unknowns = space.variables.filter(({ kind }) => kind === "unknown").length;
      if (unknowns > unknownsMax) continue;
      counts.zones += 1;
      counts.unknowns += unknowns > 0 ? 1 : 0;
      const situations = situationsOf(drawing, space);
      const truthful = situations.filter((one) => !one.faults.some(({ kind }) => kind === "check"));
      const setsOf = (some: readonly Situation[], is: (seen: Seen) => boolean): readonly string[] =>
        minimal(some.filter(({ seen }) => is(seen)).map((one) => one.faults));
      const foundFor = (property: string): readonly string[] => {
        const when = space.diagram.some(
          breaches.filter((breach) => breach.property === property),
          (breach) => breach.when,
        );
        return space
          .smallestSets(when, Infinity)
          .sets.map((set) => textOf(set.faults))
          .sort();
      };
      const title = `seed ${seed}`;

      const deadAnswers = setsOf(truthful, (seen) => seen.hasDeadAnswerForNothing());
      expect(foundFor("noDeadAnswer"), title).to.deep.equal(deadAnswers);
      const needless = setsOf(truthful, (seen) => seen.failsOverForNothing());
      expect(foundFor("noNeedlessFailover"), title).to.deep.equal(needless);
      expect(foundFor("alwaysAnswered"), title).to.deep.equal([]);
      const cutSets = setsOf(situations, (seen) => seen.hasDeadAnswer());
      const { sets, countBySize } = space.smallestSets(outcome?.when ?? NaN, Infinity);
      expect(sets.map((set) => textOf(set.faults)).sort(), title).to.deep.equal(cutSets);
      expect(
        countBySize.reduce((sum, count) => sum + count, 0),
        title,
      ).to.equal(cutSets.length);

      counts.deadAnswers += Number(deadAnswers.length > 0);
      counts.needlessFailovers += Number(needless.length > 0);
      counts.cutSets += cutSets.length;
      const isOutside = ({ kind, name }: Fault): boolean =>
        kind === "outside" && cutSets.some((set) => set.includes(name));
      counts.outside += Number(faults.some(isOutside));
    }
    // Guards against a test of zones in which nothing happens.
    expect(counts.deadAnswers).to.be.greaterThan(zonesCount / 20);
    expect(counts.needlessFailovers).to.be.greaterThan(zonesCount / 20);
    expect(counts.cutSets).to.be.greaterThan(zonesCount);
    expect(counts.unknowns).to.be.greaterThan(zonesCount / 20);
    expect(counts.outside).to.be.greaterThan(zonesCount / 20);
  });
});
