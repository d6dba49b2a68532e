import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import { check, refuse } from "../common/argumentFaults";
import { encryptedLogGroup } from "../common/encryptedLogGroup";
import type { KeyPolicyStatement } from "../common/encryptionKey";
import { everyMinute, lateSecondsMax } from "../common/everyMinute";
import { serviceFunction } from "../common/serviceFunction";
import type { BoundedRoles } from "../common/serviceRole";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";
import type { Probe } from "../zone/endpointCheck";
import { readsOrderSecret } from "./orderSecret";
import { syntheticMetric } from "./syntheticMetric";

export interface SyntheticOrderArgs extends BoundedRoles {
  /** The region's own record name, used in its metric and log group. */
  readonly entryName: string;
  /**
   * Record name that orders are sent to, if the region's traffic enters by another name. TLS still
   * presents `entryName`: a wildcard certificate covers only one label. Default: `entryName`.
   */
  readonly orderName?: string;
  /** The scheme customers use, and the port if it is not the default. */
  readonly probe: Pick<Probe, "scheme" | "port">;
  /** Name of the secret that signs the orders, in the region of the provider: that of an `OrderSecret`. */
  readonly secretName: string;
  readonly tags: Tags;
}

/**
 * Seconds that a run may take: 5 for the secret, 10 for the order, 5 for its metric, and some to
 * start. Less than a minute, so that runs never overlap.
 */
const timeoutSeconds = 25;
const logRetentionDays = 30;

/**
 * A synthetic order each minute: a function that sends an order to a region's entry as a customer
 * would, and writes 1 or 0 to the metric of `syntheticMetric`. Its provider is given by `providers`
 * and should be of a region that does not fail with the tested one.
 * The schedule waits for the resources in `dependsOn`, which should be the records of the entry.
 * Children: `<name>-log`, `<name>-log-key`, `<name>-role`, `<name>-role-policy`, `<name>-function`,
 * `<name>-retries`, `<name>-scheduler`, `<name>-scheduler-policy`, `<name>-schedule`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when plain arguments are invalid.
 */
export class SyntheticOrder extends pulumi.ComponentResource {
  /** Name of the function. */
  readonly functionName: pulumi.Output<string>;
  /** Name of the log group, with a line for each order. */
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: SyntheticOrderArgs, opts?: pulumi.ComponentResourceOptions) {
    const { entryName, probe } = args;
    refuse(`SyntheticOrder "${name}"`, [
      ...check("entryName", entryName, rules.recordName),
      ...(args.orderName === undefined ? [] : check("orderName", args.orderName, rules.recordName)),
      ...(probe.port === undefined ? [] : check("probe.port", probe.port, rules.port)),
    ]);
    super("failover:index:SyntheticOrder", name, {}, opts);
    const parent = { parent: this };
    const tags = tagged(args.tags, "region", name);

    const logGroup = encryptedLogGroup(
      `${name}-log`,
      {
        logGroupName: `/failover/${entryName}/synthetic-order`,
        retentionDays: logRetentionDays,
        tags,
      },
      parent,
    );
    const order = orderFunction(name, args, logGroup, tags, parent);
    everyMinute(
      name,
      {
        description: "A synthetic order each minute",
        target: order,
        statementId: "PlacesOrders",
        permissionsBoundary: args.permissionsBoundary,
        tags,
      },
      parent,
      opts?.dependsOn ?? [],
    );

    this.functionName = order.name;
    this.logGroupName = logGroup.name;
    this.registerOutputs({ functionName: this.functionName, logGroupName: this.logGroupName });
  }
}

function orderFunction(
  name: string,
  args: SyntheticOrderArgs,
  logGroup: aws.cloudwatch.LogGroup,
  tags: Tags,
  opts: pulumi.CustomResourceOptions,
): aws.lambda.Function {
  const order = serviceFunction(
    name,
    {
      description: `Places a synthetic order in ${args.entryName}`,
      runs: "syntheticOrder",
      statements: [
        writesItsMetric,
        readsOrderSecret(
          args.secretName,
          aws.getRegionOutput({}, opts).region,
          aws.getCallerIdentityOutput({}, opts).accountId,
        ),
      ],
      variables: variables(args),
      timeoutSeconds,
      logGroup,
      permissionsBoundary: args.permissionsBoundary,
      tags,
    },
    opts,
  );
  new aws.lambda.FunctionEventInvokeConfig(
    `${name}-retries`,
    {
      functionName: order.name,
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: lateSecondsMax,
    },
    opts,
  );
  return order;
}

/** IAM can restrict metrics only by namespace. */
const writesItsMetric: KeyPolicyStatement = {
  Sid: "WritesItsMetric",
  Effect: "Allow",
  Action: "cloudwatch:PutMetricData",
  Resource: "*",
  Condition: { StringEquals: { "cloudwatch:namespace": syntheticMetric.namespace } },
};

/** The order endpoint of the application (app/README.md). */
const ordersPath = "/orders";

/** The environment that functions/syntheticOrder/settings.ts reads. */
function variables({
  entryName,
  orderName = entryName,
  probe,
  secretName,
}: SyntheticOrderArgs): Readonly<Record<string, string>> {
  const port = probe.port === undefined ? "" : `:${probe.port}`;
  return {
    ORDER_URL: `${probe.scheme}://${orderName}${port}${ordersPath}`,
    ...(orderName === entryName ? {} : { ORDER_SERVER_NAME: entryName }),
    ORDER_SECRET_ID: secretName,
    METRIC_NAMESPACE: syntheticMetric.namespace,
    METRIC_NAME: syntheticMetric.name,
    METRIC_DIMENSION_NAME: syntheticMetric.dimension,
    METRIC_DIMENSION_VALUE: entryName,
  };
}
