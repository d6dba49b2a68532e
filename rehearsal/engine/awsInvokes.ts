/**
 * Answers to the calls that a program makes while it runs (`aws.ssm.getParameter` and its like),
 * one row for each function that the offline evaluation foresees. A call without a row is refused,
 * and so is one whose arguments its row does not cover: it returns undefined for those.
 */
import { accountId, ec2Id, hex } from "./identifiers";
import { textOf } from "./wire";
import type { WireProperties } from "./wire";

/** Answers one function; undefined for arguments that it does not cover. */
export type Invoke = (args: WireProperties, region: string) => WireProperties | undefined;

/** Amazon's own image parameters: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html */
const publicImagePrefix = "/aws/service/ami-";

const awsInvokes: Readonly<Record<string, Invoke>> = {
  "aws:ssm/getParameter:getParameter": (args, region) => {
    const name = textOf(args["name"]);
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
      // No secret, although it is sensitive in Terraform: the bridge drops the mark from the results
      // of calls (pulumi-terraform-bridge, pkg/tfbridge/provider.go, Invoke).
      value: image,
    };
  },
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": (args, region) => {
    const name = textOf(args["name"]);
    // AWS's own lists; another's exist in an account only.
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
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    id: accountId,
    accountId,
    arn: `arn:aws:iam::${accountId}:root`,
    userId: `AIDA${hex(accountId, 17).toUpperCase()}`,
  }),
  "aws:index/getRegion:getRegion": (args, region) => {
    const name = textOf(args["region"]) ?? region;
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
};

/** The row of a function's token; undefined for one that is not foreseen. */
export function awsInvoke(token: string): Invoke | undefined {
  return Object.hasOwn(awsInvokes, token) ? awsInvokes[token] : undefined;
}
