import { expect } from "chai";
import { FaultSpace } from "../../../rehearsal/proof/faultSpace";
import { FaultNames } from "../../../routing/graph/faultNames";
import { defaultFaultRates } from "../../../rehearsal/proof/faultRates";
import { proofData } from "../../../rehearsal/proof/json";
import { breachesOf } from "../../../rehearsal/proof/properties";
import type { PropertyName } from "../../../rehearsal/proof/properties";
import { prove, violationsOf } from "../../../rehearsal/proof/prove";
import { proofReport, provenWords } from "../../../rehearsal/proof/report";
import { situationText } from "../../../rehearsal/proof/situationWords";
import type { Evaluation } from "../../../rehearsal/engine/evaluate";
import type { Fault } from "../../../routing/graph/faults";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { evaluated } from "../../program/evaluated";
import { figures } from "../../program/expectations";
import { settingOf } from "../../program/settingOf";

const withGate = (stack: string, mode: string): Promise<Evaluation> =>
  evaluated(stack, false, { "failover:gate": { ...settingOf(stack, "gate"), mode } });

type Change = (outputs: Properties, name: string) => Properties;

/** The resources with other values for some; with null they are dropped. */
function changed(resources: readonly Resource[], names: RegExp, change: Change | null): Resource[] {
  expect(resources.filter(({ name }) => names.test(name)).length).to.be.greaterThan(0);
  return resources.flatMap((resource) => {
    if (!names.test(resource.name)) return resource;
    if (change === null) return [];
    const outputs = change(resource.outputs, resource.name);
    return { ...resource, inputs: outputs, outputs };
  });
}

interface Said {
  readonly property: PropertyName;
  readonly faults: string;
  readonly record: string;
  readonly check?: string;
  readonly why: string;
}

/** What the proof of IPv4 says. */
function saidOf(resources: readonly Resource[], stack: "dev" | "prod"): readonly Said[] {
  const model = new StackModel(resources);
  const names = new FaultNames(model);
  return violationsOf(new FaultSpace(model, figures[stack].hostname, "A")).map(
    ({ property, isOpen, smallest, blame }) => ({
      property,
      faults: `${situationText(smallest, names)}${isOpen ? ", perhaps" : ""}`,
      ...blame,
    }),
  );
}

const places = {
  dev: {
    hostname: "orders.dev.cafe.com",
    ...{ primary: "ohio", primaryRegion: "us-east-2" },
    ...{ standby: "virginia", region: "us-east-1" },
    childrenCount: 2,
  },
  prod: {
    hostname: "orders.cafe.com",
    ...{ primary: "oregon", primaryRegion: "us-west-2" },
    ...{ standby: "dublin", region: "eu-west-1" },
    childrenCount: 3,
  },
} as const;

for (const stack of ["dev", "prod"] as const) {
  const { hostname, primary, primaryRegion, standby, region, childrenCount } = places[stack];
  describe(`the proof of ${stack} with its gate attached`, () => {
    let attached: readonly Resource[];
    before(async () => {
      attached = (await withGate(stack, "attached")).resources;
    });

    it("has the latch as a variable, and only then", async () => {
      const latchesOf = (resources: readonly Resource[]): readonly unknown[] =>
        new FaultSpace(new StackModel(resources), hostname, "A").latches.map((latch) => [
          latch.check.label,
          latch.region,
        ]);
      expect(latchesOf(attached)).to.deep.equal([["gate-latch-check", region]]);
      const { resources } = await withGate(stack, "created");
      expect(latchesOf(resources)).to.deep.equal([]);
      expect(saidOf(resources, stack)).to.deep.equal([]);
    });

    it("has no violation", () => {
      for (const type of figures[stack].families) {
        const space = new FaultSpace(new StackModel(attached), hostname, type);
        expect(violationsOf(space)).to.deep.equal([]);
      }
    });

    it("has customers who leave a lost standby as soon when they are latched", () => {
      const model = new StackModel(attached);
      const boundOf = (before: readonly string[], lost: string): readonly unknown[] => {
        const [from, to] = [before, [...before, lost]].map((names) => model.faults(names));
        const { terms, downtimeSeconds } = model.worstCase(
          ...([hostname, "A", from ?? [], to ?? [], "hangsInBody"] as const),
        );
        return [downtimeSeconds, ...terms.map(({ seconds }) => seconds)];
      };
      const latched = boundOf(["check:gate-latch-check"], region);
      expect(latched).to.deep.equal(boundOf([], primaryRegion));
      // Detection, propagation, TTL (docs/simulation.md).
      expect(latched).to.deep.equal(stack === "prod" ? [56, 36, 10, 10] : [184, 114, 10, 60]);
    });

    it("finds customers on the page when `any` has no ungated primary region", () => {
      const mutated = changed(attached, /^orders-any\..*-A-secondary$/, null);
      expect(saidOf(mutated, stack)).to.deep.equal([
        {
          property: "noPageWhileLatched",
          faults: `check:gate-latch-check + ${region}`,
          record: `orders-live.${hostname}-A-primary`,
          check: `${primary}-region-check`,
          why: `${primary}-region-check is unhealthy: it requires ${childrenCount} of ${childrenCount} checks, and gate-latch-check is unhealthy, because its latch is set`,
        },
      ]);
    });

    it("finds a latch that guards the standby region, and moves nobody to it", () => {
      const children = (region: string): unknown =>
        attached.find(({ name }) => name === `${region}-region-check`)?.outputs[
          "childHealthchecks"
        ];
      const latch = attached.find(({ name }) => name === "gate-latch-check")?.id;
      const moved = changed(
        attached,
        new RegExp(`^(${primary}|${standby})-region-check$`),
        (outputs, name) => {
          const own = (children(name.replace("-region-check", "")) as readonly string[]).filter(
            (id) => id !== latch,
          );
          const all = name.startsWith(standby) && latch !== undefined ? [...own, latch] : own;
          return { ...outputs, childHealthchecks: all, childHealthThreshold: all.length };
        },
      );
      const culprit = {
        record: `orders-live.${hostname}-A-secondary`,
        check: `${standby}-region-check`,
      };
      expect(saidOf(moved, stack)).to.deep.equal([
        {
          property: "noPageWhileLatched",
          faults: `${primaryRegion} + check:gate-latch-check`,
          ...culprit,
          why: `${standby}-region-check is unhealthy: it requires ${childrenCount} of ${childrenCount} checks, and gate-latch-check is unhealthy, because its latch is set`,
        },
        {
          property: "latchMovesTraffic",
          faults: "check:gate-latch-check",
          ...culprit,
          why: `gate-latch-check guards it, and moves nobody to ${region}, where its bucket is`,
        },
      ]);
    });

    it("finds a latch check that is not inverted", () => {
      const mutated = changed(attached, /^gate-latch-check$/, (outputs) => ({
        ...outputs,
        invertHealthcheck: false,
      }));
      const [violation, ...others] = saidOf(mutated, stack);
      expect(others).to.deep.equal([]);
      expect(violation).to.include({
        property: "noNeedlessFailover",
        faults: "nothing failed",
        record: `orders-live.${hostname}-A-primary`,
        check: `${primary}-region-check`,
      });
    });

    it("finds a latch that the region check does not need", () => {
      const mutated = changed(attached, new RegExp(`^${primary}-region-check$`), (outputs) => ({
        ...outputs,
        childHealthThreshold: 1,
      }));
      expect(saidOf(mutated, stack).at(-1)).to.deep.equal({
        property: "latchMovesTraffic",
        faults: "check:gate-latch-check",
        record: `orders-live.${hostname}-A-primary`,
        check: `${primary}-region-check`,
        why: `gate-latch-check guards it, and moves nobody to ${region}, where its bucket is`,
      });
    });
  });
}

describe("the latch of prod under every set of lost places and databases", () => {
  const zones = ["us-west-2a", "us-west-2b", "eu-west-1a", "eu-west-1b"];
  const regions = ["us-west-2", "eu-west-1", "us-east-2"];
  const databases = ["oregon-orders-database", "dublin-orders-database"];

  /** Whether a zone serves: it and its region live, and so does the region's database. */
  const serves = (zone: string, lost: ReadonlySet<string>): boolean => {
    const region = zone.slice(0, -1);
    const [first = "", second = ""] = region === "us-west-2" ? zones : zones.slice(2);
    const database = `${region === "us-west-2" ? "oregon" : "dublin"}-orders-database`;
    const databaseLives = !lost.has(database) && !(lost.has(first) && lost.has(second));
    return !lost.has(zone) && !lost.has(region) && databaseLives;
  };

  /** Sets of faults in which customers get the page or a dead answer by the latch while a zone serves. */
  function strandedIn(resources: readonly Resource[]): Record<"proof" | "answers", string[]> {
    const model = new StackModel(resources);
    const space = new FaultSpace(model, "orders.cafe.com", "A");
    const [latch] = space.latches;
    if (!latch) throw new Error("no latch");
    const proven = space.diagram.some(
      breachesOf(space).filter(({ property }) => property === "noPageWhileLatched"),
      ({ when }) => when,
    );
    const named = new Map(
      space.faults.map((fault) => [fault.name.split("::").at(-1) ?? "", fault] as const),
    );
    const all = [...regions, ...zones, ...databases];
    const strands = (faults: readonly Fault[]): boolean =>
      model
        .under(faults)
        .resolve("orders.cafe.com", "A")
        .answers.some(({ alive, availabilityZone }) => !alive || availabilityZone === undefined);
    const found: Record<"proof" | "answers", string[]> = { proof: [], answers: [] };
    for (let bits = 0; bits < 2 ** all.length; bits += 1) {
      const lost = all.filter((_, index) => ((bits >> index) & 1) === 1);
      const faults = lost.map((name) => {
        const fault = named.get(name);
        if (!fault) throw new Error(`no fault ${name}`);
        return fault;
      });
      const someServes = zones.some((zone) => serves(zone, new Set(lost)));
      const latched = [...faults, latch.fault];
      if (someServes && strands(latched) && !strands(faults)) found.answers.push(lost.join(" + "));
      if (space.holdsIn(proven, { faults: latched, unknown: new Map() })) {
        found.proof.push(lost.join(" + "));
      }
    }
    return found;
  }

  it("strands nobody, as the answers show one by one", async () => {
    const { resources } = await withGate("prod", "attached");
    expect(strandedIn(resources)).to.deep.equal({ proof: [], answers: [] });
  });

  it("strands the same customers in the proof and in the answers when `any` is gated", async () => {
    const { resources } = await withGate("prod", "attached");
    const { proof, answers } = strandedIn(changed(resources, /^orders-any\..*-A-secondary$/, null));
    expect(proof).to.deep.equal(answers);
    expect(proof).to.include.members(["eu-west-1", "dublin-orders-database"]);
  });
});

describe("the report of a proof", () => {
  for (const [mode, isAttached] of [
    ["created", false],
    ["attached", true],
  ] as const) {
    it(`${isAttached ? "says" : "does not say"} what holds with the latch set when the gate is ${mode}`, async () => {
      const { resources } = await withGate("dev", mode);
      const proof = prove({ stack: "dev", resources, names: [], rates: defaultFaultRates });
      const text = JSON.stringify(proofReport(proof, "--stack dev"));
      const said =
        "With the latch set as well (gate-latch-check): it moves all customers out of the region that it guards while all is well, and leaves nobody on the page or a dead answer while an endpoint works.";
      expect(text.includes(said)).to.equal(isAttached);
      const [name] = proofData(proof, "--stack dev").names;
      expect(name?.latches).to.deep.equal(isAttached ? ["check:gate-latch-check"] : undefined);
      expect(provenWords(proof).length).to.equal(isAttached ? 7 : 5);
    });
  }
});
