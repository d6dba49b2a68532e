import { expect } from "chai";
import { expectPublished } from "../../schemas/expectPublished";
import { check, listing, member, runWith } from "./listing";
import type { Run } from "./proving";

const pairOf = (name: string, checkId: string) => [
  member(name, "PRIMARY", "8.8.4.1", checkId),
  member(name, "SECONDARY", "8.8.4.2"),
];
const www = pairOf("www", "c0");
const checks = [check("c0", "8.8.4.1")];
const { HealthCheckConfig: config, ...refused } = check("c0", "8.8.4.1");
const files = {
  ...listing("one", www, checks),
  ...listing("both", [...www, ...pairOf("api", "c0")], checks),
  ...listing(
    "slower",
    [...www, ...pairOf("api", "c0").map((one) => ({ ...one, TTL: 300 }))],
    checks,
  ),
  ...listing("refused", www, [
    { ...refused, HealthCheckConfig: { ...(config as object), RequestInterval: 15 } },
  ]),
  "broken.json": "{",
};
/** The names of the differences that a proof of one state has from that of another, with what differs. */
async function differencesOf(
  from: string,
  compared: string,
): Promise<readonly (readonly [name: string, what: string])[]> {
  const { out } = await run("prove", "--from", from, "--compare", compared, "--json");
  const { comparison } = JSON.parse(out) as {
    readonly comparison: {
      readonly differences: readonly { readonly name: string; readonly what: string }[];
    };
  };
  return comparison.differences.map(({ name, what }) => [name, what]);
}

const run = (...argv: readonly string[]): Promise<Run> => runWith(files, ...argv);

describe("the faults of a state that a command compares with", () => {
  const broken =
    "broken.json: the file is not complete JSON, got Expected property name or '}' in JSON at position 1; write it again";
  const missing =
    "moon: cannot read the file, got ENOENT: no such file, open 'moon'; name a file, a folder of files, or - for standard input";

  for (const [argv, err] of [
    [["diff", "broken.json", "--from", "one"], `<base> ${broken}`],
    [["diff", "one", "--from", "broken.json"], broken],
    [["prove", "--from", "one", "--compare", "broken.json"], `--compare ${broken}`],
    [["prove", "--from", "broken.json", "--compare", "one"], broken],
    [["prove", "--from", "one", "--compare", "moon"], `--compare ${missing}`],
    [
      ["prove", "www.x.test", "--from", "one", "--compare", "refused"],
      "--compare refused: c0.requestInterval: must be 10 or 30 s (H3), got 15; Route 53 refuses the check, so correct it",
    ],
    [
      ["prove", "www.x.test", "--from", "refused", "--compare", "one"],
      "c0.requestInterval: must be 10 or 30 s (H3), got 15; Route 53 refuses the check, so correct it",
    ],
  ] as const) {
    it(`name it, and those of the own state do not: failover ${argv.join(" ")}`, async () => {
      expect(await run(...argv)).to.deep.equal({ code: 2, out: "", err: `${err}\n` });
    });
  }
});

describe("a name that one of two compared states has", () => {
  it("is added or removed in `failover diff`", async () => {
    const added = await run("diff", "one", "api.x.test", "--from", "both");
    expect([added.code, added.err]).to.deep.equal([0, ""]);
    expect(added.out).to.match(/Hostname added \(api\.x\.test\)/);
    expect(added.out).not.to.match(/cannot be proven|not compared/);
    const removed = await run("diff", "both", "api.x.test", "www.x.test", "--from", "one");
    expect(removed.code).to.equal(1);
    expect(removed.out).to.match(/: api\.x\.test no longer has a\s+record; −[\d.]+ USD a month\n$/);
    expect(removed.out).not.to.match(/cannot be proven|not compared/);
  });

  it("is added or removed in `failover prove --compare`", async () => {
    const names = ["prove", "www.x.test", "api.x.test"];
    const added = await run(...names, "--from", "both", "--compare", "one");
    expect([added.code, added.err]).to.deep.equal([0, ""]);
    expect(added.out).to.match(/is added +api\.x\.test A/);
    const removed = await run(...names, "--from", "one", "--compare", "both", "--json");
    expect([removed.code, removed.err]).to.deep.equal([0, ""]);
    const printed = JSON.parse(removed.out) as {
      readonly comparison: { readonly differences: readonly { readonly what: string }[] };
    };
    expectPublished("prove", printed);
    expect(printed).to.deep.include({ absent: ["api.x.test"] });
    expect(printed.comparison.differences.map(({ what }) => what)).to.deep.equal(["is removed"]);
  });

  it("is told where no name is given, also if it has the tree of another", async () => {
    for (const [from, compared, what] of [
      ["both", "one", "is proven now"],
      ["one", "both", "is no longer proven"],
    ] as const) {
      expect(await differencesOf(from, compared)).to.deep.equal([["api.x.test A", what]]);
    }
    const worse = await run("diff", "both", "--from", "one");
    expect(worse.code).to.equal(1);
    expect(worse.out).to.match(/: api\.x\.test no longer has a\s+record; −[\d.]+ USD a month\n$/);
  });

  it("is compared with the tree that it had before, also if other names had that too", async () => {
    const apart = await differencesOf("slower", "both");
    expect(apart.length).to.be.greaterThan(0);
    expect([...new Set(apart.map(([name]) => name))]).to.deep.equal(["api.x.test A"]);
    const together = await differencesOf("both", "slower");
    expect([...new Set(together.map(([name]) => name))]).to.deep.equal(["api.x.test A"]);
  });

  it("is refused where nothing is left to prove, and where neither has it", async () => {
    const removed = await run("prove", "api.x.test", "--from", "one", "--compare", "both");
    expect(removed).to.deep.equal({
      ...{ code: 2, out: "" },
      err: "api.x.test: no record has this name any more, only --compare both has it: it is removed; name another to prove\n",
    });
    const moon = await run("prove", "moon.test", "--from", "one", "--compare", "both");
    expect([moon.code, moon.err]).to.deep.equal([
      2,
      "moon.test: no record has this name, here or in --compare both; name another\n",
    ]);
    const differing = await run("diff", "both", "moon.test", "--from", "one");
    expect([differing.code, differing.err]).to.deep.equal([
      2,
      "moon.test: no record has this name, in both or one; name another\n",
    ]);
  });
});
