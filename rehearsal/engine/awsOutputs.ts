/**
 * The id and computed outputs that AWS adds to a resource once it exists, one row per resource type
 * that the offline evaluation supports. A type without a row is refused, and so is a program that
 * uses an output missing from its row; in both cases extend this table. An output that AWS leaves
 * empty is `null`.
 */
import { balancingTypes } from "./awsBalancing";
import { dataTypes } from "./awsData";
import { ec2Types } from "./awsEc2";
import { edgeTypes } from "./awsEdge";
import { operationsTypes } from "./awsOperations";
import { link } from "./awsType";
import type { AwsType, OutputOwner } from "./awsType";
import { accountId, hex, madeHostedZoneId, nameServersOf, publicZoneId, uuid } from "./identifiers";
import { s3Website } from "./s3Website";
import { isWireObject, wireText } from "./wire";

/** A name that the inputs have, because Pulumi generates one if the program does not. */
function nameOf({ inputs }: OutputOwner, property = "name"): string {
  return wireText(inputs[property]) ?? "";
}

/** Row of an S3 bucket setting, whose id is the bucket's name. */
const bucketSetting = link(({ inputs }) => wireText(inputs["bucket"]) ?? "");

const dns: Record<string, AwsType> = {
  "aws:route53/zone:Zone": {
    // Several private zones can have the same name.
    id: ({ urn, inputs }) =>
      inputs["vpcs"] === undefined
        ? publicZoneId((wireText(inputs["name"]) ?? urn).toLowerCase().replace(/\.$/, ""))
        : madeHostedZoneId(urn),
    outputs: (_, id) => {
      const nameServers = nameServersOf(id);
      return {
        arn: `arn:aws:route53:::hostedzone/${id}`,
        zoneId: id,
        nameServers,
        primaryNameServer: nameServers[0] ?? null,
        comment: "Managed by Pulumi",
      };
    },
  },
  "aws:route53/record:Record": {
    id: ({ inputs }) =>
      [inputs["zoneId"], inputs["name"], inputs["type"], inputs["setIdentifier"]]
        .map(wireText)
        .filter((part) => part !== undefined)
        .join("_"),
    outputs: ({ inputs, find }) => {
      const name = wireText(inputs["name"])?.toLowerCase().replace(/\.$/, "");
      const zone = wireText(find(inputs["zoneId"])?.outputs["name"]);
      if (name === undefined || zone === undefined) return { fqdn: name ?? null };
      return { fqdn: name === zone || name.endsWith(`.${zone}`) ? name : `${name}.${zone}` };
    },
  },
  "aws:route53/healthCheck:HealthCheck": {
    id: ({ urn }) => uuid(urn),
    outputs: ({ inputs }, id) => ({
      arn: `arn:aws:route53:::healthcheck/${id}`,
      enableSni: wireText(inputs["type"])?.startsWith("HTTPS") ?? false,
    }),
  },
};

const versioningType = "aws:s3/bucketVersioning:BucketVersioning";

const storage: Record<string, AwsType> = {
  "aws:s3/bucket:Bucket": {
    autoName: "bucket",
    id: (subject) => nameOf(subject, "bucket"),
    outputs: ({ region }, id) => ({
      arn: `arn:aws:s3:::${id}`,
      bucketDomainName: `${id}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
      bucketRegion: region,
      hostedZoneId: s3Website(region).hostedZoneId,
      region,
    }),
  },
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": link(
    bucketSetting.id,
    ({ region }, id) => {
      const { domain } = s3Website(region);
      return { websiteDomain: domain, websiteEndpoint: `${id}.${domain}` };
    },
  ),
  "aws:s3/bucketPolicy:BucketPolicy": bucketSetting,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting,
  [versioningType]: bucketSetting,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketSetting,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    bucketSetting,
  "aws:s3/bucketObject:BucketObject": bucketObject(),
  "aws:s3/bucketObjectv2:BucketObjectv2": bucketObject(),
};

function bucketObject(): AwsType {
  return link(
    ({ inputs }) => `${wireText(inputs["bucket"]) ?? ""}/${wireText(inputs["key"]) ?? ""}`,
    ({ urn, inputs, find }, id) => {
      // An object written before versioning is enabled has no version (s3/object.go,
      // resourceObjectRead), and deleting it leaves a delete marker (resourceObjectDelete).
      const versioning = find(inputs["bucket"], versioningType)?.inputs["versioningConfiguration"];
      const isVersioned = isWireObject(versioning) && versioning["status"] === "Enabled";
      const versionId = isVersioned ? hex(`${urn}/version`, 32) : "";
      return { arn: `arn:aws:s3:::${id}`, etag: hex(urn, 32), versionId };
    },
  );
}

/** Row of an IAM type, which is global and identified by name. */
function iam(kind: string): AwsType {
  return {
    autoName: "name",
    id: (subject) => nameOf(subject),
    outputs: ({ urn }, id) => ({
      arn: `arn:aws:iam::${accountId}:${kind}/${id}`,
      uniqueId: `A${hex(urn, 20).toUpperCase()}`,
    }),
  };
}

const identity: Record<string, AwsType> = {
  "aws:iam/role:Role": iam("role"),
  "aws:iam/instanceProfile:InstanceProfile": iam("instance-profile"),
  "aws:iam/rolePolicy:RolePolicy": {
    autoName: "name",
    id: (subject) => `${wireText(subject.inputs["role"]) ?? ""}:${nameOf(subject)}`,
    outputs: () => ({}),
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    id: ({ inputs, urn }) => `${wireText(inputs["role"]) ?? ""}-${hex(urn, 26)}`,
    outputs: () => ({}),
  },
};

const awsTypes: Readonly<Record<string, AwsType>> = {
  ...ec2Types,
  ...balancingTypes,
  ...dataTypes,
  ...edgeTypes,
  ...operationsTypes,
  ...dns,
  ...storage,
  ...identity,
};

/** The row of a resource type; undefined for an unsupported one. */
export function awsType(type: string): AwsType | undefined {
  return Object.hasOwn(awsTypes, type) ? awsTypes[type] : undefined;
}
