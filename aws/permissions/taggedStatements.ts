import { serviceOf, sorted, takesNoResource } from "./actions";
import { tagsOf, underKey } from "./deployed";
import type { Deployed } from "./deployed";
import { allow } from "./policyDocument";
import type { Condition, AllowStatement } from "./policyDocument";
import { allResourcesOf } from "./resourceArns";

/**
 * Services whose resource ids AWS assigns: their resources are identified by tags, all others by
 * name.
 */
export const taggedServices: ReadonlySet<string> = new Set([
  "acm",
  "cloudfront",
  "ec2",
  "elasticloadbalancing",
  "fis",
  "kms",
]);

/**
 * Actions that create and tag a resource in one call: before it, no resource has the stack's tags.
 */
const makes: ReadonlySet<string> = new Set([
  "acm:RequestCertificate",
  "cloudfront:CreateDistribution",
  "cloudfront:CreateFunction",
  "ec2:AllocateAddress",
  "ec2:CreateCapacityReservation",
  "ec2:CreateInternetGateway",
  "ec2:CreateLaunchTemplate",
  "ec2:CreateVpc",
  "elasticloadbalancing:CreateLoadBalancer",
  "elasticloadbalancing:CreateTargetGroup",
  "fis:CreateExperimentTemplate",
  "kms:CreateKey",
]);

/**
 * The same inside an existing resource: IAM also checks the action against that resource's tags.
 */
const makesIn: ReadonlySet<string> = new Set([
  "ec2:AuthorizeSecurityGroupEgress",
  "ec2:AuthorizeSecurityGroupIngress",
  "ec2:CreateEgressOnlyInternetGateway",
  "ec2:CreateNatGateway",
  "ec2:CreateRouteTable",
  "ec2:CreateSecurityGroup",
  "ec2:CreateSubnet",
  "ec2:CreateVpcEndpoint",
  "elasticloadbalancing:CreateListener",
]);

/** Actions that tag a new resource, which IAM checks in addition to its creation. */
const tags: ReadonlySet<string> = new Set([
  "acm:AddTagsToCertificate",
  "cloudfront:TagResource",
  "elasticloadbalancing:AddTags",
  "fis:TagResource",
  "kms:TagResource",
]);

/** Changes of a tagged resource together with an untagged interface. */
const linksAddresses: ReadonlySet<string> = new Set([
  "ec2:AssociateAddress",
  "ec2:DisassociateAddress",
  "ec2:ModifyNetworkInterfaceAttribute",
]);

/** Changes of the parts that EC2 creates with a machine and does not tag: interfaces and disks. */
const partsOfMachines: ReadonlySet<string> = new Set([
  "ec2:AssignIpv6Addresses",
  "ec2:ModifyVolume",
  "ec2:UnassignIpv6Addresses",
  ...linksAddresses,
]);

/** Kinds of resource that IAM checks for RunInstances. */
const launched = [
  "capacity-reservation",
  "image",
  "instance",
  "launch-template",
  "network-interface",
  "security-group",
  "snapshot",
  "subnet",
  "volume",
];

const inEc2 = (kind: string): string => `arn:aws:ec2:*:*:${kind}/*`;

/** Resource kinds of CloudFront that have an id and no tags. */
const untagged: readonly (readonly [action: RegExp, arn: string])[] = [
  [/OriginAccessControl$/, "arn:aws:cloudfront::*:origin-access-control/*"],
  [/ResponseHeadersPolicy$/, "arn:aws:cloudfront::*:response-headers-policy/*"],
];

/** Changes of resources that are identified by tags. */
export function taggedStatements(
  actions: readonly string[],
  deployed: Deployed,
): readonly AllowStatement[] {
  const own = tagsOf(deployed);
  const those = (set: ReadonlySet<string>): readonly string[] =>
    actions.filter((action) => set.has(action));
  const making = [...those(makes), ...those(makesIn)];
  const launching = actions.filter((action) => action === "ec2:RunInstances");
  const createActions = [...making, ...launching].filter((action) => serviceOf(action) === "ec2");
  const ofKinds = untagged.map(([kind, arn]) => ({
    arn,
    actions: actions.filter((action) => kind.test(action)),
  }));
  const apart = new Set([
    ...those(makes),
    ...those(partsOfMachines),
    ...launching,
    ...ofKinds.flatMap((one) => one.actions),
  ]);
  const asked = { StringEquals: underKey("aws:RequestTag", own) };
  const marked = { StringEquals: underKey("aws:ResourceTag", own) };
  const changing = actions.filter((action) => !apart.has(action));
  return [
    ...allow(
      "MakesWithTagsWhatHasNoName",
      making.filter((one) => takesNoResource.has(one)),
      ["*"],
      asked,
    ),
    ...ofTheirServices(
      "MakesWithTags",
      making.filter((one) => !takesNoResource.has(one)),
      asked,
    ),
    ...ofTheirServices("TagsWhatItMakes", those(tags), {
      ...asked,
      StringEqualsIfExists: underKey("aws:ResourceTag", own),
    }),
    ...ofTheirServices("TagsWhatItMakesInEc2", those(new Set(["ec2:CreateTags"])), {
      StringEquals: {
        "ec2:CreateAction": sorted(createActions.map((action) => action.slice("ec2:".length))),
      },
    }),
    ...ofTheirServices("ChangesWhatHasTags", [...changing, ...those(linksAddresses)], marked),
    // Images and the parts that EC2 creates with a machine have no tags; subnets and security
    // groups have.
    ...allow("Launches", launching, launched.map(inEc2), {
      StringEqualsIfExists: underKey("aws:ResourceTag", own),
    }),
    ...allow("ChangesPartsOfMachines", those(partsOfMachines), [
      inEc2("network-interface"),
      inEc2("volume"),
    ]),
    // A template refers to FIS actions, which belong to AWS and have no tags.
    ...allow(
      "NamesActionsOfFis",
      actions.filter((action) => action === "fis:UpdateExperimentTemplate"),
      ["arn:aws:fis:*:*:action/*", "arn:aws:fis:*:*:experiment-template/*"],
      { StringEqualsIfExists: underKey("aws:ResourceTag", own) },
    ),
    ...ofKinds.flatMap(({ arn, actions: all }) => untaggedStatements(arn, all)),
  ];
}

/** Allows actions on any resource of their services: the condition selects the resources. */
function ofTheirServices(
  sid: string,
  actions: readonly string[],
  condition: Condition,
): readonly AllowStatement[] {
  return allow(sid, actions, sorted(actions.map(serviceOf)).map(allResourcesOf), condition);
}

function untaggedStatements(arn: string, actions: readonly string[]): readonly AllowStatement[] {
  const kind = actions[0]?.replace(/^\w+:[A-Z][a-z]+/, "") ?? "";
  return [
    ...allow(
      `Makes${kind}`,
      actions.filter((action) => takesNoResource.has(action)),
      ["*"],
    ),
    ...allow(
      `Changes${kind}`,
      actions.filter((action) => !takesNoResource.has(action)),
      [arn],
    ),
  ];
}
