import { expect } from "chai";
import { fixedNotes, unreachableNotes } from "../../rehearsal/unreachable";
import { StackModel } from "../../routing/graph/stackModel";
import { reading } from "../sources/read";

const name = (pool: string, kind: string): string => `_octodns-${pool}-${kind}.unit.tests.`;
const aliasTo = (DNSName: string, EvaluateTargetHealth = true): object => ({
  AliasTarget: { DNSName, EvaluateTargetHealth, HostedZoneId: "Z2" },
});

/** A pool as octodns-route53 makes it, with a check for each of its values or none. */
function poolOf(
  pool: string,
  fallback: string,
  checks: readonly (string | undefined)[],
): readonly object[] {
  return [
    {
      Name: name(pool, "pool"),
      Type: "A",
      SetIdentifier: `${pool}-Primary`,
      Failover: "PRIMARY",
      ...aliasTo(name(pool, "value")),
    },
    {
      Name: name(pool, "pool"),
      Type: "A",
      SetIdentifier: `${pool}-Secondary-${fallback}`,
      Failover: "SECONDARY",
      ...aliasTo(name(fallback, "pool")),
    },
    ...checks.map((HealthCheckId, index) => ({
      Name: name(pool, "value"),
      Type: "A",
      SetIdentifier: `${pool}-00${index}`,
      Weight: 1,
      TTL: 60,
      ResourceRecords: [{ Value: `192.0.2.${index + 1}` }],
      ...(HealthCheckId === undefined ? {} : { HealthCheckId }),
    })),
  ];
}

async function notesOn(...sets: readonly object[]): Promise<readonly string[]> {
  const { resources } = await reading({ ResourceRecordSets: sets });
  return unreachableNotes(new StackModel(resources));
}

describe("secondaries that can never be reached", () => {
  it("are those beside a primary with a member that has no check, however deep", async () => {
    const notes = await notesOn(
      ...poolOf("sydney", "oregon", ["c1", undefined]),
      ...poolOf("oregon", "default", ["c2", "c3"]),
      {
        Name: name("default", "pool"),
        Type: "A",
        TTL: 60,
        ResourceRecords: [{ Value: "192.0.2.9" }],
      },
    );
    expect(notes).to.deep.equal([
      "SECONDARY _octodns-sydney-pool.unit.tests A [sydney-Secondary-oregon] can never be reached: its PRIMARY is always healthy because of _octodns-sydney-value.unit.tests A [sydney-001], which has no check.",
    ]);
  });

  it("are those beside a primary that does not evaluate its target", async () => {
    const pair = [
      {
        Name: "www.unit.tests.",
        Type: "A",
        SetIdentifier: "p",
        Failover: "PRIMARY",
        ...aliasTo("a.unit.tests.", false),
      },
      {
        Name: "www.unit.tests.",
        Type: "A",
        SetIdentifier: "s",
        Failover: "SECONDARY",
        ...aliasTo("b.unit.tests."),
      },
    ];
    expect(await notesOn(...pair)).to.deep.equal([
      "SECONDARY www.unit.tests A [s] can never be reached: its PRIMARY is always healthy because of PRIMARY www.unit.tests A [p], which does not evaluate its target.",
    ]);
  });

  it("are like a name of several records of which none has a check", async () => {
    const weighted = ["cloudfront", "fastly"].map((SetIdentifier) => ({
      Name: "static.unit.tests.",
      Type: "CNAME",
      SetIdentifier,
      Weight: 1,
      TTL: 300,
      ResourceRecords: [{ Value: `${SetIdentifier}.example.net` }],
    }));
    const root = { name: "static.unit.tests", type: "CNAME" };
    const notes = async (...sets: readonly object[]): Promise<readonly string[]> => {
      const { resources } = await reading({ ResourceRecordSets: sets });
      return fixedNotes(new StackModel(resources), root);
    };
    expect(await notes(...weighted)).to.deep.equal([
      "No fault changes the answers of static.unit.tests CNAME: none of its records has a check that fails.",
    ]);
    const [first, second] = weighted;
    expect(await notes({ ...first, HealthCheckId: "c" }, second ?? {})).to.deep.equal([]);
  });

  it("do not say so of a name whose answers change further down", async () => {
    const { resources } = await reading({
      ResourceRecordSets: poolOf("sydney", "default", ["c1", undefined]),
    });
    const model = new StackModel(resources);
    const pool = { name: "_octodns-sydney-pool.unit.tests", type: "A" };
    expect(() => fixedNotes(model, pool)).to.throw(/default-pool/);
    const value = { name: "_octodns-sydney-value.unit.tests", type: "A" };
    expect(fixedNotes(model, value)).to.deep.equal([]);
  });

  it("end where aliases go in a circle", async () => {
    const pair = [
      {
        Name: "www.unit.tests.",
        Type: "A",
        SetIdentifier: "p",
        Failover: "PRIMARY",
        ...aliasTo("www.unit.tests."),
      },
      {
        Name: "www.unit.tests.",
        Type: "A",
        SetIdentifier: "s",
        Failover: "SECONDARY",
        ...aliasTo("b.unit.tests."),
      },
    ];
    expect(await notesOn(...pair)).to.deep.equal([]);
  });
});
