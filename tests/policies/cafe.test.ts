import { expect } from "chai";
import { rules as dnsRules } from "../../policies/dns-failover/pack";
import { findAll } from "../../policies/inProcess";
import { messageOf } from "../../policies/message";
import { cafe } from "./cafe";

describe("the sample that the rules are tested on", () => {
  it("has nothing that a rule of dns-failover finds fault with", () => {
    const found = findAll(dnsRules, cafe.resources);
    expect(found.map(({ finding }) => messageOf(finding))).to.deep.equal([]);
  });
});
