/** Buckets and CloudFront. */
import type { Json, JsonObject, Row } from "./kit";
import {
  as,
  documentOf,
  listOf,
  objectOf,
  objectsOf,
  pairs,
  pascal,
  providersOwn,
  without,
} from "./kit";

const bucketType = "AWS::S3::Bucket";

const bucket: Row = ({ bucket: name, tags, ...rest }) => ({
  declaration: {
    type: bucketType,
    properties: {
      BucketName: name,
      ...as("Tags", pairs(tags, "Key")),
      ...pascal(without(rest, "forceDestroy")),
    },
  },
  calls: [{ service: "s3", operation: "CreateBucket", parameters: { Bucket: name } }],
});

/**
 * A part of a bucket, which CloudFormation has among the bucket's own properties; the call has it
 * under the name `parameter`.
 */
function bucketPart(
  property: string,
  operation: string,
  parameter: string,
  parts: (inputs: JsonObject) => { readonly declared: JsonObject; readonly sent: JsonObject },
): Row {
  return ({ bucket: Bucket, ...rest }) => {
    const { declared, sent } = parts(rest);
    return {
      declaration: { type: bucketType, properties: { [property]: declared } },
      calls: [{ service: "s3", operation, parameters: { Bucket, [parameter]: sent } }],
    };
  };
}

const same = (value: JsonObject) => ({ declared: value, sent: value });

const ownership = bucketPart(
  "OwnershipControls",
  "PutBucketOwnershipControls",
  "OwnershipControls",
  ({ rule }) => same({ Rules: [pascal(objectOf(rule))] }),
);

const accessBlock = bucketPart(
  "PublicAccessBlockConfiguration",
  "PutPublicAccessBlock",
  "PublicAccessBlockConfiguration",
  (inputs) => same(pascal(inputs)),
);

const versioning = bucketPart(
  "VersioningConfiguration",
  "PutBucketVersioning",
  "VersioningConfiguration",
  ({ versioningConfiguration }) => same(pascal(objectOf(versioningConfiguration))),
);

const encryption = bucketPart(
  "BucketEncryption",
  "PutBucketEncryption",
  "ServerSideEncryptionConfiguration",
  ({ rules }) => {
    const all = objectsOf(rules).map((rule) =>
      pascal(rule, {
        applyServerSideEncryptionByDefault: "Default",
        sseAlgorithm: "SSEAlgorithm",
        kmsMasterKeyId: "KMSMasterKeyID",
      }),
    );
    const under = (name: string) =>
      all.map(({ Default, ...rest }) => ({ ...rest, [name]: Default }));
    return {
      declared: { ServerSideEncryptionConfiguration: under("ServerSideEncryptionByDefault") },
      sent: { Rules: under("ApplyServerSideEncryptionByDefault") },
    };
  },
);

const website = bucketPart(
  "WebsiteConfiguration",
  "PutBucketWebsite",
  "WebsiteConfiguration",
  (inputs) => {
    const sent = pascal(inputs);
    const { ErrorDocument, IndexDocument, ...rest } = sent;
    return {
      declared: {
        ...rest,
        ...as("IndexDocument", objectOf(IndexDocument)["Suffix"]),
        ...as("ErrorDocument", objectOf(ErrorDocument)["Key"]),
      },
      sent,
    };
  },
);

const lifecycle = bucketPart(
  "LifecycleConfiguration",
  "PutBucketLifecycleConfiguration",
  "LifecycleConfiguration",
  ({ rules }) => {
    const sent = objectsOf(rules).map((rule) => pascal(rule, { id: "ID" }));
    const declared = sent.map(({ ID, Filter, Expiration, ...rest }) => ({
      ...rest,
      ...as("Id", ID),
      ...as("Prefix", objectOf(Filter)["Prefix"]),
      ...as("ExpirationInDays", objectOf(Expiration)["Days"]),
    }));
    return { declared: { Rules: declared }, sent: { Rules: sent } };
  },
);

const bucketPolicy: Row = ({ bucket: Bucket, policy, ...rest }) => ({
  declaration: {
    type: "AWS::S3::BucketPolicy",
    properties: { Bucket, PolicyDocument: documentOf(policy), ...pascal(rest) },
  },
  calls: [{ service: "s3", operation: "PutBucketPolicy", parameters: { Bucket, Policy: policy } }],
});

const object: Row = ({ content, contentBase64, ...rest }) => ({
  calls: [
    {
      service: "s3",
      operation: "PutObject",
      parameters: { ...pascal(without(rest, "tags")), ...as("Body", content ?? contentBase64) },
    },
  ],
});

/** A list in the form of CloudFront's calls. */
const items = (value: Json | undefined): JsonObject => {
  const Items = listOf(value);
  return { Quantity: Items.length, Items };
};

const itemsOf = (value: JsonObject, ...keys: readonly string[]): JsonObject =>
  Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, keys.includes(key) ? items(item) : item]),
  );

const distribution: Row = (inputs) => {
  const config = pascal(without(inputs, "tags"), {
    functionArn: "FunctionARN",
    isIpv6Enabled: "IPV6Enabled",
    originId: "Id",
    acmCertificateArn: "AcmCertificateArn",
    waitForDeployment: providersOwn,
  });
  const origins = objectsOf(config["Origins"]).map((origin) => ({
    ...origin,
    S3OriginConfig: { OriginAccessIdentity: "" },
  }));
  const { DefaultCacheBehavior, IPV6Enabled, Restrictions, ...others } = config;
  const rest = without(others, "ViewerCertificate");
  const behavior = objectOf(DefaultCacheBehavior);
  const { CachedMethods, ...sent } = behavior;
  const geographic = objectOf(objectOf(Restrictions)["GeoRestriction"]);
  return {
    declaration: {
      type: "AWS::CloudFront::Distribution",
      properties: {
        DistributionConfig: { ...config, Origins: origins },
        ...as("Tags", pairs(inputs["tags"], "Key")),
      },
    },
    calls: [
      {
        service: "cloudfront",
        operation: "CreateDistribution",
        parameters: {
          DistributionConfig: {
            CallerReference: "once",
            ...itemsOf({ ...rest, Origins: origins }, "Aliases", "Origins"),
            ...as("IsIPV6Enabled", IPV6Enabled),
            ViewerCertificate: pascal(objectOf(inputs["viewerCertificate"]), {
              acmCertificateArn: "ACMCertificateArn",
              sslSupportMethod: "SSLSupportMethod",
            }),
            Restrictions: { GeoRestriction: { ...geographic, ...items(geographic["Locations"]) } },
            DefaultCacheBehavior: {
              ...itemsOf(sent, "FunctionAssociations"),
              AllowedMethods: {
                ...items(behavior["AllowedMethods"]),
                CachedMethods: items(CachedMethods),
              },
            },
          },
        },
      },
    ],
  };
};

const edgeFunction: Row = (inputs) => {
  const { Code, Comment, Name, Publish, Runtime, Tags, ...rest } = pascal(inputs);
  const FunctionConfig = { ...as("Comment", Comment), ...as("Runtime", Runtime), ...rest };
  return {
    declaration: {
      type: "AWS::CloudFront::Function",
      properties: {
        Name,
        FunctionCode: Code,
        FunctionConfig,
        ...as("AutoPublish", Publish),
        ...as("Tags", Tags),
      },
    },
    calls: [
      {
        service: "cloudfront",
        operation: "CreateFunction",
        parameters: { Name, FunctionCode: Code, FunctionConfig },
      },
    ],
  };
};

const accessControl: Row = (inputs) => {
  const config = { OriginAccessControlConfig: pascal(inputs) };
  return {
    declaration: { type: "AWS::CloudFront::OriginAccessControl", properties: config },
    calls: [{ service: "cloudfront", operation: "CreateOriginAccessControl", parameters: config }],
  };
};

const headersPolicy: Row = (inputs) => {
  const all = pascal(inputs, { etag: providersOwn });
  const config = { ResponseHeadersPolicyConfig: all };
  return {
    declaration: { type: "AWS::CloudFront::ResponseHeadersPolicy", properties: config },
    calls: [
      { service: "cloudfront", operation: "CreateResponseHeadersPolicy", parameters: config },
    ],
  };
};

export const edgeRows: Readonly<Record<string, Row>> = {
  "aws:cloudfront/distribution:Distribution": distribution,
  "aws:cloudfront/function:Function": edgeFunction,
  "aws:cloudfront/originAccessControl:OriginAccessControl": accessControl,
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": headersPolicy,
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": lifecycle,
  "aws:s3/bucketObjectv2:BucketObjectv2": object,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ownership,
  "aws:s3/bucketPolicy:BucketPolicy": bucketPolicy,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": accessBlock,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    encryption,
  "aws:s3/bucketVersioning:BucketVersioning": versioning,
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": website,
};
