import { expect } from "chai";
import { configurationPatch } from "../../../rehearsal/repair/configuration";
import type { ResourceChange } from "../../../rehearsal/repair/resourceChanges";

const checkType = "aws:route53/healthCheck:HealthCheck";

function change(
  type: string,
  name: string,
  property: string,
  to: string | number,
  action: ResourceChange["action"] = "update",
): ResourceChange {
  return { urn: name, name, type, action, properties: [{ property, from: null, to }] };
}

describe("the settings for a repair of this program", () => {
  it("produce the same resources as the repair", () => {
    const record = "aws:route53/record:Record";
    const created = change(checkType, "new-check", "failureThreshold", 1, "create");
    const evaluated = change(record, "a", "aliases", "x");
    const identified = change(checkType, "a-check", "fqdn", "x");
    const changes = [
      change(record, "a", "ttl", 10),
      change(record, "b", "ttl", 10),
      change(checkType, "oregon-us-west-2a-check", "failureThreshold", 1),
      change(checkType, "oregon-deep-check", "requestInterval", 10, "replace"),
      change(checkType, "oregon-deep-check", "resourcePath", "/deep"),
      created,
      evaluated,
      identified,
    ];
    expect(configurationPatch(changes, "maintenance", undefined)).to.deep.equal({
      settings: [],
      inProgram: changes,
    });
    expect(configurationPatch(changes, "maintenance", "failover")).to.deep.equal({
      settings: [
        { path: "failover:ttl.maintenanceSeconds", to: 10 },
        { path: "failover:checks.endpoint.failureThreshold", to: 1 },
        { path: "failover:checks.region.intervalSeconds", to: 10 },
        { path: "failover:checks.region.path", to: "/deep" },
      ],
      inProgram: [created, evaluated, identified],
    });
  });
});
