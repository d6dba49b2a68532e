import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { SyntheticOrder } from "../../../components/alerts/syntheticOrder";
import type { SyntheticOrderArgs } from "../../../components/alerts/syntheticOrder";
import { syntheticOrderSettingsOf } from "../../../functions/syntheticOrder/settings";
import { accountAdministers, listOf, policyOf } from "./alertSamples";
import { promiseOf } from "../promiseOf";
import { named, refusalOf, resourcesOf } from "../pulumiMocks";
import type { Made } from "../pulumiMocks";
import { functionCode } from "../../../components/common/functionCode";
import { regionProbe, tags } from "../samples";

const args: SyntheticOrderArgs = {
  entryName: "oregon.orders.cafe.com",
  probe: { ...regionProbe, scheme: "https" },
  secretName: "failover-prod-synthetic-orders",
  tags,
};
const own = (name: string): unknown => ({ Project: "failover", Tier: "region", Name: name });

let built: Promise<readonly Made[]> | undefined;
const made = (): Promise<readonly Made[]> =>
  (built ??= resourcesOf(() => new SyntheticOrder("oregon-order", args)));

describe("SyntheticOrder", () => {
  it("has exactly these resources", async () => {
    expect(listOf(await made())).to.deep.equal([
      " > oregon-order failover:index:SyntheticOrder",
      "oregon-order > oregon-order-function aws:lambda/function:Function",
      "oregon-order > oregon-order-log aws:cloudwatch/logGroup:LogGroup",
      "oregon-order > oregon-order-log-key aws:kms/key:Key",
      "oregon-order > oregon-order-retries aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
      "oregon-order > oregon-order-role aws:iam/role:Role",
      "oregon-order > oregon-order-role-policy aws:iam/rolePolicy:RolePolicy",
      "oregon-order > oregon-order-schedule aws:scheduler/schedule:Schedule",
      "oregon-order > oregon-order-scheduler aws:iam/role:Role",
      "oregon-order > oregon-order-scheduler-policy aws:iam/rolePolicy:RolePolicy",
    ]);
  });

  it("runs its own code, on Graviton, for well below a minute", async () => {
    const { inputs, dependencies } = named(await made(), "oregon-order-function");
    expect({ ...inputs, code: undefined, environment: undefined }).to.deep.equal({
      description: "Places a synthetic order in oregon.orders.cafe.com",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      code: undefined,
      role: "arn of oregon-order-role",
      timeout: 25,
      memorySize: 128,
      environment: undefined,
      loggingConfig: {
        logGroup: "/failover/oregon.orders.cafe.com/synthetic-order",
        logFormat: "JSON",
        applicationLogLevel: "INFO",
        systemLogLevel: "WARN",
      },
      tags: own("oregon-order-function"),
    });
    const { assets } = inputs["code"] as {
      assets: Promise<Readonly<Record<string, { text: Promise<string> }>>>;
    };
    const files = await assets;
    expect(Object.keys(files)).to.deep.equal(["index.js"]);
    expect(await files["index.js"]?.text).to.equal(functionCode("syntheticOrder"));
    expect(dependencies).to.include("oregon-order-role-policy");
  });

  it("passes the function all its settings, with the metric of the check", async () => {
    const { variables } = named(await made(), "oregon-order-function").inputs["environment"] as {
      variables: Record<string, string>;
    };
    expect(variables).to.deep.equal({
      ORDER_URL: "https://oregon.orders.cafe.com/orders",
      ORDER_SECRET_ID: "failover-prod-synthetic-orders",
      METRIC_NAMESPACE: "failover",
      METRIC_NAME: "SyntheticOrderSucceeded",
      METRIC_DIMENSION_NAME: "EntryName",
      METRIC_DIMENSION_VALUE: "oregon.orders.cafe.com",
    });
    const ofLambda = { AWS_REGION: "a", AWS_ACCESS_KEY_ID: "b", AWS_SECRET_ACCESS_KEY: "c" };
    expect(() => syntheticOrderSettingsOf({ ...variables, ...ofLambda })).not.to.throw();
  });

  it("sends orders to the entry of a region's traffic, and uses the region's name for all else", async () => {
    const orderName = "release.oregon.orders.cafe.com";
    const other = await resourcesOf(
      () => new SyntheticOrder("oregon-order", { ...args, orderName }),
    );
    const { variables } = named(other, "oregon-order-function").inputs["environment"] as {
      variables: Record<string, string>;
    };
    expect(variables).to.deep.include({
      ORDER_URL: "https://release.oregon.orders.cafe.com/orders",
      // *.orders.cafe.com covers no second label.
      ORDER_SERVER_NAME: "oregon.orders.cafe.com",
      METRIC_DIMENSION_VALUE: "oregon.orders.cafe.com",
    });
    expect(named(other, "oregon-order-log").inputs["name"]).to.equal(
      "/failover/oregon.orders.cafe.com/synthetic-order",
    );
  });

  it("uses the probe's port", async () => {
    const other = await resourcesOf(
      () => new SyntheticOrder("a", { ...args, probe: { ...regionProbe, port: 8080 } }),
    );
    expect(named(other, "a-function").inputs["environment"]).to.have.nested.property(
      "variables.ORDER_URL",
      "http://oregon.orders.cafe.com:8080/orders",
    );
  });

  it("may read its secret, write one namespace of metrics and its own log, and nothing else", async () => {
    expect(policyOf(await made(), "oregon-order-role", "assumeRolePolicy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    });
    expect(named(await made(), "oregon-order-role-policy").inputs["role"]).to.equal(
      "oregon-order-role-1234567",
    );
    expect(policyOf(await made(), "oregon-order-role-policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "WritesItsMetric",
          Effect: "Allow",
          Action: "cloudwatch:PutMetricData",
          Resource: "*",
          Condition: { StringEquals: { "cloudwatch:namespace": "failover" } },
        },
        {
          Sid: "OrderSecret",
          Effect: "Allow",
          Action: ["secretsmanager:GetSecretValue"],
          Resource:
            "arn:aws:secretsmanager:us-east-2:123456789012:secret:failover-prod-synthetic-orders-??????",
        },
        {
          Sid: "WritesItsLog",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: "arn of oregon-order-log:*",
        },
      ],
    });
  });

  it("keeps its log for 30 days, encrypted with a key for this log alone", async () => {
    expect(named(await made(), "oregon-order-log").inputs).to.deep.equal({
      name: "/failover/oregon.orders.cafe.com/synthetic-order",
      retentionInDays: 30,
      kmsKeyId: "arn of oregon-order-log-key",
      tags: own("oregon-order-log"),
    });
    expect(named(await made(), "oregon-order-log-key").inputs["enableKeyRotation"]).to.equal(true);
    expect(policyOf(await made(), "oregon-order-log-key")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        accountAdministers,
        {
          Sid: "LogsEncrypt",
          Effect: "Allow",
          Principal: { Service: "logs.us-east-2.amazonaws.com" },
          Action: [
            "kms:Decrypt",
            "kms:Describe*",
            "kms:Encrypt",
            "kms:GenerateDataKey*",
            "kms:ReEncrypt*",
          ],
          Resource: "*",
          Condition: {
            ArnEquals: {
              "kms:EncryptionContext:aws:logs:arn":
                "arn:aws:logs:us-east-2:123456789012:log-group:/failover/oregon.orders.cafe.com/synthetic-order",
            },
          },
        },
      ],
    });
  });

  it("is invoked each minute, without retries", async () => {
    expect(named(await made(), "oregon-order-schedule").inputs).to.deep.equal({
      description: "A synthetic order each minute",
      scheduleExpression: "rate(1 minute)",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: "arn of oregon-order-function",
        roleArn: "arn of oregon-order-scheduler",
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
    });
    expect(named(await made(), "oregon-order-retries").inputs).to.deep.equal({
      functionName: "oregon-order-function-1234567",
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: 60,
    });
  });

  it("lets the schedules of the account invoke only this function", async () => {
    expect(policyOf(await made(), "oregon-order-scheduler", "assumeRolePolicy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "scheduler.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "123456789012",
              "aws:SourceArn": "arn:aws:scheduler:us-east-2:123456789012:schedule-group/default",
            },
          },
        },
      ],
    });
    expect(policyOf(await made(), "oregon-order-scheduler-policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "PlacesOrders",
          Effect: "Allow",
          Action: "lambda:InvokeFunction",
          Resource: "arn of oregon-order-function",
        },
      ],
    });
  });

  it("creates its schedule after its dependencies and the permission to invoke", async () => {
    const waiting = await resourcesOf(() => {
      const entry = new aws.route53.Record("entry", { zoneId: "Z1", name: "a", type: "A" });
      new SyntheticOrder("a", args, { dependsOn: [entry] });
    });
    expect(named(waiting, "a-schedule").dependencies).to.include.members([
      "a-scheduler-policy",
      "entry",
    ]);
    expect(named(waiting, "a-function").dependencies).not.to.include("entry");
  });

  it("returns the names of its function and log", async () => {
    const all: SyntheticOrder[] = [];
    await resourcesOf(() => all.push(new SyntheticOrder("a", args)));
    expect(await promiseOf(all[0]?.functionName)).to.equal("a-function-1234567");
    expect(await promiseOf(all[0]?.logGroupName)).to.equal(
      "/failover/oregon.orders.cafe.com/synthetic-order",
    );
  });

  it("refuses all invalid arguments at once", () => {
    const { errors } = refusalOf(
      () =>
        new SyntheticOrder("a", {
          ...args,
          entryName: "oregon",
          probe: { scheme: "https", port: 0 },
        }),
    );
    expect(errors).to.deep.equal([
      {
        propertyPath: "entryName",
        reason:
          'must be a lower-case DNS name of at most 253 characters, labels of at most 63, got "oregon"; for example oregon.orders.cafe.com',
      },
      {
        propertyPath: "probe.port",
        reason:
          "must be a whole number from 1 to 65535, got 0; omit it for 80 (http) or 443 (https)",
      },
    ]);
  });
});
