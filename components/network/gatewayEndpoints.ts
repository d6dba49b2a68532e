import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

export interface GatewayEndpointsArgs {
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  /** Route tables of the network's subnets. */
  readonly routeTableIds: pulumi.Input<pulumi.Input<string>[]>;
  /** The tables that are used from here, and their indexes. */
  readonly tableArns: readonly pulumi.Input<string>[];
  readonly tags: Tags;
}

/**
 * A way to this region's DynamoDB and S3 that leaves out NAT gateways and the internet: it costs
 * nothing, and orders reach the local replica while neither works. Makes `<name>-dynamodb` and
 * `<name>-s3`. The other region's endpoints go by the internet, there being no such gateway to them.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export function gatewayEndpoints(
  name: string,
  { region, vpcId, routeTableIds, tableArns, tags }: GatewayEndpointsArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  // Whoever takes over a web server cannot carry data off to tables and buckets of another account.
  const statements = {
    dynamodb: {
      Action: ["GetItem", "PutItem", "Query", "UpdateItem"].map((action) => `dynamodb:${action}`),
      Resource: tableArns.flatMap((arn) => [arn, pulumi.interpolate`${arn}/index/*`]),
    },
    // Reading stays open: Amazon Linux's packages are in buckets of Amazon's own.
    s3: { Action: ["s3:GetObject"], Resource: ["*"] },
  };
  for (const [service, statement] of Object.entries(statements)) {
    new aws.ec2.VpcEndpoint(
      `${name}-${service}`,
      {
        vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Gateway",
        routeTableIds,
        policy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: "*", ...statement }],
        }),
        tags: tagged(tags, "region", `${name}-${service}`),
      },
      opts,
    );
  }
}
