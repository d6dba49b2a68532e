/** Networks and their access rules. */
import type { JsonObject, Row } from "./kit";
import { as, documentOf, ec2, only, pascal, providersOwn, taggedAs, without } from "./kit";

const vpc: Row = (inputs) => {
  const properties = pascal(inputs, { assignGeneratedIpv6CidrBlock: providersOwn });
  const { CidrBlock, EnableDnsHostnames } = properties;
  return {
    declaration: { type: "AWS::EC2::VPC", properties },
    calls: [
      {
        service: "ec2",
        operation: "CreateVpc",
        parameters: {
          CidrBlock,
          ...as("AmazonProvidedIpv6CidrBlock", inputs["assignGeneratedIpv6CidrBlock"]),
          ...taggedAs("vpc", properties),
        },
      },
      {
        service: "ec2",
        operation: "ModifyVpcAttribute",
        parameters: { VpcId: "vpc-0", EnableDnsHostnames: { Value: EnableDnsHostnames } },
      },
    ],
  };
};

const subnet: Row = (inputs) => {
  const properties = pascal(inputs);
  const flags = only(properties, "AssignIpv6AddressOnCreation", "MapPublicIpOnLaunch");
  return {
    declaration: { type: "AWS::EC2::Subnet", properties },
    calls: [
      {
        service: "ec2",
        operation: "CreateSubnet",
        parameters: {
          ...without(properties, "Tags", ...Object.keys(flags)),
          ...taggedAs("subnet", properties),
        },
      },
      ...Object.entries(flags).map(([name, value]) => ({
        service: "ec2",
        operation: "ModifySubnetAttribute",
        parameters: { SubnetId: "subnet-0", [name]: { Value: value } },
      })),
    ],
  };
};

const internetGateway: Row = (inputs) => {
  const properties = pascal(inputs, { vpcId: providersOwn });
  return {
    declaration: { type: "AWS::EC2::InternetGateway", properties },
    calls: [
      {
        service: "ec2",
        operation: "CreateInternetGateway",
        parameters: taggedAs("internet-gateway", properties),
      },
      {
        service: "ec2",
        operation: "AttachInternetGateway",
        parameters: { InternetGatewayId: "igw-0", VpcId: inputs["vpcId"] },
      },
    ],
  };
};

const securityGroup: Row = (inputs) => {
  const names = { description: "GroupDescription", name: "GroupName" };
  const properties = pascal(inputs, names);
  const parameters = {
    ...pascal(without(inputs, "tags"), { ...names, description: "Description" }),
    ...taggedAs("security-group", properties),
  };
  return {
    declaration: { type: "AWS::EC2::SecurityGroup", properties },
    calls: [{ service: "ec2", operation: "CreateSecurityGroup", parameters }],
  };
};

/** A rule of a security group; the other end has a different name in each direction. */
function securityGroupRule(direction: "Ingress" | "Egress"): Row {
  const end = direction === "Ingress" ? "Source" : "Destination";
  const [peer, list] = [`${end}SecurityGroupId`, `${end}PrefixListId`];
  return (inputs) => {
    const properties = pascal(without(inputs, "tags"), {
      cidrIpv4: "CidrIp",
      securityGroupId: "GroupId",
      referencedSecurityGroupId: peer,
      prefixListId: list,
    });
    const { CidrIp, CidrIpv6, Description, GroupId, ...others } = properties;
    const { [peer]: group, [list]: PrefixListId, ...rest } = others;
    const described = as("Description", Description);
    const permission: JsonObject = {
      ...rest,
      ...(CidrIp === undefined ? {} : { IpRanges: [{ CidrIp, ...described }] }),
      ...(CidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6, ...described }] }),
      ...(PrefixListId === undefined ? {} : { PrefixListIds: [{ PrefixListId, ...described }] }),
      ...(group === undefined ? {} : { UserIdGroupPairs: [{ GroupId: group, ...described }] }),
    };
    return {
      declaration: { type: `AWS::EC2::SecurityGroup${direction}`, properties },
      calls: [
        {
          service: "ec2",
          operation: `AuthorizeSecurityGroup${direction}`,
          parameters: {
            GroupId,
            IpPermissions: [permission],
            ...taggedAs("security-group-rule", pascal(only(inputs, "tags"))),
          },
        },
      ],
    };
  };
}

const vpcEndpoint: Row = (inputs) => {
  const properties = pascal(inputs, { policy: "PolicyDocument" });
  return {
    declaration: {
      type: "AWS::EC2::VPCEndpoint",
      properties: { ...properties, PolicyDocument: documentOf(properties["PolicyDocument"]) },
    },
    calls: [
      {
        service: "ec2",
        operation: "CreateVpcEndpoint",
        parameters: { ...without(properties, "Tags"), ...taggedAs("vpc-endpoint", properties) },
      },
    ],
  };
};

export const networkRows: Readonly<Record<string, Row>> = {
  "aws:ec2/vpc:Vpc": vpc,
  "aws:ec2/subnet:Subnet": subnet,
  "aws:ec2/internetGateway:InternetGateway": internetGateway,
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": ec2(
    "AWS::EC2::EgressOnlyInternetGateway",
    "CreateEgressOnlyInternetGateway",
    "egress-only-internet-gateway",
  ),
  "aws:ec2/eip:Eip": ec2("AWS::EC2::EIP", "AllocateAddress", "elastic-ip"),
  "aws:ec2/eipAssociation:EipAssociation": ec2(
    "AWS::EC2::EIPAssociation",
    "AssociateAddress",
    "elastic-ip",
  ),
  "aws:ec2/natGateway:NatGateway": ec2("AWS::EC2::NatGateway", "CreateNatGateway", "natgateway"),
  "aws:ec2/route:Route": ec2("AWS::EC2::Route", "CreateRoute", "route", {
    egressOnlyGatewayId: "EgressOnlyInternetGatewayId",
  }),
  "aws:ec2/routeTable:RouteTable": ec2("AWS::EC2::RouteTable", "CreateRouteTable", "route-table"),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ec2(
    "AWS::EC2::SubnetRouteTableAssociation",
    "AssociateRouteTable",
    "route-table",
  ),
  "aws:ec2/securityGroup:SecurityGroup": securityGroup,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule("Ingress"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule("Egress"),
  "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpoint,
};
