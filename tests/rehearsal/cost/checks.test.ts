import { expect } from "chai";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { pair, record, resource, zone } from "../../routing/graph/stack";
import { said } from "./said";

describe("a health check", () => {
  const checked = (primary: Properties, check: Properties): readonly string[] => {
    const resources = [
      ...pair(primary, check),
      resource("aws:ec2/eip:Eip", "address", { publicIp: "203.0.113.7" }),
    ];
    const own = resources.find(({ name }) => name === "check") as Resource;
    return said(own, ...resources.filter((one) => one !== own));
  };

  it("has the price for an AWS endpoint if it probes an address of the stack", () => {
    expect(checked({ records: ["203.0.113.7"] }, { ipAddress: "203.0.113.7" })).to.deep.equal([
      "check of an AWS endpoint, global: 1",
    ]);
  });

  it("has the price for another endpoint if it probes one outside the stack", () => {
    const options = { type: "HTTPS_STR_MATCH", requestInterval: 10, measureLatency: true };
    expect(
      checked({ records: ["198.51.100.1"] }, { ipAddress: "198.51.100.1", ...options }),
    ).to.deep.equal([
      "check option, another endpoint, global: 4",
      "check of another endpoint, global: 1",
    ]);
  });

  it("is priced by the target of a name of the stack", () => {
    const www = { fqdn: "live.a.test" };
    const live = (address: string): Resource =>
      record("live", { name: "live.a.test", records: [address] });
    const eip = resource("aws:ec2/eip:Eip", "address", { publicIp: "203.0.113.7" });
    const check = resource("aws:route53/healthCheck:HealthCheck", "deep", { type: "HTTP", ...www });
    expect(said(check, zone, live("203.0.113.7"), eip)).to.deep.equal([
      "check of an AWS endpoint, global: 1",
    ]);
    expect(said(check, zone, live("198.51.100.1"), eip)).to.deep.equal([
      "check of another endpoint, global: 1",
    ]);
    expect(said(check)).to.deep.equal(["check of another endpoint, global: 1"]);
  });

  it("of other checks or of an alarm has the basic price", () => {
    for (const type of ["CALCULATED", "CLOUDWATCH_METRIC"]) {
      const check = resource("aws:route53/healthCheck:HealthCheck", "one", { type });
      expect(said(check)).to.deep.equal(["check of checks or an alarm, global: 1"]);
    }
  });
});
