import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { findZone } from "../../program/zone";
import { promiseOf } from "../components/promiseOf";

/** The id that is found for an answer of AWS to the call. */
async function foundWith(answer: (call: pulumi.runtime.MockCallArgs) => object): Promise<string> {
  await pulumi.runtime.setMocks({
    call: (call) => answer(call),
    newResource: ({ name }) => ({ id: name, state: {} }),
  });
  const provider = new aws.Provider("us-west-2", { region: "us-west-2" });
  return promiseOf(findZone("cafe.com", provider).zoneId);
}

describe("findZone", () => {
  it("looks up only the public zone of the name", async () => {
    const calls: pulumi.runtime.MockCallArgs[] = [];
    const id = await foundWith((call) => {
      calls.push(call);
      return { zoneId: "Z1", nameServers: [] };
    });
    expect(id).to.equal("Z1");
    expect(calls.map(({ token, inputs }) => [token, { ...(inputs as object) }])).to.deep.equal([
      ["aws:route53/getZone:getZone", { name: "cafe.com", privateZone: false }],
    ]);
  });

  it("fails if there is no such zone, so that nothing is declared without it", async () => {
    const outcome = await foundWith(() => {
      throw new Error("no matching Route 53 Hosted Zone found");
    }).then(
      () => "found",
      () => "failed",
    );
    expect(outcome).to.equal("failed");
  });
});
