import { awsType } from "../../../rehearsal/engine/awsOutputs";
import type { Resource } from "../../../routing/graph/resource";
import type { Account, Live } from "./account";
import { textOf } from "./replacements";

/** The refusal of a request by AWS or the provider; undefined if it succeeds. */
export type Rule = (live: Live, account: Account) => string | undefined;

const bucketType = "aws:s3/bucket:Bucket";
const recordType = "aws:route53/record:Record";
const zoneType = "aws:route53/zone:Zone";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";

/**
 * The types of users that must be gone before a resource is deleted, by its type. The error is that
 * of the service's API reference (`DeleteX`, section Errors).
 */
const inUse: Readonly<Record<string, readonly [error: string, users: readonly string[]]>> = {
  "aws:ec2/vpc:Vpc": [
    "DependencyViolation",
    [
      "aws:ec2/subnet:Subnet",
      "aws:ec2/securityGroup:SecurityGroup",
      "aws:ec2/internetGateway:InternetGateway",
      "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
      "aws:ec2/routeTable:RouteTable",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
    ],
  ],
  "aws:ec2/subnet:Subnet": [
    "DependencyViolation",
    [
      "aws:ec2/instance:Instance",
      "aws:ec2/natGateway:NatGateway",
      balancerType,
      "aws:autoscaling/group:Group",
      "aws:rds/subnetGroup:SubnetGroup",
      "aws:elasticache/subnetGroup:SubnetGroup",
    ],
  ],
  "aws:ec2/securityGroup:SecurityGroup": [
    "DependencyViolation",
    [
      "aws:ec2/instance:Instance",
      balancerType,
      "aws:rds/instance:Instance",
      "aws:elasticache/replicationGroup:ReplicationGroup",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ],
  ],
  "aws:ec2/routeTable:RouteTable": [
    "DependencyViolation",
    ["aws:ec2/routeTableAssociation:RouteTableAssociation"],
  ],
  // Instances lose their address when it is released; others must release it first.
  "aws:ec2/eip:Eip": ["InvalidIPAddress.InUse", [balancerType, "aws:ec2/natGateway:NatGateway"]],
  "aws:lb/targetGroup:TargetGroup": ["ResourceInUse", ["aws:lb/listener:Listener"]],
  "aws:acm/certificate:Certificate": [
    "ResourceInUseException",
    ["aws:lb/listener:Listener", "aws:cloudfront/distribution:Distribution"],
  ],
  "aws:cloudfront/function:Function": [
    "FunctionInUse",
    ["aws:cloudfront/distribution:Distribution"],
  ],
  "aws:cloudfront/originAccessControl:OriginAccessControl": [
    "OriginAccessControlInUse",
    ["aws:cloudfront/distribution:Distribution"],
  ],
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": [
    "ResponseHeadersPolicyInUse",
    ["aws:cloudfront/distribution:Distribution"],
  ],
  "aws:rds/subnetGroup:SubnetGroup": [
    "InvalidDBSubnetGroupStateFault",
    ["aws:rds/instance:Instance"],
  ],
  "aws:rds/parameterGroup:ParameterGroup": [
    "InvalidDBParameterGroupState",
    ["aws:rds/instance:Instance"],
  ],
  "aws:elasticache/subnetGroup:SubnetGroup": [
    "CacheSubnetGroupInUse",
    ["aws:elasticache/replicationGroup:ReplicationGroup"],
  ],
  "aws:iam/role:Role": [
    "DeleteConflict",
    ["aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"],
  ],
  // Route 53 deletes a check that records still name, and then treats them as healthy:
  // https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHealthCheck.html
  "aws:route53/healthCheck:HealthCheck": [
    "still in use, and what uses it would be taken as healthy",
    [recordType, "aws:route53/healthCheck:HealthCheck"],
  ],
};

const deletionRules: Readonly<Record<string, Rule>> = {
  [bucketType]: ({ resource }, account) =>
    resource.inputs["forceDestroy"] !== true && account.filled.has(resource.urn)
      ? "BucketNotEmpty: there are objects, versions or delete markers in it"
      : undefined,
  // rds/instance.go, resourceInstanceDelete: without a name there is no request at all.
  "aws:rds/instance:Instance": ({ resource: { inputs } }, { snapshots }) => {
    if (inputs["deletionProtection"] === true) {
      return "InvalidParameterCombination: cannot delete a protected DB Instance";
    }
    if (inputs["skipFinalSnapshot"] === true) return undefined;
    const snapshot = inputs["finalSnapshotIdentifier"];
    if (typeof snapshot !== "string") return "final_snapshot_identifier is required";
    return snapshots.has(snapshot)
      ? `DBSnapshotAlreadyExists: there is a snapshot ${snapshot} already`
      : undefined;
  },
  "aws:dynamodb/table:Table": ({ resource: { inputs } }) =>
    inputs["deletionProtectionEnabled"] === true
      ? "ValidationException: deletion protection is on"
      : undefined,
  [balancerType]: ({ resource: { inputs } }) =>
    inputs["enableDeletionProtection"] === true
      ? "OperationNotPermitted: deletion protection is on"
      : undefined,
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": keyAtParent,
  "aws:route53/keySigningKey:KeySigningKey": keyAtParent,
  [zoneType]: (live, account) => {
    if (live.resource.inputs["forceDestroy"] === true) return undefined;
    const { id, urn } = live.resource;
    // A program that looked the zone up refers to it by its id.
    const records = account
      .ofType(recordType)
      .filter(({ resource }) => resource.inputs["zoneId"] === id);
    return account.foreignRecords.has(urn) ||
      records.length > 0 ||
      account.users(live, [recordType]).length > 0
      ? "HostedZoneNotEmpty: there are records in it"
      : undefined;
  },
};

/** DisableHostedZoneDNSSEC and DeactivateKeySigningKey: a resolver would call all answers bogus. */
function keyAtParent({ references }: Live, { dsAtParent }: Account): string | undefined {
  const zones = references.get("hostedZoneId") ?? [];
  return zones.some(({ resource }) => dsAtParent.has(resource.urn))
    ? "KeySigningKeyInParentDSRecord: the DS record is still at the parent"
    : undefined;
}

/** Why a resource cannot be deleted. */
export function refusedDeletion(live: Live, account: Account): string | undefined {
  // Pulumi's own refusal.
  if (live.resource.protect === true) return "it is protected: pulumi state unprotect";
  const refused = deletionRules[live.resource.type]?.(live, account);
  if (refused !== undefined) return refused;
  const [error] = inUse[live.resource.type] ?? [];
  const users = usersOf(live, account);
  return users.length === 0
    ? undefined
    : `${error ?? ""}: used by ${users.map(({ resource }) => resource.name).join(", ")}`;
}

/** The resources that must be gone before a resource can be deleted. */
export function usersOf(live: Live, account: Account): readonly Live[] {
  const [, types] = inUse[live.resource.type] ?? ["", []];
  return account.users(live, types);
}

/** What stays behind when a resource is deleted. */
export function leftBehind({ resource: { type, name, inputs } }: Live): string | undefined {
  if (type === "aws:kms/key:Key") {
    return `${name}: pending deletion for ${textOf(inputs["deletionWindowInDays"] ?? 30)} days`;
  }
  if (type === "aws:rds/instance:Instance" && inputs["skipFinalSnapshot"] !== true) {
    return `${name}: snapshot ${textOf(inputs["finalSnapshotIdentifier"])}`;
  }
  return undefined;
}

/**
 * The property by which AWS identifies a resource of a type, if a second one of the same name is
 * refused or, as for alarms and policies, silently replaces the first.
 */
const uniqueName: Readonly<Record<string, readonly string[]>> = {
  [bucketType]: ["bucket"],
  [recordType]: ["zoneId", "name", "type", "setIdentifier"],
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": ["alarmName"],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["policyName"],
  "aws:iam/rolePolicy:RolePolicy": ["role", "name"],
  "aws:ec2/securityGroup:SecurityGroup": ["vpcId", "name"],
  "aws:ec2/internetGateway:InternetGateway": ["vpcId"],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ["subnetId"],
  "aws:ec2/route:Route": ["routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock"],
  "aws:lb/listener:Listener": ["loadBalancerArn", "port"],
  "aws:route53/queryLog:QueryLog": ["zoneId"],
  "aws:route53/keySigningKey:KeySigningKey": ["hostedZoneId", "name"],
  "aws:sns/topicPolicy:TopicPolicy": ["arn"],
  "aws:s3/bucketPolicy:BucketPolicy": ["bucket"],
};

/** Types whose `name` others may share, or that need none. */
const notUnique = new Set([zoneType]);

const names = new WeakMap<Live, string | undefined>();

/** The name that must be unique: in the region, and in the resource that it is part of. */
function nameOf(live: Live): string | undefined {
  if (!names.has(live)) names.set(live, nameFor(live));
  return names.get(live);
}

function nameFor({ resource, references }: Live): string | undefined {
  const { type, region, inputs } = resource;
  const property = awsType(type)?.autoName ?? "name";
  const properties = uniqueName[type] ?? (notUnique.has(type) ? [] : [property]);
  if (properties.every((one) => inputs[one] === undefined)) return undefined;
  const parts = properties.map((one) => {
    // A replaced resource has the same made-up id here, but is still another one.
    const serials = (references.get(one) ?? []).map(({ serial }) => serial);
    return `${textOf(inputs[one])}#${serials.join()}`;
  });
  return [type, region ?? "", ...parts].join(" ");
}

function policyOf({ inputs }: Resource): string {
  const policies = ["failoverRoutingPolicies", "weightedRoutingPolicies"];
  return policies.filter((policy) => inputs[policy] !== undefined).join("+") || "simple";
}

/** Why a requested resource cannot be created or changed. */
export function refusedCreation(live: Live, account: Account): string | undefined {
  const { type, inputs } = live.resource;
  const others = account.ofType(type).filter(({ serial }) => serial !== live.serial);
  const name = nameOf(live);
  const namesake = others.find((other) => name !== undefined && nameOf(other) === name);
  if (namesake && inputs["allowOverwrite"] !== true) {
    return `already exists: ${namesake.resource.name} has the same name`;
  }
  return creationRules[type]?.(live, account);
}

const creationRules: Readonly<Record<string, Rule>> = {
  [recordType]: ({ resource, serial }, account) => {
    const { records, name, type, zoneId } = resource.inputs;
    if (Array.isArray(records) && (records.length === 0 || records.includes(""))) {
      return "InvalidChangeBatch: a value is empty";
    }
    const mixed = account.ofType(recordType).find((other) => {
      const { inputs } = other.resource;
      return (
        other.serial !== serial &&
        inputs["name"] === name &&
        inputs["type"] === type &&
        inputs["zoneId"] === zoneId &&
        policyOf(other.resource) !== policyOf(resource)
      );
    });
    return mixed && `InvalidChangeBatch: ${mixed.resource.name} has another routing policy`;
  },
  "aws:route53/healthCheck:HealthCheck": ({ resource: { inputs } }) =>
    inputs["ipAddress"] === "" ? "InvalidInput: an empty IPAddress" : undefined,
  [balancerType]: (live, account) => addressInUse(live, "subnetMappings", account),
  "aws:ec2/natGateway:NatGateway": (live, account) => addressInUse(live, "allocationId", account),
};

/** An Elastic IP has one holder at a time. */
function addressInUse(live: Live, property: string, account: Account): string | undefined {
  const addresses = (live.references.get(property) ?? []).filter(
    ({ resource }) => resource.type === "aws:ec2/eip:Eip",
  );
  for (const address of addresses) {
    const [holder] = account
      .users(address, [balancerType, "aws:ec2/natGateway:NatGateway"])
      .filter(({ serial }) => serial !== live.serial);
    if (holder) {
      return `InvalidAllocationID: ${address.resource.name} is in use by ${holder.resource.name}`;
    }
  }
  return undefined;
}
