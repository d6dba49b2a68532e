import { expect } from "chai";
import { failureModes } from "../../../routing/checker";
import { everyFaultOf } from "../../../routing/graph/everyFault";
import type { Pair } from "../../../routing/graph/faultPairs";
import { loneSignalsOf } from "../../../routing/graph/loneSignals";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { sampled } from "../../sampled";
import { Draws } from "../random/draws";
import { nameOf, resourcesOf } from "../random/resources";
import { drawZone } from "../random/zone";
import { record, resource, zone } from "./stack";

const zonesCount = sampled(600, 8);
const treesCount = sampled(150, 15);

/** What a comparison met. */
interface Counts {
  found: number;
  several: number;
  never: number;
  ends: number;
  idle: number;
  moved: number;
}

/** Compares every bound of a name with that of `Transition`. */
function compare(model: StackModel, name: string, title: string, counts: Counts): void {
  const causes = everyFaultOf(model, name, "A").filter(({ kind }) => kind !== "check");
  for (const { asker } of model.placesOf(name, "A")) {
    const lone = loneSignalsOf(model, { name, type: "A", asker }, causes);
    if (!lone) continue;
    counts.found += 1;
    for (const [before, some] of [[], ...causes.map((cause) => [cause])].entries()) {
      for (const [index, one] of causes.entries()) {
        if (some.includes(one)) continue;
        const cause = index + 1;
        const [single, both]: readonly [Pair, Pair] = [
          [before, 0],
          [before, cause],
        ];
        const [under, underBoth] = [model.under(some), model.under([...some, one])];
        const changes = [
          ...failureModes.map((death) => [death, single, both, under, underBoth] as const),
          ["returns", both, single, underBoth, under] as const,
        ];
        for (const [death, from, to, was, is] of changes) {
          const wanted = model.worstCaseBetween(name, "A", was, is, death, asker);
          const bound = lone.boundOf({ from, to, cause, death });
          const what = `${title}: ${death}, ${one.name} after ${some[0]?.name ?? "nothing"}`;
          if (lone.isIdle(cause)) expect(wanted.downtimeSeconds, what).to.equal(0);
          if (bound) expect(bound, what).to.deep.equal(wanted);
          counts.idle += Number(lone.isIdle(cause));
          counts.several += Number(bound === undefined);
          counts.never += Number(bound !== undefined && bound.downtimeSeconds === undefined);
          const ends = (bound?.downtimeSeconds ?? 0) > 0;
          if (death === "returns") counts.moved += Number(ends);
          else counts.ends += Number(ends);
        }
      }
    }
  }
}

/** A tree of groups with a check for most of its leaves, and TTLs that differ between groups. */
function plainTree(draws: Draws): readonly Resource[] {
  const found: Resource[] = [zone];
  let leavesCount = 0;
  const group = (name: string, depth: number): void => {
    const policy = draws.of(["weighted", "multivalue", "failover", "latency", "geolocation"]);
    const isLast = depth === 0 || policy === "multivalue";
    const ttl = draws.of([30, 60, 300]);
    const size = policy === "failover" ? 2 : 2 + draws.below(3);
    for (let index = 0; index < size; index += 1) {
      const below = `${name.split(".")[0] ?? ""}${index}.a.test`;
      const isAlias = !isLast && draws.isIn(50);
      found.push(
        record(`${name}-${index}`, {
          name,
          setIdentifier: `${index}`,
          ...routingOf(policy, index),
          ...(isAlias
            ? { aliases: [{ name: below, zoneId: "Z1", evaluateTargetHealth: true }] }
            : leaf(ttl, policy === "failover")),
        }),
      );
      if (isAlias) group(below, depth - 1);
    }
  };
  const leaf = (ttl: number, isChecked: boolean): Properties => {
    leavesCount += 1;
    const own = `198.51.100.${leavesCount}`;
    const other = `198.51.100.${1 + draws.below(leavesCount)}`;
    const id = `check-${leavesCount}`;
    const byName = draws.isIn(15);
    const target = `server${leavesCount}.a.test`;
    if (byName) found.push(record(target, { name: target, records: [own] }));
    found.push(
      resource("aws:route53/healthCheck:HealthCheck", id, {
        type: draws.of(["HTTP", "TCP"]),
        ...(byName ? { fqdn: target } : { ipAddress: draws.isIn(20) ? other : own }),
        requestInterval: draws.of([10, 30]),
        failureThreshold: 3,
        invertHealthcheck: draws.isIn(8),
      }),
    );
    const records = [draws.isIn(8) ? other : own];
    return { ttl, records, ...(!isChecked && draws.isIn(12) ? {} : { healthCheckId: id }) };
  };
  group("www.a.test", 2);
  return found;
}

function routingOf(policy: string, index: number): Properties {
  switch (policy) {
    case "weighted":
      return { weightedRoutingPolicies: [{ weight: index }] };
    case "multivalue":
      return { multivalueAnswerRoutingPolicy: true };
    case "failover":
      return { failoverRoutingPolicies: [{ type: index === 0 ? "PRIMARY" : "SECONDARY" }] };
    case "latency": {
      const region = ["us-east-1", "eu-west-1", "sa-east-1", "us-west-2"][index] ?? "";
      return { latencyRoutingPolicies: [{ region }] };
    }
    default: {
      const continent = ["EU", "AS", "NA"][index - 1] ?? "";
      return { geolocationRoutingPolicies: [index === 0 ? { country: "*" } : { continent }] };
    }
  }
}

describe("the bounds of lone signals", () => {
  const noneYet = { found: 0, several: 0, never: 0, ends: 0, idle: 0, moved: 0 };

  it("are those of every order of noticing in random zones", () => {
    const counts = { ...noneYet };
    for (let seed = 1; seed <= zonesCount; seed += 1) {
      const model = new StackModel(resourcesOf(drawZone(new Draws(seed))));
      compare(model, nameOf(0), `seed ${seed}`, counts);
    }
    // Guards against zones in which nothing is compared.
    // Something follows each part of these zones, so no fault is idle.
    for (const count of Object.values({ ...counts, idle: zonesCount }))
      expect(count).to.be.greaterThan(zonesCount / 10);
  });

  it("are those of every order of noticing in trees whose leaves have checks", () => {
    const counts = { ...noneYet };
    for (let seed = 1; seed <= treesCount; seed += 1) {
      const model = new StackModel(plainTree(new Draws(seed)));
      compare(model, "www.a.test", `seed ${seed}`, counts);
    }
    for (const count of Object.values(counts)) expect(count).to.be.greaterThan(treesCount / 10);
  });

  it("end with the answer that is kept for longest", () => {
    const model = new StackModel([
      zone,
      ...["1", "2", "3"].map((server) => probing(server, `198.51.100.${server}`)),
      weighted("short", 9, { ttl: 30, records: ["198.51.100.1"], healthCheckId: "check-1" }),
      weighted("long", 5, {
        aliases: [{ name: "sub.a.test", zoneId: "Z1", evaluateTargetHealth: true }],
      }),
      weighted("back", 1, { ttl: 30, records: ["198.51.100.3"], healthCheckId: "check-3" }),
      record("sub", {
        name: "sub.a.test",
        ttl: 300,
        records: ["198.51.100.2"],
        healthCheckId: "check-2",
      }),
    ]);
    const faults = model.faults(["198.51.100.3"]);
    const lone = loneSignalsOf(model, { name: "www.a.test", type: "A", asker: {} }, faults);
    const bound = lone?.boundOf({ from: [0, 1], to: [0, 0], cause: 1, death: "returns" });
    expect(bound?.terms.map(({ seconds }) => seconds)).to.deep.equal([114, 10, 300]);
    compare(model, "www.a.test", "three servers", { ...noneYet });
  });

  it("do not take a fault that two checks notice to be idle, although both states answer alike", () => {
    const children = ["check-seen", "check-turned"];
    const model = new StackModel([
      zone,
      probing("seen", "198.51.100.9"),
      probing("turned", "198.51.100.9", { invertHealthcheck: true }),
      resource("aws:route53/healthCheck:HealthCheck", "check-either", {
        type: "CALCULATED",
        childHealthchecks: children,
        childHealthThreshold: 1,
      }),
      record("primary", {
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
        setIdentifier: "primary",
        records: ["198.51.100.1"],
        healthCheckId: "check-either",
      }),
      record("secondary", {
        failoverRoutingPolicies: [{ type: "SECONDARY" }],
        setIdentifier: "secondary",
        records: ["198.51.100.2"],
      }),
    ]);
    const faults = model.faults(["198.51.100.9"]);
    const lone = loneSignalsOf(model, { name: "www.a.test", type: "A", asker: {} }, faults);
    const returns = { from: [0, 1], to: [0, 0], cause: 1, death: "returns" } as const;
    expect(lone?.isIdle(1)).to.equal(false);
    expect(lone?.boundOf(returns)).to.equal(undefined);
    const { downtimeSeconds } = model.worstCase("www.a.test", "A", faults, [], "returns");
    expect(downtimeSeconds).to.equal(184);
  });
});

function probing(name: string, ipAddress: string, more: Properties = {}): Resource {
  return resource("aws:route53/healthCheck:HealthCheck", `check-${name}`, {
    type: "HTTP",
    port: 80,
    ipAddress,
    requestInterval: 30,
    failureThreshold: 3,
    ...more,
  });
}

function weighted(setIdentifier: string, weight: number, more: Properties): Resource {
  return record(setIdentifier, {
    setIdentifier,
    weightedRoutingPolicies: [{ weight }],
    ...more,
  });
}
