import { isUnknown, output } from "@pulumi/pulumi";
import { expect } from "chai";
import {
  isMarked,
  partlyKnownResult,
  propertiesWithUnknownTexts,
  unknownResult,
  unknownValue,
} from "../../../rehearsal/engine/unknownAnswer";
import {
  secretWire,
  signatureKey,
  secretSignature,
  unknownWire,
} from "../../../rehearsal/engine/wire";

/** A value as the program's type has it. */
interface Found {
  readonly id: string;
  readonly count: number;
  readonly ids: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

const refusal = (path: string): Error => new Error(`needs ${path}`);
const found = (): Found => unknownResult(refusal) as Found;
/** As the SDK does, before the program has it. */
const received = (): Found => {
  const result = found();
  expect(Object.keys(result)).to.deep.equal([]);
  return result;
};

describe("what a look-up without an answer returns", () => {
  it("is unknown to the SDK, with each of its fields, and is awaited as it is", async () => {
    const result = received();
    const { id, tags, ids } = result;
    for (const value of [result, id, tags["Name"], ids[0]]) {
      expect(isUnknown(value)).to.equal(true);
      expect((await Promise.resolve(value)) === value).to.equal(true);
    }
    const { isKnown } = output(id) as unknown as { isKnown: Promise<boolean> };
    expect(await isKnown).to.equal(false);
  });

  it("marks a text that is made of it, by which the text is unknown in what the program sends", () => {
    const { id } = received();
    const texts = [`${id}-a`, `a-${id}`.toUpperCase(), JSON.stringify({ id }), "a".concat(id)];
    expect(texts.filter((text) => !isMarked(text))).to.deep.equal([]);
    const sent = {
      a: texts[0] ?? "",
      b: ["c", texts[2] ?? ""],
      d: { [`${id}-d`]: "e" },
      f: secretWire(texts[1] ?? ""),
      g: "h",
    };
    expect(propertiesWithUnknownTexts(sent)).to.deep.equal({
      a: unknownWire,
      b: ["c", unknownWire],
      d: unknownWire,
      f: { [signatureKey]: secretSignature, value: unknownWire },
      g: "h",
    });
  });

  const uses: readonly (readonly [string, string, (result: Found) => unknown])[] = [
    ["goes through a list", "ids.map", ({ ids }) => ids.map((id) => id)],
    ["spreads a list", "ids", ({ ids }) => [...ids]],
    ["counts a list", "ids.length", ({ ids }) => ids.length],
    ["takes a text apart", "id.split", ({ id }) => id.split("-")],
    ["changes a text", "id.replace", ({ id }) => id.replace("a", "b")],
    ["compares a number", "count", ({ count }) => count > 1],
    ["lists the fields of an object", "tags", ({ tags }) => Object.keys(tags)],
    ["spreads an object", "tags", ({ tags }) => ({ ...tags })],
    ["asks for a field by name", "tags", ({ tags }) => "Name" in tags],
    ["spreads the result", "its list of fields", (result) => ({ ...result })],
    ["asks the result for a field", "its list of fields", (result) => "id" in result],
  ];
  for (const [use, path, need] of uses) {
    it(`refuses a program that ${use}`, () => {
      const result = received();
      expect(() => need(result)).to.throw(`needs ${path}`);
    });
  }
});

describe("a look-up of which a part is known", () => {
  it("returns that part, and the rest is unknown and not absent", () => {
    const read: string[] = [];
    const known = { id: "vpc-1", ids: ["subnet-1"] };
    const result = partlyKnownResult(known, refusal, (field) => read.push(field)) as Found;
    expect([result.id, result.ids]).to.deep.equal(["vpc-1", ["subnet-1"]]);
    expect(Object.keys(result)).to.deep.equal(["id", "ids"]);
    expect([isUnknown(result), isUnknown(result.tags)]).to.deep.equal([false, true]);
    expect(() => result.tags["Name"]?.split("-")).to.throw("needs tags.Name.split");
    expect(read).to.deep.equal(["tags", "tags"]);
  });
});

describe("an output of another stack that is unknown", () => {
  it("has its name in a refusal", () => {
    const domain = unknownValue("domain", refusal) as unknown as string;
    expect(() => domain.split(".")).to.throw("needs domain.split");
    expect(() => Object.keys(domain)).to.throw("needs domain");
  });
});
