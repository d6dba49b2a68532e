import type { AliasTarget } from "../model";
import { canonical, recordNameOf, zoneIdOf } from "./recordName";
import type { Resource, Value } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { fieldOf, textOf } from "./values";

/** What each kind of AWS target is called in DNS, and which resources can be behind it. */
const kinds = [
  {
    kind: "balancer",
    // Classic and application balancers have the region before `elb`, network balancers after it.
    pattern: /\.elb\.([a-z0-9-]+\.)?amazonaws\.com$|\.[a-z0-9-]+\.elb\.amazonaws\.com$/,
    types: [awsTypes.loadBalancer],
  },
  {
    kind: "s3Website",
    pattern: /^s3-website[.-][a-z0-9-]+\.amazonaws\.com$/,
    types: [awsTypes.bucketWebsite, awsTypes.bucket],
  },
  { kind: "cloudFront", pattern: /\.cloudfront\.net$/, types: [awsTypes.distribution] },
] as const;

/** What an alias record leads to: by name where that is known, else by what it depends on. */
export function aliasOf(
  graph: StackGraph,
  record: Resource,
  alias: Value,
  names: ReadonlySet<string>,
): AliasTarget {
  const value = fieldOf(alias, "name");
  const name = typeof value === "string" ? canonical(value) : undefined;
  if (name !== undefined) {
    const known = kinds.find(({ pattern }) => pattern.test(name));
    if (known) return awsTarget(graph, record, known, name);
    if (names.has(name) || isSameZone(graph, record, alias)) {
      return { kind: "record", zoneId: aliasZoneOf(graph, record, alias), name };
    }
    return { kind: "unsupported", dnsName: name };
  }
  for (const known of kinds) {
    const [source] = graph.dependenciesOf(record, "aliases", known.types);
    if (source) return { kind: known.kind, dnsName: `<${source.name}>`, id: source.urn };
  }
  return { kind: "unsupported", dnsName: "a name that is not known before deployment" };
}

function awsTarget(
  graph: StackGraph,
  record: Resource,
  { kind, types }: (typeof kinds)[number],
  dnsName: string,
): AliasTarget {
  const [found] =
    kind === "s3Website"
      ? websitesOf(graph, record)
      : graph.byValue(dnsName.replace(/^dualstack\./, ""), types);
  return { kind, dnsName, ...(found ? { id: found.urn } : {}) };
}

/**
 * The website that answers for a record: all websites of a region share a DNS name, Route 53 hands
 * on the host name, and S3 picks the bucket that is called like it (A11).
 */
function websitesOf(graph: StackGraph, record: Resource): readonly Resource[] {
  const name = recordNameOf(graph, record);
  // The one that it was made from is looked at first, since there may be a thousand.
  const [linked] = graph.dependenciesOf(record, "aliases", [awsTypes.bucketWebsite]);
  return linked && canonical(textOf(linked, "bucket") ?? "") === name
    ? [linked]
    : graph.byValue(name, [awsTypes.bucketWebsite]);
}

/** What is wrong when a record leads to a website of the stack whose bucket has another name. */
export function websiteProblems(graph: StackGraph, record: Resource): readonly string[] {
  if (graph.ofType(awsTypes.bucketWebsite).length === 0) return [];
  const name = recordNameOf(graph, record) ?? "";
  const linked = graph.dependenciesOf(record, "aliases", [awsTypes.bucketWebsite]);
  return linked.flatMap((website) => {
    const bucket = textOf(website, "bucket");
    return bucket === undefined || canonical(bucket) === name
      ? []
      : [
          `${record.name}: an S3 website serves the bucket with the record's name (A11), got bucket ${bucket} for ${name}; name the bucket ${name}`,
        ];
  });
}

/** The zone that an alias names; the record's own while it is not known which. */
function aliasZoneOf(graph: StackGraph, record: Resource, alias: Value): string {
  const zoneId = fieldOf(alias, "zoneId");
  if (typeof zoneId !== "string") return zoneIdOf(graph, record);
  const [zone] = graph.byValue(zoneId, [awsTypes.zone]);
  return zone?.urn ?? zoneId;
}

function isSameZone(graph: StackGraph, record: Resource, alias: Value): boolean {
  const zoneId = fieldOf(alias, "zoneId");
  return (
    typeof zoneId === "string" && aliasZoneOf(graph, record, alias) === zoneIdOf(graph, record)
  );
}
