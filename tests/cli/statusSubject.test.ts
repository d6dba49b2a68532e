import { expect } from "chai";
import { statusSubjectOf } from "../../cli/statusSubject";
import type { StatusSubject } from "../../aws/status/subject";
import { packageDirectory } from "../../packageDirectory";
import type { Value } from "../../routing/graph/resource";
import { memoryIo } from "./memoryIo";

const hostedZone = { id: "Z1", name: "cafe.com", nameServers: ["ns-1.example.net"] };

function exportOf(outputs: Readonly<Record<string, Value>>, type = "pulumi:pulumi:Stack"): string {
  const urn = `urn:pulumi:prod::failover::${type}::failover-prod`;
  const live = {
    urn: "urn:pulumi:prod::failover::aws:route53/record:Record::live",
    custom: true,
    id: "Z1_live",
    type: "aws:route53/record:Record",
    inputs: {
      name: "live.orders.cafe.com",
      zoneId: "Z1",
      type: "A",
      ttl: 10,
      records: ["192.0.2.1"],
    },
    outputs: {
      name: "live.orders.cafe.com",
      zoneId: "Z1",
      type: "A",
      ttl: 10,
      records: ["192.0.2.1"],
    },
  };
  return JSON.stringify({
    version: 3,
    deployment: { resources: [{ urn, custom: false, type, outputs }, live] },
  });
}

function subjectIn(
  options: Parameters<typeof statusSubjectOf>[0],
  text = "",
): Promise<StatusSubject> {
  const io = memoryIo({ files: { "prod.json": text } });
  return statusSubjectOf(options, { ...io, directory: packageDirectory });
}

async function refusal(...args: Parameters<typeof subjectIn>): Promise<string> {
  const error = await subjectIn(...args).catch((one: unknown) => one);
  return (error as Error).message;
}

describe("the subject of a status", function () {
  this.timeout(60_000);

  it("is the zone of an export by its id, with the public names and `live`", async () => {
    const outputs = {
      hostname: "orders.cafe.com",
      hostnames: ["orders.cafe.com", "shop.cafe.com"],
      hostedZone,
      regions: { primary: { name: "oregon", region: "us-west-2" } },
    };
    const { exported, owner, ...subject } = await subjectIn(
      { from: "prod.json", stack: "prod" },
      exportOf(outputs),
    );
    expect(subject).to.deep.equal({
      title: "prod",
      zone: "Z1",
      names: ["orders.cafe.com", "shop.cafe.com", "live.orders.cafe.com"],
      regionNames: new Map([["us-west-2", "oregon"]]),
      nameServers: ["ns-1.example.net"],
    });
    expect([owner?.project, owner?.stack, owner?.exportPath]).to.deep.equal([
      "failover",
      "prod",
      "prod.json",
    ]);
    expect(exported?.route53.group("live.orders.cafe.com", "A")).to.have.length(1);
  });

  it("is the zone of this program's stack by its name: an evaluation has no real id", async () => {
    const { exported, owner, zone, names, nameServers } = await subjectIn({ stack: "prod" });
    expect([exported, zone, nameServers]).to.deep.equal([undefined, "cafe.com", undefined]);
    expect(names).to.deep.equal(["orders.cafe.com", "live.orders.cafe.com"]);
    expect(owner?.exportPath).to.equal(undefined);
  });

  it("is a zone alone", async () => {
    expect(await subjectIn({ zone: "example.org" })).to.deep.equal({
      title: "example.org",
      zone: "example.org",
      regionNames: new Map(),
    });
    expect(await refusal({ zone: "example.org", stack: "prod" })).to.equal(
      "--zone: must be alone, got another source; a stack names its zone itself",
    );
  });

  it("is no stack without our outputs, and no file that is no export", async () => {
    expect(await refusal({ from: "prod.json" }, exportOf({}))).to.equal(
      "--from prod.json: must have the outputs hostedZone and hostnames, got none; for another program's stack use --zone NAME",
    );
    expect(await refusal({ from: "prod.json" }, exportOf({}, "aws:ec2/vpc:Vpc"))).to.equal(
      "--from prod.json: must be the export of a Pulumi stack, got none; write it with `pulumi stack export`",
    );
  });
});
