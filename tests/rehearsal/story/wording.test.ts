import { expect } from "chai";
import type { ReportedAnswer } from "../../../rehearsal/result";
import { placeOf } from "../../../rehearsal/story/wording";

describe("the place of an answer", () => {
  const answer: ReportedAnswer = {
    value: "198.51.100.1",
    ttl: 60,
    target: "urn:pulumi:dev::x::t::page-www.a.test",
    probability: 1,
    alive: true,
    path: [],
  };

  it("is the name of what serves, without the name that was asked", () => {
    const path = [{ record: "www.a.test A", setIdentifier: "secondary", reason: "" }];
    expect(placeOf({ ...answer, path })).to.equal("page");
    expect(placeOf(answer)).to.equal("page-www.a.test");
  });
});
