import { expect } from "chai";
import { judge } from "../../../aws/preflight/checks/zone";
import { needsOf } from "../../../aws/preflight/needs";
import { resource } from "../../routing/graph/stack";

describe("a zone that the account does not have", () => {
  const name = "example.net";

  it("fails the update of a program that looks it up, with words for any program", () => {
    expect(judge({ name }, [])).to.deep.equal({
      state: "will fail",
      subject: "hosted zone example.net",
      text: "the account has no such public zone",
      remedy: "deploy the program that makes it first, then delegate it",
    });
  });

  it("is made by a program whose records are in a zone of its own", () => {
    const resources = [
      resource("aws:route53/zone:Zone", "zone", { name: "example.net" }),
      resource("aws:route53/record:Record", "www", { name: "www", type: "A", zoneId: "zone" }),
    ];
    expect(needsOf(resources).zone).to.deep.equal({ name, isMade: true });
  });

  it("is no fault of the program that makes it", () => {
    expect(judge({ name, isMade: true }, [])).to.deep.equal({
      state: "ok",
      subject: "hosted zone example.net",
      text: "is not there yet: the update makes it",
    });
  });
});
