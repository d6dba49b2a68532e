import { expect } from "chai";
import type { FailureMode } from "../../../routing/checker";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { pair, record, resource } from "./stack";

const checkOf = (name: string, ipAddress: string): Resource =>
  resource("aws:route53/healthCheck:HealthCheck", name, {
    type: "HTTP",
    ipAddress,
    requestInterval: 10,
    failureThreshold: 2,
  });

const memberOf = (name: string, role: "PRIMARY" | "SECONDARY", more: Properties): Resource =>
  record(`${name}-${role}`, {
    name: `${name}.a.test`,
    setIdentifier: role,
    failoverRoutingPolicies: [{ type: role }],
    ...more,
  });

/** A check of a name that fails over to the same dead server or a living one; which is unknown. */
const stack: readonly Resource[] = [
  ...pair({ records: ["203.0.113.7"] }, { fqdn: "inner.a.test" }),
  memberOf("inner", "PRIMARY", { records: ["198.51.100.7"], healthCheckId: "own" }),
  memberOf("inner", "SECONDARY", {
    aliases: [{ name: "rest.a.test", zoneId: "Z1", evaluateTargetHealth: true }],
  }),
  memberOf("rest", "PRIMARY", { records: ["198.51.100.7"], healthCheckId: "foreign" }),
  memberOf("rest", "SECONDARY", { records: ["203.0.113.8"] }),
  checkOf("own", "198.51.100.7"),
  checkOf("spare", "203.0.113.9"),
  resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" }),
  resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.7", instance: "web" }),
];

describe("the bound of a check by name whose final status is unknown", () => {
  const formulaOf = (death: FailureMode): string | undefined => {
    const model = new StackModel(stack);
    // With a failed check among the faults, each answer must reach its final share.
    const faults = model.faults(["web", "check:spare"]);
    return model.worstCase("www.a.test", "A", [], faults, death).terms[0]?.formula;
  };

  it("H13 is the slower of failing and passing again, from the moment the name has settled", () => {
    expect(formulaOf("refused")).to.equal(
      "20 s of inner.a.test + 10 s + 6 s + 3 × (30 s + 6 s) of check",
    );
    expect(formulaOf("connectsThenHangs")).to.equal(
      "32 s of inner.a.test + 16 s + 3 × (30 s + 6 s) of check",
    );
  });

  it("H13 is infinite where a check below the name does not notice", () => {
    expect(formulaOf("hangsInBody")).to.equal(undefined);
  });
});
