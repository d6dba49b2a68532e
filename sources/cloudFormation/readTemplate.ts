import { canonical } from "../../routing/domainName";
import type { Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { isList, isObject } from "../../routing/graph/values";
import { InputError } from "../../routing/inputError";
import type { Declaration, Origin } from "../declare";
import { resourceOf, urnOf } from "../declare";
import type { Field, SourceValue } from "../fields";
import { memberOf, propertiesOf, textIn, textOr, memberOr } from "../fields";
import type { Reading, ReadOptions } from "../reading";
import { leftOutNote } from "../reading";
import { regionOfZone } from "../regions";
import type { Unheld } from "../unheld";
import { heldByProvidersOnly, withUnheld } from "../unheld";
import { unreadFields } from "../route53Fields";
import { TemplateEvaluation, withoutReferences } from "./evaluation";
import { partsOfTypes } from "./parts";
import { isFunction, notRun } from "./notRun";
import { templateFaults } from "./templateFaults";
import type { TemplateType } from "./types";
import { targetGroupCheckFields, templateTypes } from "./types";

const zoneType = "AWS::Route53::HostedZone";
const recordType = "AWS::Route53::RecordSet";
const recordGroupType = "AWS::Route53::RecordSetGroup";
const targetGroupType = "AWS::ElasticLoadBalancingV2::TargetGroup";
const bucketType = "AWS::S3::Bucket";

/** What a template can hold, but this reader does not read. */
const unheld: Unheld = {
  [awsTypes.instance]: ["rootBlockDevice", "ebsBlockDevices", "metadataOptions"],
  [awsTypes.loadBalancer]: ["enableDeletionProtection", "dropInvalidHeaderFields", "accessLogs"],
  [awsTypes.classicBalancer]: ["accessLogs", "listeners"],
};

/** A resource in a template; a record group becomes several. */
interface Written {
  readonly name: string;
  readonly type: string;
  readonly properties: Value;
}

/**
 * Reads a CloudFormation or CDK template, as far as its values are known before deployment.
 *
 * @throws InputError for parameters that the template does not have, and for what CloudFormation refuses
 */
export function readTemplate(
  template: Value,
  path: string,
  { parameters = new Map<string, string>() }: ReadOptions,
): Reading {
  refuseUnknownParameters(template, path, parameters);
  return new Template(template, path, parameters).read();
}

function refuseUnknownParameters(
  template: Value,
  path: string,
  parameters: ReadonlyMap<string, string>,
): void {
  const written = memberOf(template, "Parameters");
  const known = Object.keys(isObject(written) ? written : {});
  const faults = [...parameters.keys()]
    .filter((name) => !known.includes(name) && !name.startsWith("AWS::"))
    .map(
      (name) =>
        `--parameter ${name}: ${path} has no parameter of that name; it has ${known.join(", ") || "none"}`,
    );
  if (faults.length > 0) throw new InputError(faults, { code: "bad-usage" });
}

class Template {
  private readonly origin: Origin;
  private readonly evaluation: TemplateEvaluation;
  /** The resource types, by logical id. */
  private readonly types: ReadonlyMap<string, string>;
  private readonly notes: string[] = [];

  constructor(
    private readonly template: Value,
    private readonly path: string,
    private readonly parameters: ReadonlyMap<string, string>,
  ) {
    this.origin = { format: "cloudformation", source: path };
    const entries = this.entries();
    this.notes.push(...notRun(template, path));
    this.types = new Map(entries.map(([name, entry]) => [name, textOr(entry, "Type", "")]));
    // A reference to a record returns its name (AWS::Route53::RecordSet, return values).
    const recordNames = entries
      .filter(([, entry]) => textIn(entry, "Type") === recordType)
      .map(([name, entry]): [string, Value] => [
        name,
        memberOr(memberOf(entry, "Properties"), "Name", null),
      ]);
    this.evaluation = new TemplateEvaluation(template, parameters, new Map(recordNames));
  }

  /** @throws InputError with one line for each fault for which CloudFormation refuses the template */
  read(): Reading {
    const faults = templateFaults(this.template, this.path, this.parameters, this.evaluation);
    if (faults.length > 0) throw new InputError(faults);
    const written = this.entries().flatMap(([name, entry]) => this.writtenAs(name, entry));
    const zoneIds = this.zoneIdsByName(written);
    const declarations = written.flatMap((one) => this.declarationsOf(one, zoneIds));
    if (declarations.some(({ type, region }) => regional(type) && region === undefined)) {
      this.notes.push(
        `${this.path}: its region is unknown, so its loss cannot be tested; give it with --parameter AWS::Region=REGION.`,
      );
    }
    return {
      resources: declarations.map((one) =>
        withUnheld(resourceOf(this.origin, one), heldByProvidersOnly, unheld),
      ),
      notes: [
        ...this.notes,
        ...[...this.evaluation.missingParameters].map(
          (name) => `${this.path}: ${name} has no value; give it with --parameter ${name}=VALUE.`,
        ),
        ...leftOutNote(
          this.path,
          written.map(({ type }) => type).filter((type) => !Object.hasOwn(templateTypes, type)),
        ),
      ],
      failing: [],
    };
  }

  private entries(): readonly (readonly [string, Value])[] {
    const resources = memberOf(this.template, "Resources");
    return isObject(resources)
      ? Object.entries(resources).filter(([name]) => !isFunction(name))
      : [];
  }

  /** The resources of an entry; none where its condition is false. */
  private writtenAs(name: string, entry: Value): readonly Written[] {
    const [type = "", condition] = [textIn(entry, "Type"), textIn(entry, "Condition")];
    const properties = memberOf(entry, "Properties") ?? {};
    if (condition !== undefined) {
      const holds = this.evaluation.holds(condition);
      if (holds === false) return [];
      if (holds === undefined && (Object.hasOwn(templateTypes, type) || type === recordGroupType)) {
        this.notes.push(`${name}: condition ${condition} is unknown; it is assumed to be true.`);
      }
    }
    if (type !== recordGroupType) return [{ name, type, properties }];
    const { RecordSets: sets = null, ...shared } = isObject(properties) ? properties : {};
    const listed = this.evaluation.branch(sets);
    if (!isList(listed)) {
      this.notes.push(`${name}: its records are unknown and left out.`);
      return [];
    }
    return listed
      .flatMap((set) => this.evaluation.branch(set) ?? [])
      .map((set, index) => ({
        name: `${name}[${index}]`,
        type: recordType,
        // The properties that all records of the group share are written once.
        properties: { ...shared, ...(isObject(set) ? set : {}) },
      }));
  }

  /** The field of a resource, with the URNs of its sources where it is unknown. */
  private find(properties: Value | undefined, field: string): SourceValue | undefined {
    const written = memberOf(properties, field);
    if (written === undefined) return undefined;
    const { value, from } = this.evaluation.evaluate(written);
    if (value === undefined) return undefined;
    return {
      value: field === "HostedZoneId" ? value : withoutReferences(value),
      from: from.flatMap((name) => this.urnsOf(name)),
    };
  }

  private urnsOf(name: string): readonly string[] {
    const type = templateTypes[this.types.get(name) ?? ""];
    return type === undefined ? [] : [urnOf(this.origin, { type: type.token, name })];
  }

  /** The ids of zones that records refer to by name only: aliases within a zone have its id. */
  private zoneIdsByName(written: readonly Written[]): ReadonlyMap<string, string> {
    return new Map(
      written
        .filter(({ type }) => type === recordType)
        .flatMap(({ properties }): [string, string][] => {
          const zone = this.find(properties, "HostedZoneName")?.value;
          const target = this.find(properties, "AliasTarget")?.value;
          const [name, id] = [textIn(target, "DNSName"), textIn(target, "HostedZoneId")];
          if (typeof zone !== "string" || name === undefined || id === undefined) return [];
          return isBelow(canonical(name), canonical(zone)) ? [[canonical(zone), id]] : [];
        }),
    );
  }

  private declarationsOf(
    written: Written,
    zoneIds: ReadonlyMap<string, string>,
  ): readonly Declaration[] {
    const type = templateTypes[written.type];
    if (type === undefined) return [];
    const own = this.declarationOf(written, type);
    switch (written.type) {
      case recordType:
        return [this.inItsZone(own, written, zoneIds)];
      case targetGroupType:
        return [this.withCheck(own, written), ...this.partsOf(own, written)];
      case bucketType:
        return memberOf(written.properties, "WebsiteConfiguration") === undefined
          ? [own]
          : [own, this.websiteOf(own)];
      default:
        return [own, ...this.partsOf(own, written)];
    }
  }

  private declarationOf({ name, properties }: Written, type: TemplateType): Whole {
    const blocks = Object.entries(type.blocks ?? {}).map(([path, fields]) => {
      const block = path
        .split(".")
        .reduce<Value | undefined>(
          (at, member) => this.evaluation.branch(memberOf(at, member) ?? null),
          properties,
        );
      return this.propertiesOf(fields, block);
    });
    const all = [this.propertiesOf(type.fields, properties), ...blocks];
    const values = Object.assign({}, ...all.map((one) => one.properties)) as Whole["properties"];
    return {
      type: type.token,
      name,
      region: regional(type.token)
        ? (this.parameters.get("AWS::Region") ?? regionOfZone(values["availabilityZone"]))
        : undefined,
      properties: values,
      propertyDependencies: Object.assign(
        {},
        ...all.map((one) => one.propertyDependencies),
      ) as Whole["propertyDependencies"],
    };
  }

  private propertiesOf(
    fields: readonly Field[],
    properties: Value | undefined,
  ): ReturnType<typeof propertiesOf> {
    return propertiesOf(fields, (field) => this.find(properties, field));
  }

  /** A record with its zone's id, where the template has only the zone's name. */
  private inItsZone(
    record: Whole,
    { name, properties }: Written,
    zoneIds: ReadonlyMap<string, string>,
  ): Declaration {
    const unread = unreadFields(properties);
    if (unread.length > 0) {
      this.notes.push(`${name}: ${unread.join(" and ")} is not read; its answers may differ.`);
    }
    if (typeof record.properties["name"] !== "string") {
      this.notes.push(`${name}: its name is unknown, so no query can reach it.`);
    }
    const zone = this.find(properties, "HostedZoneName")?.value;
    if (record.properties["zoneId"] !== undefined || typeof zone !== "string") return record;
    const zoneName = canonical(zone);
    const made = this.zoneNamed(zoneName);
    return {
      ...record,
      properties: {
        ...record.properties,
        zoneId: made ? new Unknown("computed") : (zoneIds.get(zoneName) ?? zoneName),
      },
      propertyDependencies: {
        ...record.propertyDependencies,
        ...(made ? { zoneId: this.urnsOf(made) } : {}),
      },
    };
  }

  /** The logical id of the template's zone with a name. */
  private zoneNamed(zoneName: string): string | undefined {
    const [found] =
      this.entries().find(([, entry]) => {
        if (textIn(entry, "Type") !== zoneType) return false;
        const name = this.find(memberOf(entry, "Properties"), "Name")?.value;
        return typeof name === "string" && canonical(name) === zoneName;
      }) ?? [];
    return found;
  }

  private withCheck(group: Whole, { properties }: Written): Declaration {
    const check = this.propertiesOf(targetGroupCheckFields, properties).properties;
    const known = Object.entries(check).filter(
      (entry): entry is [string, Value] => entry[1] !== undefined,
    );
    return {
      ...group,
      properties: { ...group.properties, healthCheck: Object.fromEntries(known) },
    };
  }

  /** The items of a resource's own list, which are separate resources in Pulumi. */
  private partsOf({ region }: Whole, { name, type, properties }: Written): readonly Declaration[] {
    const parts = partsOfTypes[type];
    if (parts === undefined) return [];
    const { list, token, fields, owner } = parts;
    const items = this.evaluation.branch(memberOf(properties, list) ?? []);
    return (isList(items) ? items : []).map((item, index) => {
      const { properties: own, propertyDependencies } = this.propertiesOf(fields, item);
      return {
        type: token,
        name: `${name}.${list}[${index}]`,
        region,
        properties: { ...own, [owner]: new Unknown("computed") },
        propertyDependencies: { ...propertyDependencies, [owner]: this.urnsOf(name) },
      };
    });
  }

  /** The website of a bucket, which is a separate resource in Pulumi. */
  private websiteOf(bucket: Whole): Declaration {
    const name = bucket.properties["bucket"];
    return {
      type: awsTypes.bucketWebsite,
      name: bucket.name,
      region: bucket.region,
      properties: { bucket: name ?? new Unknown("computed") },
      propertyDependencies: { bucket: this.urnsOf(bucket.name) },
    };
  }
}

/** A declaration with the sources of its unknown values. */
type Whole = Declaration & Required<Pick<Declaration, "propertyDependencies">>;

/** Whether resources of a type have a region; those of Route 53 and CloudFront have none. */
function regional(token: string): boolean {
  return !/^aws:(?:route53|cloudfront)\//.test(token);
}

function isBelow(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}
