import { expect } from "chai";
import type { DrillEvent, DrillRun } from "../../../rehearsal/live/drillRun";
import { drillDocument } from "../../../rehearsal/live/report";
import type { Document, Verdict } from "../../../rehearsal/report/document";
import { drillHead } from "./drillHead";

const dead = "customers are on a dead answer at the end";
const never = { bound: null };

/** The report on an outage that no check notices, or that is within its bound. */
function reportOn(
  measured: Partial<DrillEvent & { kind: "measured" }>,
  reasons: readonly string[],
  unread?: readonly string[],
): Document {
  const run: DrillRun = {
    drill: { ...drillHead, ...(unread ? { unread } : {}) },
    events: [
      {
        ...{ atSeconds: 90, kind: "measured", fault: "web" },
        ...{ detectionSeconds: null, downtimeSeconds: null, ...measured },
      },
      { atSeconds: 90, kind: "end", isGood: reasons.length === 0, reasons },
    ],
  };
  return drillDocument(run);
}

function verdictOn(...of: Parameters<typeof reportOn>): Verdict | undefined {
  return reportOn(...of).verdict;
}

describe("the verdict of a drill", () => {
  it("says that customers are dead, and not that it was not predicted, where it was", () => {
    const predicted = { detection: never, downtime: never };
    expect(verdictOn({ predicted }, [dead])?.text).to.equal("The drill ended badly.");
    const outside = ["not noticed in 90 s, longer than the bound 36 s"];
    expect(verdictOn({ outside }, [dead])?.text).to.equal("Not as predicted.");
  });

  it("is not good where it depends on what was not read, and says on what", () => {
    const unread = ["Not certain: it depends on what was not read.", "Assumed healthy: c1; why."];
    expect(verdictOn({ isWithinBound: true }, [], unread)).to.deep.equal({
      ...{ isGood: false, isUnknown: true, reasons: unread },
      text: "The outage is within its bound, as far as it is known.",
    });
    expect(verdictOn({ isWithinBound: true }, [])).to.deep.include({ isGood: true, reasons: [] });
  });
});

describe("the outages of a drill", () => {
  it("are detected never, and their downtime is endless by the bound, and not over when it is measured", () => {
    const { blocks } = reportOn({ predicted: { detection: never, downtime: never } }, [dead]);
    const table = blocks.find((block) => block.kind === "table");
    expect(table?.rows).to.deep.equal([
      ["web", "", "never", "never", "–", "not over", "endless", "–"],
    ]);
  });
});
