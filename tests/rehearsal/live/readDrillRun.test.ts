import { expect } from "chai";
import type { DrillGroup, DrillRun } from "../../../rehearsal/live/drillRun";
import { readDrillRun } from "../../../rehearsal/live/readDrillRun";
import { InputError } from "../../../routing/inputError";

const leaf: DrillGroup = { id: "leaf", name: "www.a.test", members: [] };

/** A tree in which each name leads to the next. */
function treeOf(levels: number): DrillGroup {
  let tree = leaf;
  for (let level = 0; level < levels; level++) {
    const member = { record: "r", role: "PRIMARY", group: tree, endpoints: [] };
    tree = { id: String(level), name: "www.a.test", members: [member] };
  }
  return tree;
}

function runWith(tree: DrillGroup, more: object = {}): DrillRun & { readonly drill: object } {
  return {
    drill: {
      ...{ schemaVersion: 1, title: "t", name: "www.a.test", type: "A", startedAt: "" },
      ...{ app: "embedded", speed: 1, seed: 1, nameServer: { address: "127.53.0.1", port: 53 } },
      ...{ tree, endpoints: [], checks: [], faults: [] },
      ...{ predictions: [], objectives: [], differences: [] },
      ...more,
    },
    events: [{ atSeconds: 1, kind: "end", isGood: true, reasons: [] }],
  };
}

/** The one line that a run is refused with. */
function refusal(run: unknown): string {
  try {
    readDrillRun(typeof run === "string" ? run : JSON.stringify(run), "run.json");
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "accepted";
}

const remedy = "write one with `failover drill --save`";
const deep = `run.json: must be a run of a drill, schema version 1, got more than 300 levels of lists and objects; ${remedy}`;

describe("a saved run", () => {
  it("is read as it was written, also with a tree of 90 names one below the other", () => {
    for (const tree of [leaf, treeOf(90)]) {
      const run = runWith(tree);
      expect(readDrillRun(JSON.stringify(run), "run.json")).to.deep.equal(run);
    }
  });

  it("is refused in one line where it is nested thousands of levels deep", () => {
    const lists = `${"[".repeat(3_000)}${"]".repeat(3_000)}`;
    expect(refusal(runWith(treeOf(1_000)))).to.equal(deep);
    expect(refusal(`{"drill": {"schemaVersion": 1}, "events": [${lists}]}`)).to.equal(deep);
  });

  it("is refused with the first field that no drill writes so, shortened", () => {
    expect(refusal(runWith(leaf, { title: 5 }))).to.equal(
      `run.json: drill.title: must be a text, got 5; ${remedy}`,
    );
    const { events: _, ...rest } = runWith(leaf);
    expect(refusal({ ...rest, events: [{ atSeconds: 1, kind: "dance" }] })).to.equal(
      `run.json: events.0: Invalid input, got {"atSeconds":1,"kind":"dance"}; ${remedy}`,
    );
    const long = refusal(runWith(leaf, { tree: "x".repeat(1_000) }));
    expect(long).to.match(/^run\.json: drill\.tree: must be a map, got "x+…; write one with /);
    expect(long.length).to.be.lessThan(300);
    expect(refusal({ drill: null, events: [] })).to.match(/, got another object; /);
  });
});
