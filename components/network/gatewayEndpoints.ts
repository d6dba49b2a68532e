import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

export interface GatewayEndpointsArgs {
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  /** Route tables of the network's subnets. */
  readonly routeTableIds: pulumi.Input<pulumi.Input<string>[]>;
  /** The tables used from here, and their indexes. */
  readonly tableArns: readonly pulumi.Input<string>[];
  readonly tags: Tags;
}

/**
 * Gateway endpoints for this region's DynamoDB and S3, which bypass NAT gateways and the internet:
 * they are free, and orders reach the local replica while neither works. Makes `<name>-dynamodb`
 * and `<name>-s3`. Traffic to the other region uses the internet; gateway endpoints are regional.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export function gatewayEndpoints(
  name: string,
  { region, vpcId, routeTableIds, tableArns, tags }: GatewayEndpointsArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  // An attacker on a web server cannot copy data to tables and buckets of another account.
  const statements = {
    dynamodb: {
      Action: ["GetItem", "PutItem", "Query", "UpdateItem"].map((action) => `dynamodb:${action}`),
      Resource: tableArns.flatMap((arn) => [arn, pulumi.interpolate`${arn}/index/*`]),
    },
    // Reads are not restricted: Amazon Linux's packages are in Amazon's buckets.
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
