import { expect } from "chai";
import { rules as dnsRules } from "../../policies/dns-failover/pack";
import { findAll } from "../../policies/inProcess";
import { messageOf } from "../../policies/message";
import { cafe } from "./cafe";

describe("the sample on which the rules are tested", () => {
  it("has no findings by rules of dns-failover", () => {
    const found = findAll(dnsRules, cafe.resources);
    expect(found.map(({ finding }) => messageOf(finding))).to.deep.equal([]);
  });
});
