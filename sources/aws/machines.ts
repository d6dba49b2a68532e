import type { Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import type { Declaration, Declared, Names } from "../declare";
import type { Field } from "../fields";
import {
  asTags,
  fieldsOf,
  itemsOf,
  memberOf,
  propertiesOf,
  textIn,
  textOr,
  memberOr,
} from "../fields";
import { regionOfZone } from "../regions";
import type { AwsAnswer } from "./answers";
import { itemsIn } from "./answers";
import { nameIn } from "./tags";

/** The fields of an Elastic IP (API:Address). */
const addressFields: readonly Field[] = [
  ["PublicIp", "publicIp"],
  ["AllocationId", "allocationId"],
  ["AssociationId", "associationId"],
  ["InstanceId", "instance"],
  ["NetworkInterfaceId", "networkInterface"],
  ["PrivateIpAddress", "privateIp"],
  ["NetworkBorderGroup", "networkBorderGroup"],
  ["Tags", "tags", asTags],
];

/** The fields of an instance (API:Instance). */
const instanceFields: readonly Field[] = [
  ["InstanceType", "instanceType"],
  ["ImageId", "ami"],
  ["SubnetId", "subnetId"],
  ["PublicIpAddress", "publicIp"],
  ["PublicDnsName", "publicDns"],
  ["PrivateIpAddress", "privateIp"],
  ["Tags", "tags", asTags],
  ["MetadataOptions", "metadataOptions", metadataOptionsOf],
];

/** The settings of the metadata service (API:InstanceMetadataOptionsResponse). */
function metadataOptionsOf(options: Value): Value {
  return {
    httpTokens: memberOr(options, "HttpTokens", null),
    httpEndpoint: memberOr(options, "HttpEndpoint", null),
  };
}

/** Elastic IPs, instances and subnets, which give an address its place. */
export function machinesIn(answers: readonly AwsAnswer[], names: Names): Declared {
  const reservations = itemsIn(answers, "Reservations");
  return {
    declarations: [
      ...itemsIn(answers, "Addresses").map(({ value }) => addressOf(value, names)),
      ...reservations
        .flatMap(({ value }) => itemsOf(value, "Instances"))
        // A terminated instance stays in the answer for an hour (API:DescribeInstances).
        .filter((instance) => textIn(memberOf(instance, "State"), "Name") !== "terminated")
        .map((instance) => instanceOf(instance, names)),
      ...itemsIn(answers, "Subnets").map(({ value }) => subnetOf(value, names)),
    ],
    notes: [],
  };
}

function addressOf(address: Value, names: Names): Declaration {
  const id = textIn(address, "AllocationId") ?? textOr(address, "PublicIp", "");
  return {
    type: awsTypes.elasticIp,
    name: names.of(awsTypes.elasticIp, nameIn(address), id),
    id,
    region: regionOfZone(textIn(address, "NetworkBorderGroup")),
    ...propertiesOf(addressFields, fieldsOf(address)),
  };
}

function instanceOf(instance: Value, names: Names): Declaration {
  const id = textOr(instance, "InstanceId", "");
  const availabilityZone = textIn(memberOf(instance, "Placement"), "AvailabilityZone");
  const ipv6Addresses = itemsOf(instance, "NetworkInterfaces").flatMap((one) =>
    itemsOf(one, "Ipv6Addresses").flatMap((address) => textIn(address, "Ipv6Address") ?? []),
  );
  return {
    type: awsTypes.instance,
    name: names.of(awsTypes.instance, nameIn(instance), id),
    id,
    region: regionOfZone(availabilityZone),
    properties: {
      ...propertiesOf(instanceFields, fieldsOf(instance)).properties,
      availabilityZone,
      ipv6Addresses,
    },
  };
}

function subnetOf(subnet: Value, names: Names): Declaration {
  const id = textOr(subnet, "SubnetId", "");
  const availabilityZone = textIn(subnet, "AvailabilityZone");
  return {
    type: awsTypes.subnet,
    name: names.of(awsTypes.subnet, nameIn(subnet), id),
    id,
    region: regionOfZone(availabilityZone),
    properties: { availabilityZone, cidrBlock: textIn(subnet, "CidrBlock") },
  };
}
