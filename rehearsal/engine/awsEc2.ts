/** The computed outputs of EC2 resources: rows of the table in awsOutputs.ts. */
import { firstRegion } from "../../routing/graph/awsNames";
import { link } from "./awsType";
import type { AwsType, OutputOwner } from "./awsType";
import { accountId, ec2Id, hex, ipv6Address, ipv6Block } from "./identifiers";
import type { Addresses } from "./identifiers";
import { wireText } from "./wire";
import type { Wire, WireProperties } from "./wire";

/** Row of an EC2 type: id by prefix, ARN by resource kind. */
function ec2(prefix: string, kind: string, outputs: AwsType["outputs"] = () => ({})): AwsType {
  return {
    id: ({ urn }) => ec2Id(prefix, urn),
    outputs: (subject, id) => ({
      arn: `arn:aws:ec2:${subject.region}:${accountId}:${kind}/${id}`,
      region: subject.region,
      ...outputs(subject, id),
    }),
  };
}

/** The EC2 name of an address, https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html */
function publicDns(address: string, region: string): string {
  const domain = region === firstRegion ? "compute-1" : `${region}.compute`;
  return `ec2-${address.replaceAll(".", "-")}.${domain}.amazonaws.com`;
}

function privateDns(address: string, region: string): string {
  const domain = region === firstRegion ? "ec2" : `${region}.compute`;
  return `ip-${address.replaceAll(".", "-")}.${domain}.internal`;
}

/** The rows of networks and instances. */
export const ec2Types: Readonly<Record<string, AwsType>> = {
  "aws:ec2/vpc:Vpc": ec2("vpc", "vpc", ({ urn, inputs }) => ({
    defaultNetworkAclId: ec2Id("acl", urn),
    defaultRouteTableId: ec2Id("rtb", urn),
    mainRouteTableId: ec2Id("rtb", urn),
    defaultSecurityGroupId: ec2Id("sg", urn),
    dhcpOptionsId: ec2Id("dopt", urn),
    ownerId: accountId,
    instanceTenancy: "default",
    enableDnsSupport: true,
    enableDnsHostnames: false,
    ...(inputs["assignGeneratedIpv6CidrBlock"] === true
      ? { ipv6CidrBlock: ipv6Block(urn), ipv6AssociationId: ec2Id("vpc-cidr-assoc", urn) }
      : { ipv6CidrBlock: "", ipv6AssociationId: "" }),
  })),
  "aws:ec2/subnet:Subnet": ec2("subnet", "subnet", () => ({ ownerId: accountId })),
  "aws:ec2/internetGateway:InternetGateway": ec2("igw", "internet-gateway", () => ({
    ownerId: accountId,
  })),
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": link(({ urn }) =>
    ec2Id("eigw", urn),
  ),
  "aws:ec2/routeTable:RouteTable": ec2("rtb", "route-table", () => ({
    ownerId: accountId,
    routes: [],
    propagatingVgws: [],
  })),
  "aws:ec2/route:Route": link(
    ({ urn, inputs }) => `r-${wireText(inputs["routeTableId"]) ?? "rtb"}${hex(urn, 10)}`,
    () => ({ origin: "CreateRoute", state: "active" }),
  ),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": link(({ urn }) => ec2Id("rtbassoc", urn)),
  "aws:ec2/natGateway:NatGateway": link(
    ({ urn }) => ec2Id("nat", urn),
    ({ urn, inputs, find, addresses }) => ({
      networkInterfaceId: ec2Id("eni", urn),
      privateIp: privateAddress(urn, inputs["subnetId"], find, addresses),
      publicIp: find(inputs["allocationId"])?.outputs["publicIp"] ?? null,
    }),
  ),
  "aws:ec2/capacityReservation:CapacityReservation": ec2("cr", "capacity-reservation", () => ({
    ownerId: accountId,
    tenancy: "default",
  })),
  "aws:ec2/eip:Eip": ec2("eipalloc", "elastic-ip", ({ urn, region, addresses }, id) => {
    const publicIp = addresses.public(urn);
    return {
      allocationId: id,
      publicIp,
      publicDns: publicDns(publicIp, region),
      domain: "vpc",
      associationId: "",
      instance: "",
      networkInterface: "",
      networkBorderGroup: region,
    };
  }),
  "aws:ec2/eipAssociation:EipAssociation": link(
    ({ urn }) => ec2Id("eipassoc", urn),
    ({ inputs, find }) => ({
      publicIp: find(inputs["allocationId"])?.outputs["publicIp"] ?? null,
      privateIpAddress: find(inputs["instanceId"])?.outputs["privateIp"] ?? null,
      networkInterfaceId: find(inputs["instanceId"])?.outputs["primaryNetworkInterfaceId"] ?? null,
    }),
  ),
  "aws:ec2/securityGroup:SecurityGroup": {
    ...ec2("sg", "security-group", () => ({
      description: "Managed by Pulumi",
      ownerId: accountId,
      ingress: [],
      egress: [],
    })),
    autoName: "name",
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": link(
    ({ urn }) => ec2Id("sgrule", urn),
    ({ urn }) => ({ securityGroupRuleId: ec2Id("sgr", urn) }),
  ),
  "aws:ec2/instance:Instance": ec2("i", "instance", instanceOutputs),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule(),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule(),
};

function securityGroupRule(): AwsType {
  return ec2("sgr", "security-group-rule", (_, id) => ({ securityGroupRuleId: id }));
}

function privateAddress(
  urn: string,
  subnetId: Wire | undefined,
  find: OutputOwner["find"],
  addresses: Addresses,
): string | null {
  const block = wireText(find(subnetId)?.outputs["cidrBlock"]);
  return block === undefined ? null : addresses.private(urn, block);
}

/** An instance: with a public address if its subnet assigns one. What only a subnet outside the stack decides is absent. */
function instanceOutputs(subject: OutputOwner): WireProperties {
  const { urn, inputs, region, find, addresses } = subject;
  const subnet = find(inputs["subnetId"])?.outputs;
  const isPublic =
    inputs["associatePublicIpAddress"] ?? (subnet && (subnet["mapPublicIpOnLaunch"] ?? false));
  const publicIp = isPublic === true ? addresses.public(urn) : "";
  return {
    primaryNetworkInterfaceId: ec2Id("eni", urn),
    ...(isPublic === undefined
      ? {}
      : { publicIp, publicDns: publicIp === "" ? "" : publicDns(publicIp, region) }),
    ...(subnet === undefined ? {} : ofSubnet(subject, subnet)),
    instanceState: "running",
    iamInstanceProfile: "",
    keyName: "",
    securityGroups: [],
  };
}

function ofSubnet(
  { urn, inputs, region, find, addresses }: OutputOwner,
  subnet: WireProperties,
): WireProperties {
  const privateIp = privateAddress(urn, inputs["subnetId"], find, addresses);
  const block = wireText(subnet["ipv6CidrBlock"]);
  const hasIpv6 =
    subnet["assignIpv6AddressOnCreation"] === true || inputs["ipv6AddressCount"] === 1;
  return {
    availabilityZone: subnet["availabilityZone"] ?? `${region}a`,
    privateIp,
    privateDns: privateIp === null ? null : privateDns(privateIp, region),
    ipv6Addresses: hasIpv6 && block !== undefined ? [ipv6Address(urn, block)] : [],
  };
}
