import { expect } from "chai";
import { main } from "../../../cli/main";
import { pair, resource } from "../../routing/graph/stack";
import { memoryIo } from "../memoryIo";
import { exportOf } from "./proving";

const urn = (type: string, name: string): string => `urn:pulumi:dev::shop::${type}::${name}`;

function entry(type: string, name: string, outputs: object): object {
  return { urn: urn(type, name), type, id: name, custom: true, inputs: outputs, outputs };
}

/** A name with this many levels, each a primary whose check belongs to another stack. */
function exported(levels: number): string {
  const zone = entry("aws:route53/zone:Zone", "zone", { name: "a.test", zoneId: "Z1" });
  const nameOf = (level: number): string => (level === 0 ? "www.a.test" : `n${level}.a.test`);
  const records = Array.from({ length: levels }, (_, level) => {
    const record = { name: nameOf(level), type: "A", zoneId: "Z1" };
    const last = { ...record, ttl: 60, records: [`192.0.2.${level + 1}`] };
    const isLast = level === levels - 1;
    const target = isLast
      ? { ttl: 60, records: ["192.0.2.100"] }
      : { aliases: [{ name: nameOf(level + 1), zoneId: "Z1", evaluateTargetHealth: false }] };
    return [
      entry("aws:route53/record:Record", `primary-${level}`, {
        ...record,
        ...target,
        setIdentifier: "p",
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
        healthCheckId: `foreign-${level}`,
      }),
      entry("aws:route53/record:Record", `secondary-${level}`, {
        ...last,
        setIdentifier: "s",
        failoverRoutingPolicies: [{ type: "SECONDARY" }],
      }),
    ];
  });
  return JSON.stringify({ version: 3, deployment: { resources: [zone, ...records.flat()] } });
}

async function run(
  levels: number,
  ...more: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const io = memoryIo({ files: { "stack.json": exported(levels) } });
  const code = await main(["resolve", "www.a.test", "--from", "stack.json", ...more], io);
  return { code, out: io.out(), err: io.err() };
}

describe("failover resolve with unread resources", () => {
  it("answers by cases, shows how to settle them, and exits with 2", async () => {
    const { code, out } = await run(1);
    expect(code).to.equal(2);
    expect(out.split("\n")).to.deep.equal([
      "Unknown: foreign-0: it is a check of another stack",
      "If foreign-0 is healthy:",
      "  www.a.test 60 A 192.0.2.100",
      "    www.a.test A [p]: primary, foreign-0 is healthy",
      "Else:",
      "  www.a.test 60 A 192.0.2.1",
      "    www.a.test A [s]: secondary, always healthy because it has no check; p is unhealthy: foreign-0 fails",
      "To settle it: --assume foreign-0=healthy or =unhealthy.",
      "",
    ]);
  });

  it("gives one answer when the unknown is settled", async () => {
    for (const [status, value] of [
      ["healthy", "192.0.2.100"],
      ["unhealthy", "192.0.2.1"],
    ] as const) {
      const { code, out } = await run(1, "--assume", `foreign-0=${status}`);
      expect(code).to.equal(0);
      expect(out.split("\n")[0]).to.equal(`www.a.test 60 A ${value}`);
    }
  });

  it("names at most five unknowns and counts the rest, with a case for each different answer", async () => {
    const { out } = await run(7, "--json");
    const { unknown, moreUnknown, cases } = JSON.parse(out) as {
      unknown: readonly { name: string }[];
      moreUnknown: number;
      cases: readonly { when: object; answers: readonly { value: string }[] }[];
    };
    expect(unknown.map(({ name }) => name)).to.deep.equal(
      [0, 1, 2, 3, 4].map((level) => `foreign-${level}`),
    );
    expect(moreUnknown).to.equal(2);
    // Levels below one that failed over make no difference.
    expect(cases.map(({ answers }) => answers[0]?.value)).to.deep.equal([
      "192.0.2.100",
      ...[5, 4, 3, 2, 1].map((last) => `192.0.2.${last}`),
    ]);
    expect(cases.at(-1)?.when).to.deep.equal({ "foreign-0": "unhealthy" });
    expect((await run(7)).out.split("\n")[5]).to.equal(
      "and 2 more, each assumed healthy, a latch released",
    );
  });

  it("refuses an invalid or irrelevant assumption", async () => {
    const wrong = await run(1, "--assume", "foreign-0=maybe");
    expect([wrong.code, wrong.err]).to.deep.equal([
      2,
      "--assume: invalid assumption, got foreign-0=maybe; write <name>=healthy or <name>=unhealthy\n",
    ]);
    const both = await run(1, "--assume", "foreign-0=healthy,foreign-0=unhealthy");
    expect([both.code, both.out, both.err]).to.deep.equal([
      2,
      "",
      "--assume foreign-0: must be healthy or unhealthy, got both; give one of them\n",
    ]);
    const other = await run(1, "--assume", "foreign-9=healthy");
    expect([other.code, other.err]).to.deep.equal([
      2,
      "--assume foreign-9: the answer for www.a.test does not depend on it; unknown are foreign-0\n",
    ]);
  });

  describe("whose name is a DNS name", () => {
    /** Two checks of one name outside, so that it has one status under its own name. */
    const stack = exportOf([
      ...pair({ records: ["8.8.4.1"] }, { type: "HTTP", fqdn: "Up.Elsewhere.test." }),
      resource("aws:route53/healthCheck:HealthCheck", "other", {
        type: "HTTP",
        fqdn: "up.elsewhere.test",
      }),
    ]);
    const assuming = async (statuses: string) => {
      const io = memoryIo({ files: { "stack.json": stack } });
      const argv = ["resolve", "www.a.test", "--from", "stack.json", "--assume", statuses];
      return { code: await main(argv, io), out: io.out(), err: io.err() };
    };

    it("are settled in any case, with or without the final dot", async () => {
      for (const name of ["up.elsewhere.test", "UP.elsewhere.TEST", "up.elsewhere.test."]) {
        const { code, out } = await assuming(`${name}=unhealthy`);
        expect([code, out.split("\n")[0]], name).to.deep.equal([0, "www.a.test 60 A 203.0.113.99"]);
      }
    });

    it("cannot be healthy and unhealthy, in whatever spelling", async () => {
      expect(
        await assuming("UP.elsewhere.test=healthy,up.elsewhere.test.=unhealthy"),
      ).to.deep.equal({
        code: 2,
        out: "",
        err: "--assume up.elsewhere.test: must be healthy or unhealthy, got both; give one of them\n",
      });
      const same = await assuming("UP.elsewhere.test=healthy,up.elsewhere.test.=healthy");
      expect(same.code).to.equal(0);
    });
  });
});
