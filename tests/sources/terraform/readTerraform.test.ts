import { expect } from "chai";
import { Unknown } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { named, reading } from "../read";

/** A resource as `terraform show -json` lists it. */
function entry(address: string, values: object, more: object = {}): object {
  const [type, name] = address.replace(/\[.*/, "").split(".").slice(-2);
  return {
    address,
    mode: "managed",
    type,
    name,
    schema_version: 0,
    values,
    sensitive_values: {},
    ...more,
  };
}
const state = (resources: readonly object[], childModules: readonly object[] = []): object => ({
  format_version: "1.0",
  terraform_version: "1.13.4",
  values: { root_module: { resources, child_modules: childModules } },
});
const references = (...all: readonly string[]): object => ({ references: all });
const record = (values: object): object => ({
  name: "www.example.org",
  type: "A",
  ttl: 60,
  ...values,
});

describe("reading a Terraform state", () => {
  it("reads blocks as Pulumi's provider writes them: single ones as objects, others as plural lists", async () => {
    const read = await reading(
      state([
        entry("aws_lb_target_group.web", {
          arn: "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1",
          health_check: [{ healthy_threshold: 3, interval: 10 }],
          stickiness: [],
          target_group_health: [{ dns_failover: [{ minimum_healthy_targets_count: "2" }] }],
          tags: { some_key: "kept" },
        }),
        entry("aws_lb_listener.web", {
          load_balancer_arn: "arn:lb",
          default_action: [{ type: "forward", forward: [{ target_group: [{ arn: "arn:tg" }] }] }],
        }),
      ]),
    );
    const group = named(read, "aws_lb_target_group.web");
    expect([group.type, group.region]).to.deep.equal([
      "aws:lb/targetGroup:TargetGroup",
      "eu-west-1",
    ]);
    expect(group.outputs).to.deep.include({
      healthCheck: { healthyThreshold: 3, interval: 10 },
      targetGroupHealth: { dnsFailover: { minimumHealthyTargetsCount: "2" } },
      tags: { some_key: "kept" },
    });
    expect(group.outputs).not.to.have.property("stickiness");
    expect(named(read, "aws_lb_listener.web").outputs["defaultActions"]).to.deep.equal([
      { type: "forward", forward: { targetGroups: [{ arn: "arn:tg" }] } },
    ]);
  });

  it("reads all modules, and names resources by their Terraform addresses", async () => {
    const inner = {
      address: "module.a.module.b",
      resources: [entry("module.a.module.b.aws_eip.x[0]", { id: "e" })],
    };
    const read = await reading(state([], [{ address: "module.a", child_modules: [inner] }]));
    expect(read.resources.map(({ name, id }) => [name, id])).to.deep.equal([
      ["module.a.module.b.aws_eip.x[0]", "e"],
    ]);
  });

  it("takes the region from the resource, its ARN, its zone or its network border group", async () => {
    const read = await reading(
      state([
        entry("aws_instance.own", { region: "eu-west-2", availability_zone: "us-west-2a" }),
        entry("aws_instance.arn", { arn: "arn:aws:ec2:eu-west-3:1:instance/i" }),
        entry("aws_instance.zone", { availability_zone: "us-west-2-lax-1a" }),
        entry("aws_eip.group", { network_border_group: "ap-southeast-2" }),
        entry("aws_route53_health_check.none", { arn: "arn:aws:route53:::healthcheck/x" }),
      ]),
    );
    expect(read.resources.map(({ region }) => region)).to.deep.equal([
      "eu-west-2",
      "eu-west-3",
      "us-west-2",
      "ap-southeast-2",
      undefined,
    ]);
  });

  it("treats sensitive values as unknown, and reports them", async () => {
    const values = record({ id: "r", records: ["192.0.2.1"], zone_id: "Z1" });
    const read = await reading(
      state([
        entry("aws_route53_record.www", values, { sensitive_values: { records: true, tags: {} } }),
      ]),
    );
    const www = named(read, "aws_route53_record.www");
    expect(www.outputs["records"]).to.deep.equal(new Unknown("computed"));
    expect(www.unknown).to.deep.equal({
      "inputs.records": "computed",
      "outputs.records": "computed",
    });
    expect(JSON.stringify(read)).not.to.include("192.0.2.1");
    expect(read.notes).to.deep.equal([
      "aws_route53_record.www: records is sensitive, so it counts as unknown.",
    ]);
  });

  it("counts resources of types that are not read", async () => {
    const { notes } = await reading(
      state([
        entry("aws_iam_role.a", {}),
        entry("aws_iam_role.b", {}),
        entry("null_resource.c", {}),
      ]),
    );
    expect(notes).to.deep.equal([
      "file.json: left out 3 of types that are not read: aws_iam_role, null_resource.",
    ]);
  });
});

/** A plan that creates everything: unknown values are absent. */
function plan(
  planned: readonly {
    readonly address: string;
    readonly values: object;
    readonly unknown: object;
  }[],
  configuration: object,
  more: object = {},
): object {
  return {
    format_version: "1.2",
    planned_values: {
      root_module: { resources: planned.map(({ address, values }) => entry(address, values)) },
    },
    resource_changes: planned.map(({ address, unknown }) => ({
      address,
      change: { actions: ["create"], before: null, after_unknown: unknown },
    })),
    configuration,
    ...more,
  };
}

describe("reading a Terraform plan", () => {
  const configured = (resources: readonly object[], more: object = {}): object => ({
    provider_config: {
      aws: { expressions: { region: { constant_value: "us-west-2" } } },
      "aws.dublin": { expressions: { region: references("var.standby") } },
    },
    root_module: { resources, ...more },
  });

  it("follows an alias whose target is not known yet to its balancer", async () => {
    const { resources } = await reading(
      plan(
        [
          {
            address: "aws_lb.web",
            values: { name: "web" },
            unknown: { dns_name: true, arn: true },
          },
          {
            address: "aws_route53_record.www",
            values: record({ zone_id: "Z1", alias: [{ evaluate_target_health: true }] }),
            unknown: { alias: [{ name: true, zone_id: true }] },
          },
        ],
        configured([
          { address: "aws_lb.web", provider_config_key: "aws.dublin", expressions: {} },
          {
            address: "aws_route53_record.www",
            expressions: { alias: [{ name: references("aws_lb.web.dns_name", "aws_lb.web") }] },
          },
        ]),
        { variables: { standby: { value: "eu-west-1" } } },
      ),
    );
    const model = new StackModel(resources);
    const [answer] = model.under([]).resolve("www.example.org", "A").answers;
    expect([answer?.value, answer?.region]).to.deep.equal(["<aws_lb.web>", "eu-west-1"]);
  });

  it("C21 follows IP-based records to the locations of a collection that is created", async () => {
    const collection = references("aws_route53_cidr_collection.places.id");
    const { resources } = await reading(
      plan(
        [
          {
            address: "aws_route53_cidr_collection.places",
            values: { name: "places" },
            unknown: { id: true, arn: true },
          },
          {
            address: "aws_route53_cidr_location.office",
            values: { name: "office", cidr_blocks: ["198.51.100.0/24"] },
            unknown: { id: true, cidr_collection_id: true },
          },
          {
            address: "aws_route53_record.www",
            values: record({
              zone_id: "Z1",
              set_identifier: "office",
              records: ["192.0.2.1"],
              cidr_routing_policy: [{ location_name: "office" }],
            }),
            unknown: { cidr_routing_policy: [{ collection_id: true }] },
          },
        ],
        configured([
          { address: "aws_route53_cidr_collection.places", expressions: {} },
          {
            address: "aws_route53_cidr_location.office",
            expressions: { cidr_collection_id: collection },
          },
          {
            address: "aws_route53_record.www",
            expressions: { cidr_routing_policy: [{ collection_id: collection }] },
          },
        ]),
      ),
    );
    const [found] = new StackModel(resources).route53.dns.records;
    expect(found?.policy).to.deep.equal({
      kind: "cidr",
      collection: "aws_route53_cidr_collection.places",
      location: "office",
      blocks: ["198.51.100.0/24"],
    });
  });

  it("fills in the name of an alias's target that the plan creates", async () => {
    const { resources } = await reading(
      plan(
        [
          {
            address: "aws_route53_record.tier",
            values: {
              name: "tier.example.org",
              type: "A",
              ttl: 60,
              records: ["192.0.2.1"],
              zone_id: "Z1",
            },
            unknown: { fqdn: true },
          },
          {
            address: "aws_route53_record.www",
            values: record({
              zone_id: "Z1",
              alias: [{ zone_id: "Z1", evaluate_target_health: true }],
            }),
            unknown: { alias: [{ name: true }] },
          },
        ],
        configured([
          { address: "aws_route53_record.tier", expressions: {} },
          {
            address: "aws_route53_record.www",
            expressions: {
              alias: [
                { name: references("aws_route53_record.tier.fqdn", "aws_route53_record.tier") },
              ],
            },
          },
        ]),
      ),
    );
    const { answers } = new StackModel(resources).under([]).resolve("www.example.org", "A");
    expect(answers.map(({ value }) => value)).to.deep.equal(["192.0.2.1"]);
  });

  const dependencies = async (
    expressions: object,
    more: object = {},
    ...addresses: readonly string[]
  ): Promise<readonly string[]> => {
    const read = await reading(
      plan(
        [
          ...addresses.map((address) => ({ address, values: {}, unknown: { public_ip: true } })),
          {
            address: 'aws_route53_record.www["a"]',
            values: record({ zone_id: "Z1" }),
            unknown: { records: true },
          },
        ],
        configured([{ address: "aws_route53_record.www", expressions, ...more }]),
      ),
    );
    const urns = named(read, 'aws_route53_record.www["a"]').propertyDependencies["records"] ?? [];
    return urns.map((urn) => urn.split("::").at(-1) ?? "");
  };

  it("depends on the instance with the same key, on the one written, or else on all instances", async () => {
    const both = ['aws_eip.web["a"]', 'aws_eip.web["b"]'];
    const all = { records: references("aws_eip.web") };
    expect(await dependencies(all, {}, ...both)).to.deep.equal(['aws_eip.web["a"]']);
    const written = {
      records: references('aws_eip.web["b"].public_ip', 'aws_eip.web["b"]', "aws_eip.web"),
    };
    expect(await dependencies(written, {}, ...both)).to.deep.equal(['aws_eip.web["b"]']);
    const counted = ["aws_eip.web[0]", "aws_eip.web[1]"];
    expect(await dependencies(all, {}, ...counted)).to.deep.equal(counted);
  });

  it("follows each.value to the for_each expression of the resource", async () => {
    const made = { for_each_expression: references("aws_eip.web") };
    expect(
      await dependencies({ records: references("each.value") }, made, 'aws_eip.web["a"]'),
    ).to.deep.equal(['aws_eip.web["a"]']);
  });

  it("stops where references form a circle", async () => {
    const circle = { records: references("each.value") };
    const made = { for_each_expression: references("each.value") };
    expect(await dependencies(circle, made)).to.deep.equal([]);
  });

  it("also reads the data sources of the plan", async () => {
    const zone = entry(
      "data.aws_route53_zone.main",
      { name: "example.org", zone_id: "Z1" },
      { mode: "data", type: "aws_route53_zone" },
    );
    const read = await reading(
      plan([], configured([]), { prior_state: { values: { root_module: { resources: [zone] } } } }),
    );
    expect(named(read, "data.aws_route53_zone.main").outputs).to.include({ zoneId: "Z1" });
  });

  it("reads which origins a distribution asks, as Pulumi's provider writes them", async () => {
    const read = await reading(
      state([
        entry("aws_cloudfront_distribution.cdn", {
          default_cache_behavior: [{ target_origin_id: "both" }],
          origin: [{ origin_id: "first", domain_name: "a.s3.us-west-2.amazonaws.com" }],
          origin_group: [{ origin_id: "both", member: [{ origin_id: "first" }] }],
        }),
      ]),
    );
    expect(named(read, "aws_cloudfront_distribution.cdn").outputs).to.deep.equal({
      defaultCacheBehavior: { targetOriginId: "both" },
      origins: [{ originId: "first", domainName: "a.s3.us-west-2.amazonaws.com" }],
      originGroups: [{ originId: "both", members: [{ originId: "first" }] }],
    });
  });
});
