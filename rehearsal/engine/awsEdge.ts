/** The computed outputs of CloudFront resources: rows of the table in awsOutputs.ts. */
import type { AwsType } from "./awsType";
import { accountId, hex, uuid } from "./identifiers";
import { wireText } from "./wire";

/**
 * Hosted zone of all distributions, for alias records.
 * https://docs.aws.amazon.com/general/latest/gr/cf_region.html
 */
const distributionZoneId = "Z2FDTNDATAQYW2";

function arnOf(kind: string, id: string): string {
  return `arn:aws:cloudfront::${accountId}:${kind}/${id}`;
}

/** The rows of CloudFront, which is global. */
export const edgeTypes: Readonly<Record<string, AwsType>> = {
  "aws:cloudfront/distribution:Distribution": {
    id: ({ urn }) => `E${hex(urn, 13).toUpperCase()}`,
    outputs: ({ urn }, id) => ({
      arn: arnOf("distribution", id),
      domainName: `d${hex(urn, 13)}.cloudfront.net`,
      hostedZoneId: distributionZoneId,
      status: "Deployed",
    }),
  },
  "aws:cloudfront/function:Function": {
    autoName: "name",
    id: ({ inputs }) => wireText(inputs["name"]) ?? "",
    outputs: (_, id) => ({ arn: arnOf("function", id), status: "UNASSOCIATED" }),
  },
  "aws:cloudfront/originAccessControl:OriginAccessControl": {
    autoName: "name",
    id: ({ urn }) => `E${hex(urn, 13).toUpperCase()}`,
    outputs: (_, id) => ({ arn: arnOf("origin-access-control", id) }),
  },
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
    autoName: "name",
    id: ({ urn }) => uuid(urn),
    outputs: (_, id) => ({ arn: arnOf("response-headers-policy", id) }),
  },
};
