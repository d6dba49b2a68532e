import { canonical } from "../domainName";
import type { AliasTarget, ServiceTarget } from "../model";
import { regionIn } from "./awsNames";
import { recordNameOf, zoneIdOf } from "./recordName";
import type { Resource, Value } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { fieldOf, isList, listOf, textOf, valueOf } from "./values";

/** The DNS names of each kind of AWS target, and the resource types that can have them. */
const kinds: readonly AwsKind[] = [
  {
    kind: "balancer",
    // Classic and application balancers have the region before `elb`, network balancers after it.
    pattern:
      /\.elb\.([a-z0-9-]+\.)?amazonaws\.com(\.cn)?$|\.[a-z0-9-]+\.elb\.amazonaws\.com(\.cn)?$/,
    types: [awsTypes.loadBalancer, awsTypes.classicBalancer],
  },
  {
    kind: "s3Website",
    pattern: /^s3-website[.-][a-z0-9-]+\.amazonaws\.com(\.cn)?$/,
    types: [awsTypes.bucketWebsite, awsTypes.bucket],
  },
  { kind: "cloudFront", pattern: /\.cloudfront\.net$/, types: [awsTypes.distribution] },
  {
    kind: "service",
    service: "API Gateway",
    evaluation: "alwaysHealthy",
    pattern: /\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/,
    types: [awsTypes.apiDomain, awsTypes.apiV2Domain],
  },
  {
    kind: "service",
    service: "a VPC endpoint",
    evaluation: "alwaysHealthy",
    pattern: /\.vpce\.amazonaws\.com(\.cn)?$/,
    types: [awsTypes.vpcEndpoint],
  },
  {
    kind: "service",
    service: "Elastic Beanstalk",
    evaluation: "unread",
    evaluationOf: evaluationOfEnvironment,
    pattern: /\.elasticbeanstalk\.com(\.cn)?$/,
    types: [awsTypes.beanstalkEnvironment],
  },
  {
    kind: "service",
    service: "Global Accelerator",
    evaluation: "undocumented",
    pattern: /\.awsglobalaccelerator\.com$/,
    types: [awsTypes.accelerator],
  },
  {
    kind: "service",
    service: "App Runner",
    evaluation: "undocumented",
    pattern: /\.awsapprunner\.com$/,
    types: [awsTypes.appRunnerService],
  },
  {
    kind: "service",
    service: "Lightsail",
    evaluation: "undocumented",
    pattern: /\.amazonlightsail\.com$/,
    types: [awsTypes.lightsailContainers],
  },
];

type AwsKind = {
  readonly pattern: RegExp;
  readonly types: readonly string[];
} & (
  | { readonly kind: "balancer" | "s3Website" | "cloudFront" }
  | (Pick<ServiceTarget, "kind" | "service" | "evaluation"> & {
      /** Of a resource that was read, where it depends on that. */
      readonly evaluationOf?: (source: Resource) => ServiceTarget["evaluation"];
    })
);

/**
 * The target of an alias record: by name where that is known, else by the record's dependencies.
 */
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
    if (source) return { ...kindOf(known, source), dnsName: `<${source.name}>`, id: source.urn };
  }
  return { kind: "unknown", dnsName: `<target-of-${record.name}>` };
}

function awsTarget(
  graph: StackGraph,
  record: Resource,
  known: AwsKind,
  dnsName: string,
): AliasTarget {
  const [found] =
    known.kind === "s3Website"
      ? websitesOf(graph, record)
      : graph.byValue(dnsName.replace(/^dualstack\./, ""), known.types);
  const region = regionIn(dnsName);
  return {
    ...kindOf(known, found),
    dnsName,
    ...(found ? { id: found.urn } : {}),
    ...(region === undefined ? {} : { region }),
  };
}

function kindOf(
  known: AwsKind,
  found: Resource | undefined,
): Omit<ServiceTarget, "dnsName"> | { readonly kind: Exclude<AwsKind["kind"], "service"> } {
  if (known.kind !== "service") return { kind: known.kind };
  const { kind, service, evaluation, evaluationOf } = known;
  return { kind, service, evaluation: (found && evaluationOf?.(found)) ?? evaluation };
}

/** Only an environment with a load balancer is evaluated; one instance alone never is (A13). */
function evaluationOfEnvironment(environment: Resource): ServiceTarget["evaluation"] {
  const settings = ["allSettings", "settings"].flatMap((name) => listOf(environment, name));
  const type = settings.find((one) => fieldOf(one, "name") === "EnvironmentType");
  switch (type && fieldOf(type, "value")) {
    case "LoadBalanced":
      return "asBalancer";
    case "SingleInstance":
      return "alwaysHealthy";
    default:
      return listOf(environment, "loadBalancers").length > 0 ? "asBalancer" : "unread";
  }
}

/**
 * The website that answers for a record: all websites of a region share a DNS name, Route 53 passes
 * the host name on, and S3 serves the bucket with that name (A11).
 */
function websitesOf(graph: StackGraph, record: Resource): readonly Resource[] {
  const name = recordNameOf(graph, record);
  // The linked website is tried first, because there may be a thousand others.
  const [linked] = graph.dependenciesOf(record, "aliases", [awsTypes.bucketWebsite]);
  return linked && canonical(textOf(linked, "bucket") ?? "") === name
    ? [linked]
    : [
        ...graph.byValue(name, [awsTypes.bucketWebsite]),
        ...graph.byValue(name, [awsTypes.bucket]).filter(hasWebsite),
      ];
}

/** Whether a bucket is a website by its own property, as in older versions of the provider. */
function hasWebsite(bucket: Resource): boolean {
  const website = valueOf(bucket, "website") ?? null;
  return website !== null && !(isList(website) && website.length === 0);
}

/** The fault of a record that leads to a website of the stack whose bucket has another name. */
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

/** The zone that an alias names; the record's own zone while that is unknown. */
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
