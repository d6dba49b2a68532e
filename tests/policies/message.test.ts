import { expect } from "chai";
import { unknown, violation } from "../../policies/finding";
import { brokenMessage, messageOf, parseMessage } from "../../policies/message";

const it1 = { urn: "urn:it", name: "it" };

describe("the message of a finding", () => {
  it("contains place, requirement, value, consequence and remedy, and is parsed as a violation", () => {
    const message = messageOf(
      violation(it1, "ttl", { must: "must be 1", got: "2", so: "it is late", remedy: "lower it" }),
    );
    expect(message).to.equal("it.ttl: must be 1, got 2, so it is late; lower it");
    expect(parseMessage(message)).to.deep.equal({ kind: "violation", text: message });
  });

  it("about an unknown value is parsed with its property", () => {
    const message = messageOf(unknown(it1, "aliases[0].name", "it is not known"));
    expect(parseMessage(message)).to.deep.equal({
      kind: "unknown",
      property: "aliases[0].name",
      text: "aliases[0].name: it: it is not known",
    });
  });

  it("about a broken rule is parsed with its error", () => {
    expect(parseMessage(brokenMessage("no such: thing"))).to.deep.equal({
      kind: "broken",
      error: "no such: thing",
    });
  });
});
