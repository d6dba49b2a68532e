import { expect } from "chai";
import type { ReportedBound } from "../../../rehearsal/result";
import { ownStack, summaryBlocks } from "../../../rehearsal/story/summary";
import { changed } from "./example";

const noticed: ReportedBound = { death: "refused", detection: 108, downtime: 178, terms: [] };
const unnoticed = { death: "hangsInBody", detection: null, downtime: null, terms: [] };

/** The notes of the first screen for a story whose second step has these worst cases. */
function notesOf(bounds: readonly ReportedBound[]): readonly string[] {
  const story = changed({ steps: { 1: { death: "hangsInBody", downtime: null, bounds } } });
  return summaryBlocks(story, ownStack).flatMap((block) =>
    block.kind === "note" ? [block.text] : [],
  );
}

describe("the first screen of a rehearsal", () => {
  it("says which failures no check notices, where it notices others", () => {
    expect(notesOf([noticed, unnoticed])).to.deep.equal([
      "No check notices a server that hangs in the body: customers never move. Other failures take at most 178 s.",
    ]);
  });

  it("says nothing where every failure is noticed, or none", () => {
    expect(notesOf([noticed])).to.deep.equal([]);
    expect(notesOf([unnoticed])).to.deep.equal([]);
  });

  it("calls a name dead that nothing serves before anything fails", () => {
    const stateWith = (alive: boolean): string => {
      const story = changed({}).stacks[0]?.story[0];
      if (!story) throw new Error("no story");
      const answers = story.answers.map((answer) => ({ ...answer, alive }));
      const minutesPerYear = { deadAnswer: 0, staticPage: 0 };
      const proof = { outcome: "proven", faults: 1, reasons: [], minutesPerYear } as const;
      const blocks = summaryBlocks(changed({ steps: { 0: { answers } }, proof }), ownStack);
      const [table] = blocks.flatMap((block) => (block.kind === "table" ? [block] : []));
      return JSON.stringify(table?.rows);
    };
    expect(stateWith(true)).to.include('"text":"served"');
    expect(stateWith(false)).to.include('"text":"dead"').and.not.to.include("served");
  });

  it("does not say it of a failure of which it is not known, and names what decides", () => {
    expect(notesOf([noticed, { ...unnoticed, dependsOn: ["check"] }])).to.deep.equal([
      'Not known: check. Answers and times are those while what was not read is healthy, and a latch released; "perhaps" says that it decides.',
    ]);
  });
});
