import { expect } from "chai";
import { unknown, violation } from "../../policies/finding";
import { brokenMessage, messageOf, parseMessage } from "../../policies/message";

const it1 = { urn: "urn:it", name: "it" };

describe("the message of a finding", () => {
  it("says where, what, what of it, and what to do, and is read back as a violation", () => {
    const message = messageOf(
      violation(it1, "ttl", { must: "must be 1", got: "2", so: "it is late", remedy: "lower it" }),
    );
    expect(message).to.equal("it.ttl: must be 1, got 2, so it is late; lower it");
    expect(parseMessage(message)).to.deep.equal({ kind: "violation", text: message });
  });

  it("of an unknown value is read back with its property", () => {
    const message = messageOf(unknown(it1, "aliases[0].name", "it is not known"));
    expect(parseMessage(message)).to.deep.equal({
      kind: "unknown",
      property: "aliases[0].name",
      text: "aliases[0].name: it: it is not known",
    });
  });

  it("of a broken rule is read back with its error", () => {
    expect(parseMessage(brokenMessage("no such: thing"))).to.deep.equal({
      kind: "broken",
      error: "no such: thing",
    });
  });
});
