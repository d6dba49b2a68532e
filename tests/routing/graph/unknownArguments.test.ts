import { expect } from "chai";
import type { Properties } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { pair, resource } from "./stack";

const open = new Unknown("computed");
const checked = { type: "HTTP", ipAddress: "198.51.100.7", port: 80 };

/** A pair whose check, or primary, has what is not known both in its inputs and its outputs. */
function modelOf(check: Properties, primary: Properties = {}): StackModel {
  const own = (name: string, more: Properties) => (one: ReturnType<typeof resource>) =>
    one.name === name
      ? { ...one, inputs: { ...one.inputs, ...more }, outputs: { ...one.outputs, ...more } }
      : one;
  const stack = [
    ...pair({ records: ["198.51.100.7"] }, checked),
    resource("aws:route53/healthCheck:HealthCheck", "good", checked),
  ];
  return new StackModel(stack.map(own("check", check)).map(own("www-primary", primary)));
}

const openedBy = (check: Properties): readonly string[] =>
  modelOf(check)
    .under([])
    .unknownsOf("www.a.test", "A")
    .map(({ why }) => why);

const must =
  "must be known, got a value that is not; give it with --parameter, or read what is deployed";

describe("an argument that is not known", () => {
  for (const flag of ["disabled", "invertHealthcheck"]) {
    it(`leaves its check unknown: ${flag}`, () => {
      expect(openedBy({ [flag]: open })).to.deep.equal([`check.${flag}: ${must}`]);
      expect(openedBy({ [flag]: false })).to.deep.equal([]);
    });
  }

  it("leaves a calculated check unknown: one of its children", () => {
    const calculated = { type: "CALCULATED", childHealthThreshold: 1 };
    expect(openedBy({ ...calculated, childHealthchecks: ["good", open] })).to.deep.equal([
      `check.childHealthchecks: ${must}`,
    ]);
    expect(openedBy({ ...calculated, childHealthchecks: ["good"] })).to.deep.equal([]);
  });

  it("leaves its record's name without an answer: a TTL, or whether the target's health counts", () => {
    const answer = (primary: Properties) => () =>
      modelOf({}, primary).under([]).resolve("www.a.test", "A");
    expect(answer({ ttl: open })).to.throw(`www-primary.ttl: ${must}`);
    const alias = {
      name: "d1.cloudfront.net",
      zoneId: "Z2FDTNDATAQYW2",
      evaluateTargetHealth: open,
    };
    expect(answer({ records: [], aliases: [alias] })).to.throw(
      `www-primary.aliases[0].evaluateTargetHealth: ${must}`,
    );
  });
});
