import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { readOutputs, schemaVersion } from "../outputs";
import type { StackOutputs } from "../outputs";
import { promiseOf } from "./components/promiseOf";
import { evaluated } from "./program/evaluated";

/** The outputs of another stack, as a StackReference gives them. */
async function referenced(outputs: Record<string, unknown>): Promise<pulumi.Output<StackOutputs>> {
  await pulumi.runtime.setMocks({
    call: () => ({}),
    newResource: ({ name }) => ({ id: name, state: { name, outputs } }),
  });
  return readOutputs(new pulumi.StackReference("cafe/failover/prod"));
}

describe("readOutputs", () => {
  it("gives the outputs of a stack, part by part", async () => {
    const outputs = { schemaVersion, hostname: "orders.cafe.com", hostedZone: { id: "Z1" } };
    const orders = await referenced(outputs);
    expect(await promiseOf(orders.hostname)).to.equal("orders.cafe.com");
    expect(await promiseOf(orders.hostedZone.id)).to.equal("Z1");
  });

  for (const [title, outputs, got] of [
    ["of another version", { schemaVersion: 2 }, "2"],
    ["without outputs", {}, "undefined"],
  ] as const) {
    it(`refuses a stack ${title}`, async () => {
      const orders = await referenced(outputs);
      const outcome = await promiseOf(orders).then(
        () => "read",
        (error: unknown) => (error as Error).message,
      );
      expect(outcome).to.equal(
        `schemaVersion: must be 1, got ${got}; deploy the stack with this version of the project, or read it with the one that deployed it`,
      );
    });
  }
});

describe("the outputs of prod", () => {
  it("have what the parent zone publishes for a signed zone, and the topic of outside", async () => {
    const { outputs, resources } = await evaluated("prod");
    const outputOf = (name: string, property: string): unknown =>
      resources.find((each) => each.name === name)?.outputs[property];
    expect(outputs["hostedZone"]).to.have.property(
      "dsRecord",
      outputOf("zone-signing-key", "dsRecord"),
    );
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
        id: idOf("zone"),
        name: "dev.cafe.com",
        nameServers: valueOf("zone", "nameServers"),
      },
      regions: {
        primary: {
          name: "oregon",
          region: "us-west-2",
          entryName: "oregon.orders.dev.cafe.com",
          checkId: idOf("oregon-region-check"),
          endpoints: [endpoint("oregon", "us-west-2a"), endpoint("oregon", "us-west-2b")],
        },
        standby: {
          name: "dublin",
          region: "eu-west-1",
          entryName: "dublin.orders.dev.cafe.com",
          checkId: idOf("dublin-region-check"),
          endpoints: [endpoint("dublin", "eu-west-1a"), endpoint("dublin", "eu-west-1b")],
        },
      },
      staticTier: {
        region: "us-east-2",
        websites: [
          {
            hostname: "orders.dev.cafe.com",
            bucket: "orders.dev.cafe.com",
            domain: "s3-website.us-east-2.amazonaws.com",
          },
        ],
      },
      alerts: {
        topicArn: valueOf("alerts-topic", "arn"),
        regionalTopicArns: {
          "us-west-2": valueOf("oregon-alerts-topic", "arn"),
          "eu-west-1": valueOf("dublin-alerts-topic", "arn"),
        },
        dashboard: "failover-dev",
      },
      ttlSeconds: 60,
      ttl: { mode: "normal", normalSeconds: 60, maintenanceSeconds: 60 },
      release: {
        siteSha256: String(valueOf("oregon-releases-release", "key")).replace(".tar.gz", ""),
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
