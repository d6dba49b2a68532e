import { expect } from "chai";
import { Subject, UnguardedRead } from "../../policies/fields";
import type { Properties } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import { nothing } from "./sample";

function subject(properties: Properties): Subject {
  const [resource] = nothing.add({ type: "t", name: "it", properties }).resources;
  if (!resource) throw new Error("no resource");
  return new Subject(resource);
}

const computed = new Unknown("computed");

describe("the fields of a resource", () => {
  it("are read by their type, and as absent if they have another type", () => {
    const it = subject({
      text: "a",
      empty: "",
      number: 3,
      digits: "12",
      flag: true,
      said: "false",
    });
    expect([it.text("text"), it.text("empty"), it.text("number"), it.text("gone")]).to.deep.equal([
      "a",
      undefined,
      undefined,
      undefined,
    ]);
    expect([it.number("number"), it.number("digits"), it.number("text")]).to.deep.equal([
      3,
      12,
      undefined,
    ]);
    expect([it.flag("flag"), it.flag("said"), it.flag("text")]).to.deep.equal([
      true,
      false,
      undefined,
    ]);
  });

  it("that are lists are read item by item; a single item counts as a list", () => {
    const it = subject({
      texts: ["a", 1, "b"],
      one: "a",
      none: "",
      objects: [{ a: "x" }, "y", { a: "z" }],
      object: { a: "x" },
      nested: { inner: [{ a: "deep" }] },
    });
    expect([it.texts("texts"), it.texts("one"), it.texts("none"), it.texts("gone")]).to.deep.equal([
      ["a", "b"],
      ["a"],
      [],
      [],
    ]);
    expect(it.items("objects").map((each) => [each.text("a"), each.pathOf("a")])).to.deep.equal([
      ["x", "objects[0].a"],
      ["z", "objects[2].a"],
    ]);
    expect(it.object("object")?.pathOf("a")).to.equal("object.a");
    const [inner] = it.object("nested")?.items("inner") ?? [];
    expect([inner?.text("a"), inner?.pathOf("a")]).to.deep.equal(["deep", "nested.inner[0].a"]);
    expect([it.count("texts"), it.count("one"), it.keys("object"), it.keys("one")]).to.deep.equal([
      3,
      0,
      ["a"],
      [],
    ]);
    expect(it.items("texts")).to.deep.equal([]);
  });

  it("exist or not, whether or not they are known", () => {
    const it = subject({ a: null, b: "", c: [], d: {}, e: 0, f: computed, g: [1], h: { i: 1 } });
    const there = ["a", "b", "c", "d", "e", "f", "g", "h", "gone"].filter((key) => it.has(key));
    expect(there).to.deep.equal(["e", "f", "g", "h"]);
  });

  it("can be tested for unknown values, whole or in part", () => {
    const secret = new Unknown("encrypted");
    const it = subject({ a: computed, list: ["x", secret], object: { deep: { x: computed } } });
    expect([it.unknownAt("a"), it.unknownAt("list"), it.unknownAt("object")]).to.deep.equal([
      "computed",
      "encrypted",
      "computed",
    ]);
    expect([it.unknownWhole("a"), it.unknownWhole("list"), it.unknownAt("gone")]).to.deep.equal([
      "computed",
      undefined,
      undefined,
    ]);
  });

  it("throw if an unknown value is read, by any method", () => {
    const it = subject({ a: computed, list: ["x", computed], object: { x: computed } });
    const reads = [
      () => it.text("a"),
      () => it.number("a"),
      () => it.flag("a"),
      () => it.texts("a"),
      () => it.texts("list"),
      () => it.items("a"),
      () => it.items("list"),
      () => it.count("a"),
      () => it.keys("a"),
      () => it.whole("list"),
      () => it.object("object")?.text("x"),
    ];
    for (const read of reads) expect(read).to.throw(UnguardedRead);
    expect(() => it.object("object")?.text("x")).to.throw(
      "it.object.x was read without a guard, but it is not known before deployment",
    );
    expect(it.count("list")).to.equal(2);
    expect(subject({ a: [1, { b: 2 }] }).whole("a")).to.deep.equal([1, { b: 2 }]);
  });
});
