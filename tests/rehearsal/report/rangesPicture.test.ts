import { expect } from "chai";
import type { HtmlEscapedString } from "hono/utils/html";
import type { RangedChoice, Ranges } from "../../../rehearsal/report/document";
import { rangesFigure } from "../../../rehearsal/report/rangesPicture";

/** The picture of some choices, as text. */
function drawn(...choices: readonly Partial<RangedChoice>[]): string {
  const ranges: Ranges = {
    kind: "ranges",
    title: "What faster costs",
    caption: "for a name",
    description: "In words.",
    xUnit: "s",
    yUnit: "a year",
    choices: choices.map((one) => ({ x: 10, low: 0, high: 1, label: "a", isNow: false, ...one })),
  };
  const text = rangesFigure(ranges, "r1") as HtmlEscapedString;
  return text.toString();
}

/** Where each label is, in pixels, from the left and from the top. */
function labelsOf(text: string): readonly (readonly [string, number, number])[] {
  return [
    ...text.matchAll(/class="(?:now|range)-label"\s+x="([\d.]+)"\s+y="([\d.]+)"\s*>\s*(\S+)/g),
  ].map(([, x, y, label = ""]): readonly [string, number, number] => [label, Number(x), Number(y)]);
}

describe("the picture of ranges", () => {
  it("is left out where there is nothing to draw", () => {
    expect(drawn()).to.include("<figcaption>").and.not.include("<svg");
    expect(drawn({})).to.include("<svg").and.include("In words.");
  });

  it("marks the choice in force, and its label comes first", () => {
    const text = drawn({ label: "other" }, { label: "present", isNow: true, x: 30 });
    expect(text.match(/class="range now"/g)).to.have.length(1);
    expect(labelsOf(text).map(([label]) => label)).to.deep.equal(["present", "other"]);
  });

  it("has marks up to the highest range only", () => {
    const marks = (high: number): readonly string[] =>
      [...drawn({ high }).matchAll(/class="dollars" x="2" y="[\d.]+">([\d.]+)</g)].map(
        ([, mark = ""]) => mark,
      );
    expect(marks(5)).to.deep.equal(["0", "0.1", "1"]);
    expect(marks(50)).to.deep.equal(["0", "0.1", "1", "10"]);
    // Where all is 0 there is still a scale.
    expect(marks(0)).to.deep.equal(["0", "0.1"]);
  });

  it("moves a label down by as much as it needs to be free of another", () => {
    const labels = labelsOf(drawn({ label: "one" }, { label: "two" }, { label: "far", x: 40 }));
    const top = (label: string): number => labels.find(([one]) => one === label)?.[2] ?? NaN;
    expect(top("far")).to.equal(top("one"));
    expect(top("two") - top("one")).to.equal(11);
  });

  it("has a label to the left of its range where it would leave the picture", () => {
    const label = "a-long-label-of-a-range";
    const [short, long] = ["b", label].map((one) => labelsOf(drawn({ label: one }))[0]?.[1] ?? NaN);
    // Six pixels to the right of the range, or six to the left of it and as long as it is, 5 a character.
    expect((short ?? NaN) - (long ?? NaN)).to.equal(6 + 6 + label.length * 5);
  });
});
