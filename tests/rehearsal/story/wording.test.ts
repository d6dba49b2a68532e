import { expect } from "chai";
import type { ReportedAnswer, StackRehearsal } from "../../../rehearsal/result";
import { asHtml } from "../../../rehearsal/report/asHtml";
import { asMarkdown } from "../../../rehearsal/report/asMarkdown";
import { rehearsalReport } from "../../../rehearsal/story/report";
import { placeOf, answerPlaces, subjectIn, verdictOf } from "../../../rehearsal/story/wording";
import { changed, packReport } from "./example";

describe("the place of an answer", () => {
  const answer: ReportedAnswer = {
    value: "198.51.100.1",
    ttl: 60,
    target: "urn:pulumi:dev::x::t::page-www.a.test",
    probability: 1,
    alive: true,
    path: [],
  };

  it("is the name of what serves, without the name that was asked", () => {
    const path = [{ record: "www.a.test A", setIdentifier: "secondary", reason: "" }];
    expect(placeOf({ ...answer, path })).to.equal("page");
    expect(placeOf(answer)).to.equal("page-www.a.test");
  });

  it("C23: has the value too where a record gives several", () => {
    const other = { ...answer, value: "198.51.100.2" };
    expect(answerPlaces([answer, other])).to.deep.equal([
      "page-www.a.test 198.51.100.1",
      "page-www.a.test 198.51.100.2",
    ]);
    expect(answerPlaces([answer])).to.deep.equal(["page-www.a.test"]);
  });
});

describe("the subject of a rehearsal", () => {
  const [one] = changed({}).stacks as [StackRehearsal];
  const named = (stack: string, hostname: string, from?: readonly string[]): StackRehearsal => ({
    ...{ ...one, stack, hostname },
    ...(from ? { from } : {}),
  });
  const subjectsOf = (...stacks: readonly StackRehearsal[]): readonly string[] =>
    stacks.map((each) => subjectIn(stacks, each));

  it("is its stack, and the name or the place where a stack has several", () => {
    expect(subjectsOf(named("prod", "a.test"), named("dev", "b.test"))).to.deep.equal([
      "prod",
      "dev",
    ]);
    expect(subjectsOf(named("zone", "a.test"), named("zone", "b.test", ["DE"]))).to.deep.equal([
      "a.test",
      "b.test from DE",
    ]);
    expect(
      subjectsOf(named("prod", "a.test"), named("prod", "b.test"), named("dev", "a.test")),
    ).to.deep.equal(["prod: a.test", "prod: b.test", "dev: a.test"]);
  });
});

describe("the verdict of a rehearsal", () => {
  const minutesPerYear = { deadAnswer: 60, staticPage: 0 };
  const reason = "www.a.test A: unknown, perhaps a dead answer while an endpoint works";
  const open = { outcome: "open", faults: 2, reasons: [reason], minutesPerYear } as const;

  it("is not good where the proof depends on what was not read, and says on what", async () => {
    const rehearsal = changed({ proof: open });
    expect(verdictOf(rehearsal)).to.deep.equal({
      isGood: false,
      isUnknown: true,
      text: "No problem found, but not everything is known.",
      reasons: [reason],
    });
    const report = rehearsalReport(rehearsal);
    expect(asMarkdown(report)).to.contain("**? No problem found, but not");
    expect(await asHtml(report)).to.contain(
      '<p class="verdict unknown">? No problem found, but not',
    );
  });

  it("counts what the policies do not know", () => {
    const policies = [packReport({ unknown: 1 }), packReport({ unknown: 2 })];
    expect(verdictOf(changed({ policies }))).to.deep.include({
      isUnknown: true,
      reasons: ["3 unknown findings, which `failover policy` lists"],
    });
  });

  it("says what only Pulumi knows of the program", () => {
    const gaps = ["a", "b", "c", "d", "e", "f"];
    expect(verdictOf(changed({ gaps }))).to.deep.include({
      isUnknown: true,
      reasons: ["not known offline, so unknown here: a; b; c; d; e; and 1 more"],
    });
  });

  it("is bad where something is bad and something else is unknown", () => {
    const missed = { name: "a.downtime", target: 1, worst: 2, met: false };
    expect(verdictOf(changed({ proof: open, objectives: [missed] }))).to.deep.include({
      isGood: false,
      text: "1 problem found.",
    });
  });

  it("speaks of objectives and policies only where there are any", () => {
    const policies = [packReport()];
    const texts = [{}, { policies }, { objectives: [] }, { objectives: [], policies }].map(
      (one) => verdictOf(changed(one)).text,
    );
    expect(texts).to.deep.equal([
      "Every answer is alive, and every objective is met.",
      "Every answer is alive, every objective is met, and no policy blocks an update.",
      "Every answer is alive.",
      "Every answer is alive, and no policy blocks an update.",
    ]);
  });
});
