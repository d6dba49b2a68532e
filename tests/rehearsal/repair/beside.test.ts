import { expect } from "chai";
import { diffOf } from "../../../rehearsal/diff/diff";
import { defaultFaultRates } from "../../../rehearsal/proof/faultRates";
import { asText } from "../../../rehearsal/report/asText";
import { paintOf } from "../../../rehearsal/report/paint";
import { assess, isSound } from "../../../rehearsal/repair/assess";
import { Beside } from "../../../rehearsal/repair/beside";
import { edited } from "../../../rehearsal/repair/edits";
import { onOwnCopies } from "../../../rehearsal/repair/ownCopies";
import { repairReport } from "../../../rehearsal/repair/report";
import { resourceChanges } from "../../../rehearsal/repair/resourceChanges";
import type { Repair } from "../../../rehearsal/repair/search";
import { repair } from "../../../rehearsal/repair/search";
import type { Resource, Value } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { check, listing, member } from "../../cli/commands/listing";
import { resourcesOf } from "./zones";

type Listed = ReturnType<typeof member>;

const calculated = (id: string, children: readonly string[], threshold: number): Listed => ({
  Id: id,
  CallerReference: id,
  HealthCheckVersion: 1,
  HealthCheckConfig: {
    Type: "CALCULATED",
    ChildHealthChecks: children,
    HealthThreshold: threshold,
  },
});

const balancer = "web-1.us-west-2.elb.amazonaws.com";

/** A check of the balancer, inverted. */
const inverted: Listed = {
  ...check("h", ""),
  HealthCheckConfig: {
    ...(check("h", "")["HealthCheckConfig"] as object),
    IPAddress: undefined,
    FullyQualifiedDomainName: balancer,
    Inverted: true,
  },
};

/** An alias to what no resource stands for. */
const toBalancer = (one: Listed): Listed => ({
  ...one,
  TTL: undefined,
  ResourceRecords: undefined,
  AliasTarget: {
    HostedZoneId: "Z1H1FL5HABSF5",
    DNSName: `${balancer}.`,
    EvaluateTargetHealth: false,
  },
});

function zoneOf(
  records: readonly Listed[],
  checks: readonly Listed[],
): Promise<readonly Resource[]> {
  const files = listing("zone", records, checks);
  return resourcesOf({ title: "zone", name: "a.x.test", files });
}

function searchTextOf(found: Repair): string {
  const layout = { paint: paintOf(false), columns: 200, isBounded: false, hasDetails: false };
  return asText(repairReport({ repair: found, changes: [] }), layout);
}

function repairOf(resources: readonly Resource[], ...names: readonly string[]): Repair {
  return repair({ stack: "zone", resources, names, objectives: new Map() });
}

/** What `failover diff` says of a repair, of all names. */
function judged({ before, after }: Repair): string {
  const settings = { names: [], rates: defaultFaultRates, objectives: new Map() };
  const [was, is] = [before, after].map(({ resources }) => ({ title: "zone", resources }));
  if (!was || !is) throw new Error("no state");
  return diffOf(was, is, settings).outcome;
}

const texts = ({ edits }: Pick<Repair, "edits">): readonly string[] =>
  edits.map(({ text }) => text);

/** `a` needs both checks, though the second watches the server of `b`. */
const sharing = (): Promise<readonly Resource[]> =>
  zoneOf(
    [
      member("a", "PRIMARY", "8.8.4.1", "both"),
      member("a", "SECONDARY", "8.8.4.3"),
      member("b", "PRIMARY", "8.8.4.2", "h2"),
      member("b", "SECONDARY", "8.8.4.4"),
    ],
    [check("h1", "8.8.4.1"), check("h2", "8.8.4.2"), calculated("both", ["h1", "h2"], 2)],
  );

describe("a repair of a name that shares a check with another", () => {
  it("leaves the check alone that the other name needs as it is, and says why", async () => {
    const found = repairOf(await sharing(), "a.x.test");
    expect(texts(found)).to.deep.equal(["give a.x.test A primary the check h1"]);
    expect(found.rejected.map((one) => [texts(one), one.why])).to.deep.equal([
      [
        ["make h2 probe 8.8.4.1"],
        "b.x.test A: a dead answer while an endpoint works, with 8.8.4.2 (b.x.test A primary: h2 is healthy: it watches 8.8.4.1, and not 8.8.4.2)",
      ],
    ]);
    expect([isSound(found.after), judged(found)]).to.deep.equal([true, "changed"]);
  });

  it("makes the edit in a copy of the check, where nothing else helps", async () => {
    const records = [
      toBalancer(member("a", "PRIMARY", "", "h")),
      member("a", "SECONDARY", "8.8.4.3"),
      member("b", "PRIMARY", "8.8.4.2", "h"),
      member("b", "SECONDARY", "8.8.4.4"),
    ];
    const found = repairOf(await zoneOf(records, [inverted]), "a.x.test");
    expect(texts(found)).to.deep.equal(["do not invert h, but in a copy for a.x.test alone"]);
    expect([isSound(found.after), judged(found)]).to.deep.equal([true, "changed"]);
    const changes = resourceChanges(found.before.resources, found.after.resources, found.edits);
    expect(changes.map(({ name, action }) => [name, action])).to.deep.equal([
      ["a.x.test A primary", "update"],
      ["h copy", "create"],
    ]);
    expect(changes[1]?.properties.map(({ property }) => property)).not.to.include("tags");
  });

  it("changes the check itself where the other name has it too and is no worse", async () => {
    const records = ["a", "b"].flatMap((name) => [
      member(name, "PRIMARY", "8.8.4.1", "h1"),
      member(name, "SECONDARY", "8.8.4.3"),
    ]);
    const disabled = check("h1", "8.8.4.1");
    const config = { ...(disabled["HealthCheckConfig"] as object), Disabled: true };
    const found = repairOf(
      await zoneOf(records, [{ ...disabled, HealthCheckConfig: config }]),
      "a.x.test",
    );
    expect([texts(found), found.beside]).to.deep.equal([["enable h1"], ["b.x.test"]]);
    expect(searchTextOf(found)).to.match(/Reached as well, and no\s+worse:\s+b\.x\.test\./);
  });
});

describe("a copy of a shared check", () => {
  it("is a child of a copy of the calculated check above it, if that is shared too", async () => {
    const resources = await zoneOf(
      [
        member("a", "PRIMARY", "8.8.4.1", "both"),
        member("a", "SECONDARY", "8.8.4.3"),
        member("b", "PRIMARY", "8.8.4.2", "both"),
        member("b", "SECONDARY", "8.8.4.4"),
      ],
      [check("h1", "8.8.4.1"), check("h2", "8.8.4.2"), calculated("both", ["h1", "h2"], 2)],
    );
    const urn = resources.find(({ name }) => name === "h2")?.urn ?? "";
    const edit = {
      text: "make h2 probe 8.8.4.1",
      cost: 3,
      changes: [{ urn, property: "ipAddress", value: "8.8.4.1" }],
    };
    const after = assess(edited(resources, [edit]), ["a.x.test"], new Map());
    const { route53 } = new StackModel(edited(resources, onOwnCopies([edit], after) ?? []));
    const checksOf = (name: string): readonly unknown[] =>
      route53
        .reachable(name, "A")
        .flatMap((record) => route53.checksOf(record))
        .map((one) => [one.label, one.kind === "endpoint" ? one.ipAddress : undefined]);
    expect(checksOf("a.x.test")).to.deep.equal([
      ["both copy", undefined],
      ["h1", "8.8.4.1"],
      ["h2 copy", "8.8.4.1"],
    ]);
    expect(checksOf("b.x.test")).to.deep.equal([
      ["both", undefined],
      ["h1", "8.8.4.1"],
      ["h2", "8.8.4.2"],
    ]);
  });

  it("is not made of a check that no other name uses", async () => {
    const resources = await sharing();
    const urn = resources.find(({ name }) => name === "h1")?.urn ?? "";
    const edit = { text: "", cost: 1, changes: [{ urn, property: "disabled", value: true }] };
    const after = assess(edited(resources, [edit]), ["a.x.test"], new Map());
    expect(onOwnCopies([edit], after)).to.equal(undefined);
  });
});

const toTier = { HostedZoneId: "Z1", DNSName: "tier.x.test.", EvaluateTargetHealth: true };

describe("the names that an edit reaches", () => {
  it("share a check, the target of an alias, or a name that a check probes", async () => {
    const to = (name: string): Listed => ({
      Name: `${name}.x.test.`,
      Type: "A",
      AliasTarget: toTier,
    });
    const byName: Listed = {
      ...check("probes", ""),
      HealthCheckConfig: {
        ...(check("probes", "")["HealthCheckConfig"] as object),
        IPAddress: undefined,
        FullyQualifiedDomainName: "tier.x.test",
      },
    };
    const resources = await zoneOf(
      [
        to("a"),
        to("alias"),
        member("tier", "PRIMARY", "8.8.4.1", "h1"),
        member("tier", "SECONDARY", "8.8.4.2"),
        member("probing", "PRIMARY", "8.8.4.3", "probes"),
        member("probing", "SECONDARY", "8.8.4.4"),
        member("sharing", "PRIMARY", "8.8.4.1", "h1"),
        member("sharing", "SECONDARY", "8.8.4.4"),
        member("apart", "PRIMARY", "8.8.4.3", "h2"),
        member("apart", "SECONDARY", "8.8.4.4"),
      ],
      [check("h1", "8.8.4.1"), check("h2", "8.8.4.3"), byName],
    );
    const urn = resources.find(({ name }) => name === "h1")?.urn ?? "";
    const names = ["a.x.test"];
    const order = { stack: "zone", resources, names, objectives: new Map() };
    const edit = { text: "", cost: 1, changes: [{ urn, property: "port", value: 81 }] };
    expect(
      new Beside(order, names).reachedBy([edit], assess(resources, names, new Map())),
    ).to.deep.equal({
      tiers: ["tier.x.test"],
      others: ["alias.x.test", "probing.x.test", "sharing.x.test"],
    });
  });
});

describe("a tier below a name to mend", () => {
  it("is worse with a new dead answer, and not for a check more that may lie", async () => {
    const resources = await zoneOf(
      [
        { ...toBalancer(member("a", "PRIMARY", "")), AliasTarget: toTier },
        member("a", "SECONDARY", "8.8.4.3"),
        member("tier", "PRIMARY", "8.8.4.1", "h1"),
        member("tier", "SECONDARY", "8.8.4.2"),
      ],
      [check("h1", "8.8.4.1"), check("h2", "8.8.4.2")],
    );
    const names = ["a.x.test"];
    const order = { stack: "zone", resources, names, objectives: new Map() };
    const worse = (name: string, property: string, value: Value): string | undefined => {
      const urn = resources.find((one) => one.name === name)?.urn ?? "";
      const edit = { text: "", cost: 1, changes: [{ urn, property, value }] };
      const after = assess(edited(resources, [edit]), names, new Map());
      return new Beside(order, names).worse([edit], after);
    };
    expect(worse("h1", "disabled", true)).to.equal(
      "tier.x.test A: 8.8.4.1, refuses connections: never left",
    );
    expect(worse("tier.x.test A secondary", "healthCheckId", "h2")).to.equal(undefined);
  });
});
