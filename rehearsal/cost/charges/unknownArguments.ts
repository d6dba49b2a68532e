import type { Resource } from "../../../routing/graph/resource";
import { isGivenUnknown } from "../../../routing/graph/values";
import type { UnknownCharge } from "./charge";
import { unknownCharge } from "./charge";

/** The arguments that decide an amount, by type: taken for absent, a charge of it would be left out silently. */
const deciding: Readonly<Record<string, readonly string[]>> = {
  "aws:lb/loadBalancer:LoadBalancer": ["loadBalancerType", "internal", "subnets", "subnetMappings"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ["vpcEndpointType", "subnetIds"],
  "aws:ec2/natGateway:NatGateway": ["connectivityType"],
  "aws:ec2/instance:Instance": ["associatePublicIpAddress", "monitoring"],
  "aws:rds/instance:Instance": ["multiAz", "publiclyAccessible", "manageMasterUserPassword"],
  "aws:route53/healthCheck:HealthCheck": ["requestInterval", "measureLatency"],
};

/** What of a resource's cost is unknown because an argument is, such as one from a look-up. */
export function unknownArguments(resource: Resource): readonly UnknownCharge[] {
  return (deciding[resource.type] ?? [])
    .filter((argument) => isGivenUnknown(resource, argument))
    .map((argument) => unknownCharge(`${argument}: it is not known, and decides what it costs`));
}
