/**
 * The computed outputs of balancers, groups of instances and certificates: rows of the table in
 * awsOutputs.ts.
 */
import { balancerZoneId } from "./balancerZones";
import { link } from "./awsType";
import type { AwsType, OutputOwner } from "./awsType";
import { accountId, ec2Id, hex, madeHostedZoneId, uuid } from "./identifiers";
import { isWireObject, wireText } from "./wire";
import type { Wire } from "./wire";

/** The name that the provider derives from a prefix if the program gives none. */
function nameOf({ urn, inputs }: OutputOwner): string {
  return wireText(inputs["name"]) ?? `${wireText(inputs["namePrefix"]) ?? "tf-"}${hex(urn, 26)}`;
}

/** ARN of an Elastic Load Balancing resource in a region, from its last part. */
export function elbArn(region: string, suffix: string): string {
  return `arn:aws:elasticloadbalancing:${region}:${accountId}:${suffix}`;
}

/** Last part of a balancer's ARN without the resource kind, its name in CloudWatch. */
function balancerSuffix(subject: OutputOwner): string {
  const kind = { network: "net", gateway: "gwy" }[
    wireText(subject.inputs["loadBalancerType"]) ?? ""
  ];
  return `${kind ?? "app"}/${nameOf(subject)}/${hex(subject.urn, 16)}`;
}

/**
 * Only the first address of a subnet, the Elastic IP's: an IPv6 address, given or chosen by AWS,
 * reads back as empty (elbv2/load_balancer.go, flattenSubnetMappingsFromAvailabilityZones).
 */
function mappingReadBack(mapping: Wire): Wire {
  const { subnetId = "", allocationId = "" } = isWireObject(mapping) ? mapping : {};
  return { subnetId, allocationId, ipv6Address: "", outpostId: "", privateIpv4Address: "" };
}

function targetGroupSuffix(subject: OutputOwner): string {
  return `targetgroup/${nameOf(subject)}/${hex(subject.urn, 16)}`;
}

const listenerId = (subject: OutputOwner): string => {
  const balancer = wireText(subject.inputs["loadBalancerArn"]) ?? "";
  return `${balancer.replace(":loadbalancer/", ":listener/")}/${hex(subject.urn, 16)}`;
};

const templateOutputs: AwsType["outputs"] = (subject, id) => ({
  arn: `arn:aws:ec2:${subject.region}:${accountId}:launch-template/${id}`,
  latestVersion: 1,
  defaultVersion: 1,
  region: subject.region,
});

/** The rows of balancers, groups and certificates. */
export const balancingTypes: Readonly<Record<string, AwsType>> = {
  "aws:lb/loadBalancer:LoadBalancer": {
    id: (subject) => elbArn(subject.region, `loadbalancer/${balancerSuffix(subject)}`),
    outputs: (subject, id) => {
      const { urn, region, inputs } = subject;
      const name = nameOf(subject);
      const isNetwork = inputs["loadBalancerType"] === "network";
      return {
        arn: id,
        name,
        arnSuffix: balancerSuffix(subject),
        // Network balancers have the region after `elb`, application balancers before it.
        dnsName: isNetwork
          ? `${name}-${hex(urn, 16)}.elb.${region}.amazonaws.com`
          : `${name}-${Number.parseInt(hex(urn, 8), 16)}.${region}.elb.amazonaws.com`,
        zoneId: balancerZoneId(region, isNetwork) ?? madeHostedZoneId(`elb ${region} ${isNetwork}`),
        internal: false,
        ipAddressType: "ipv4",
        region,
      };
    },
    readBack: ({ inputs: { subnetMappings } }) =>
      Array.isArray(subnetMappings) ? { subnetMappings: subnetMappings.map(mappingReadBack) } : {},
  },
  "aws:lb/targetGroup:TargetGroup": {
    id: (subject) => elbArn(subject.region, targetGroupSuffix(subject)),
    outputs: (subject, id) => ({
      arn: id,
      name: nameOf(subject),
      arnSuffix: targetGroupSuffix(subject),
      region: subject.region,
    }),
  },
  "aws:lb/listener:Listener": {
    id: listenerId,
    outputs: (subject, id) => ({ arn: id, region: subject.region }),
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    autoName: "name",
    id: ({ urn }) => ec2Id("lt", urn),
    outputs: templateOutputs,
  },
  "aws:autoscaling/group:Group": {
    autoName: "name",
    id: ({ inputs }) => wireText(inputs["name"]) ?? "",
    outputs: ({ urn, region }, id) => ({
      arn: `arn:aws:autoscaling:${region}:${accountId}:autoScalingGroup:${uuid(urn)}:autoScalingGroupName/${id}`,
      region,
    }),
  },
  "aws:autoscaling/policy:Policy": {
    autoName: "name",
    id: ({ inputs }) => wireText(inputs["name"]) ?? "",
    outputs: ({ urn, inputs, region }, id) => ({
      arn: `arn:aws:autoscaling:${region}:${accountId}:scalingPolicy:${uuid(urn)}:autoScalingGroupName/${wireText(inputs["autoscalingGroupName"]) ?? ""}:policyName/${id}`,
      region,
    }),
  },
  "aws:acm/certificate:Certificate": {
    id: ({ urn, region }) => `arn:aws:acm:${region}:${accountId}:certificate/${uuid(urn)}`,
    outputs: ({ inputs, region }, id) => ({
      arn: id,
      status: "PENDING_VALIDATION",
      domainValidationOptions: namesOf(inputs["domainName"], inputs["subjectAlternativeNames"]).map(
        validationOption,
      ),
      region,
    }),
  },
  "aws:acm/certificateValidation:CertificateValidation": link(({ urn }) => hex(urn, 32)),
};

function namesOf(first: Wire | undefined, others: Wire | undefined): string[] {
  const all = [first, ...(Array.isArray(others) ? others : [])].map(wireText);
  return [...new Set(all.filter((name) => name !== undefined))];
}

/** The same record in every region, and the same for a wildcard as for its parent. */
function validationOption(domainName: string): Wire {
  const proven = domainName.replace(/^\*\./, "");
  return {
    domainName,
    resourceRecordName: `_${hex(proven, 32)}.${proven}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_${hex(`${proven}/value`, 32)}.${hex(`${proven}/zone`, 10)}.acm-validations.aws.`,
  };
}
