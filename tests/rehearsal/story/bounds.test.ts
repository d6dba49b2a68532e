import { expect } from "chai";
import { asHtml } from "../../../rehearsal/report/asHtml";
import { asText } from "../../../rehearsal/report/asText";
import type { ReportedBound, StoryStep } from "../../../rehearsal/result";
import { formulas, groupByBounds, longestOf } from "../../../rehearsal/story/bounds";
import { rehearsalReport } from "../../../rehearsal/story/report";
import { detailed } from "../report/plain";
import { changed } from "./example";

const detection = { name: "detection", seconds: 20, formula: "2 × 10 s of check-a", source: "H3" };
const refused: ReportedBound = {
  death: "refused",
  detection: 20,
  downtime: 20,
  terms: [detection],
};
const never: ReportedBound = { death: "hangsInBody", detection: null, downtime: null, terms: [] };

function stepOf(step: string, bounds: readonly ReportedBound[]): StoryStep {
  return { step, faults: [], answers: [], death: "", detection: null, downtime: null, bounds };
}

describe("worst cases by failure mode", () => {
  it("are shown once for steps with the same figures, whichever check they come from", () => {
    const other = { ...refused, terms: [{ ...detection, formula: "2 × 10 s of check-b" }] };
    const story = [stepOf("a dies", [refused, never]), stepOf("b dies", [other, never])];
    expect(groupByBounds(story)).to.deep.equal([
      { subject: "each loss", bounds: [refused, never] },
    ]);
  });

  it("are separate if any figure differs, and then name their steps", () => {
    const slower = { ...refused, terms: [{ ...detection, seconds: 21 }] };
    const story = [
      stepOf("a dies", [refused, never]),
      stepOf("b dies", [slower, never]),
      stepOf("c dies", [refused, never]),
    ];
    expect(groupByBounds(story).map(({ subject }) => subject)).to.deep.equal([
      "a dies, c dies",
      "b dies",
    ]);
  });

  it("need no table if there is one failure mode, or none", () => {
    const [unbounded] = changed({}).stacks.flatMap(({ story }) => story);
    expect(unbounded).not.to.have.property("bounds");
    const story = [...(unbounded ? [unbounded] : []), stepOf("all recover", [refused])];
    expect(groupByBounds(story)).to.deep.equal([]);
  });

  it("are longest if they never end", () => {
    expect(longestOf([refused, never])).to.equal(never);
    expect(longestOf([never, refused])).to.equal(never);
    const perhaps = { ...never, dependsOn: ["check"] };
    expect(longestOf([refused, perhaps])).to.equal(perhaps);
    expect(longestOf([perhaps, never])).to.equal(never);
    expect(longestOf([])).to.equal(undefined);
  });

  it("are the sum of their terms, in words", () => {
    expect(formulas(refused)).to.equal("detection 20 s = 2 × 10 s of check-a");
    expect(formulas(undefined)).to.equal("");
  });

  it("show a failure that is never detected, in both reports", async () => {
    const rehearsal = changed({ steps: { 1: { bounds: [refused, never] } } });
    const text = asText(rehearsalReport(rehearsal), detailed).replace(/ +/g, " ");
    expect(text).to.contain("\n refuses connections 20 s 20 s\n hangs in the body – never\n");
    const page = (await asHtml(rehearsalReport(rehearsal)))
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ");
    expect(page).to.contain("refuses connections 20 s 20 s hangs in the body – never");
  });
});
