import type { Resource, Value } from "../../routing/graph/resource";
import { fieldOf, isList, valueOf } from "../../routing/graph/values";
import type { StackModel } from "../../routing/graph/stackModel";

/** What a resource is there for, in the order in which reports show it. */
export const tiers = [
  "availability zone",
  "region",
  "static",
  "data",
  "dns",
  "alerts",
  "traffic",
  "game days",
  "other",
  "allowances",
] as const;

/** One of `tiers`. */
export type CostTier = (typeof tiers)[number];

/** Services that belong to a tier, whatever their tags say: what a type token begins with. */
const byService: readonly (readonly [prefix: string, tier: CostTier])[] = [
  ["aws:rds/", "data"],
  ["aws:dynamodb/", "data"],
  ["aws:elasticache/", "data"],
  ["aws:secretsmanager/", "data"],
  ["aws:sns/", "alerts"],
  ["aws:cloudwatch/metricAlarm", "alerts"],
  ["aws:cloudwatch/compositeAlarm", "alerts"],
  ["aws:cloudwatch/dashboard", "alerts"],
  ["aws:route53/zone", "dns"],
  ["aws:route53/record", "dns"],
  ["aws:route53/queryLog", "dns"],
  ["aws:route53/keySigningKey", "dns"],
  ["aws:fis/", "game days"],
];

/** What the tag `Tier` says, in the words of the reports. */
const byTag: ReadonlyMap<string, CostTier> = new Map([
  ["availability-zone", "availability zone"],
  ["region", "region"],
  ["static", "static"],
]);

const keyType = "aws:kms/key:Key";
/** Keys and log groups are there for what uses them. */
const supportingTypes = [keyType, "aws:cloudwatch/logGroup:LogGroup"];

/** The tier of each resource of a stack: by its service, its tag, what uses it, and where it is. */
export class CostTiers {
  private readonly users = new Map<string, Resource[]>();

  constructor(private readonly model: StackModel) {
    for (const resource of model.graph.resources) {
      for (const urn of Object.values(resource.propertyDependencies).flat()) {
        const known = this.users.get(urn);
        if (known) known.push(resource);
        else this.users.set(urn, [resource]);
      }
    }
  }

  of(resource: Resource): CostTier {
    // A key's own tag says where it is, and not what it is for.
    const isKey = resource.type === keyType;
    const said = isKey
      ? (this.ofUser(resource) ?? tagged(resource))
      : (tagged(resource) ?? this.ofUser(resource));
    return ofService(resource) ?? said ?? this.byPlace(resource);
  }

  /** What a key or a log group is there for: the first by name that depends on it and has a tier. */
  private ofUser(resource: Resource): CostTier | undefined {
    if (!supportingTypes.includes(resource.type)) return undefined;
    const users = [...(this.users.get(resource.urn) ?? [])].sort((a, b) =>
      a.urn < b.urn ? -1 : 1,
    );
    return users
      .map((user) => ofService(user) ?? tagged(user) ?? this.ofUser(user))
      .find((tier) => tier !== undefined);
  }

  private byPlace(resource: Resource): CostTier {
    const { availabilityZones, region } = this.model.placements.of(resource);
    if (resource.type.startsWith("aws:route53/")) return "dns";
    if (availabilityZones.length === 1) return "availability zone";
    return region === undefined ? "other" : "region";
  }
}

/** The tier that a resource's service belongs to. */
function ofService({ type }: Resource): CostTier | undefined {
  return byService.find(([prefix]) => type.startsWith(prefix))?.[1];
}

/** The tier that a resource's tags say; on a group of instances tags are a list. */
function tagged(resource: Resource): CostTier | undefined {
  const tags = valueOf(resource, "tags");
  const value: Value | undefined = isList(tags)
    ? fieldOf(
        tags.find((tag) => fieldOf(tag, "key") === "Tier"),
        "value",
      )
    : fieldOf(tags, "Tier");
  return typeof value === "string" ? byTag.get(value) : undefined;
}
