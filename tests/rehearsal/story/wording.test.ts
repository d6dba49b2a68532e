import { expect } from "chai";
import { placeOf } from "../../../rehearsal/story/wording";
import { answerIn } from "./example";

describe("the place of an answer", () => {
  const { availabilityZone: _zone, ...placeless } = answerIn("us-west-2a");
  const named = { ...placeless, target: "urn:pulumi:dev::x::t::page-www.a.test" };

  it("is the name of what serves, without the name that was asked", () => {
    const path = [{ record: "www.a.test A", setIdentifier: "secondary", reason: "" }];
    expect(placeOf({ ...named, path })).to.equal("page");
    expect(placeOf({ ...named, path: [] })).to.equal("page-www.a.test");
  });
});
