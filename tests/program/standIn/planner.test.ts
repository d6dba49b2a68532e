import { expect } from "chai";
import type { Resource } from "../../../routing/graph/resource";
import { Account } from "./account";
import { changed, declared } from "./declared";
import { replacedBetween, update } from "./planner";
import type { Outcome } from "./planner";

const shown = ({ steps }: Outcome): readonly string[] =>
  steps.map(({ action, resource, properties }) => [action, resource.name, ...properties].join(" "));

/** The outcome of an update, in an account in which the first declaration is deployed. */
function updated(from: readonly Resource[], to: readonly Resource[]): Outcome {
  const account = new Account();
  update(account, from);
  return update(account, to);
}

const vpc = declared("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
const subnet = declared(
  "aws:ec2/subnet:Subnet",
  "subnet",
  { cidrBlock: "10.0.0.0/24" },
  { from: { vpcId: vpc } },
);

describe("the stand-in of the engine", () => {
  it("creates new resources in the order of the program, and nothing twice", () => {
    const account = new Account();
    expect(shown(update(account, [vpc, subnet]))).to.deep.equal(["create vpc", "create subnet"]);
    expect(update(account, [vpc, subnet]).steps).to.deep.equal([]);
  });

  it("deletes resources after their users", () => {
    const outcome = updated([vpc, subnet], []);
    expect(shown(outcome)).to.deep.equal(["delete subnet", "delete vpc"]);
    expect(outcome.refused).to.deep.equal([]);
  });

  it("updates in place if AWS can, and replaces what depends on a replacement", () => {
    const tagged = changed(vpc, { tags: { Name: "new" } });
    expect(shown(updated([vpc, subnet], [tagged, subnet]))).to.deep.equal(["update vpc tags"]);
    const moved = changed(vpc, { cidrBlock: "10.1.0.0/16" });
    expect(shown(updated([vpc, subnet], [moved, subnet]))).to.deep.equal([
      "replace vpc cidrBlock",
      "replace subnet vpcId",
    ]);
    expect(replacedBetween([vpc], [moved]).map(({ resource }) => resource)).to.deep.equal([moved]);
  });

  it("updates a group when its template has a new version", () => {
    const template = declared("aws:ec2/launchTemplate:LaunchTemplate", "template", {
      userData: "old",
    });
    const group = declared(
      "aws:autoscaling/group:Group",
      "group",
      {},
      { from: { launchTemplate: template } },
    );
    expect(
      shown(updated([template, group], [changed(template, { userData: "new" }), group])),
    ).to.deep.equal(["update template userData", "update group launchTemplate"]);
  });

  it("keeps the validation records of a certificate that gets more names", () => {
    const certificate = declared("aws:acm/certificate:Certificate", "tls", {
      subjectAlternativeNames: [],
    });
    const proof = declared(
      "aws:route53/record:Record",
      "proof",
      { name: "_x.cafe.com", type: "CNAME", records: ["_y.aws."] },
      { from: { name: certificate, records: certificate } },
    );
    const more = changed(certificate, { subjectAlternativeNames: ["menu.cafe.com"] });
    expect(shown(updated([certificate, proof], [more, proof]))).to.deep.equal([
      "replace tls subjectAlternativeNames",
    ]);
  });

  it("creates before it deletes, unless the program itself chose the name", () => {
    const targets = declared("aws:lb/targetGroup:TargetGroup", "targets", {
      port: 80,
      namePrefix: "cafe-",
    });
    const listener = declared(
      "aws:lb/listener:Listener",
      "listener",
      {},
      { from: { defaultActions: targets } },
    );
    const moved = changed(targets, { port: 8080 });
    const auto = updated([targets, listener], [moved, listener]);
    expect(shown(auto)).to.deep.equal(["replace targets port", "update listener defaultActions"]);
    expect(auto.refused).to.deep.equal([]);
    const owned = changed(targets, { name: "web" });
    const outcome = updated([owned, listener], [changed(owned, { port: 8080 }), listener]);
    expect(outcome.refused[0]).to.equal("targets: ResourceInUse: used by listener");
  });

  it("fails for a type that its table lacks", () => {
    const stream = declared("aws:kinesis/stream:Stream", "queue", {});
    expect(() => update(new Account(), [stream])).to.throw(
      "aws:kinesis/stream:Stream: the table of replacements lacks it",
    );
  });

  it("neither creates, changes nor deletes what is excluded, by name or by pattern", () => {
    const account = new Account();
    update(account, [vpc, subnet]);
    const tagged = changed(vpc, { tags: { Name: "new" } });
    const another = declared("aws:ec2/vpc:Vpc", "vpc-too", { cidrBlock: "10.1.0.0/16" });
    const exclude = [vpc.urn, "**::vpc-*"];
    expect(shown(update(account, [tagged, another], { exclude }))).to.deep.equal(["delete subnet"]);
    expect(update(account, [], { exclude }).steps).to.deep.equal([]);
    expect(shown(update(account, [tagged, another]))).to.deep.equal([
      "update vpc tags",
      "create vpc-too",
    ]);
  });

  it("changes nothing in a region that is gone, except global resources", () => {
    const account = new Account();
    const zone = declared("aws:route53/zone:Zone", "zone", { name: "cafe.com" });
    update(account, [vpc, subnet, zone]);
    const all = [vpc, zone].map((one) => changed(one, { tags: { Name: "new" } }));
    const outcome = update(account, all, { gone: "us-west-2" });
    expect(shown(outcome)).to.deep.equal(["update zone tags"]);
    expect(outcome.refused).to.deep.equal([
      "vpc: no answer from us-west-2",
      "subnet: no answer from us-west-2",
    ]);
  });
});
