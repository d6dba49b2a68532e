import type { Properties, Resource } from "../routing/graph/resource";

const prefix = "urn:pulumi:bench::bench::";

/** Resources of one hostname: a pair of zones below a static page. */
export const resourcesPerHostname = 10;

/**
 * A stack with about this many resources, a tenth of them hostnames: each has two instances with an
 * address and a check, a pair of records for them, and a pair above that ends in a page.
 */
export function stackOfSize(resourceCount: number): readonly Resource[] {
  const hostnames = Math.round(resourceCount / resourcesPerHostname);
  return [
    made("pulumi:pulumi:Stack", "bench", {}),
    made("pulumi:providers:aws", "us-west-2", { region: "us-west-2" }),
    made("pulumi:providers:aws", "us-east-2", { region: "us-east-2" }),
    made("aws:route53/zone:Zone", "zone", { zoneId: "Z1", name: "bench.test", tags }),
    ...Array.from({ length: hostnames }, (_, index) => hostnameResources(index)).flat(),
  ];
}

const tags = { Project: "bench", Environment: "bench", Name: "bench" };

function made(
  type: string,
  name: string,
  properties: Properties,
  from: Readonly<Record<string, readonly string[]>> = {},
): Resource {
  const region = name.startsWith("page") ? "us-east-2" : "us-west-2";
  const isAws = type.startsWith("aws:");
  return {
    urn: urnOf(type, name),
    type,
    name,
    custom: true,
    id: name,
    inputs: properties,
    outputs: properties,
    propertyDependencies: from,
    dependencies: Object.values(from).flat(),
    unknown: {},
    ...(isAws ? { provider: urnOf("pulumi:providers:aws", region), region } : {}),
  };
}

function urnOf(type: string, name: string): string {
  return `${prefix}${type}::${name}`;
}

function hostnameResources(index: number): readonly Resource[] {
  const host = `host${index}.bench.test`;
  const zones = ["a", "b"] as const;
  const address = (zone: string): string =>
    `192.${zone === "a" ? 1 : 2}.${index >> 8}.${index & 255}`;
  const servers = zones.flatMap((zone) => [
    made("aws:ec2/instance:Instance", `web${index}${zone}`, {
      ami: "ami-1",
      availabilityZone: `us-west-2${zone}`,
      instanceType: "t4g.micro",
      metadataOptions: { httpTokens: "required" },
      rootBlockDevice: { encrypted: true, volumeSize: 8 },
      tags,
    }),
    made("aws:ec2/eip:Eip", `address${index}${zone}`, {
      publicIp: address(zone),
      instance: `web${index}${zone}`,
      tags,
    }),
    made("aws:route53/healthCheck:HealthCheck", `check${index}${zone}`, {
      type: "HTTP_STR_MATCH",
      ipAddress: address(zone),
      port: 80,
      resourcePath: "/healthcheck",
      searchString: "ok",
      requestInterval: 10,
      failureThreshold: 2,
      tags,
    }),
  ]);
  const record = (name: string, role: string, more: Properties): Properties => ({
    zoneId: "Z1",
    name,
    type: "A",
    setIdentifier: role.toLowerCase(),
    failoverRoutingPolicies: [{ type: role }],
    ...more,
  });
  const leaf = (role: string, zone: string): Resource =>
    made(
      "aws:route53/record:Record",
      `zone${index}${zone}`,
      record(`zone.${host}`, role, {
        ttl: 10,
        records: [address(zone)],
        healthCheckId: `check${index}${zone}`,
      }),
      { records: [urnOf("aws:ec2/eip:Eip", `address${index}${zone}`)] },
    );
  const alias = (name: string, evaluateTargetHealth: boolean): Properties => ({
    aliases: [{ name, zoneId: evaluateTargetHealth ? "Z1" : "Z2", evaluateTargetHealth }],
  });
  return [
    ...servers,
    leaf("PRIMARY", "a"),
    leaf("SECONDARY", "b"),
    made(
      "aws:route53/record:Record",
      `top${index}a`,
      record(host, "PRIMARY", alias(`zone.${host}`, true)),
    ),
    made(
      "aws:route53/record:Record",
      `top${index}b`,
      record(host, "SECONDARY", alias("d1.cloudfront.net", false)),
    ),
  ];
}
