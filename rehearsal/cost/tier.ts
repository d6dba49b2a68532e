import type { Resource, Value } from "../../routing/graph/resource";
import { fieldOf, isList, valueOf } from "../../routing/graph/values";
import type { StackModel } from "../../routing/graph/stackModel";

/** The purpose of a resource, in the order of reports. */
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

/** Services of a fixed tier, whatever their tags: prefixes of type tokens. */
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

/** The tag `Tier` in the words of the reports. */
const byTag: ReadonlyMap<string, CostTier> = new Map([
  ["availability-zone", "availability zone"],
  ["region", "region"],
  ["static", "static"],
]);

const keyType = "aws:kms/key:Key";
/** Keys and log groups belong to the tier of their user. */
const supportingTypes = [keyType, "aws:cloudwatch/logGroup:LogGroup"];

/** The tier of each resource of a stack: by its service, its tag, its user, and its location. */
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
    // A key's own tag states its location, not its purpose.
    const isKey = resource.type === keyType;
    const said = isKey
      ? (this.ofUser(resource) ?? tagged(resource))
      : (tagged(resource) ?? this.ofUser(resource));
    return ofService(resource) ?? said ?? this.byPlace(resource);
  }

  /** The tier of a key or a log group: that of the first dependent by name that has one. */
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

/** The tier of a resource's service. */
function ofService({ type }: Resource): CostTier | undefined {
  return byService.find(([prefix]) => type.startsWith(prefix))?.[1];
}

/** The tier in a resource's tags; a group of instances has a list of tags. */
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
