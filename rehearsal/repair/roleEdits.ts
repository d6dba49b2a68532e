import { isIP } from "node:net";
import { canonical } from "../../routing/domainName";
import type { Properties, Resource, Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { listOf, textOf, valueOf } from "../../routing/graph/values";
import type { RecordSet } from "../../routing/model";
import { Trees } from "../../routing/trees";
import type { Assessment } from "./assess";
import type { Edit } from "./edits";
import { costs } from "./edits";

/** A possible target of a record that no record leads to. */
interface Spare {
  readonly text: string;
  readonly properties: Properties;
}

/** Adds the missing record of a failover group, with a spare as its target. */
export function missingRoleEdits(
  assessment: Assessment,
  records: readonly RecordSet[],
): readonly Edit[] {
  const { model } = assessment;
  return records.flatMap((record) => {
    const { policy } = record;
    if (policy.kind !== "failover" || model.route53.groupOf(record).length > 1) return [];
    const sibling = model.graph.get(record.id);
    if (!sibling) return [];
    const role = policy.role === "PRIMARY" ? "SECONDARY" : "PRIMARY";
    return sparesFor(assessment, record, role).map((spare): Edit => {
      const created = recordBeside(sibling, role, spare.properties);
      return {
        text: `add ${created.name}, ${role} to ${record.label}, which leads to ${spare.text}`,
        cost: costs.create,
        changes: [],
        created: [created],
      };
    });
  });
}

/** Gives a spare to a record whose target equals that of another member of its group. */
export function otherTargetEdits(
  assessment: Assessment,
  records: readonly RecordSet[],
): readonly Edit[] {
  const { model } = assessment;
  return records.flatMap((record) => {
    const own = targetKey(record);
    const isDouble = model.route53
      .groupOf(record)
      .some((other) => other !== record && targetKey(other) === own);
    if (!isDouble) return [];
    const spares =
      record.target.kind === "values"
        ? spareAddresses(assessment, record, "SECONDARY")
        : spareNames(assessment, record);
    return spares.flatMap(({ text, properties }) =>
      ["records", "aliases"].flatMap((property): readonly Edit[] => {
        const value = properties[property];
        if (value === undefined) return [];
        return [
          {
            text: `point ${record.label} to ${text}`,
            cost: costs.use,
            changes: [{ urn: record.id, property, value }],
          },
        ];
      }),
    );
  });
}

/** A key that is equal for records with the same target. */
function targetKey({ target }: RecordSet): string {
  return JSON.stringify(target.kind === "values" ? target.values : target.target);
}

function sparesFor(
  assessment: Assessment,
  record: RecordSet,
  role: "PRIMARY" | "SECONDARY",
): readonly Spare[] {
  return [
    ...spareNames(assessment, record),
    ...(role === "SECONDARY" ? spareSites(assessment, record) : []),
    ...spareAddresses(assessment, record, role),
  ];
}

/** Names of the zone that nothing leads to and no proof is for. */
function spareNames({ model, spaces }: Assessment, record: RecordSet): readonly Spare[] {
  const trees = new Trees(model.route53);
  const asked = new Set(spaces.map(({ name }) => name));
  const names = model.route53.dns.records
    .filter(({ zoneId, type, name }) => {
      const isAsked = asked.has(name) || name === record.name;
      const isSpare = !isAsked && trees.leadingTo(name, type).length === 0;
      return zoneId === record.zoneId && type === record.type && isSpare;
    })
    .map(({ name }) => name);
  const zone = given(model.graph.get(record.id), "zoneId");
  return [...new Set(names)].map((name) => ({
    text: name,
    properties: { aliases: [{ name, ...zone, evaluateTargetHealth: true }] },
  }));
}

/** Some properties of a record, as far as it has them. */
function given(record: Resource | undefined, ...names: readonly string[]): Properties {
  return Object.fromEntries(
    names.flatMap((name): [string, Value][] => {
      const value = record && valueOf(record, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** A distribution or a website for the record's name (A9, A11), as the target of an alias. */
function spareSites({ model }: Assessment, { name }: RecordSet): readonly Spare[] {
  const { graph } = model;
  const distributions = graph
    .ofType(awsTypes.distribution)
    .filter((one) =>
      listOf(one, "aliases").some(
        (alias) => typeof alias === "string" && canonical(alias) === name,
      ),
    )
    .map((one) => ({ site: one, name: textOf(one, "domainName"), zone: one }));
  const websites = graph
    .ofType(awsTypes.bucketWebsite)
    .map((one) => ({ site: one, bucket: graph.follow(one, "bucket", [awsTypes.bucket])[0] }))
    .filter(({ site, bucket }) => textOf(bucket ?? site, "bucket") === name)
    .map(({ site, bucket }) => ({
      site,
      name: textOf(site, "websiteDomain"),
      zone: bucket ?? site,
    }));
  return [...distributions, ...websites].flatMap(({ site, name: domain, zone }) => {
    const zoneId = valueOf(zone, "hostedZoneId");
    if (domain === undefined || zoneId === undefined) return [];
    const alias = { name: domain, zoneId, evaluateTargetHealth: false };
    return [{ text: site.name, properties: { aliases: [alias] } }];
  });
}

/**
 * Elastic IPs and probed addresses that no record answers with; a primary with addresses needs the check that
 * watches it (C6).
 */
function spareAddresses(
  { model }: Assessment,
  record: RecordSet,
  role: "PRIMARY" | "SECONDARY",
): readonly Spare[] {
  if (record.type !== "A") return [];
  const { graph, route53 } = model;
  const used = new Set(
    route53.dns.records.flatMap(({ target }) => (target.kind === "values" ? target.values : [])),
  );
  const ttl = graph.get(record.id)?.outputs["ttl"] ?? 60;
  const owned = graph.ofType(awsTypes.elasticIp).map((one) => textOf(one, "publicIp"));
  const checks = graph.ofType(awsTypes.healthCheck);
  const probed = checks.map((one) => textOf(one, "ipAddress"));
  return [...new Set([...owned, ...probed])].flatMap((value): readonly Spare[] => {
    if (value === undefined || isIP(value) !== 4 || used.has(value)) return [];
    const check = checks.find((one) => textOf(one, "ipAddress") === value);
    if (role === "PRIMARY" && !check) return [];
    return [
      {
        text: value,
        properties: { records: [value], ttl, ...(check?.id ? { healthCheckId: check.id } : {}) },
      },
    ];
  });
}

function recordBeside(
  sibling: Resource,
  role: "PRIMARY" | "SECONDARY",
  properties: Properties,
): Resource {
  const name = `${sibling.name.replace(/[ -]?(primary|secondary)$/i, "")} ${role.toLowerCase()}`;
  const all: Properties = {
    ...given(sibling, "name", "type", "zoneId"),
    setIdentifier: role.toLowerCase(),
    failoverRoutingPolicies: [{ type: role }],
    ...properties,
  };
  const { zoneId = [] } = sibling.propertyDependencies;
  return {
    ...sibling,
    urn: `${sibling.urn.slice(0, sibling.urn.lastIndexOf("::"))}::${name}`,
    name,
    id: `<${name}>`,
    inputs: all,
    outputs: all,
    propertyDependencies: zoneId.length > 0 ? { zoneId } : {},
    dependencies: zoneId,
    unknown: {},
  };
}
