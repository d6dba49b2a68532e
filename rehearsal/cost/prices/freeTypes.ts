import type { PriceSource } from "../price";
import { sources } from "./sources";

/** Why something costs nothing, and who says so. */
export interface FreeReason {
  readonly why: string;
  readonly source: PriceSource;
}

/** Types of resources that AWS gives for nothing. */
export interface FreeTypes extends FreeReason {
  /** Type tokens; one that ends in `/` or `:` stands for all that begin with it. */
  readonly types: readonly string[];
}

/** Each token in full from its module and the name of its resource. */
const of = (module: string, ...names: readonly string[]): readonly string[] =>
  names.map((name) => `aws:${module}/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`);

/** What is free, by name: a type that is neither here nor has a price is unknown. */
export const freeTypes: readonly FreeTypes[] = [
  {
    types: ["aws:iam/"],
    why: "identities and policies cost nothing",
    source: sources.iamPage,
  },
  {
    types: [
      ...of("ec2", "vpc", "subnet", "internetGateway", "egressOnlyInternetGateway"),
      ...of("ec2", "route", "routeTable", "routeTableAssociation", "mainRouteTableAssociation"),
      ...of("ec2", "defaultRouteTable", "defaultSecurityGroup", "defaultNetworkAcl", "defaultVpc"),
      ...of("ec2", "securityGroup", "securityGroupRule", "networkAcl", "networkAclRule"),
      ...of("ec2", "networkInterface", "networkInterfaceAttachment", "vpcDhcpOptions"),
      ...of("ec2", "vpcDhcpOptionsAssociation", "vpcIpv4CidrBlockAssociation", "eipAssociation"),
      ...of("ec2", "vpcEndpointRouteTableAssociation", "vpcEndpointSubnetAssociation"),
      ...of("vpc", "securityGroupIngressRule", "securityGroupEgressRule"),
    ],
    why: "networks cost nothing but their gateways, endpoints, addresses and traffic",
    source: sources.vpcPage,
  },
  {
    types: [
      ...of("ec2", "launchTemplate", "launchConfiguration", "keyPair", "placementGroup"),
      ...of("autoscaling", "attachment", "policy", "lifecycleHook", "notification", "schedule"),
      ...of("autoscaling", "tag"),
    ],
    why: "only the machines that run from it cost anything",
    source: sources.infracostFree,
  },
  {
    types: of(
      "lb",
      ...["listener", "listenerRule", "listenerCertificate", "targetGroup"],
      "targetGroupAttachment",
    ),
    why: "counted with its balancer",
    source: sources.infracostFree,
  },
  {
    types: [
      ...of("rds", "parameterGroup", "subnetGroup", "optionGroup", "clusterParameterGroup"),
      ...of("rds", "eventSubscription"),
      ...of("elasticache", "parameterGroup", "subnetGroup", "user", "userGroup"),
    ],
    why: "settings of databases and caches cost nothing",
    source: sources.infracostFree,
  },
  {
    types: [
      ...of("s3", "bucketPolicy", "bucketOwnershipControls", "bucketPublicAccessBlock"),
      ...of("s3", "bucketServerSideEncryptionConfiguration", "bucketVersioning", "bucketAcl"),
      ...of("s3", "bucketWebsiteConfiguration", "bucketNotification", "bucketCorsConfiguration"),
      ...of("s3", "bucketObject", "bucketObjectv2", "bucketLogging"),
      // Expiry costs nothing; a change of storage class would be a price of the bucket.
      ...of("s3", "bucketLifecycleConfiguration"),
    ],
    why: "what is kept, read and written is counted with its bucket",
    source: sources.infracostFree,
  },
  {
    types: of("route53", "record"),
    why: "queries, and records beyond the 10,000th, are counted with the zone",
    source: sources.route53Page,
  },
  {
    types: of("route53", "hostedZoneDnsSec", "keySigningKey", "queryLog"),
    why: "Route 53 asks nothing for it; its key and its log group are counted",
    source: sources.route53Page,
  },
  {
    types: of("acm", "certificateValidation"),
    why: "no resource of AWS: it waits for a certificate",
    source: sources.infracostFree,
  },
  {
    types: [
      ...of("cloudwatch", "logResourcePolicy", "logMetricFilter", "logStream"),
      ...of("cloudwatch", "eventRule", "eventTarget"),
    ],
    why: "what it writes or starts is counted there",
    source: sources.infracostFree,
  },
  {
    types: [
      ...of("lambda", "permission", "functionEventInvokeConfig", "alias", "eventSourceMapping"),
      ...of("lambda", "functionUrl", "layerVersion", "invocation"),
    ],
    why: "runs are counted with their function",
    source: sources.infracostFree,
  },
  {
    types: [
      ...of("cloudfront", "originAccessControl", "originAccessIdentity", "responseHeadersPolicy"),
      ...of("cloudfront", "cachePolicy", "originRequestPolicy"),
    ],
    why: "settings of distributions cost nothing",
    source: sources.infracostFree,
  },
  {
    types: [...of("sns", "topicPolicy"), ...of("ssm", "document", "association")],
    why: "settings cost nothing; what they do is counted where it is done",
    source: sources.infracostFree,
  },
  {
    types: [...of("scheduler", "scheduleGroup"), ...of("kms", "alias", "keyPolicy")],
    why: "names and groupings cost nothing",
    source: sources.infracostFree,
  },
  {
    types: of("secretsmanager", "secretVersion", "secretPolicy"),
    why: "counted with its secret",
    source: sources.infracostFree,
  },
  {
    types: of("fis", "experimentTemplate"),
    why: "only action-minutes of experiments that run cost anything",
    source: sources.fis,
  },
  {
    types: ["pulumi:", "random:", "tls:"],
    why: "kept in Pulumi's state, no resource of a cloud",
    source: sources.stateOnly,
  },
];

/** What is free of types that also cost something, by how it is used. */
export const freeUses = {
  gatewayEndpoint: {
    why: "gateway endpoints cost nothing, unlike interface endpoints",
    source: sources.gatewayEndpoints,
  },
  standardParameter: {
    why: "parameters of the standard tier cost nothing",
    source: sources.standardParameters,
  },
  publicCertificate: {
    why: "public certificates cost nothing while AWS holds their keys",
    source: sources.acmPage,
  },
  deliveryInAws: {
    why: "deliveries to queues and functions cost nothing",
    source: sources.infracostFree,
  },
} as const satisfies Readonly<Record<string, FreeReason>>;
