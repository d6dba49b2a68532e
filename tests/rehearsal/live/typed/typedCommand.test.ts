import { expect } from "chai";
import type { DrillFault } from "../../../../rehearsal/live/drillRun";
import { completionsOf, typedCommandOf } from "../../../../rehearsal/live/typed/typedCommand";

const faults: readonly DrillFault[] = [
  { name: "us-west-2a", label: "us-west-2a", kind: "availabilityZone" },
  { name: "us-west-2", label: "Oregon (us-west-2)", kind: "region" },
  { name: 'aws_instance.web["a refused"]', label: "web", kind: "endpoint" },
  { name: "check:web", label: "web", kind: "check" },
];
const read = (line: string): unknown => typedCommandOf(line, faults);
const messageOf = (line: string): string => {
  try {
    return `understood: ${JSON.stringify(read(line))}`;
  } catch (error) {
    return (error as Error).message;
  }
};
const names = 'There are us-west-2a, us-west-2, aws_instance.web["a refused"], check:web';
const deaths = "refused, synDropped, connectsThenHangs, hangsInBody, drains, errors";

describe("a line that is typed while a drill runs", () => {
  it("names what fails, and how it dies", () => {
    expect(read("fail us-west-2a")).to.deep.equal({ word: "fail", name: "us-west-2a" });
    expect(read("  fail\tcheck:web   errors \r")).to.deep.equal({
      ...{ word: "fail", name: "check:web", death: "errors" },
    });
  });

  it("may have a name with spaces, whose last word is no death", () => {
    const name = 'aws_instance.web["a refused"]';
    expect(read(`fail ${name}`)).to.deep.equal({ word: "fail", name });
    expect(read(`fail ${name} drains`)).to.deep.equal({ word: "fail", name, death: "drains" });
    expect(read(`return ${name}`)).to.deep.equal({ word: "return", name });
  });

  it("has a reason of many words for the gate", () => {
    expect(read("hold  evacuation of Oregon ")).to.deep.equal({
      ...{ word: "hold", reason: "evacuation of Oregon" },
    });
    const longest = "x".repeat(200);
    expect(read(`release ${longest}`)).to.deep.equal({ word: "release", reason: longest });
    expect(messageOf(`release ${longest}x`)).to.equal(
      "release: the reason must have at most 200 characters, got 201; shorten it",
    );
  });

  it("is not repeated where it is longer than any that has a meaning", () => {
    expect(messageOf("x".repeat(2_001))).to.equal(
      "a line must have at most 2000 characters, got 2001; shorten it",
    );
    expect(messageOf("x".repeat(2_000))).to.match(/^x+: no such word/);
  });

  it("may be a word alone, or nothing", () => {
    for (const word of ["names", "status", "help", "quit"]) {
      expect(read(word)).to.deep.equal({ word });
    }
    expect(read(" \t")).to.equal(undefined);
  });

  for (const [line, message] of [
    [
      "fial us-west-2a",
      "fial: no such word; did you mean fail? There are fail, return, hold, release, names, status, help, quit",
    ],
    [
      "FAIL us-west-2a",
      "FAIL: no such word; there are fail, return, hold, release, names, status, help, quit",
    ],
    ["fail", "fail: must have a name, got none; `names` lists what can fail"],
    ["return ", "return: must have a name, got none; `names` lists what can fail"],
    ["fail us-west-2b", `fail: no such fault, got us-west-2b; did you mean us-west-2a? ${names}`],
    [
      "return us-west-2b",
      `return: no such fault, got us-west-2b; did you mean us-west-2a? ${names}`,
    ],
    [
      "fail us-west-2a hangInBody",
      `fail us-west-2a: must die by one of ${deaths}, got hangInBody; did you mean hangsInBody?`,
    ],
    [
      "fail us-west-2a boredom",
      `fail us-west-2a: must die by one of ${deaths}, got boredom; leave it out for synDropped`,
    ],
    [
      "hold",
      "hold: must have a reason, got none; write it behind the word, such as hold the test is over",
    ],
    ["quit now", "quit: must stand alone, got now; leave that out"],
  ] as const) {
    it(`is refused in one line for "${line}"`, () => {
      expect(messageOf(line)).to.equal(message);
    });
  }
});

describe("what can be typed next", () => {
  it("is a word, then a name, then a death", () => {
    const next = (before: string): readonly string[] => completionsOf(before, faults);
    expect(next("").join(" ")).to.equal("fail return hold release names status help quit");
    expect(next("fail ")).to.deep.equal(faults.map(({ name }) => name));
    expect(next("return ")).to.deep.equal(faults.map(({ name }) => name));
    expect(next("fail us-west-2a ").join(", ")).to.equal(deaths);
    for (const before of ["fail us-west-2a drains ", "return us-west-2a ", "hold ", "quit "]) {
      expect(next(before), before).to.deep.equal([]);
    }
  });
});
