import type { Value } from "../routing/graph/resource";
import { isList } from "../routing/graph/values";
import type { Field } from "./fields";
import { asFlag, asNumber, fieldsOf, memberOf, propertiesOf } from "./fields";

/**
 * Records and health checks in the shape of Route 53's API (API:ResourceRecordSet,
 * API:HealthCheckConfig). CloudFormation has the same shape, except for the values of a record.
 */

/** The fields of a record that choose among the records of one name, one policy each. */
const policyFields: readonly Field[] = [
  ["Failover", "failoverRoutingPolicies", (type) => [{ type }]],
  ["Weight", "weightedRoutingPolicies", (weight) => [{ weight: asNumber(weight) }]],
  ["Region", "latencyRoutingPolicies", (region) => [{ region }]],
  ["GeoLocation", "geolocationRoutingPolicies", (location) => [geolocation(location)]],
  ["GeoProximityLocation", "geoproximityRoutingPolicy", geoproximity],
  [
    "CidrRoutingConfig",
    "cidrRoutingPolicy",
    (config) => renamed(config, { CollectionId: "collectionId", LocationName: "locationName" }),
  ],
  ["MultiValueAnswer", "multivalueAnswerRoutingPolicy", asFlag],
];

/** The fields of a record. */
export const recordFields: readonly Field[] = [
  ["Name", "name"],
  ["Type", "type"],
  ["HostedZoneId", "zoneId"],
  ["SetIdentifier", "setIdentifier"],
  ["TTL", "ttl", asNumber],
  ["ResourceRecords", "records", valuesOf],
  ["AliasTarget", "aliases", (target) => [aliasOf(target)]],
  ["HealthCheckId", "healthCheckId"],
  ...policyFields,
];

/**
 * The same in a listing, which has policies that CloudFormation and Pulumi's provider do not have.
 */
export const listedRecordFields: readonly Field[] = [
  ...recordFields,
  [
    "AZAffinity",
    "azAffinityRoutingPolicy",
    (place) => renamed(place, { LocationType: "locationType", LocationId: "locationId" }),
  ],
];

/** Fields of a record that do not affect its answers. */
const silentFields = ["TrafficPolicyInstanceId", "Comment", "HostedZoneName"];

/** The fields of a record that have no property here, such as a policy newer than this table. */
export function unreadFields(set: Value, fields = recordFields): readonly string[] {
  const known = new Set([...fields.map(([field]) => field), ...silentFields]);
  return Object.keys(set ?? {}).filter((field) => !known.has(field));
}

/** The fields of a health check's configuration. */
export const healthCheckFields: readonly Field[] = [
  ["Type", "type"],
  ["IPAddress", "ipAddress"],
  ["Port", "port", asNumber],
  ["ResourcePath", "resourcePath"],
  ["FullyQualifiedDomainName", "fqdn"],
  ["SearchString", "searchString"],
  ["RequestInterval", "requestInterval", asNumber],
  ["FailureThreshold", "failureThreshold", asNumber],
  ["MeasureLatency", "measureLatency", asFlag],
  ["Inverted", "invertHealthcheck", asFlag],
  ["Disabled", "disabled", asFlag],
  ["EnableSNI", "enableSni", asFlag],
  ["HealthThreshold", "childHealthThreshold", asNumber],
  ["ChildHealthChecks", "childHealthchecks"],
  ["Regions", "regions"],
  ["InsufficientDataHealthStatus", "insufficientDataHealthStatus"],
  ["RoutingControlArn", "routingControlArn"],
];

/** The fields of the alarm that a check watches, which form a separate block. */
export const alarmIdentifierFields: readonly Field[] = [
  ["Name", "cloudwatchAlarmName"],
  ["Region", "cloudwatchAlarmRegion"],
];

/** A record's values: strings in a template, one object each in the API. */
function valuesOf(records: Value): Value {
  return isList(records) ? records.map((each) => memberOf(each, "Value") ?? each) : records;
}

function aliasOf(target: Value): Value {
  return {
    evaluateTargetHealth: false,
    ...renamed(target, { DNSName: "name", HostedZoneId: "zoneId" }),
    ...renamed(target, { EvaluateTargetHealth: "evaluateTargetHealth" }, asFlag),
  };
}

function geolocation(location: Value): Value {
  return renamed(location, {
    ContinentCode: "continent",
    CountryCode: "country",
    SubdivisionCode: "subdivision",
  });
}

function geoproximity(location: Value): Value {
  const coordinates = memberOf(location, "Coordinates");
  return {
    ...renamed(location, { AWSRegion: "awsRegion", LocalZoneGroup: "localZoneGroup" }),
    ...renamed(location, { Bias: "bias" }, asNumber),
    ...(coordinates === undefined
      ? {}
      : {
          coordinates: [renamed(coordinates, { Latitude: "latitude", Longitude: "longitude" })],
        }),
  };
}

/** The members of an object under other names; missing members are left out. */
function renamed(
  value: Value,
  names: Readonly<Record<string, string>>,
  written?: Field[2],
): Readonly<Record<string, Value>> {
  const fields = Object.entries(names).map(([from, to]): Field =>
    written ? [from, to, written] : [from, to],
  );
  const { properties } = propertiesOf(fields, fieldsOf(value));
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, one]): [string, Value][] =>
      one === undefined ? [] : [[name, one]],
    ),
  );
}
