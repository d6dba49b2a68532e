import { expect } from "chai";
import {
  hasUnknownWire,
  referencedUrns,
  referenceWire,
  secretWire,
  wireForMessage,
  wireText,
  toProperties,
  unknownWire,
} from "../../../rehearsal/engine/wire";
import type { WireProperties } from "../../../rehearsal/engine/wire";
import { Unknown } from "../../../routing/graph/resource";

describe("values on the wire", () => {
  function translate(value: WireProperties) {
    const unknown = {};
    return { value: toProperties(value, "inputs", unknown), unknown };
  }

  it("become plain values, with the path of each unknown one", () => {
    expect(
      translate({
        name: "www",
        ttl: 60,
        none: null,
        records: [unknownWire, "192.0.2.1"],
        tags: { "a.b": unknownWire, Name: unknownWire },
      }),
    ).to.deep.equal({
      value: {
        name: "www",
        ttl: 60,
        none: null,
        records: [new Unknown("computed"), "192.0.2.1"],
        tags: { "a.b": new Unknown("computed"), Name: new Unknown("computed") },
      },
      unknown: {
        "inputs.records[0]": "computed",
        'inputs.tags["a.b"]': "computed",
        "inputs.tags.Name": "computed",
      },
    });
  });

  it("lose their secrets, which count as computed while they are unknown", () => {
    expect(translate({ a: secretWire("x"), b: secretWire({ c: [unknownWire] }) })).to.deep.equal({
      value: { a: new Unknown("encrypted"), b: new Unknown("computed") },
      unknown: { "inputs.a": "encrypted", "inputs.b": "computed" },
    });
  });

  it("refer to a resource by its id, to a component by its URN", () => {
    const urn = "urn:pulumi:dev::cafe::aws:ec2/eip:Eip::address";
    const value = { a: referenceWire(urn, "eip-1"), b: [referenceWire(urn, undefined)] };
    expect(translate(value).value).to.deep.equal({ a: "eip-1", b: [urn] });
    expect(translate({ a: referenceWire(urn, unknownWire) }).unknown).to.deep.equal({
      "inputs.a": "computed",
    });
    expect(referencedUrns(value)).to.deep.equal([urn, urn]);
    expect(referencedUrns("text")).to.deep.equal([]);
  });

  it("show no secret in a message", () => {
    expect(wireForMessage({ a: [secretWire("open sesame")], b: unknownWire, c: 1 })).to.equal(
      '{"a":["<secret>"],"b":"<computed>","c":1}',
    );
  });

  it("are text only if they are known strings", () => {
    expect([wireText("a"), wireText(unknownWire), wireText(1), wireText(undefined)]).to.deep.equal([
      "a",
      undefined,
      undefined,
      undefined,
    ]);
    expect([hasUnknownWire({ a: [unknownWire] }), hasUnknownWire({ a: ["b"] })]).to.deep.equal([
      true,
      false,
    ]);
  });
});
