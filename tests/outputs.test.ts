import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { readOutputs, schemaVersion } from "../outputs";
import type { StackOutputs } from "../outputs";
import { promiseOf } from "./components/promiseOf";
import { evaluated, evaluatedZone } from "./program/evaluated";

/** The outputs of another stack, as a StackReference gives them. */
async function referenced(outputs: Record<string, unknown>): Promise<pulumi.Output<StackOutputs>> {
  await pulumi.runtime.setMocks({
    call: () => ({}),
    newResource: ({ name }) => ({ id: name, state: { name, outputs } }),
  });
  return readOutputs(new pulumi.StackReference("cafe/failover/prod"));
}

describe("readOutputs", () => {
  const whole = {
    schemaVersion,
    hostname: "orders.cafe.com",
    hostnames: ["orders.cafe.com"],
    hostedZone: { id: "Z1" },
    regions: { primary: { endpoints: [{ address: "203.0.113.1" }] } },
    staticTier: {},
    alerts: {},
    ttlSeconds: 10,
    ttl: {},
    objectives: { ordersLost: 0 },
    assumptions: {},
  };

  it("gives the outputs of a stack, part by part", async () => {
    const orders = await referenced(whole);
    expect(await promiseOf(orders.hostname)).to.equal("orders.cafe.com");
    expect(await promiseOf(orders.hostedZone.id)).to.equal("Z1");
  });

  const unfinished = (missing: string): string =>
    `cafe/failover/prod: must have all outputs, got no ${missing}; its first update has not finished; run pulumi up there until it has`;
  for (const [title, outputs, fault] of [
    [
      "of another version",
      { schemaVersion: 2 },
      "schemaVersion: must be 1, got 2; deploy the stack with this version of the project, or read it with the one that deployed it",
    ],
    ["without outputs", {}, unfinished(Object.keys(whole).join(", "))],
    ["without one of them", { ...whole, regions: undefined }, unfinished("regions")],
    [
      "with holes in them",
      {
        ...whole,
        hostedZone: { id: null },
        regions: { primary: { endpoints: [{ address: null }] } },
      },
      unfinished("hostedZone.id, regions.primary.endpoints[0].address"),
    ],
  ] as const) {
    it(`refuses a stack ${title}, in one line`, async () => {
      const orders = await referenced(outputs);
      const outcome = await promiseOf(orders).then(
        () => "read",
        (error: unknown) => error as Error & { readonly code: string },
      );
      expect(outcome).to.have.property("message", fault);
      const code =
        title === "of another version" ? "outputs-of-another-version" : "outputs-incomplete";
      expect(outcome).to.have.property("code", code);
    });
  }

  it("takes the outputs of the shipped stacks", async () => {
    for (const stack of ["dev", "prod"]) {
      const { outputs } = await evaluated(stack);
      const orders = await referenced(outputs);
      expect(await promiseOf(orders.ttlSeconds)).to.equal(outputs["ttlSeconds"]);
    }
  });
});

describe("the outputs of prod", () => {
  it("have the topic of outside", async () => {
    const { outputs, resources } = await evaluated("prod");
    const outputOf = (name: string, property: string): unknown =>
      resources.find((each) => each.name === name)?.outputs[property];
    expect(outputs["alerts"]).to.deep.equal({
      topicArn: outputOf("alerts-topic", "arn"),
      regionalTopicArns: {
        "us-west-2": outputOf("oregon-alerts-topic", "arn"),
        "eu-west-1": outputOf("dublin-alerts-topic", "arn"),
        "us-east-2": outputOf("outside-alerts-topic", "arn"),
      },
      dashboard: "failover-prod",
    });
  });
});

describe("the outputs of dev", () => {
  it("are exactly what other teams are told, and nothing secret", async () => {
    const { outputs, resources } = await evaluated("dev");
    const { outputs: zone } = await evaluatedZone("dev");
    const valueOf = (name: string, property: string): unknown =>
      resources.find((each) => each.name === name && each.outputs[property] !== undefined)?.outputs[
        property
      ];
    const idOf = (name: string): unknown =>
      resources.find((each) => each.name === name && each.id !== undefined)?.id;
    const endpoint = (tier: string, availabilityZone: string): unknown => ({
      availabilityZone,
      address: valueOf(`${tier}-${availabilityZone}-address`, "publicIp"),
      checkId: idOf(`${tier}-${availabilityZone}-check`),
    });
    expect(outputs).to.deep.equal({
      schemaVersion: 1,
      hostname: "orders.dev.cafe.com",
      hostnames: ["orders.dev.cafe.com"],
      hostedZone: {
        id: zone["zoneId"],
        name: "dev.cafe.com",
        nameServers: zone["nameServers"],
      },
      regions: {
        primary: {
          name: "ohio",
          region: "us-east-2",
          entryName: "ohio.orders.dev.cafe.com",
          checkId: idOf("ohio-region-check"),
          endpoints: [endpoint("ohio", "us-east-2a"), endpoint("ohio", "us-east-2b")],
        },
        standby: {
          name: "virginia",
          region: "us-east-1",
          entryName: "virginia.orders.dev.cafe.com",
          checkId: idOf("virginia-region-check"),
          endpoints: [endpoint("virginia", "us-east-1a"), endpoint("virginia", "us-east-1b")],
        },
      },
      staticTier: {
        region: "us-west-2",
        websites: [
          {
            hostname: "orders.dev.cafe.com",
            bucket: "orders.dev.cafe.com",
            domain: "s3-website-us-west-2.amazonaws.com",
          },
        ],
      },
      alerts: {
        topicArn: valueOf("alerts-topic", "arn"),
        regionalTopicArns: {
          "us-east-2": valueOf("ohio-alerts-topic", "arn"),
          "us-east-1": valueOf("virginia-alerts-topic", "arn"),
        },
        dashboard: "failover-dev",
      },
      ttlSeconds: 60,
      ttl: { mode: "normal", normalSeconds: 60, maintenanceSeconds: 60 },
      gate: {
        bucket: valueOf("gate-bucket", "bucket"),
        region: "us-east-1",
        functionName: "failover-dev-gate",
        latchCheckId: idOf("gate-latch-check"),
        readableCheckId: idOf("gate-readable-check"),
        mode: "created",
      },
      release: {
        siteSha256: String(valueOf("ohio-releases-release", "key")).replace(".tar.gz", ""),
      },
      objectives: {
        zoneOrRegionDetectionSeconds: 120,
        zoneOrRegionDowntimeSeconds: 190,
        databaseDowntimeSeconds: 360,
        ordersLost: 0,
      },
      assumptions: { propagationSeconds: 10 },
    });
  });
});
