/** The computed outputs of databases, caches and tables: rows of the table in awsOutputs.ts. */
import type { AwsType, Existing, OutputOwner } from "./awsType";
import { accountId, ec2Id, hex, uuid } from "./identifiers";
import { isWireObject, wireText } from "./wire";
import type { Wire, WireProperties } from "./wire";

/**
 * Row of a type that is identified by a name in its region.
 *
 * @param kind The part of its ARN before the name, such as `rds` and `db:`.
 */
function named(
  property: string,
  [service, kind]: readonly [string, string],
  outputs: (subject: OutputOwner, name: string, arn: string) => WireProperties = () => ({}),
): AwsType {
  const nameOf = ({ inputs }: OutputOwner): string => wireText(inputs[property]) ?? "";
  return {
    autoName: property,
    id: nameOf,
    outputs: (subject) => {
      const { region } = subject;
      const name = nameOf(subject);
      const arn = `arn:aws:${service}:${region}:${accountId}:${kind}${name}`;
      return { arn, region, ...outputs(subject, name, arn) };
    },
  };
}

/**
 * Defaults of RDS for MySQL that programs state anyway. An unchanged parameter of a group is
 * reported as `pending-reboot`.
 */
const parameterDefaults: Readonly<Record<string, string>> = {
  innodb_flush_log_at_trx_commit: "1",
  sync_binlog: "1",
};

/**
 * A parameter whose value is the default keeps its method: ModifyDBParameterGroup registers no
 * change of the method alone (rds/parameter_group.go, resourceParameterGroupRead, and issue 36419).
 */
function parameterReadBack(parameter: Wire): Wire {
  if (!isWireObject(parameter)) return parameter;
  const fallback = parameterDefaults[wireText(parameter["name"]) ?? ""];
  return fallback !== undefined && parameter["value"] === fallback
    ? { ...parameter, applyMethod: "pending-reboot" }
    : parameter;
}

/** The rows. */
export const dataTypes: Readonly<Record<string, AwsType>> = {
  "aws:rds/instance:Instance": {
    ...named("identifier", ["rds", "db:"], databaseOutputs),
    // Its id stays the same when it is renamed.
    id: ({ urn }) => resourceId(urn),
  },
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": {
    // It has its own ARN in the target region.
    id: ({ urn, region }) => `arn:aws:rds:${region}:${accountId}:auto-backup:ab-${hex(urn, 39)}`,
    outputs: ({ region }) => ({ region }),
  },
  "aws:rds/subnetGroup:SubnetGroup": named("name", ["rds", "subgrp:"], vpcOf),
  "aws:rds/parameterGroup:ParameterGroup": {
    ...named("name", ["rds", "pg:"]),
    readBack: ({ inputs: { parameters } }) =>
      Array.isArray(parameters) ? { parameters: parameters.map(parameterReadBack) } : {},
  },
  "aws:elasticache/subnetGroup:SubnetGroup": named("name", ["elasticache", "subnetgroup:"], vpcOf),
  "aws:elasticache/replicationGroup:ReplicationGroup": named(
    "replicationGroupId",
    ["elasticache", "replicationgroup:"],
    cacheOutputs,
  ),
  "aws:dynamodb/table:Table": named("name", ["dynamodb", "table/"], (_, _name, arn) => {
    // The time at which the stream started.
    const streamLabel = "2026-01-01T00:00:00.000";
    return { streamLabel, streamArn: `${arn}/stream/${streamLabel}` };
  }),
  "aws:secretsmanager/secret:Secret": {
    ...named("name", ["secretsmanager", "secret:"], ({ region }, _name, arn) => ({
      arn: secretArn(arn),
      policy: "",
      region,
    })),
    id: ({ inputs, region }) =>
      secretArn(
        `arn:aws:secretsmanager:${region}:${accountId}:secret:${wireText(inputs["name"]) ?? ""}`,
      ),
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    id: ({ urn, inputs }) => `${wireText(inputs["secretId"]) ?? ""}|${uuid(urn)}`,
    outputs: ({ urn, inputs, region }) => ({
      arn: inputs["secretId"] ?? "",
      hasSecretStringWo: inputs["secretStringWo"] !== undefined,
      versionId: uuid(urn),
      versionStages: ["AWSCURRENT"],
      region,
    }),
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    id: ({ urn }) => ec2Id("vpce", urn),
    outputs: ({ urn, region }, id) => ({
      arn: `arn:aws:ec2:${region}:${accountId}:vpc-endpoint/${id}`,
      region,
      ownerId: accountId,
      prefixListId: ec2Id("pl", urn),
      state: "available",
    }),
  },
};

/**
 * Secrets Manager appends six characters to a name, so a later secret with the same name has
 * another ARN.
 */
function secretArn(arn: string): string {
  return `${arn}-${hex(arn, 6)}`;
}

function resourceId(urn: string): string {
  return `db-${hex(urn, 26).toUpperCase()}`;
}

/** The first subnet of a list of subnet ids. */
function firstSubnet(ids: Wire | undefined, find: OutputOwner["find"]): Existing | undefined {
  return Array.isArray(ids) ? find(ids[0]) : undefined;
}

function vpcOf({ inputs, find }: OutputOwner): WireProperties {
  return { vpcId: firstSubnet(inputs["subnetIds"], find)?.outputs["vpcId"] ?? null };
}

/** The account's part of every endpoint in a region, which carries no information. */
function accountLabel(region: string): string {
  return hex(`${accountId}${region}`, 12);
}

function databaseOutputs({ urn, inputs, region, find }: OutputOwner, name: string): WireProperties {
  const address = `${name}.${accountLabel(region)}.${region}.rds.amazonaws.com`;
  const group = find(inputs["dbSubnetGroupName"])?.outputs["subnetIds"];
  const port = typeof inputs["port"] === "number" ? inputs["port"] : 3306;
  return {
    address,
    endpoint: `${address}:${port}`,
    port,
    resourceId: resourceId(urn),
    status: "available",
    // Its current zone, which a failover changes.
    availabilityZone: firstSubnet(group, find)?.outputs["availabilityZone"] ?? `${region}a`,
    engineVersionActual: inputs["engineVersion"] ?? null,
    masterUserSecrets:
      inputs["manageMasterUserPassword"] === true
        ? [
            {
              // RDS names the secret after an id, Secrets Manager adds six letters.
              secretArn: `arn:aws:secretsmanager:${region}:${accountId}:secret:rds!${resourceId(urn).toLowerCase()}-${hex(urn, 6)}`,
              kmsKeyId: inputs["masterUserSecretKmsKeyId"] ?? "",
              secretStatus: "active",
            },
          ]
        : [],
  };
}

/** A region in the names of caches: `usw2` for `us-west-2`. */
function shortRegion(region: string): string {
  return region
    .replace(/north|south|east|west|central/g, ([first = ""]) => first)
    .replaceAll("-", "");
}

/**
 * TLS endpoint names begin with the endpoint's role.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html
 */
function cacheOutputs({ inputs, region }: OutputOwner, name: string): WireProperties {
  const label = accountLabel(region).slice(0, 6);
  const domain = `${name}.${label}.${shortRegion(region)}.cache.amazonaws.com`;
  const nodes = Number(inputs["numCacheClusters"] ?? 1);
  return {
    primaryEndpointAddress: `master.${domain}`,
    readerEndpointAddress: `replica.${domain}`,
    memberClusters: Array.from({ length: nodes }, (_, index) => `${name}-00${index + 1}`),
    clusterEnabled: false,
    engineVersionActual: inputs["engineVersion"] ?? null,
  };
}
