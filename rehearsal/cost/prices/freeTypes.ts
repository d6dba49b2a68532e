import type { PriceSource } from "../price";
import { sources } from "./sources";

/** Why something is free, with the source. */
export interface FreeReason {
  readonly why: string;
  readonly source: PriceSource;
}

/** Resource types that AWS does not charge for. */
export interface FreeTypes extends FreeReason {
  /** Type tokens; one that ends in `/` or `:` is a prefix. */
  readonly types: readonly string[];
}

/** Each token in full from its module and the name of its resource. */
const of = (module: string, ...names: readonly string[]): readonly string[] =>
  names.map((name) => `aws:${module}/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`);

/** Free types by name: a type that is neither here nor priced is unknown. */
export const freeTypes: readonly FreeTypes[] = [
  {
    types: ["aws:iam/"],
    why: "identities and policies are free",
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
    why: "networks are free, except gateways, endpoints, addresses and traffic",
    source: sources.vpcPage,
  },
  {
    types: [
      ...of("ec2", "launchTemplate", "launchConfiguration", "keyPair", "placementGroup"),
      ...of("autoscaling", "attachment", "policy", "lifecycleHook", "notification", "schedule"),
      ...of("autoscaling", "tag"),
    ],
    why: "only the machines launched from it are charged",
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
    why: "settings of databases and caches are free",
    source: sources.infracostFree,
  },
  {
    types: [
      ...of("s3", "bucketPolicy", "bucketOwnershipControls", "bucketPublicAccessBlock"),
      ...of("s3", "bucketServerSideEncryptionConfiguration", "bucketVersioning", "bucketAcl"),
      ...of("s3", "bucketWebsiteConfiguration", "bucketNotification", "bucketCorsConfiguration"),
      ...of("s3", "bucketObject", "bucketObjectv2", "bucketLogging"),
      // Expiry is free; a change of storage class would be a price of the bucket.
      ...of("s3", "bucketLifecycleConfiguration"),
    ],
    why: "storage and requests are counted with its bucket",
    source: sources.infracostFree,
  },
  {
    types: of("route53", "record"),
    why: "queries, and records beyond the 10,000th, are counted with the zone",
    source: sources.route53Page,
  },
  {
    types: of("route53", "hostedZoneDnsSec", "keySigningKey", "queryLog"),
    why: "free in Route 53; its key and log group are counted",
    source: sources.route53Page,
  },
  {
    types: of("acm", "certificateValidation"),
    why: "not an AWS resource: it waits for a certificate",
    source: sources.infracostFree,
  },
  {
    types: [
      ...of("cloudwatch", "logResourcePolicy", "logMetricFilter", "logStream"),
      ...of("cloudwatch", "eventRule", "eventTarget"),
    ],
    why: "its effects are counted with their targets",
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
    why: "settings of distributions are free",
    source: sources.infracostFree,
  },
  {
    types: [...of("sns", "topicPolicy"), ...of("ssm", "document", "association")],
    why: "settings are free; their effects are counted with their targets",
    source: sources.infracostFree,
  },
  {
    types: [...of("scheduler", "scheduleGroup"), ...of("kms", "alias", "keyPolicy")],
    why: "names and groupings are free",
    source: sources.infracostFree,
  },
  {
    types: of("secretsmanager", "secretVersion", "secretPolicy"),
    why: "counted with its secret",
    source: sources.infracostFree,
  },
  {
    types: of("fis", "experimentTemplate"),
    why: "only action-minutes of running experiments are charged",
    source: sources.fis,
  },
  {
    types: ["pulumi:", "random:", "tls:"],
    why: "stored in Pulumi's state, not a cloud resource",
    source: sources.stateOnly,
  },
];

/** Free uses of types that can also be charged. */
export const freeUses = {
  gatewayEndpoint: {
    why: "gateway endpoints are free, unlike interface endpoints",
    source: sources.gatewayEndpoints,
  },
  standardParameter: {
    why: "parameters of the standard tier are free",
    source: sources.standardParameters,
  },
  publicCertificate: {
    why: "public certificates are free while AWS holds their keys",
    source: sources.acmPage,
  },
  deliveryInAws: {
    why: "deliveries to queues and functions are free",
    source: sources.infracostFree,
  },
} as const satisfies Readonly<Record<string, FreeReason>>;
