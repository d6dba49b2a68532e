import { awsTypes } from "../../routing/graph/types";
import type { Field } from "../fields";
import { asNumber } from "../fields";

/** A list in a template's resource, whose items are resources of their own in Pulumi. */
export interface Parts {
  readonly list: string;
  readonly token: string;
  readonly fields: readonly Field[];
  /** The property that refers to the resource with the list. */
  readonly owner: string;
}

/** The lists by the type of their resource (CloudFormation Template Reference). */
export const partsOfTypes: Readonly<Record<string, Parts>> = {
  "AWS::ElasticLoadBalancingV2::TargetGroup": {
    list: "Targets",
    token: awsTypes.targetGroupAttachment,
    fields: [
      ["Id", "targetId"],
      ["Port", "port", asNumber],
    ],
    owner: "targetGroupArn",
  },
  "AWS::Route53::CidrCollection": {
    list: "Locations",
    token: awsTypes.cidrLocation,
    fields: [
      ["LocationName", "name"],
      ["CidrList", "cidrBlocks"],
    ],
    owner: "cidrCollectionId",
  },
};
