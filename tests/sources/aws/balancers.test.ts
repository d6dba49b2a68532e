import { expect } from "chai";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { named } from "../read";
import { balancer, balancerArn, files, groupArn, groups, health, instances } from "./balancing";

const record = (more: object): object => ({ Name: "www.example.org.", Type: "A", ...more });
const listing = (...sets: readonly object[]): object => ({ ResourceRecordSets: sets });
const values = { TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] };
const behindBalancer = listing(
  record({
    SetIdentifier: "p",
    Failover: "PRIMARY",
    AliasTarget: {
      HostedZoneId: "Z1H1FL5HABSF5",
      DNSName: "dualstack.web-1234567890.us-west-2.elb.amazonaws.com.",
      EvaluateTargetHealth: true,
    },
  }),
  record({ SetIdentifier: "s", Failover: "SECONDARY", ...values }),
);

const answerOf = (
  resources: readonly Resource[],
  ...faults: readonly string[]
): readonly string[] => {
  const model = new StackModel(resources);
  const { answers } = model.under(model.faults(faults)).resolve("www.example.org", "A");
  return answers.map(({ value }) => value);
};
const unknownOf = (resources: readonly Resource[]): readonly string[] =>
  new StackModel(resources)
    .under([])
    .unknownsOf("www.example.org", "A")
    .map(({ name, why }) => `${name}: ${why}`);

describe("reading balancers from output of the AWS CLI", () => {
  it("follows a balancer to the instances behind it, and loses it with their zone", async () => {
    const { resources, notes } = await files(
      ["records.json", behindBalancer],
      ["balancers.json", balancer],
      ["groups.json", groups],
      ["health-web-servers.json", health("healthy")],
      ["instances.json", instances],
    );
    const model = new StackModel(resources);
    const values = ["us-west-2b", "us-west-2a"].map((fault) => {
      const state = model.under(model.faults([fault]));
      return state.resolve("www.example.org", "A").answers.map(({ value }) => value);
    });
    expect(values).to.deep.equal([
      ["dualstack.web-1234567890.us-west-2.elb.amazonaws.com"],
      ["192.0.2.1"],
    ]);
    expect(notes).to.deep.equal([]);
  });

  it("reports which answers are missing to know the targets of a balancer", async () => {
    const without = await files(["records.json", behindBalancer], ["balancers.json", balancer]);
    expect(without.notes).to.deep.equal([
      "The targets of the balancers are unknown: add `aws elbv2 describe-target-groups` and `describe-target-health`.",
    ]);
    const model = new StackModel(without.resources);
    expect(model.under([]).unknownsOf("www.example.org", "A")).to.deep.equal([
      {
        name: "web",
        why: "a target group that it forwards to is not part of what was read",
      },
    ]);
    const half = await files(["balancers.json", balancer], ["groups.json", groups]);
    expect(half.notes).to.deep.equal([
      "The targets of web-servers are unknown: add `aws elbv2 describe-target-health` for it.",
    ]);
  });

  it("knows that a group is empty if AWS reported no target of it", async () => {
    const none = { TargetHealthDescriptions: [] };
    for (const TargetType of ["instance", "ip"]) {
      const [group] = groups.TargetGroups;
      const { resources, notes } = await files(
        ["records.json", behindBalancer],
        ["balancers.json", balancer],
        ["groups.json", { TargetGroups: [{ ...group, TargetType }] }],
        ["health-web-servers.json", none],
      );
      expect(answerOf(resources)).to.deep.equal(["192.0.2.1"]);
      expect(unknownOf(resources)).to.deep.equal([]);
      expect(notes).to.deep.equal([]);
    }
  });

  it("knows the health of targets by address, and of instances that were not read", async () => {
    for (const Id of ["10.0.0.9", "i-1"]) {
      const read = (state: string): ReturnType<typeof files> =>
        files(
          ["records.json", behindBalancer],
          ["balancers.json", balancer],
          ["groups.json", groups],
          [
            "health-web-servers.json",
            {
              TargetHealthDescriptions: [
                {
                  Target: { Id, Port: 80, AvailabilityZone: "all" },
                  TargetHealth: { State: state, Reason: "Target.Timeout" },
                },
              ],
            },
          ],
        );
      const well = await read("healthy");
      expect(well.failing).to.deep.equal([]);
      expect(unknownOf(well.resources)).to.deep.equal([]);
      expect(answerOf(well.resources)).to.deep.equal([
        "dualstack.web-1234567890.us-west-2.elb.amazonaws.com",
      ]);
      const ill = await read("unhealthy");
      expect(ill.failing).to.deep.equal([`${Id} in web-servers`]);
      expect(ill.notes).to.deep.equal([
        `At present ${Id} in web-servers fails: its target group reports Target.Timeout.`,
      ]);
      expect(answerOf(ill.resources, ...ill.failing)).to.deep.equal(["192.0.2.1"]);
    }
  });

  it("loses an instance by the address that a target group reports as unhealthy", async () => {
    const [reservation] = instances.Reservations;
    const [instance] = reservation?.Instances ?? [];
    const { failing } = await files(
      ["groups.json", groups],
      ["health-web-servers.json", health("unhealthy", "10.0.0.5")],
      [
        "instances.json",
        { Reservations: [{ Instances: [{ ...instance, PrivateIpAddress: "10.0.0.5" }] }] },
      ],
    );
    expect(failing).to.deep.equal(["web"]);
  });

  it("leaves out targets whose target group is unknown", async () => {
    const two = { TargetGroups: [...groups.TargetGroups, { TargetGroupName: "other" }] };
    const { notes } = await files(["groups.json", two], ["health.json", health("healthy")]);
    expect(notes[0]).to.equal(
      "health.json: left out, because it does not say whose targets it contains; name the file after the target group",
    );
  });

  it("reads listeners with the groups of their default actions", async () => {
    const other = groupArn.replace("web-servers", "other");
    const listeners = {
      Listeners: [
        {
          ListenerArn: "arn:aws:elasticloadbalancing:us-west-2:123456789012:listener/app/web/1/2",
          LoadBalancerArn: balancerArn,
          Port: 443,
          Protocol: "HTTPS",
          DefaultActions: [
            {
              Type: "forward",
              ForwardConfig: { TargetGroups: [{ TargetGroupArn: other, Weight: 1 }] },
            },
          ],
        },
      ],
    };
    const { resources } = await files(["groups.json", groups], ["listeners.json", listeners]);
    const found = resources.filter(({ type }) => type === "aws:lb/listener:Listener");
    const asked = found.filter(({ outputs }) => outputs["port"] !== undefined);
    expect(asked.map(({ outputs }) => [outputs["port"], outputs["defaultActions"]])).to.deep.equal([
      [
        443,
        [
          {
            type: "forward",
            targetGroupArn: null,
            forward: { targetGroups: [{ arn: other, weight: 1 }] },
          },
        ],
      ],
    ]);
  });

  it("assigns a group that no default action names to a rule of its balancer", async () => {
    const listeners = {
      Listeners: [
        {
          ListenerArn: "arn:aws:elasticloadbalancing:us-west-2:123456789012:listener/app/web/1/2",
          LoadBalancerArn: balancerArn,
          DefaultActions: [{ Type: "fixed-response" }],
        },
      ],
    };
    const { resources } = await files(
      ["records.json", behindBalancer],
      ["balancers.json", balancer],
      ["groups.json", groups],
      ["listeners.json", listeners],
      ["health-web-servers.json", health("healthy")],
      ["instances.json", instances],
    );
    const model = new StackModel(resources);
    const { answers } = model.under(model.faults(["web"])).resolve("www.example.org", "A");
    expect(answers.map(({ value }) => value)).to.deep.equal(["192.0.2.1"]);
  });

  it("counts an instance that is out of service in a classic balancer as failed", async () => {
    const states = (State: string): object => ({
      InstanceStates: [
        { InstanceId: "i-1", State, Description: "Instance has failed at least the threshold" },
      ],
    });
    const read = (state: string): ReturnType<typeof files> =>
      files(["instances.json", instances], ["health.json", states(state)]);
    const { failing, notes } = await read("OutOfService");
    expect(failing).to.deep.equal(["web"]);
    expect(notes).to.deep.equal([
      "At present web fails: its balancer reports Instance has failed at least the threshold.",
    ]);
    expect((await read("InService")).failing).to.deep.equal([]);
  });

  it("reads the addresses of a network balancer and its subnets, described or implied", async () => {
    const network = {
      LoadBalancers: [
        {
          LoadBalancerArn: balancerArn,
          Type: "network",
          AvailabilityZones: [
            {
              ZoneName: "us-west-2a",
              SubnetId: "subnet-a",
              LoadBalancerAddresses: [{ AllocationId: "eipalloc-1", IPv6Address: "2001:db8::1" }],
            },
            { ZoneName: "us-west-2b", SubnetId: "subnet-b" },
          ],
        },
      ],
    };
    const asked = {
      Subnets: [{ SubnetId: "subnet-a", AvailabilityZone: "us-west-2a", CidrBlock: "10.0.0.0/24" }],
    };
    const read = await files(["balancers.json", network], ["subnets.json", asked]);
    expect(named(read, balancerArn).outputs["subnetMappings"]).to.deep.equal([
      { subnetId: "subnet-a", allocationId: "eipalloc-1", ipv6Address: "2001:db8::1" },
    ]);
    expect(
      [named(read, "subnet-a"), named(read, "subnet-b")].map(({ outputs }) => outputs),
    ).to.deep.equal([
      { availabilityZone: "us-west-2a", cidrBlock: "10.0.0.0/24", region: "us-west-2" },
      { availabilityZone: "us-west-2b", region: "us-west-2" },
    ]);
  });

  it("reads classic balancers with their instances, and the addresses of instances", async () => {
    const classic = {
      LoadBalancerDescriptions: [
        {
          LoadBalancerName: "old",
          DNSName: "old-1.eu-west-1.elb.amazonaws.com",
          AvailabilityZones: ["eu-west-1a"],
          Instances: [{ InstanceId: "i-9" }],
        },
      ],
    };
    const machine = {
      Reservations: [
        {
          Instances: [
            {
              InstanceId: "i-9",
              Placement: { AvailabilityZone: "eu-west-1a" },
              NetworkInterfaces: [{ Ipv6Addresses: [{ Ipv6Address: "2001:db8::9" }] }],
            },
          ],
        },
      ],
    };
    const read = await files(["elb.json", classic], ["instances.json", machine]);
    const { type, region, outputs } = named(read, "old");
    expect([type, region, outputs["instances"]]).to.deep.equal([
      "aws:elb/loadBalancer:LoadBalancer",
      "eu-west-1",
      ["i-9"],
    ]);
    expect(named(read, "i-9").outputs["ipv6Addresses"]).to.deep.equal(["2001:db8::9"]);
  });
});
