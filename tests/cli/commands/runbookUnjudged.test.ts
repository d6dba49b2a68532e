import { expect } from "chai";
import type { RunbookOutput } from "../../../cli/runbook";
import { expectPublished } from "../../schemas/expectPublished";
import { check, dangling, listing, member, runWith } from "./listing";

const www = [
  member("www", "PRIMARY", "8.8.4.1", "c0"),
  member("www", "SECONDARY", "8.8.4.2", "c1"),
];
const checks = [check("c0", "8.8.4.1"), check("c1", "8.8.4.2"), check("unused", "8.8.4.9")];
const bad = [dangling("bad", "one"), dangling("bad", "two")];
const update = "aws route53 update-health-check --health-check-id c0";
const files = {
  ...listing("well", www, checks),
  ...listing("zone", [...www, ...bad], checks),
  ...listing("only-bad", bad, checks),
  "run.md": [
    "# Fail over",
    "```sh",
    `${update} --disabled`,
    `${update} --failure-threshold 2`,
    "aws route53 delete-health-check --health-check-id unused",
    "```",
  ].join("\n"),
};
const reasons = ["one", "two"].map(
  (id) =>
    `bad.x.test A ${id}: its alias has no target (A12), got gone.x.test A; create that record, or point the alias elsewhere`,
);

const judge = (zone: string, ...argv: readonly string[]): ReturnType<typeof runWith> =>
  runWith(files, "policy", "--runbook", "run.md", "--from", zone, ...argv);

async function judgedIn(zone: string): Promise<RunbookOutput> {
  const printed = JSON.parse((await judge(zone, "--json")).out) as RunbookOutput;
  expectPublished("runbook", printed);
  return printed;
}

describe("failover policy --runbook of a zone with a name that cannot be judged", () => {
  it("finds what is harmful to the others, and names that one with the reason: exit 1", async () => {
    const { code, out, err } = await judge("zone");
    expect([code, err]).to.deep.equal([1, ""]);
    expect(out).to.match(/harmful +run\.md:3 c0/);
    for (const reason of reasons) {
      expect(out).to.include(`bad.x.test: cannot be judged: ${reason}`);
    }
  });

  it("does not call a change harmless, of which it is not known what it does to that name", async () => {
    const { commands, unjudged } = await judgedIn("zone");
    expect(unjudged).to.deep.equal([{ name: "bad.x.test", reasons }]);
    expect(commands.map(({ line, verdict }) => [line, verdict])).to.deep.equal([
      [3, "harmful"],
      [4, "unknown"],
      // Nothing refers to that check.
      [5, "harmless"],
    ]);
    expect(commands[1]?.why).to.include("what it does to bad.x.test is not known");
  });

  it("says nothing of the kind where all can be judged", async () => {
    const { commands, unjudged } = await judgedIn("well");
    expect(unjudged).to.equal(undefined);
    expect(commands.map(({ verdict }) => verdict)).to.deep.equal([
      "harmful",
      "harmless",
      "harmless",
    ]);
    expect((await judge("well")).out).not.to.include("cannot be judged");
  });

  it("refuses a source of which no name can be judged: exit 2", async () => {
    const { code, out, err } = await judge("only-bad");
    expect([code, out]).to.deep.equal([2, ""]);
    expect(err.trim().split("\n")).to.deep.equal(reasons);
  });
});
