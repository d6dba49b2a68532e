import { expect } from "chai";
import { assess } from "../../../rehearsal/repair/assess";
import { editText } from "../../../rehearsal/repair/edits";
import { createdChecks } from "../../../rehearsal/repair/newChecks";
import { repair } from "../../../rehearsal/repair/search";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { pair, record, resource, zone } from "../../routing/graph/stack";

const check = (name: string, outputs: Properties): Resource =>
  resource("aws:route53/healthCheck:HealthCheck", name, {
    type: "HTTPS",
    port: 8443,
    resourcePath: "/up",
    requestInterval: 10,
    failureThreshold: 2,
    ...outputs,
  });

/** What new checks of a record ask for, and what of it is a guess. */
function created(wanted: Resource, ...others: readonly Resource[]): readonly unknown[] {
  const assessment = assess([zone, wanted, ...others], ["www.a.test"], new Map());
  const [own] = assessment.model.route53.dns.records.filter(({ id }) => id === wanted.urn);
  if (!own) throw new Error("no record");
  return createdChecks(assessment, own).map(({ check: { outputs }, guess }) => [
    [outputs["type"], outputs["port"], outputs["resourcePath"]],
    guess,
  ]);
}

const advice =
  "neither a listener nor another check of this endpoint was read; set the check's type, port and path to what it answers before you apply this";

const weighted = (outputs: Properties): Resource =>
  record("www", { weightedRoutingPolicies: [{ weight: 1 }], setIdentifier: "www", ...outputs });

describe("a new check of a repair", () => {
  it("is a guess where no check was read: by the defaults of Route 53", () => {
    expect(created(weighted({ records: ["192.0.2.1"] }))).to.deep.equal([
      [
        ["HTTP", 80, "/"],
        `HTTP on port 80 at / is a guess, by the defaults of Route 53: ${advice}`,
      ],
    ]);
  });

  it("is a guess where it probes as the check of another endpoint does", () => {
    const other = check("other", { ipAddress: "192.0.2.9" });
    expect(created(weighted({ records: ["192.0.2.1"] }), other)).to.deep.equal([
      [
        ["HTTPS", 8443, "/up"],
        `HTTPS on port 8443 at /up is a guess, as other probes another endpoint: ${advice}`,
      ],
    ]);
  });

  it("probes as another check of the same endpoint does, first of all", () => {
    const web = resource("aws:ec2/instance:Instance", "web", {
      publicIp: "192.0.2.1",
      ipv6Addresses: ["2001:db8::1"],
    });
    const [known, ...guesses] = created(
      weighted({ type: "AAAA", records: ["2001:db8::1"] }),
      web,
      check("other", { ipAddress: "192.0.2.9", port: 443 }),
      check("same", { ipAddress: "192.0.2.1" }),
    );
    expect(known).to.deep.equal([["HTTPS", 8443, "/up"], undefined]);
    expect(guesses).to.deep.equal([
      [
        ["HTTPS", 443, "/up"],
        "HTTPS on port 443 at /up is a guess, as other probes another endpoint: what was read of this endpoint says otherwise; set the check's type, port and path to what it answers before you apply this",
      ],
    ]);
  });

  it("probes what the listener of its balancer answers, at the path that its targets are checked at", () => {
    const dnsName = "alb-1.us-west-2.elb.amazonaws.com";
    const listener = (name: string, outputs: Properties): Resource =>
      resource("aws:lb/listener:Listener", name, { loadBalancerArn: "arn:alb", ...outputs });
    const forward = [{ type: "forward", targetGroupArn: "arn:group" }];
    expect(
      created(
        weighted({ type: "CNAME", records: [dnsName] }),
        resource("aws:lb/loadBalancer:LoadBalancer", "alb", { arn: "arn:alb", dnsName }),
        listener("tls", { protocol: "HTTPS", port: 8443, defaultActions: forward }),
        listener("udp", { protocol: "UDP", port: 53, defaultActions: forward }),
        resource("aws:lb/targetGroup:TargetGroup", "group", {
          arn: "arn:group",
          healthCheck: { path: "/ready" },
        }),
      ),
    ).to.deep.equal([[["HTTPS", 8443, "/ready"], undefined]]);
  });

  it("probes what the listener of a classic balancer answers", () => {
    const dnsName = "elb-1.us-west-2.elb.amazonaws.com";
    const listeners = [
      { lbProtocol: "ssl", lbPort: 443 },
      { lbProtocol: "tcp", lbPort: "<unknown>" },
    ];
    expect(
      created(
        weighted({ type: "CNAME", records: [dnsName] }),
        resource("aws:elb/loadBalancer:LoadBalancer", "elb", { dnsName, listeners }),
      ),
    ).to.deep.equal([[["TCP", 443, undefined], undefined]]);
  });

  it("is named a guess where the edit is listed", () => {
    const resources = pair({ records: ["192.0.2.1"], healthCheckId: "" });
    const { edits } = repair({
      stack: "zone",
      resources: resources.filter(({ name }) => name !== "check"),
      names: [],
      objectives: new Map(),
    });
    expect(edits.map(editText)).to.deep.equal([
      `give www-primary a new check, www-primary check; HTTP on port 80 at / is a guess, by the defaults of Route 53: ${advice}`,
    ]);
  });
});
