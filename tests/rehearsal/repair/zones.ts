import type { Resource } from "../../../routing/graph/resource";
import { readSources } from "../../../sources/readSources";

/** A zone of another owner, as that owner's tool prints it. */
export interface ForeignZone {
  readonly title: string;
  readonly name: string;
  readonly files: Readonly<Record<string, string | object>>;
}

const asks = {
  Type: "HTTP_STR_MATCH",
  Port: 80,
  ResourcePath: "/health",
  SearchString: "ok",
  RequestInterval: 30,
  FailureThreshold: 3,
};

/** `aws route53 list-health-checks`, one check for each address. */
function listedChecks(addresses: readonly string[]): {
  readonly HealthChecks: readonly object[];
} {
  return {
    HealthChecks: addresses.map((IPAddress, index) => ({
      Id: `0000000${index + 1}-0000-4000-8000-000000000000`,
      CallerReference: String(index),
      HealthCheckConfig: { ...asks, IPAddress },
    })),
  };
}

/** `aws ec2 describe-addresses` and `describe-instances`: each address in a separate availability zone. */
function machines(
  places: Readonly<Record<string, string>>,
): Readonly<Record<"addresses.json" | "instances.json", object>> {
  const all = Object.entries(places);
  return {
    "addresses.json": {
      Addresses: all.map(([PublicIp], index) => ({
        PublicIp,
        AllocationId: `eipalloc-${index}`,
        InstanceId: `i-${index}`,
      })),
    },
    "instances.json": {
      Reservations: all.map(([PublicIpAddress, AvailabilityZone], index) => ({
        Instances: [{ InstanceId: `i-${index}`, PublicIpAddress, Placement: { AvailabilityZone } }],
      })),
    },
  };
}

const checkId = (index: number): string => `0000000${index}-0000-4000-8000-000000000000`;

/** `aws route53 list-resource-record-sets` of the zone. */
export function listedRecords(records: readonly object[]): object {
  return {
    ResourceRecordSets: [
      {
        Name: "example.org.",
        Type: "SOA",
        TTL: 900,
        ResourceRecords: [{ Value: "ns. a. 1 1 1 1 1" }],
      },
      ...records.map((one) => ({ Name: "app.example.org.", Type: "A", ...one })),
    ],
  };
}

const [first, second, third] = ["192.0.2.1", "192.0.2.2", "192.0.2.3"] as const;

/** Failover between two regions, as the answers of the AWS command line. */
const pair: ForeignZone = {
  title: "a classic failover pair (answers of the AWS CLI)",
  name: "app.example.org",
  files: {
    "records.json": listedRecords(
      [first, second].map((Value, index) => ({
        SetIdentifier: index === 0 ? "west" : "east",
        Failover: index === 0 ? "PRIMARY" : "SECONDARY",
        TTL: 60,
        ResourceRecords: [{ Value }],
        HealthCheckId: checkId(index + 1),
      })),
    ),
    "checks.json": listedChecks([first, second]),
    ...machines({ [first]: "us-west-2a", [second]: "us-east-1a" }),
  },
};

/** A tenth of the traffic to a canary, in a template. */
const canary: ForeignZone = {
  title: "a weighted canary (CloudFormation template)",
  name: "app.example.org",
  files: {
    "template.yaml": [
      "Resources:",
      ...["Stable", "Canary"].flatMap((side, index) => [
        `  ${side}Server: {Type: AWS::EC2::Instance, Properties: {AvailabilityZone: ${index === 0 ? "us-west-2a" : "us-west-2b"}}}`,
        `  ${side}Address: {Type: AWS::EC2::EIP, Properties: {InstanceId: !Ref ${side}Server}}`,
        `  ${side}Check:`,
        "    Type: AWS::Route53::HealthCheck",
        "    Properties:",
        `      HealthCheckConfig: {Type: HTTP_STR_MATCH, IPAddress: !Ref ${side}Address, Port: 80, ResourcePath: /health, SearchString: ok, RequestInterval: 10, FailureThreshold: 2}`,
        `  ${side}Record:`,
        "    Type: AWS::Route53::RecordSet",
        "    Properties:",
        "      HostedZoneName: example.org.",
        "      Name: app.example.org.",
        "      Type: A",
        '      TTL: "30"',
        `      SetIdentifier: ${side}`,
        `      Weight: ${index === 0 ? 90 : 10}`,
        `      ResourceRecords: [!Ref ${side}Address]`,
        `      HealthCheckId: !Ref ${side}Check`,
      ]),
    ].join("\n"),
  },
};

function terraform(address: string, values: object): object {
  const [type, name] = address.split(".");
  return { address, mode: "managed", type, name, schema_version: 0, values, sensitive_values: {} };
}

/** Two regions by latency, in a state. */
const latency: ForeignZone = {
  title: "a latency pair (Terraform state)",
  name: "app.example.org",
  files: {
    "state.json": {
      format_version: "1.0",
      terraform_version: "1.13.4",
      values: {
        root_module: {
          resources: [
            terraform("aws_route53_zone.main", { zone_id: "Z111", name: "example.org" }),
            ...["us-west-2", "eu-west-1"].flatMap((region, index) => {
              const side = ["west", "dublin"][index] ?? "";
              const ip = [first, second][index] ?? "";
              return [
                terraform(`aws_instance.${side}`, {
                  id: `i-${side}`,
                  availability_zone: `${region}a`,
                  region,
                }),
                terraform(`aws_eip.${side}`, {
                  id: `eipalloc-${side}`,
                  public_ip: ip,
                  instance: `i-${side}`,
                  region,
                }),
                terraform(`aws_route53_health_check.${side}`, {
                  id: checkId(index + 1),
                  type: "HTTP_STR_MATCH",
                  ip_address: ip,
                  port: 80,
                  resource_path: "/health",
                  search_string: "ok",
                  request_interval: 30,
                  failure_threshold: 2,
                }),
                terraform(`aws_route53_record.${side}`, {
                  id: `Z111_app_${side}`,
                  zone_id: "Z111",
                  name: "app.example.org",
                  type: "A",
                  ttl: 60,
                  records: [ip],
                  set_identifier: side,
                  health_check_id: checkId(index + 1),
                  latency_routing_policy: [{ region }],
                }),
              ];
            }),
          ],
        },
      },
    },
  },
};

function exported(type: string, name: string, outputs: object): object {
  return {
    urn: `urn:pulumi:prod::shop::${type}::${name}`,
    custom: true,
    type,
    id: name,
    inputs: outputs,
    outputs,
  };
}

/** Two regions of two servers each, one alias above another, with a calculated check on the first. */
const chain: ForeignZone = {
  title: "a chain of aliases with a calculated check (Pulumi export)",
  name: "app.example.org",
  files: {
    "stack.json": {
      version: 3,
      deployment: {
        resources: [
          exported("aws:route53/zone:Zone", "zone", { zoneId: "Z222", name: "example.org" }),
          ...["west", "east"].flatMap((region, index) => {
            const role = index === 0 ? "PRIMARY" : "SECONDARY";
            return [
              ...["a", "b"].flatMap((letter, place) => {
                const ip = `192.0.2.${index * 2 + place + 1}`;
                const server = `${region}-${letter}`;
                const availabilityZone = `${index === 0 ? "us-west-2" : "us-east-1"}${letter}`;
                return [
                  exported("aws:ec2/instance:Instance", server, { availabilityZone }),
                  exported("aws:ec2/eip:Eip", `${server}-ip`, { publicIp: ip, instance: server }),
                  exported("aws:route53/healthCheck:HealthCheck", `${server}-check`, {
                    type: "HTTP_STR_MATCH",
                    ipAddress: ip,
                    port: 80,
                    resourcePath: "/health",
                    searchString: "ok",
                    requestInterval: 10,
                    failureThreshold: 3,
                  }),
                  exported("aws:route53/record:Record", server, {
                    zoneId: "Z222",
                    name: `${region}.example.org`,
                    type: "A",
                    ttl: 30,
                    records: [ip],
                    setIdentifier: server,
                    failoverRoutingPolicies: [{ type: place === 0 ? "PRIMARY" : "SECONDARY" }],
                    healthCheckId: `${server}-check`,
                  }),
                ];
              }),
              exported("aws:route53/record:Record", `app-${region}`, {
                zoneId: "Z222",
                name: "tiers.example.org",
                type: "A",
                setIdentifier: region,
                failoverRoutingPolicies: [{ type: role }],
                aliases: [
                  { name: `${region}.example.org`, zoneId: "Z222", evaluateTargetHealth: true },
                ],
                ...(index === 0 ? { healthCheckId: "west-calculated" } : {}),
              }),
            ];
          }),
          exported("aws:route53/healthCheck:HealthCheck", "west-calculated", {
            type: "CALCULATED",
            childHealthThreshold: 1,
            childHealthchecks: ["west-a-check", "west-b-check"],
          }),
          exported("aws:route53/record:Record", "app", {
            zoneId: "Z222",
            name: "app.example.org",
            type: "A",
            aliases: [{ name: "tiers.example.org", zoneId: "Z222", evaluateTargetHealth: true }],
          }),
        ],
      },
    },
  },
};

/** Three servers in one answer, as the answers of the AWS command line. */
const multivalue: ForeignZone = {
  title: "a multivalue answer (answers of the AWS CLI)",
  name: "app.example.org",
  files: {
    "records.json": listedRecords(
      [first, second, third].map((Value, index) => ({
        SetIdentifier: `server-${index + 1}`,
        MultiValueAnswer: true,
        TTL: 60,
        ResourceRecords: [{ Value }],
        HealthCheckId: checkId(index + 1),
      })),
    ),
    "checks.json": listedChecks([first, second, third]),
    ...machines({ [first]: "us-west-2a", [second]: "us-west-2b", [third]: "us-west-2c" }),
  },
};

export const foreignZones: readonly ForeignZone[] = [pair, canary, latency, chain, multivalue];

/** Two addresses that anybody may own, and two more: public ones, and no examples. */
const publicAddresses = ["8.8.4.1", "8.8.4.2", "8.8.4.3", "8.8.4.4"] as const;

/** Records and checks of one zone as the AWS CLI lists them, without anything that holds the addresses. */
function dump(
  title: string,
  records: readonly object[],
  checks: object = listedChecks(publicAddresses),
): ForeignZone {
  return {
    title: `${title} (records and checks alone)`,
    name: "app.example.org",
    files: { "records.json": listedRecords(records), "checks.json": checks },
  };
}

/** A record for each of the first addresses, with the check of that address. */
function leaves(names: readonly string[], more: (index: number) => object): readonly object[] {
  return names.map((SetIdentifier, index) => ({
    SetIdentifier,
    TTL: 60,
    ResourceRecords: [{ Value: publicAddresses[index] }],
    HealthCheckId: checkId(index + 1),
    ...more(index),
  }));
}

const role = (index: number): object => ({ Failover: index % 2 === 0 ? "PRIMARY" : "SECONDARY" });

function aliasTo(DNSName: string, more: object): object {
  return { AliasTarget: { HostedZoneId: "Z222", DNSName, EvaluateTargetHealth: true }, ...more };
}

const calculatedId = checkId(5);

/** The five zones again, as their owner would list them: no resource shows what has the addresses. */
export const dumpedZones: readonly ForeignZone[] = [
  dump(
    "a classic failover pair",
    leaves(["west", "east"], role),
    listedChecks(publicAddresses.slice(0, 2)),
  ),
  dump(
    "a weighted canary",
    leaves(["Stable", "Canary"], (index) => ({ Weight: index === 0 ? 90 : 10 })),
    listedChecks(publicAddresses.slice(0, 2)),
  ),
  dump(
    "a latency pair",
    leaves(["west", "dublin"], (index) => ({ Region: index === 0 ? "us-west-2" : "eu-west-1" })),
    listedChecks(publicAddresses.slice(0, 2)),
  ),
  dump(
    "a chain of aliases with a calculated check",
    [
      ...leaves(["west-a", "west-b", "east-a", "east-b"], (index) => ({
        Name: `${index < 2 ? "west" : "east"}.example.org.`,
        ...role(index),
      })),
      ...["west", "east"].map((region, index) =>
        aliasTo(`${region}.example.org.`, {
          Name: "tiers.example.org.",
          SetIdentifier: region,
          ...role(index),
          ...(index === 0 ? { HealthCheckId: calculatedId } : {}),
        }),
      ),
      aliasTo("tiers.example.org.", {}),
    ],
    {
      HealthChecks: [
        ...listedChecks(publicAddresses).HealthChecks,
        {
          Id: calculatedId,
          CallerReference: "calculated",
          HealthCheckConfig: {
            Type: "CALCULATED",
            HealthThreshold: 1,
            ChildHealthChecks: [checkId(1), checkId(2)],
          },
        },
      ],
    },
  ),
  dump(
    "a multivalue answer",
    leaves(["server-1", "server-2", "server-3"], () => ({ MultiValueAnswer: true })),
    listedChecks(publicAddresses.slice(0, 3)),
  ),
];

export async function resourcesOf({ files }: ForeignZone): Promise<readonly Resource[]> {
  const { resources } = await readSources(
    Object.entries(files).map(([path, content]) => ({
      path,
      content: Buffer.from(typeof content === "string" ? content : JSON.stringify(content)),
    })),
  );
  return resources;
}
