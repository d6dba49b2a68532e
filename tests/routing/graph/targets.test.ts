import { expect } from "chai";
import type { Properties, Resource } from "../../../routing/graph/resource";
import type { PlacedAnswer } from "../../../routing/graph/stackModel";
import { StackModel } from "../../../routing/graph/stackModel";
import { answering, isLeft, pair, record, resource, zone } from "./stack";

const web = resource("aws:ec2/instance:Instance", "web", {
  subnetId: "subnet-a",
  privateIp: "10.0.0.5",
});
const other = resource("aws:ec2/instance:Instance", "other", { subnetId: "subnet-b" });

/** A pair whose primary is an alias that evaluates its target, without a check. */
const toward = (name: string, more: Properties = {}): readonly Resource[] =>
  pair({
    aliases: [{ name, zoneId: "ZAWS", evaluateTargetHealth: true }],
    healthCheckId: "",
    ...more,
  });

const dnsName = "alb-1.us-west-2.elb.amazonaws.com";
const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "alb", { arn: "arn:alb", dnsName });
const listener = resource("aws:lb/listener:Listener", "listener", {
  arn: "arn:listener",
  loadBalancerArn: "arn:alb",
  defaultActions: [{ type: "forward", targetGroupArn: "arn:group" }],
});
const group = (name: string, more: Properties = {}): Resource =>
  resource("aws:lb/targetGroup:TargetGroup", name, { arn: `arn:${name}`, ...more });
const attach = (name: string, targetId: string): Resource =>
  resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", `${name} ${targetId}`, {
    targetGroupArn: `arn:${name}`,
    targetId,
  });

const unknowns = (stack: readonly Resource[], ...faults: readonly string[]): readonly string[] => {
  const model = new StackModel(stack);
  return model
    .under(model.faults(faults))
    .unknownsOf("www.a.test", "A")
    .map(({ name, why }) => `${name}: ${why}`);
};

describe("a target group", () => {
  const base = [...toward(dnsName), balancer, listener, web, other];

  it("A7 counts if a rule forwards to it, or if it is one of several with weights", () => {
    const rule = resource("aws:lb/listenerRule:ListenerRule", "rule", {
      listenerArn: "arn:listener",
      actions: [
        {
          type: "forward",
          forward: { targetGroups: [{ arn: "arn:second", weight: 1 }, { arn: "arn:third" }] },
        },
      ],
    });
    const stack = [
      ...base,
      rule,
      ...["group", "second", "third"].map((name) => group(name)),
      attach("group", "web"),
      attach("second", "other"),
      attach("third", "other"),
    ];
    expect(isLeft(stack)).to.equal(false);
    expect(isLeft(stack, "web")).to.equal(true);
    expect(isLeft(stack, "other")).to.equal(true);
  });

  it("A7 has addresses as targets, where exactly one instance has the address", () => {
    const stack = [...base, group("group", { targetType: "ip" }), attach("group", "10.0.0.5")];
    expect(isLeft(stack, "web")).to.equal(true);
    const twin = resource("aws:ec2/instance:Instance", "twin", { privateIp: "10.0.0.5" });
    expect(unknowns([...stack, twin])).to.deep.equal([
      "group: some of its targets are outside this stack",
    ]);
    expect(unknowns([...base, group("group", { targetType: "ip" })])).to.deep.equal([
      "group: its targets, of type ip, are not part of what was read",
    ]);
  });

  it("A7 is unknown without a target that was read, and unhealthy if AWS reported that it has none", () => {
    for (const targetType of ["instance", "ip", "lambda"]) {
      const unread = [...base, group("group", { targetType })];
      expect(isLeft(unread)).to.equal(false);
      expect(unknowns(unread)).to.deep.equal([
        `group: its targets, of type ${targetType}, are not part of what was read`,
      ]);
      const empty = [...base, group("group", { targetType, areTargetsRead: true })];
      expect(isLeft(empty)).to.equal(true);
      expect(unknowns(empty)).to.deep.equal([]);
    }
  });

  it("A7 has a target whose health was reported, though no resource stands for it", () => {
    const reported = attach("group", "10.0.0.9");
    const stack = [
      ...base,
      group("group", { targetType: "ip" }),
      { ...reported, outputs: { ...reported.outputs, state: "healthy" } },
    ];
    expect(unknowns(stack)).to.deep.equal([]);
    expect(isLeft(stack)).to.equal(false);
    expect(isLeft(stack, "group 10.0.0.9")).to.equal(true);
  });

  it("A7 has a function or a balancer as its target", () => {
    const lambda = resource("aws:lambda/function:Function", "handler", { arn: "arn:handler" });
    const called = [...base, lambda, group("group"), attach("group", "arn:handler")];
    expect(isLeft(called)).to.equal(false);
    expect(isLeft(called, "handler")).to.equal(true);
    const inner = resource("aws:lb/loadBalancer:LoadBalancer", "inner", { arn: "arn:inner" });
    const nested = [
      ...base,
      inner,
      {
        ...listener,
        urn: `${listener.urn}2`,
        outputs: {
          loadBalancerArn: "arn:inner",
          defaultActions: [{ type: "forward", targetGroupArn: "arn:below" }],
        },
      },
      group("group"),
      attach("group", "arn:inner"),
      group("below"),
      attach("below", "web"),
    ];
    expect(isLeft(nested)).to.equal(false);
    expect(isLeft(nested, "web")).to.equal(true);
    expect(isLeft(nested, "inner")).to.equal(true);
    // AWS refuses a balancer behind itself; the traversal ends here all the same.
    const round = [...base, group("group"), attach("group", "arn:alb"), attach("group", "web")];
    expect(isLeft(round, "web")).to.equal(true);
  });

  it("A7 is unknown where no listener of the balancer was read, and healthy without a target group", () => {
    const without = base.filter((one) => one !== listener);
    expect(unknowns(without)).to.deep.equal(["alb: its listeners are not part of what was read"]);
    const fixed = {
      ...listener,
      outputs: { ...listener.outputs, defaultActions: [{ type: "fixed-response" }] },
    };
    expect(unknowns([...without, fixed])).to.deep.equal([]);
    expect(isLeft([...without, fixed])).to.equal(false);
  });

  it("A7 has no bound where only the balancer is lost", () => {
    const model = new StackModel([...base, group("group"), attach("group", "web")]);
    const lost = model.faults(["alb"]);
    expect(isLeft([...base, group("group"), attach("group", "web")], "alb")).to.equal(true);
    const { downtimeSeconds } = model.worstCase("www.a.test", "A", [], lost, "refused");
    expect(downtimeSeconds).to.equal(undefined);
  });
});

describe("a classic balancer", () => {
  const classic = (more: Properties = {}): Resource =>
    resource("aws:elb/loadBalancer:LoadBalancer", "classic", { dnsName, name: "classic", ...more });

  it("A7 has its instances inline, by attachments, or by an autoscaling group", () => {
    const byAttachment = resource("aws:elb/attachment:Attachment", "tie", {
      elb: "classic",
      instance: "web",
    });
    const fleet = resource("aws:autoscaling/group:Group", "fleet", { loadBalancers: ["classic"] });
    for (const [fault, parts] of [
      ["web", [classic({ instances: ["web"] })]],
      ["web", [classic(), byAttachment]],
      ["fleet", [classic(), fleet]],
    ] as const) {
      const stack = [...toward(dnsName), web, ...parts];
      expect(isLeft(stack)).to.equal(false);
      expect(isLeft(stack, fault)).to.equal(true);
      expect(isLeft(stack, "us-west-2")).to.equal(true);
    }
  });

  it("A7 is unknown where an instance was not read, unless AWS reported that there is none", () => {
    expect(unknowns([...toward(dnsName), classic({ instances: ["i-elsewhere"] })])).to.deep.equal([
      "classic: some of its instances are not part of what was read",
    ]);
    expect(unknowns([...toward(dnsName), classic()])).to.deep.equal([
      "classic: its instances are not part of what was read",
    ]);
    const empty = [...toward(dnsName), classic({ areTargetsRead: true })];
    expect(unknowns(empty)).to.deep.equal([]);
    expect(isLeft(empty)).to.equal(true);
  });
});

describe("an AWS name whose resource was not read", () => {
  it("A7 is unknown for a balancer, and unhealthy once its region is lost", () => {
    const stack = toward(dnsName);
    expect(unknowns(stack)).to.deep.equal([
      `${dnsName}: its balancer is not part of what was read`,
    ]);
    expect(isLeft(stack)).to.equal(false);
    expect(isLeft(stack, "us-west-2")).to.equal(true);
    expect(unknowns(stack, "us-west-2")).to.deep.equal([]);
  });

  it("A10 keeps an alias to API Gateway or a VPC endpoint healthy, dead with its region", () => {
    for (const name of [
      "d-1.execute-api.us-west-2.amazonaws.com",
      "vpce-1.ec2.us-west-2.vpce.amazonaws.com",
    ]) {
      const lost = answering(toward(name), "us-west-2");
      expect([lost.value, lost.alive]).to.deep.equal([name, false]);
      expect(unknowns(toward(name), "us-west-2")).to.deep.equal([]);
    }
  });

  it("A13 reports services as unknown unless they were read, and once they are lost", () => {
    for (const [name, service] of [
      ["x.us-west-2.awsapprunner.com", "App Runner"],
      ["x.y.us-west-2.cs.amazonlightsail.com", "Lightsail"],
    ] as const) {
      expect(unknowns(toward(name))).to.deep.equal([`${name}: it is not part of what was read`]);
      expect(isLeft(toward(name))).to.equal(false);
      expect(unknowns(toward(name), "us-west-2")).to.deep.equal([
        `${name}: AWS does not say whether an alias to ${service} notices that it is lost`,
      ]);
    }
    expect(isLeft(toward("a1.awsglobalaccelerator.com"), "us-west-2")).to.equal(false);
    const serviceUrl = "x.us-west-2.awsapprunner.com";
    const read = resource("aws:apprunner/service:Service", "runner", { serviceUrl });
    expect(unknowns([...toward(serviceUrl), read])).to.deep.equal([]);
  });

  it("A13 leaves Elastic Beanstalk only if the environment has a load balancer", () => {
    const cname = "env.us-west-2.elasticbeanstalk.com";
    const environment = (more: Properties): readonly Resource[] => [
      ...toward(cname),
      resource("aws:elasticbeanstalk/environment:Environment", "env", { cname, ...more }),
    ];
    const typed = (value: string): Properties["settings"] => [{ name: "EnvironmentType", value }];
    for (const [properties, isLeftThen] of [
      [{ settings: typed("LoadBalanced") }, true],
      [{ allSettings: typed("LoadBalanced") }, true],
      [{ loadBalancers: ["awseb-1"] }, true],
      [{ settings: typed("SingleInstance") }, false],
      [{ allSettings: typed("SingleInstance"), loadBalancers: [] }, false],
    ] as const) {
      const stack = environment(properties);
      expect(isLeft(stack)).to.equal(false);
      expect(isLeft(stack, "env")).to.equal(isLeftThen);
      expect(unknowns(stack, "env")).to.deep.equal([]);
    }
    const why =
      "an alias to Elastic Beanstalk notices its loss only if it has a load balancer, which was not read";
    expect(unknowns(environment({}), "env")).to.deep.equal([`${cname}: ${why}`]);
    expect(unknowns(toward(cname))).to.deep.equal([`${cname}: it is not part of what was read`]);
    expect(unknowns(toward(cname), "us-west-2")).to.deep.equal([`${cname}: ${why}`]);
  });

  const cnameAnswer = (value: string, ...faults: readonly string[]): PlacedAnswer => {
    const model = new StackModel([
      zone,
      ...[web, resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.1", instance: "web" })],
      record("www", { type: "CNAME", records: [value] }),
    ]);
    const [answer] = model.under(model.faults(faults)).resolve("www.a.test", "A").answers;
    if (!answer) throw new Error("nobody answers");
    return answer;
  };

  it("A14 lives while the region in it does, and reports this assumption", () => {
    for (const name of [
      "db.abc.us-west-2.rds.amazonaws.com",
      "bucket.s3-website-us-west-2.amazonaws.com",
      "fn.lambda-url.us-west-2.on.aws",
    ]) {
      const { alive, region, assumption } = cnameAnswer(name);
      expect([alive, region, assumption]).to.deep.equal([
        true,
        "us-west-2",
        `${name} is taken to live unless us-west-2 is lost`,
      ]);
      expect(cnameAnswer(name, "us-west-2").alive).to.equal(false);
    }
    expect(cnameAnswer("elsewhere.test", "us-west-2").alive).to.equal(true);
  });

  it("A14 belongs to the instance whose address is in it", () => {
    const name = "ec2-198-51-100-1.us-west-2.compute.amazonaws.com";
    expect(cnameAnswer(name).target).to.equal(web.urn);
    expect(cnameAnswer(name, "web").alive).to.equal(false);
  });
});

describe("an S3 website", () => {
  it("A11 is a bucket with a website property, under either name of the type", () => {
    for (const type of ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"]) {
      const site = resource(type, "site", {
        bucket: "www.a.test",
        website: { indexDocument: "index.html" },
      });
      const stack = [...toward("s3-website-us-west-2.amazonaws.com"), site];
      expect(answering(stack).target).to.equal(site.urn);
      expect(answering(stack, "site").alive).to.equal(false);
    }
    const plain = resource("aws:s3/bucket:Bucket", "plain", { bucket: "www.a.test" });
    expect(answering([...toward("s3-website-us-west-2.amazonaws.com"), plain]).target).to.not.equal(
      plain.urn,
    );
  });
});
