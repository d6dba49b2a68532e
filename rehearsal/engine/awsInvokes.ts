/**
 * Answers to function calls of a program (such as `aws.ssm.getParameter`), one row per supported
 * function. A call without a row is refused, and so is one whose arguments its row does not
 * support: the row returns undefined for those.
 */
import { isDeepStrictEqual } from "node:util";
import { checkerRanges } from "../../routing/graph/checkerRanges";
import { elbArn } from "./awsBalancing";
import { balancerZoneId } from "./balancerZones";
import type { OutputOwner } from "./awsType";
import { policyDocument } from "./policyDocument";
import { accountId, ec2Id, hex, ipv6Address, nameServersOf, publicZoneId } from "./identifiers";
import { isWireObject, wireText } from "./wire";
import type { Wire, WireProperties } from "./wire";

/** Answers one function; undefined for unsupported arguments. */
export type Invoke = (
  args: WireProperties,
  region: string,
  find: OutputOwner["find"],
) => WireProperties | undefined;

/** Amazon's own image parameters: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html */
const publicImagePrefix = "/aws/service/ami-";

const awsInvokes: Readonly<Record<string, Invoke>> = {
  "aws:ssm/getParameter:getParameter": (args, region) => {
    const name = wireText(args["name"]);
    if (name?.startsWith(publicImagePrefix) !== true) return undefined;
    const image = ec2Id("ami", `${region}${name}`);
    return {
      id: name,
      name,
      arn: `arn:aws:ssm:${region}::parameter${name}`,
      type: "String",
      version: 1,
      region,
      insecureValue: image,
      // Not secret, although it is sensitive in Terraform: the bridge drops the mark from the
      // results of calls (pulumi-terraform-bridge, pkg/tfbridge/provider.go, Invoke).
      value: image,
    };
  },
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": (args, region) => {
    const name = wireText(args["name"]);
    // AWS's own prefix lists; others exist in an account only.
    if (name?.startsWith(`com.amazonaws.${region}.`) !== true) return undefined;
    const id = ec2Id("pl", name);
    return {
      id,
      name,
      arn: `arn:aws:ec2:${region}:aws:prefix-list/${id}`,
      addressFamily: name.includes(".ipv6.") ? "IPv6" : "IPv4",
      ownerId: "AWS",
      entries: [],
      maxEntries: 0,
      version: 0,
      region,
      tags: {},
    };
  },
  "aws:ec2/getNetworkInterface:getNetworkInterface": balancerInterface,
  // The account is assumed to have exactly one public zone of that name: ids, tags or private zones
  // are not supported. With none or two, the provider fails, and so does the program
  // (terraform-provider-aws, internal/service/route53/zone_data_source.go).
  "aws:route53/getZone:getZone": ({ name, privateZone = false, ...others }) => {
    const given = wireText(others["zoneId"]);
    if (given !== undefined) return zoneWithId(given);
    const zoneName = wireText(name)?.toLowerCase().replace(/\.$/, "");
    if (zoneName === undefined || privateZone !== false) return undefined;
    if (Object.keys(others).length > 0) return undefined;
    const id = publicZoneId(zoneName);
    const nameServers = nameServersOf(id);
    return {
      id,
      zoneId: id,
      name: zoneName,
      arn: `arn:aws:route53:::hostedzone/${id}`,
      privateZone,
      nameServers,
      primaryNameServer: nameServers[0] ?? "",
      comment: "",
      callerReference: "",
      linkedServiceDescription: "",
      linkedServicePrincipal: "",
      // The zone's own NS and SOA.
      resourceRecordSetCount: 2,
      tags: {},
    };
  },
  "aws:elb/getHostedZoneId:getHostedZoneId": balancerZone,
  "aws:lb/getHostedZoneId:getHostedZoneId": balancerZone,
  "aws:alb/getHostedZoneId:getHostedZoneId": balancerZone,
  // In which region a bucket is, only S3 knows.
  "aws:s3/getBucket:getBucket": (args) => {
    const bucket = wireText(args["bucket"]);
    return bucket === undefined
      ? undefined
      : {
          id: bucket,
          bucket,
          arn: `arn:aws:s3:::${bucket}`,
          bucketDomainName: `${bucket}.s3.amazonaws.com`,
        };
  },
  // The filter by service only. The file also lists ranges in China, and the IPv6 ranges, of which
  // no source here has the present list: a program that reads those gets nothing.
  "aws:index/getIpRanges:getIpRanges": ({ services, ...others }) => {
    const [service, ...further] = listOf(services).map(wireText);
    if (service?.toLowerCase() !== "route53_healthchecks" || further.length > 0) return undefined;
    if (Object.keys(others).length > 0) return undefined;
    return {
      id: "1795760000",
      cidrBlocks: [...checkerRanges],
      createDate: "2026-11-27-00-00-00",
      services: services ?? [],
      syncToken: 1795760000,
      url: "https://ip-ranges.amazonaws.com/ip-ranges.json",
    };
  },
  // Any text is suitable: its consumer keeps the first value it receives. The provider returns it
  // in plain text.
  "aws:secretsmanager/getRandomPassword:getRandomPassword": ({
    passwordLength = 32,
    ...others
  }) => {
    const length = Number(passwordLength);
    return {
      ...others,
      id: "password",
      passwordLength,
      randomPassword: hex("password", 32)
        .repeat(Math.ceil(length / 32))
        .slice(0, length),
    };
  },
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    id: accountId,
    accountId,
    arn: `arn:aws:iam::${accountId}:root`,
    userId: `AIDA${hex(accountId, 17).toUpperCase()}`,
  }),
  "aws:index/getRegion:getRegion": (args, region) => {
    const name = wireText(args["region"]) ?? region;
    return {
      id: name,
      name,
      region: name,
      description: name,
      endpoint: `ec2.${name}.amazonaws.com`,
    };
  },
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  // Three zones, of these letters in most regions. Their ids differ from account to account.
  "aws:index/getAvailabilityZones:getAvailabilityZones": (
    { state = "available", filters, ...others },
    region,
  ) =>
    state !== "available" || !isWithoutLocalZones(filters) || Object.keys(others).length > 0
      ? undefined
      : {
          id: region,
          region,
          state,
          names: ["a", "b", "c"].map((letter) => `${region}${letter}`),
          groupNames: [region],
        },
  // Any id is suitable: nothing here depends on what an image contains.
  "aws:ec2/getAmi:getAmi": (args, region) => {
    const id = ec2Id("ami", `${region}${JSON.stringify(args)}`);
    return { ...args, id, imageId: id, region };
  },
  "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
};

/**
 * The only interface of a network balancer in one subnet, found by its description: `ELB ` and the
 * end of the balancer's ARN (elbv2/load_balancer.go, waitForNLBNetworkInterfacesToDetach). The
 * provider fails if none or several match (ec2/vpc_network_interface_data_source.go,
 * dataSourceNetworkInterfaceRead), so anything else is refused here.
 */
function balancerInterface(
  { filters }: WireProperties,
  region: string,
  find: OutputOwner["find"],
): WireProperties | undefined {
  const [filter, ...others] = listOf(filters).filter(isWireObject);
  const [description, ...alternatives] = listOf(filter?.["values"]).map(wireText);
  if (filter?.["name"] !== "description" || others.length + alternatives.length > 0)
    return undefined;
  const suffix = /^ELB (net\/.+)$/.exec(description ?? "")?.[1];
  const balancer = find(elbArn(region, `loadbalancer/${suffix}`));
  const [mapping, ...further] = listOf(balancer?.inputs["subnetMappings"]).filter(isWireObject);
  if (description === undefined || mapping === undefined || further.length > 0) return undefined;
  const block = wireText(find(mapping["subnetId"])?.outputs["ipv6CidrBlock"]);
  const isDualStack = balancer?.inputs["ipAddressType"] === "dualstack" && block !== undefined;
  const id = ec2Id("eni", description);
  return {
    id,
    description,
    interfaceType: "network_load_balancer",
    ipv6Addresses: isDualStack ? [ipv6Address(description, block)] : [],
    region,
    subnetId: mapping["subnetId"] ?? "",
  };
}

/** A zone of which only the id is known, as the program has it; another account may have it. */
function zoneWithId(id: string): WireProperties {
  return { id, zoneId: id, arn: `arn:aws:route53:::hostedzone/${id}` };
}

/** The hosted zone of a region's balancers: a constant of AWS. */
function balancerZone(
  { region: given, loadBalancerType }: WireProperties,
  region: string,
): WireProperties | undefined {
  const where = wireText(given) ?? region;
  const id = balancerZoneId(where, loadBalancerType === "network");
  return id === undefined ? undefined : { id, region: where };
}

/** Whether filters, if any, leave the availability zones that every account has. */
function isWithoutLocalZones(filters: Wire | undefined): boolean {
  return (
    filters === undefined ||
    isDeepStrictEqual(filters, [{ name: "opt-in-status", values: ["opt-in-not-required"] }])
  );
}

function listOf(value: Wire | undefined): readonly Wire[] {
  return Array.isArray(value) ? value : [];
}

/** The row of a function's token; undefined for an unsupported one. */
export function awsInvoke(token: string): Invoke | undefined {
  return Object.hasOwn(awsInvokes, token) ? awsInvokes[token] : undefined;
}
