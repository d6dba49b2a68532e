import { fromNative } from "./awsNative";
import type { Resource } from "./resource";

/** Modules of the aws provider that are older or newer names of another module. */
const modules: readonly (readonly [RegExp, string])[] = [
  [/^aws:(alb|applicationloadbalancing|elasticloadbalancingv2)\//, "aws:lb/"],
  [/^aws:elasticloadbalancing\//, "aws:elb/"],
];

/** Types that are another name of the same type. */
const types: Readonly<Record<string, string>> = {
  "aws:s3/bucketV2:BucketV2": "aws:s3/bucket:Bucket",
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2":
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  "aws:s3/bucketAclV2:BucketAclV2": "aws:s3/bucketAcl:BucketAcl",
};

/** The one type that replaces all types with the same meaning. */
export function oneTypeOf(type: string): string {
  const [from, to] = modules.find(([pattern]) => pattern.test(type)) ?? [];
  return types[type] ?? (from && to ? type.replace(from, to) : type);
}

/** A resource under the one type that lookups use. */
export function underOneType(resource: Resource): Resource {
  const { type } = resource;
  if (type.startsWith("aws-native:")) return fromNative(resource) ?? resource;
  const one = oneTypeOf(type);
  return one === type ? resource : { ...resource, type: one };
}
