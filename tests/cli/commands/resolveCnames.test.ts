import { expect } from "chai";
import { main } from "../../../cli/main";
import { memoryIo } from "../memoryIo";

/** A failover pair of CNAMEs to addresses of the zone. */
const zone = {
  "zone/checks.json": JSON.stringify({
    HealthChecks: [
      {
        Id: "h1",
        CallerReference: "1",
        HealthCheckVersion: 1,
        HealthCheckConfig: {
          Type: "HTTP_STR_MATCH",
          SearchString: "ok",
          IPAddress: "192.0.2.1",
          Port: 80,
          RequestInterval: 10,
          FailureThreshold: 2,
        },
      },
    ],
  }),
  "zone/records.json": JSON.stringify({
    ResourceRecordSets: [
      {
        Name: "example.org.",
        Type: "SOA",
        TTL: 900,
        ResourceRecords: [{ Value: "ns. h. 1 7200 900 1209600 86400" }],
      },
      ...["PRIMARY", "SECONDARY"].map((role, index) => ({
        Name: "www.example.org.",
        Type: "CNAME",
        TTL: 10,
        SetIdentifier: role,
        Failover: role,
        ...(index === 0 ? { HealthCheckId: "h1" } : {}),
        ResourceRecords: [{ Value: `${["a", "b"][index] ?? ""}.example.org` }],
      })),
      ...["a", "b"].map((name, index) => ({
        Name: `${name}.example.org.`,
        Type: "A",
        TTL: 86_400,
        ResourceRecords: [{ Value: `192.0.2.${index + 1}` }],
      })),
    ],
  }),
};

async function run(...argv: readonly string[]): Promise<{ code: number; lines: string[] }> {
  const io = memoryIo({ files: zone });
  const [command = "", ...more] = argv;
  const code = await main([command, "www.example.org", "--from", "zone", ...more], io);
  return { code, lines: (io.out() + io.err()).trimEnd().split("\n") };
}

describe("failover by CNAMEs within a zone", () => {
  it("T1, N5 meets an objective with the TTL of the CNAMEs, whatever that of the addresses", async () => {
    const { code, lines } = await run("prove", "--objective", "zoneOrRegion.downtime=90");
    expect(lines).to.include("  Zone or region: downtime  56 s of 90 s  met");
    expect(code).to.equal(0);
  });

  it("prints the TTL of the address, and how long resolvers keep the CNAME", async () => {
    const { lines } = await run("resolve");
    expect(lines).to.deep.equal([
      "www.example.org 86400 A 192.0.2.1",
      "  www.example.org CNAME [PRIMARY]: primary, h1 is healthy; resolvers keep it for 10 s",
      "  a.example.org A: the only record, always healthy because it has no check",
    ]);
  });

  for (const [given, message] of [
    [
      ["--fail", "a.example.org"],
      "--fail a.example.org: a record does not fail, but what it leads to; give 192.0.2.1",
    ],
    [
      ["--fail", "WWW.example.org."],
      "--fail WWW.example.org.: a record does not fail, but what it leads to; give 192.0.2.1 or 192.0.2.2",
    ],
    [
      ["--fail", "check:h1=healthy,check:h1"],
      "--fail check:h1: it reports healthy or unhealthy, got both; give check:h1 or check:h1=healthy",
    ],
    [
      ["--fail", "check:h1=healthy", "--assume", "h1=unhealthy"],
      "--fail check:h1=healthy: --assume says that h1 is unhealthy; give one of them",
    ],
  ] as const) {
    it(`refuses ${given.join(" ")}`, async () => {
      expect(await run("resolve", ...given)).to.deep.equal({ code: 2, lines: [message] });
    });
  }

  it("takes a fault that is given twice for one", async () => {
    const { lines } = await run("resolve", "--fail", "check:h1,check:h1,192.0.2.1");
    expect(lines[0]).to.equal("www.example.org 86400 A 192.0.2.2");
  });
});
