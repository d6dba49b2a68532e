import { expect } from "chai";
import type { TiersBlock } from "../../../rehearsal/report/document";
import { tiersFigure } from "../../../rehearsal/story/tiersFigure";
import { answerIn, changed, exampleRehearsal } from "./example";

type Changes = NonNullable<Parameters<typeof changed>[0]["steps"]>;

function figureOf(steps: Changes = {}): TiersBlock {
  const [stack] = changed({ steps }).stacks;
  if (!stack) throw new Error("the example has a stack");
  return tiersFigure(stack);
}

/** The states of a panel's places, a word each. */
function statesOf({ panels }: TiersBlock, index: number): readonly string[] {
  const areas = panels[index]?.areas ?? [];
  return areas.map(({ places }) => places.map(({ state }) => state).join(" "));
}

describe("the tiers at each step", () => {
  it("has an area for each region, in the order in which they take over", () => {
    const { root, panels } = figureOf();
    expect(root).to.equal("orders.dev.cafe.com");
    expect(panels.map(({ title }) => title)).to.deep.equal(
      exampleRehearsal().stacks[0]?.story.map(({ step }) => step),
    );
    expect(panels[0]?.areas.map(({ title }) => title)).to.deep.equal([
      "Oregon (us-west-2)",
      "Dublin (eu-west-1)",
      "us-east-2",
    ]);
  });

  it("shows what is down and where customers go", () => {
    const figure = figureOf();
    expect([0, 1, 2, 3].map((index) => statesOf(figure, index))).to.deep.equal([
      ["answers idle", "idle idle", "idle"],
      ["lost answers", "idle idle", "idle"],
      ["lost lost", "answers idle", "idle"],
      ["lost lost", "lost lost", "answers"],
    ]);
    expect(figure.panels.map(({ caption }) => caption)).to.deep.equal([
      "customers are answered by us-west-2a (all)",
      "all customers move from us-west-2a to us-west-2b",
      "all customers move from us-west-2b to eu-west-1a",
      "all customers move from eu-west-1a to maintenance",
      "all customers move from maintenance to us-west-2a",
    ]);
  });

  it("shows a place that customers are sent to and that does not serve", () => {
    const answers = [
      { ...answerIn("us-west-2a"), alive: false, probability: 0.25 },
      { ...answerIn("us-west-2b"), probability: 0.75 },
    ];
    const figure = figureOf({ 1: { answers } });
    expect(statesOf(figure, 1)[0]).to.equal("dead answers");
    const texts = figure.panels[1]?.areas[0]?.places.map(({ text }) => text);
    expect(texts).to.deep.equal(["dead, gets 25 %", "answers 75 %"]);
  });

  it("names faults that are no place, and a name without any answer", () => {
    const faults = ["oregon-orders-database", "check:www-primary", "us-west-2b"];
    const figure = figureOf({ 0: { answers: [] }, 1: { faults, answers: [] } });
    expect(figure.panels[1]?.faults).to.deep.equal([
      "oregon-orders-database is down",
      "www-primary fails",
    ]);
    expect(statesOf(figure, 1)[0]).to.equal("idle lost");
    expect(figure.panels[1]?.description).to.match(
      / oregon-orders-database is down, www-primary fails\.$/,
    );
    expect(figure.panels.slice(0, 2).map(({ caption }) => caption)).to.deep.equal([
      "no place answers",
      "no customers move",
    ]);
  });
});
