import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { Bake } from "../../../components/rollout/bake";
import type { BakeArgs } from "../../../components/rollout/bake";
import type { Machines } from "../../../components/zone/zoneEndpoint";
import { eventOf, bakeSettingsOf } from "../../../functions/bake/settings";
import { accountAdministers, listOf, policyOf } from "../alerts/alertSamples";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { tags } from "../samples";

const group = (templateVersion = "4"): Machines => ({
  kind: "group",
  groupName: pulumi.output("group-1a"),
  templateVersion: pulumi.output(templateVersion),
});
const instance = (instanceId = "i-1", bootSha256 = "ab12"): Machines => ({
  kind: "instance",
  instanceId: pulumi.output(instanceId),
  bootSha256: pulumi.output(bootSha256),
});

const args = (more: Partial<BakeArgs> = {}): BakeArgs => ({
  recordName: "dublin.orders.cafe.com",
  machines: { "eu-west-1a": group(), "eu-west-1b": instance() },
  alarmNames: [pulumi.output("alarm-a"), "alarm-b"],
  checkIds: { "eu-west-1a": pulumi.output("id-1a"), "eu-west-1b": "id-1b" },
  checkIdsByName: { "of orders": "id-deep" },
  zone: { name: "cafe.com", nameServers: pulumi.output(["ns-1.awsdns-1.com"]) },
  soakMinutes: 5,
  isSkipped: false,
  runbookUrl: "https://cafe.com/runbook",
  tags,
  ...more,
});
const own = (name: string): unknown => ({ Project: "failover", Tier: "region", Name: name });

let built: Promise<readonly Made[]> | undefined;
const made = (): Promise<readonly Made[]> =>
  (built ??= resourcesOf(() => new Bake("dublin-bake", args())));

/** The inputs of the invocations of both phases. */
async function halvesOf(more: Partial<BakeArgs> = {}): Promise<readonly Made["inputs"][]> {
  const all = await resourcesOf(() => new Bake("dublin-bake", args(more)));
  return ["arrival", "soak"].map((phase) => named(all, `dublin-bake-${phase}`).inputs);
}

describe("Bake", () => {
  it("has exactly these resources", async () => {
    expect(listOf(await made())).to.deep.equal([
      " > dublin-bake failover:index:Bake",
      "dublin-bake > dublin-bake-arrival aws:lambda/invocation:Invocation",
      "dublin-bake > dublin-bake-function aws:lambda/function:Function",
      "dublin-bake > dublin-bake-log aws:cloudwatch/logGroup:LogGroup",
      "dublin-bake > dublin-bake-log-key aws:kms/key:Key",
      "dublin-bake > dublin-bake-role aws:iam/role:Role",
      "dublin-bake > dublin-bake-role-policy aws:iam/rolePolicy:RolePolicy",
      "dublin-bake > dublin-bake-soak aws:lambda/invocation:Invocation",
    ]);
  });

  it("invokes its function for both phases, with the versions and no secret", async () => {
    const call = {
      functionName: "dublin-bake-function-1234567",
      lifecycleScope: "CREATE_ONLY",
      triggers: { "eu-west-1a": "group-1a 4", "eu-west-1b": "i-1 ab12" },
    };
    const inputs = await halvesOf();
    expect(inputs.map((one) => ({ ...one, input: undefined }))).to.deep.equal(
      [call, call].map((one) => ({ ...one, input: undefined })),
    );
    expect(inputs.map(({ input }) => eventOf(JSON.parse(String(input))))).to.deep.equal(
      ["arrival", "soak"].map((phase) => ({
        phase,
        groups: [{ name: "group-1a", templateVersion: "4" }],
        instances: ["i-1"],
      })),
    );
  });

  const changes: readonly (readonly [string, Partial<BakeArgs>])[] = [
    ["another template", { machines: { "eu-west-1a": group("5"), "eu-west-1b": instance() } }],
    ["another instance", { machines: { "eu-west-1a": group(), "eu-west-1b": instance("i-2") } }],
    ["a boot", { machines: { "eu-west-1a": group(), "eu-west-1b": instance("i-1", "cd34") } }],
    ["more machines", { machines: { ...args().machines, "green-eu-west-1a": group() } }],
  ];
  for (const [title, more] of changes) {
    it(`invokes it again for ${title}`, async () => {
      const triggers = (await halvesOf()).map((one) => one["triggers"]);
      expect((await halvesOf(more)).map((one) => one["triggers"])).not.to.deep.equal(triggers);
    });
  }

  it("invokes it again for nothing else", async () => {
    const others: Partial<BakeArgs> = {
      alarmNames: ["another"],
      checkIds: {},
      checkIdsByName: { "of orders": "another" },
      zone: { name: "other.cafe.com", nameServers: [] },
      soakMinutes: 1,
      runbookUrl: "another",
      tags: {},
    };
    expect(await halvesOf(others)).to.deep.equal(await halvesOf());
  });

  it("invokes nothing when the bake is skipped, and keeps function and log", async () => {
    const all = await resourcesOf(() => new Bake("dublin-bake", args({ isSkipped: true })));
    const names = all.map(({ name }) => name);
    expect(names).to.include.members(["dublin-bake-function", "dublin-bake-log"]);
    expect(names).not.to.include.members(["dublin-bake-arrival"]);
    expect(names).not.to.include.members(["dublin-bake-soak"]);
  });

  it("waits for its dependencies, the soak for the arrival, and dependents for both", async () => {
    const all = await resourcesOf(() => {
      const region = new aws.route53.Record("region", { zoneId: "Z1", name: "a", type: "A" });
      const bake = new Bake("a", args(), { dependsOn: [region] });
      new aws.route53.Record(
        "other",
        { zoneId: "Z1", name: "b", type: "A" },
        { dependsOn: [bake] },
      );
    });
    expect(named(all, "a-arrival").dependencies).to.include.members(["region", "a-function"]);
    expect(named(all, "a-soak").dependencies).to.include("a-arrival");
    expect(named(all, "other").dependencies).to.include.members(["a-arrival", "a-soak"]);
  });

  it("has a function on Graviton with Lambda's maximum timeout", async () => {
    const { inputs, dependencies } = named(await made(), "dublin-bake-function");
    expect({ ...inputs, code: undefined, environment: undefined }).to.deep.equal({
      description: "Waits until a change is healthy in dublin.orders.cafe.com",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      code: undefined,
      role: "arn of dublin-bake-role",
      timeout: 900,
      memorySize: 128,
      environment: undefined,
      loggingConfig: {
        logGroup: "/failover/dublin.orders.cafe.com/bake",
        logFormat: "JSON",
        applicationLogLevel: "INFO",
        systemLogLevel: "WARN",
      },
      tags: own("dublin-bake-function"),
    });
    expect(dependencies).to.include("dublin-bake-role-policy");
  });

  it("passes the function all its settings", async () => {
    const { variables } = named(await made(), "dublin-bake-function").inputs["environment"] as {
      variables: Record<string, string>;
    };
    expect(variables).to.deep.equal({
      SOAK_SECONDS: "300",
      ALARM_NAMES: '["alarm-a","alarm-b"]',
      CHECK_IDS: '{"eu-west-1a":"id-1a","eu-west-1b":"id-1b"}',
      CHECK_IDS_BY_NAME: '{"of orders":"id-deep"}',
      ZONE_NAME: "cafe.com",
      NAME_SERVERS: '["ns-1.awsdns-1.com"]',
      RUNBOOK: "https://cafe.com/runbook#bake-failed",
    });
    const ofLambda = { AWS_REGION: "a", AWS_ACCESS_KEY_ID: "b", AWS_SECRET_ACCESS_KEY: "c" };
    expect(() => bakeSettingsOf({ ...variables, ...ofLambda })).not.to.throw();
  });

  it("may read this region's machines and alarms and these checks, and write its own log", async () => {
    const inRegion = { StringEquals: { "aws:RequestedRegion": "us-east-2" } };
    expect(policyOf(await made(), "dublin-bake-role-policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ReadsGroups",
          Effect: "Allow",
          Action: [
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeInstanceRefreshes",
          ],
          Resource: "*",
          Condition: inRegion,
        },
        {
          Sid: "ReadsInstances",
          Effect: "Allow",
          Action: ["ec2:DescribeInstanceStatus"],
          Resource: "*",
          Condition: inRegion,
        },
        {
          Sid: "ReadsAlarms",
          Effect: "Allow",
          Action: "cloudwatch:DescribeAlarms",
          Resource: "arn:aws:cloudwatch:us-east-2:123456789012:alarm:*",
        },
        {
          Sid: "ReadsChecks",
          Effect: "Allow",
          Action: "route53:GetHealthCheckStatus",
          Resource: ["id-1a", "id-1b", "id-deep"].map(
            (id) => `arn:aws:route53:::healthcheck/${id}`,
          ),
        },
        {
          Sid: "WritesItsLog",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: "arn of dublin-bake-log:*",
        },
      ],
    });
  });

  it("may read groups or instances only if there are some", async () => {
    const sidsOf = async (machines: BakeArgs["machines"]): Promise<readonly string[]> => {
      const all = await resourcesOf(() => new Bake("dublin-bake", args({ machines })));
      const { Statement } = policyOf(all, "dublin-bake-role-policy") as {
        Statement: readonly { readonly Sid: string }[];
      };
      return Statement.map(({ Sid }) => Sid);
    };
    expect(await sidsOf({ one: group() })).not.to.include("ReadsInstances");
    expect(await sidsOf({ one: instance() })).not.to.include("ReadsGroups");
  });

  it("keeps its log for 30 days, encrypted with a key for this log alone", async () => {
    expect(named(await made(), "dublin-bake-log").inputs).to.deep.equal({
      name: "/failover/dublin.orders.cafe.com/bake",
      retentionInDays: 30,
      kmsKeyId: "arn of dublin-bake-log-key",
      tags: own("dublin-bake-log"),
    });
    const { Statement } = policyOf(await made(), "dublin-bake-log-key") as {
      Statement: readonly unknown[];
    };
    expect(Statement[0]).to.deep.equal(accountAdministers);
    expect(JSON.stringify(Statement[1])).to.contain(
      "arn:aws:logs:us-east-2:123456789012:log-group:/failover/dublin.orders.cafe.com/bake",
    );
  });

  it("returns the names of its function and log", async () => {
    const all: Bake[] = [];
    await resourcesOf(() => all.push(new Bake("a", args())));
    expect(await promiseOf(all[0]?.functionName)).to.equal("a-function-1234567");
    expect(await promiseOf(all[0]?.logGroupName)).to.equal("/failover/dublin.orders.cafe.com/bake");
  });

  it("refuses all invalid arguments at once", () => {
    const { errors } = refusalOf(
      () =>
        new Bake(
          "a",
          args({
            recordName: "dublin",
            machines: {},
            soakMinutes: 11,
            runbookUrl: "a#b",
          }),
        ),
    );
    expect(
      (errors as readonly { propertyPath: string }[]).map((one) => one.propertyPath),
    ).to.deep.equal(["recordName", "soakMinutes", "runbookUrl", "machines"]);
    expect((errors as readonly { reason: string }[])[3]?.reason).to.equal(
      "must be at least one machine, got []; omit the bake if this stack runs no machines",
    );
  });
});
