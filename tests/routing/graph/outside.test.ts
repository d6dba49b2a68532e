import { expect } from "chai";
import { EveryFault, everyFaultOf } from "../../../routing/graph/everyFault";
import { loneSignalsOf } from "../../../routing/graph/loneSignals";
import { outsideNameOf } from "../../../routing/graph/outside";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { answering, isLeft, pair, record, resource } from "./stack";

const byAddress = pair({ records: ["8.8.4.1"] }, { ipAddress: "8.8.4.1" });

/** The names of the faults of addresses and names that no resource stands for. */
function outsideFaultsOf(resources: readonly Resource[]): readonly string[] {
  return everyFaultOf(new StackModel(resources), "www.a.test", "A").flatMap(({ kind, name }) =>
    kind === "outside" ? name : [],
  );
}

/** The names of the statuses that stay unknown under every set of faults. */
function unknownsOf(resources: readonly Resource[]): readonly string[] {
  const model = new StackModel(resources);
  const every = new EveryFault(model, everyFaultOf(model, "www.a.test", "A"));
  every.answers("www.a.test", "A");
  return every.variables.flatMap((one) => (one.kind === "unknown" ? one.unknown.name : []));
}

/** A pair of CNAMEs to outside names, with a check of a name. */
const cnames = (fqdn: string): readonly Resource[] =>
  pair({ type: "CNAME", records: ["shop.partner.test"] }, { fqdn, ipAddress: "" }).map((one) =>
    one.name === "www-secondary"
      ? { ...one, outputs: { ...one.outputs, type: "CNAME", records: ["spare.partner.test"] } }
      : one,
  );

describe("the spelling of an outside address or name", () => {
  for (const [written, spelled] of [
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["2001:db8::1", "2001:db8::1"],
    ["Shop.Partner.test.", "shop.partner.test"],
    ["ec2-198-51-100-1.us-west-2.compute.amazonaws.com", "198.51.100.1"],
    ["dualstack.web-1.us-west-2.elb.amazonaws.com.", "web-1.us-west-2.elb.amazonaws.com"],
  ] as const) {
    it(`of ${written} is ${spelled}`, () => {
      expect(outsideNameOf(written)).to.equal(spelled);
    });
  }
});

describe("an address that no resource stands for", () => {
  it("is one fault for the records that hold it and the checks that probe it", () => {
    expect(outsideFaultsOf(byAddress)).to.deep.equal(["8.8.4.1", "203.0.113.99"]);
    expect(isLeft(byAddress, "8.8.4.1")).to.equal(true);
    expect(answering(byAddress, "8.8.4.1").value).to.equal("203.0.113.99");
    expect(answering(byAddress, "8.8.4.1", "check:check=healthy").alive).to.equal(false);
  });

  it("is a fault of its own where only a check probes it", () => {
    const elsewhere = pair({ records: ["8.8.4.1"] }, { ipAddress: "8.8.4.2" });
    expect(outsideFaultsOf(elsewhere)).to.deep.equal(["8.8.4.1", "203.0.113.99", "8.8.4.2"]);
    expect(answering(elsewhere, "8.8.4.1").alive).to.equal(false);
    expect(answering(elsewhere, "8.8.4.2").value).to.equal("203.0.113.99");
  });

  it("is failed by every spelling, and an address of a resource fails that resource", () => {
    const six = pair({ type: "AAAA", records: ["2001:db8::1"] }, { ipAddress: "2001:DB8:0::1" });
    expect(new StackModel(six).faults(["2001:db8:0:0::1"])).to.deep.equal([
      { kind: "outside", name: "2001:db8::1" },
    ]);
    const web = [
      ...byAddress,
      resource("aws:ec2/instance:Instance", "web", {}),
      resource("aws:ec2/eip:Eip", "ip", { publicIp: "8.8.4.1", instance: "web" }),
    ];
    expect(outsideFaultsOf(web)).to.deep.equal(["203.0.113.99"]);
    expect(isLeft(web, "8.8.4.1")).to.equal(true);
    expect(() => new StackModel(web).faults(["8.8.4.9"])).to.throw(
      /^--fail 8\.8\.4\.9: no such fault in the stack; /,
    );
  });

  it("fails alone and with the place that its check's tags declare", () => {
    const tags = { Region: "eu-west-1" };
    const placed = pair({ records: ["8.8.4.1"] }, { ipAddress: "8.8.4.1", tags });
    expect(outsideFaultsOf(placed)).to.deep.equal(["8.8.4.1", "203.0.113.99"]);
    expect(isLeft(placed, "8.8.4.1")).to.equal(true);
    expect(isLeft(placed, "eu-west-1")).to.equal(true);
  });

  it("has the name of its record while it is not known", () => {
    const unknown = pair({ records: [new Unknown("computed")] }, { ipAddress: "8.8.4.1" });
    expect(outsideFaultsOf(unknown)).to.deep.equal(["www-primary", "203.0.113.99", "8.8.4.1"]);
    expect(answering(unknown, "www-primary").alive).to.equal(false);
  });

  it("is nothing that a TXT record says", () => {
    const text = record("text", { name: "t.a.test", type: "TXT", records: ["hello"] });
    expect([...new StackModel([...byAddress, text]).outsideNames]).to.deep.equal([
      "8.8.4.1",
      "203.0.113.99",
    ]);
  });

  it("leaves a private check's status to its fault where a record leads to it", () => {
    const inside = { ipAddress: "10.0.0.1", endpointType: "PRIVATE" };
    expect(unknownsOf(pair({ records: ["10.0.0.1"] }, inside))).to.deep.equal([]);
    expect(unknownsOf(pair({ records: ["10.0.0.2"] }, inside))).to.deep.equal(["check"]);
  });
});

describe("a name that no resource stands for", () => {
  it("is one fault for the CNAME to it and the check of it, whose status is known then", () => {
    const resources = cnames("shop.partner.test");
    expect(unknownsOf(resources)).to.deep.equal([]);
    expect(answering(resources, "shop.partner.test").value).to.equal("spare.partner.test");
  });

  /** A pair of CNAMEs, each with a check of the name that it leads to; the spare's may watch another. */
  const watched = (spare = "spare.partner.test"): readonly Resource[] => [
    ...cnames("shop.partner.test").map((one) =>
      one.name === "www-secondary"
        ? { ...one, outputs: { ...one.outputs, healthCheckId: "spare" } }
        : one,
    ),
    resource("aws:route53/healthCheck:HealthCheck", "spare", {
      type: "HTTP",
      port: 80,
      requestInterval: 30,
      failureThreshold: 3,
      fqdn: spare,
    }),
  ];

  it("is left as soon as an address would be, since every other name is healthy until its own fault", () => {
    const boundOf = (resources: readonly Resource[], fault: string): number | undefined => {
      const model = new StackModel(resources);
      const dead = model.faults([fault]);
      return model.worstCase("www.a.test", "A", [], dead, "refused").downtimeSeconds;
    };
    const seconds = boundOf(byAddress, "8.8.4.1");
    expect(seconds).to.be.within(150, 200);
    expect(boundOf(watched(), "shop.partner.test")).to.equal(seconds);
    // The spare may be unhealthy: then the primary goes on answering.
    expect(boundOf(watched("status.partner.test"), "shop.partner.test")).to.equal(undefined);
  });

  it("leaves nothing open in the bounds of pairs of faults", () => {
    const model = new StackModel(watched());
    const faults = everyFaultOf(model, "www.a.test", "A").filter(({ kind }) => kind === "outside");
    const question = { name: "www.a.test", type: "A", asker: {} };
    expect(loneSignalsOf(model, question, faults)).to.not.equal(undefined);
  });

  it("stays unknown to its check where no record leads to it: it may be what another name is", () => {
    const resources = cnames("status.partner.test");
    expect(outsideFaultsOf(resources)).to.deep.equal(["shop.partner.test", "spare.partner.test"]);
    expect(unknownsOf(resources)).to.deep.equal(["check"]);
    expect(answering(resources, "status.partner.test").value).to.equal("spare.partner.test");
  });

  it("of AWS fails alone and with its region, and an alias that evaluates it notices", () => {
    const alias = (evaluateTargetHealth: boolean): Properties => ({
      aliases: [
        {
          name: "dualstack.web-1.us-west-2.elb.amazonaws.com",
          zoneId: "ZELB",
          evaluateTargetHealth,
        },
      ],
      healthCheckId: null,
    });
    const name = "web-1.us-west-2.elb.amazonaws.com";
    expect(outsideFaultsOf(pair(alias(false)))).to.deep.equal([name, "203.0.113.99"]);
    expect(answering(pair(alias(false)), name).alive).to.equal(false);
    expect(answering(pair(alias(true)), name).value).to.equal("203.0.113.99");
    expect(answering(pair(alias(true)), "us-west-2").value).to.equal("203.0.113.99");
  });
});
