import type { Resource, Value } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import {
  fieldOf,
  firstOf,
  flagOf,
  isList,
  listOf,
  numberOf,
  textOf,
  valueOf,
} from "../../routing/graph/values";
import type { ResourceChange } from "./resourceChanges";

/** An object in the shape of AWS's API. */
type Shape = Readonly<Record<string, unknown>>;

/** An API call for a person to make; this program never makes it. */
export interface ApiRequest {
  readonly service: "route53";
  readonly operation: "ChangeResourceRecordSets" | "CreateHealthCheck" | "UpdateHealthCheck";
  /** The input for `aws route53 … --cli-input-json`. */
  readonly input: Shape;
}

/**
 * The calls to Route 53 that make some changes, in order. New checks get ids only once they exist, so
 * `NEW_CHECK_1` is a placeholder for the id that the first call returns, and `ZONE_ID` for one that the listing lacks.
 */
export function requestsFor(
  changes: readonly ResourceChange[],
  after: readonly Resource[],
): readonly ApiRequest[] {
  const actionOn = new Map(changes.map(({ urn, action }) => [urn, action]));
  const of = (type: string, ...actions: readonly ResourceChange["action"][]): readonly Resource[] =>
    after.filter(
      (one) => one.type === type && actions.some((action) => action === actionOn.get(one.urn)),
    );
  const made = of(awsTypes.healthCheck, "create", "replace");
  const placeholders = new Map(made.map(({ id = "" }, index) => [id, `NEW_CHECK_${index + 1}`]));
  const idOf = (id: string): string => placeholders.get(id) ?? id;
  // A replaced check has a new id, so everything that refers to it changes too.
  const users = after.filter((one) => {
    const ids = [valueOf(one, "healthCheckId"), ...listOf(one, "childHealthchecks")];
    return ids.some((id) => typeof id === "string" && placeholders.has(id));
  });
  const updated = unique([
    ...of(awsTypes.healthCheck, "update"),
    ...users.filter(
      ({ type, urn }) => type === awsTypes.healthCheck && !made.some((one) => one.urn === urn),
    ),
  ]);
  const records = unique([
    ...of(awsTypes.record, "create", "update", "replace"),
    ...users.filter(({ type }) => type === awsTypes.record),
  ]);
  return [
    ...made.map((check, index): ApiRequest => ({
      service: "route53",
      operation: "CreateHealthCheck",
      input: {
        CallerReference: `failover-repair-${index + 1}`,
        HealthCheckConfig: configOf(check, idOf),
      },
    })),
    ...updated.map((check): ApiRequest => ({
      service: "route53",
      operation: "UpdateHealthCheck",
      input: defined({ HealthCheckId: check.id, ...updateOf(check, idOf) }),
    })),
    ...batchesOf(records, idOf),
  ];
}

function unique(resources: readonly Resource[]): readonly Resource[] {
  return [...new Set(resources)];
}

/** A listing may lack its zone's id; then the zone's name identifies it. */
const zoneIdForm = /^Z[A-Z0-9]+$/;

/** One batch for each zone: Route 53 applies all of a batch or nothing. */
function batchesOf(
  records: readonly Resource[],
  idOf: (id: string) => string,
): readonly ApiRequest[] {
  const zones = new Map<string, Resource[]>();
  for (const record of records) {
    const given = textOf(record, "zoneId") ?? "";
    const zone = zoneIdForm.test(given) ? given : "ZONE_ID";
    zones.set(zone, [...(zones.get(zone) ?? []), record]);
  }
  return [...zones].map(([zone, some]) => ({
    service: "route53",
    operation: "ChangeResourceRecordSets",
    input: {
      HostedZoneId: zone,
      ChangeBatch: {
        Comment: "proposed by failover repair",
        Changes: some.map((record) => ({
          Action: "UPSERT",
          ResourceRecordSet: recordSetOf(record, idOf),
        })),
      },
    },
  }));
}

function recordSetOf(record: Resource, idOf: (id: string) => string): Shape {
  const [alias] = listOf(record, "aliases");
  const checkId = textOf(record, "healthCheckId");
  return defined({
    Name: textOf(record, "name"),
    Type: textOf(record, "type"),
    SetIdentifier: textOf(record, "setIdentifier"),
    Failover: fieldOf(firstOf(valueOf(record, "failoverRoutingPolicies")), "type"),
    Weight: fieldOf(firstOf(valueOf(record, "weightedRoutingPolicies")), "weight"),
    Region: fieldOf(firstOf(valueOf(record, "latencyRoutingPolicies")), "region"),
    GeoLocation: renamed(firstOf(valueOf(record, "geolocationRoutingPolicies")), {
      continent: "ContinentCode",
      country: "CountryCode",
      subdivision: "SubdivisionCode",
    }),
    GeoProximityLocation: geoproximityOf(valueOf(record, "geoproximityRoutingPolicy")),
    CidrRoutingConfig: renamed(firstOf(valueOf(record, "cidrRoutingPolicy")), {
      collectionId: "CollectionId",
      locationName: "LocationName",
    }),
    MultiValueAnswer: flagOf(record, "multivalueAnswerRoutingPolicy") || undefined,
    ...(alias === undefined
      ? {
          TTL: numberOf(record, "ttl"),
          ResourceRecords: listOf(record, "records").map((one) => ({ Value: one })),
        }
      : {
          AliasTarget: {
            HostedZoneId: fieldOf(alias, "zoneId"),
            DNSName: fieldOf(alias, "name"),
            EvaluateTargetHealth: fieldOf(alias, "evaluateTargetHealth"),
          },
        }),
    HealthCheckId: checkId === undefined ? undefined : idOf(checkId),
  });
}

function geoproximityOf(policy: Value | undefined): Shape | undefined {
  const block = firstOf(policy);
  const location = renamed(block, {
    awsRegion: "AWSRegion",
    localZoneGroup: "LocalZoneGroup",
    bias: "Bias",
  });
  const coordinates = firstOf(fieldOf(block, "coordinates"));
  return coordinates === undefined
    ? location
    : {
        ...location,
        Coordinates: renamed(coordinates, { latitude: "Latitude", longitude: "Longitude" }),
      };
}

/** The input that both calls share. */
function updateOf(check: Resource, idOf: (id: string) => string): Shape {
  const children = valueOf(check, "childHealthchecks");
  const alarm = textOf(check, "cloudwatchAlarmName");
  return defined({
    IPAddress: textOf(check, "ipAddress"),
    Port: numberOf(check, "port"),
    ResourcePath: textOf(check, "resourcePath"),
    FullyQualifiedDomainName: textOf(check, "fqdn"),
    SearchString: textOf(check, "searchString"),
    FailureThreshold: numberOf(check, "failureThreshold"),
    Inverted: valueOf(check, "invertHealthcheck"),
    Disabled: valueOf(check, "disabled"),
    HealthThreshold: numberOf(check, "childHealthThreshold"),
    ChildHealthChecks: isList(children)
      ? children.filter((id) => typeof id === "string").map(idOf)
      : undefined,
    EnableSNI: valueOf(check, "enableSni"),
    Regions: valueOf(check, "regions"),
    AlarmIdentifier:
      alarm === undefined
        ? undefined
        : defined({
            Name: alarm,
            Region: textOf(check, "cloudwatchAlarmRegion") ?? check.region,
          }),
    InsufficientDataHealthStatus: textOf(check, "insufficientDataHealthStatus"),
  });
}

function configOf(check: Resource, idOf: (id: string) => string): Shape {
  return {
    ...defined({
      Type: textOf(check, "type"),
      RequestInterval: numberOf(check, "requestInterval"),
      MeasureLatency: valueOf(check, "measureLatency"),
      RoutingControlArn: textOf(check, "routingControlArn"),
    }),
    ...updateOf(check, idOf),
  };
}

function renamed(
  block: Value | undefined,
  names: Readonly<Record<string, string>>,
): Shape | undefined {
  if (block === undefined) return undefined;
  return defined(
    Object.fromEntries(Object.entries(names).map(([from, to]) => [to, fieldOf(block, from)])),
  );
}

function defined(shape: Shape): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined));
}
