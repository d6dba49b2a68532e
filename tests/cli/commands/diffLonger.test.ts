import { expect } from "chai";
import type { FailoverDiff } from "../../../rehearsal/diff/diff";
import { check, listing, member, runWith } from "./listing";
import type { Run } from "./proving";

type Listed = ReturnType<typeof member>;

/** Two servers, each with its check, and a third one as the last resort. */
const servers = (ttlSeconds: readonly number[] = [60, 60, 60]): readonly Listed[] => [
  {
    ...member("www", "PRIMARY", ""),
    TTL: undefined,
    ResourceRecords: undefined,
    AliasTarget: { HostedZoneId: "Z1", DNSName: "both.x.test.", EvaluateTargetHealth: true },
  },
  { ...member("www", "SECONDARY", "8.8.4.3"), TTL: ttlSeconds[2] },
  { ...member("both", "PRIMARY", "8.8.4.1", "c0"), TTL: ttlSeconds[0] },
  { ...member("both", "SECONDARY", "8.8.4.2", "c1"), TTL: ttlSeconds[1] },
];
const page: Listed = {
  ...member("www", "SECONDARY", ""),
  TTL: undefined,
  ResourceRecords: undefined,
  AliasTarget: {
    HostedZoneId: "Z3BJ6K6RIION7M",
    DNSName: "s3-website-us-west-2.amazonaws.com.",
    EvaluateTargetHealth: false,
  },
};
const fast = (id: string, address: string, more: object = {}): Listed => {
  const plain = check(id, address);
  const config = plain["HealthCheckConfig"] as object;
  return { ...plain, HealthCheckConfig: { ...config, RequestInterval: 10, ...more } };
};
const checks = [fast("c0", "8.8.4.1"), fast("c1", "8.8.4.2")];

const files = {
  ...listing("well", servers(), checks),
  ...listing("long", servers([600, 600, 600]), checks),
  ...listing("long-last", servers([60, 60, 600]), checks),
  ...listing("long-second", servers([60, 600, 60]), checks),
  ...listing("dull", servers(), [check("c0", "8.8.4.1", "HTTP"), check("c1", "8.8.4.2", "HTTP")]),
  ...listing("dull-long-second", servers([60, 600, 60]), [
    check("c0", "8.8.4.1", "HTTP"),
    check("c1", "8.8.4.2", "HTTP"),
  ]),
  ...listing("rare", servers(), [fast("c0", "8.8.4.1", { RequestInterval: 30 }), checks[1] ?? {}]),
  ...listing("patient", servers(), [
    fast("c0", "8.8.4.1", { FailureThreshold: 10 }),
    checks[1] ?? {},
  ]),
  ...listing("rare-second", servers(), [
    checks[0] ?? {},
    fast("c1", "8.8.4.2", { RequestInterval: 30 }),
  ]),
  ...listing("shorter-chain", servers().slice(0, 3), checks.slice(0, 1)),
  ...listing("page-only", [member("www", "PRIMARY", "8.8.4.1", "c0"), page], checks.slice(0, 1)),
  ...listing(
    "pair",
    [member("www", "PRIMARY", "8.8.4.1", "c0"), member("www", "SECONDARY", "8.8.4.2", "c1")],
    checks,
  ),
  ...listing(
    "swapped",
    [member("www", "PRIMARY", "8.8.4.2", "c1"), member("www", "SECONDARY", "8.8.4.1", "c0")],
    checks,
  ),
};

/** Servers that share the traffic; the check of the third takes the longest to see that it is back. */
const sharing = (count: number, ttlSeconds = 60): Readonly<Record<string, string>> =>
  listing(
    `${count} for ${ttlSeconds} s`,
    ["8.8.4.1", "8.8.4.2", "8.8.4.3"].slice(0, count).map((address, index) => ({
      ...member("www", "PRIMARY", address, `c${index}`),
      Failover: undefined,
      SetIdentifier: address,
      Weight: 10,
      TTL: ttlSeconds,
    })),
    [...checks, fast("c2", "8.8.4.3", { RequestInterval: 30 })].slice(0, count),
  );
/** The pair with another address of its first server. */
const moved = (ttlSeconds: number): Readonly<Record<string, string>> =>
  listing(
    `moved for ${ttlSeconds} s`,
    [
      { ...member("www", "PRIMARY", "8.8.4.9", "c0"), TTL: ttlSeconds },
      { ...member("www", "SECONDARY", "8.8.4.2", "c1"), TTL: ttlSeconds },
    ],
    [fast("c0", "8.8.4.9"), checks[1] ?? {}],
  );
const all = {
  ...files,
  ...sharing(2),
  ...sharing(3),
  ...sharing(3, 600),
  ...moved(60),
  ...moved(600),
};

const diff = (...argv: readonly string[]): Promise<Run> => runWith(all, "diff", ...argv);

async function judged(
  base: string,
  after: string,
  ...more: readonly string[]
): Promise<readonly [code: number, outcome: string, reasons: readonly string[]]> {
  const { code, out } = await diff(base, "--from", after, ...more, "--json");
  const { outcome, worse } = JSON.parse(out) as FailoverDiff;
  return [code, outcome, worse.map(({ text }) => text)];
}

describe("failover diff without objectives", () => {
  const worse: readonly (readonly [string, base: string, after: string, reason: string])[] = [
    [
      "a tenfold TTL",
      "well",
      "long",
      "downtime of 8.8.4.1 when it hangs in the body 124 s → 664 s (www.x.test A)",
    ],
    [
      "a tenfold TTL of the last resort",
      "well",
      "long-last",
      "downtime of any change by one cause that comes back 132 s → 672 s (www.x.test A)",
    ],
    [
      "a tenfold TTL of a fallback",
      "well",
      "long-second",
      "downtime of any change by one cause that fails 124 s → 664 s (www.x.test A)",
    ],
    [
      "a tenfold TTL of a fallback, where another change never ends",
      "dull",
      "dull-long-second",
      "downtime of any change by one cause that fails 178 s → 718 s (www.x.test A)",
    ],
    [
      "a check that probes every 30 s, not 10",
      "well",
      "rare",
      "detection of 8.8.4.1 when it hangs in the body 54 s → 114 s (www.x.test A)",
    ],
    [
      "a higher threshold",
      "well",
      "patient",
      "downtime of 8.8.4.1 when it hangs in the body 124 s → 250 s (www.x.test A)",
    ],
    [
      "a slower check of a fallback",
      "well",
      "rare-second",
      "downtime of any change by one cause that fails 124 s → 184 s (www.x.test A)",
    ],
    [
      "a lost fallback",
      "well",
      "shorter-chain",
      "www.x.test A: some customers get a dead answer after 2 faults in 3 cases, before in 1",
    ],
    [
      "a page in place of a server",
      "pair",
      "page-only",
      "www.x.test A: some customers get the static page after 1 fault in 2 cases, before in 0",
    ],
  ];
  for (const [title, base, after, reason] of worse) {
    it(`calls ${title} worse: exit 1`, async () => {
      const [code, outcome, reasons] = await judged(base, after);
      expect([code, outcome]).to.deep.equal([1, "worse"]);
      expect(reasons).to.include(reason);
    });

    it(`does not call the way back from ${title} worse: exit 0`, async () => {
      expect(await judged(after, base)).to.deep.equal([0, "changed", []]);
    });
  }

  it("finds one more server no worse, though it takes longer to return than the others", async () => {
    expect(await judged("2 for 60 s", "3 for 60 s")).to.deep.equal([0, "changed", []]);
    expect((await judged("2 for 60 s", "3 for 600 s"))[1]).to.equal("worse");
  });

  it("finds another address no worse, and a longer TTL with it worse", async () => {
    expect(await judged("pair", "moved for 60 s")).to.deep.equal([0, "changed", []]);
    expect(await judged("pair", "moved for 600 s")).to.deep.equal([
      1,
      "worse",
      [
        "downtime of any change by one cause that fails 124 s → 664 s (www.x.test A)",
        "downtime of any change by one cause that comes back 132 s → 672 s (www.x.test A)",
      ],
    ]);
  });

  it("finds the roles of two equal servers swapped no worse, though another one moves customers", async () => {
    expect(await judged("pair", "swapped")).to.deep.equal([0, "changed", []]);
  });
});

describe("failover diff with an objective", () => {
  const within = ["--objective", "zoneOrRegion.downtime=900"];

  it("says of a longer time within it that it is slower, and no worse: exit 0", async () => {
    expect(await judged("well", "long", ...within)).to.deep.equal([0, "changed", []]);
    const { out } = await diff("well", "--from", "long", ...within);
    expect(out).to.match(/^Failover of long: slower than well, within the objectives\n/);
  });

  it("calls a longer time worse that missed the objective before: exit 1", async () => {
    const missed = ["--objective", "zoneOrRegion.downtime=100"];
    const [code, , reasons] = await judged("well", "long", ...missed);
    expect(code).to.equal(1);
    expect(reasons[0]).to.equal(
      "downtime of 8.8.4.1 when it hangs in the body 124 s → 664 s (www.x.test A)",
    );
  });

  it("leaves times to no other objective than that of the downtime", async () => {
    const [code] = await judged("well", "long", "--objective", "zoneOrRegion.detection=900");
    expect(code).to.equal(1);
  });
});
