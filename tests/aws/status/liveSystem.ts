import { Route53 } from "@aws-sdk/client-route-53";
import type { HealthCheckConfig, ResourceRecordSet } from "@aws-sdk/client-route-53";
import { S3 } from "@aws-sdk/client-s3";
import type { Account } from "../../../aws/clients";
import { accountOf } from "../../../aws/clients";
import type { StatusSubject } from "../../../aws/status/subject";
import type { GateState } from "../../../functions/gate/state";
import { exportedStack } from "../../../aws/gate/gateLocation";
import type { Resource, Value } from "../../../routing/graph/resource";
import { fromExport } from "../../../routing/graph/fromExport";
import { liveZone } from "../../../aws/zone/liveZone";
import { readAnswers } from "../../../sources/aws/readAnswers";
import type { Answers } from "../answers";
import { withAnswers } from "../answers";
import type { ZoneAnswers } from "../authoritativeServer";
import type { Moto } from "../moto";
import { account as accountId } from "../seam";

export const standbyRegion = "eu-west-1";
export const bucket = `failover-prod-gate-${accountId}`;
export const functionName = "failover-prod-gate";
const gateHost = `${bucket}.s3.${standbyRegion}.amazonaws.com`;

/** The time of the tests. */
export const nowMs = Date.UTC(2027, 0, 15, 12);

/** Oregon serves, as Route 53's servers and `TestDNSAnswer` say it. */
export const oregonServes: ZoneAnswers = {
  "orders.example.org A": ["198.51.100.10"],
  "live.orders.example.org A": ["198.51.100.10"],
};

/** Dublin serves. */
export const dublinServes: ZoneAnswers = {
  "orders.example.org A": ["198.51.100.20"],
  "live.orders.example.org A": ["198.51.100.20"],
};

/** The state of a gate in a quiet time. */
export const armed: GateState = {
  version: 1,
  revision: 7,
  phase: "armed",
  sinceMs: nowMs - 3 * 86_400_000,
  outsideRuns: 0,
  approvals: [],
  lastRunMs: nowMs - 20_000,
  blockers: [],
  latchAgrees: true,
  notices: [],
};

/** A small system in moto: a primary and a standby address, a page, and the gate of the stack. */
export class LiveSystem {
  readonly env: Readonly<Record<string, string>>;
  zoneId = "";
  readonly checkIds: Record<string, string> = {};
  /** Checkers of 16 that find the endpoint well, by check; 16 by default. */
  checkers: Record<string, number> = {};
  /** What `TestDNSAnswer` says. */
  tested: ZoneAnswers = oregonServes;
  /** The environment of the controller. */
  settings: Readonly<Record<string, string>> = {
    APPROVAL: "manual",
    APPROVERS: "2",
    SIGNAL_NAMES: '{"orders-oregon":"orders-oregon.gate.orders.example.org"}',
  };
  mode: "created" | "attached" = "attached";

  private constructor(endpoint: string) {
    this.env = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
  }

  static async start(
    moto: Moto,
    { isAttached = true }: { readonly isAttached?: boolean } = {},
  ): Promise<LiveSystem> {
    await moto.reset();
    const system = new LiveSystem(moto.endpoint);
    await system.makeZone(isAttached);
    system.mode = isAttached ? "attached" : "created";
    await system.s3.createBucket({
      Bucket: bucket,
      CreateBucketConfiguration: { LocationConstraint: standbyRegion },
    });
    await system.put("readable", "readable");
    await system.put("state.json", JSON.stringify(armed));
    return system;
  }

  private get options(): object {
    return {
      endpoint: this.env["AWS_ENDPOINT_URL"],
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      forcePathStyle: true,
    };
  }

  get route53(): Route53 {
    return new Route53({ ...this.options, region: "us-east-1" });
  }

  get s3(): S3 {
    return new S3({ ...this.options, region: standbyRegion });
  }

  async put(Key: string, Body: string): Promise<void> {
    await this.s3.putObject({ Bucket: bucket, Key, Body });
  }

  async check(name: string, config: Partial<HealthCheckConfig>): Promise<string> {
    const { HealthCheck } = await this.route53.createHealthCheck({
      CallerReference: name,
      HealthCheckConfig: {
        Type: "HTTP",
        Port: 80,
        FailureThreshold: 2,
        RequestInterval: 10,
        ...config,
      },
    });
    const id = HealthCheck?.Id ?? "";
    this.checkIds[name] = id;
    await this.route53.changeTagsForResource({
      ResourceType: "healthcheck",
      ResourceId: id,
      AddTags: [{ Key: "Name", Value: name }],
    });
    return id;
  }

  async addRecords(records: readonly ResourceRecordSet[]): Promise<void> {
    await this.route53.changeResourceRecordSets({
      HostedZoneId: this.zoneId,
      ChangeBatch: {
        Changes: records.map((ResourceRecordSet) => ({ Action: "CREATE", ResourceRecordSet })),
      },
    });
  }

  private async makeZone(isAttached: boolean): Promise<void> {
    const { HostedZone } = await this.route53.createHostedZone({
      Name: "example.org",
      CallerReference: "1",
    });
    this.zoneId = (HostedZone?.Id ?? "").replace("/hostedzone/", "");
    const oregon = await this.check("oregon-check", { IPAddress: "198.51.100.10" });
    const dublin = await this.check("dublin-check", { IPAddress: "198.51.100.20" });
    const ofGate: Partial<HealthCheckConfig> = {
      Type: "HTTPS_STR_MATCH",
      Port: 443,
      FullyQualifiedDomainName: gateHost,
    };
    const latch = await this.check("gate-latch", {
      ...ofGate,
      ResourcePath: "/latch",
      SearchString: "latched",
      Inverted: true,
    });
    await this.check("gate-readable", {
      ...ofGate,
      ResourcePath: "/readable",
      SearchString: "readable",
    });
    // The object is not there.
    this.checkers["gate-latch"] = 0;
    const region = await this.check("oregon-region", {
      Type: "CALCULATED",
      ChildHealthChecks: isAttached ? [oregon, latch] : [oregon],
      HealthThreshold: isAttached ? 2 : 1,
    });
    const live = { Name: "live.orders.example.org", Type: "A", TTL: 10 } as const;
    await this.addRecords([
      {
        ...live,
        SetIdentifier: "oregon",
        Failover: "PRIMARY",
        ResourceRecords: [{ Value: "198.51.100.10" }],
        HealthCheckId: region,
      },
      {
        ...live,
        SetIdentifier: "dublin",
        Failover: "SECONDARY",
        ResourceRecords: [{ Value: "198.51.100.20" }],
        HealthCheckId: dublin,
      },
    ]);
    await this.addRecords([
      {
        Name: "orders.example.org",
        Type: "A",
        SetIdentifier: "live",
        Failover: "PRIMARY",
        AliasTarget: {
          HostedZoneId: this.zoneId,
          DNSName: "live.orders.example.org",
          EvaluateTargetHealth: true,
        },
      },
      {
        Name: "orders.example.org",
        Type: "A",
        SetIdentifier: "page",
        Failover: "SECONDARY",
        AliasTarget: {
          HostedZoneId: "Z2FDTNDATAQYW2",
          DNSName: "d111111abcdef8.cloudfront.net",
          EvaluateTargetHealth: false,
        },
      },
    ]);
  }

  /** The account, with answers to what moto lacks in place of AWS's. */
  account(answers: Answers = {}): Account {
    return withAnswers(accountOf(this.env), {
      "route53.getHealthCheckStatus": ({ HealthCheckId }) => {
        const [name = ""] =
          Object.entries(this.checkIds).find(([, id]) => id === HealthCheckId) ?? [];
        const healthy = this.checkers[name] ?? 16;
        return {
          HealthCheckObservations: Array.from({ length: 16 }, (_, index) => ({
            Region: "us-east-1",
            IPAddress: `192.0.2.${index}`,
            StatusReport: {
              Status: index < healthy ? "Success: HTTP Status Code 200, OK" : "Failure: timed out",
            },
          })),
        };
      },
      "route53.testDNSAnswer": ({ RecordName, RecordType }) => ({
        ResponseCode: "NOERROR",
        RecordData: this.tested[`${String(RecordName)} ${String(RecordType)}`] ?? [],
      }),
      // The places of the addresses are not part of these tests, and moto has many regions.
      "ec2.describeRegions": () => ({ Regions: [] }),
      "lambda.getFunctionConfiguration": () => ({ Environment: { Variables: this.settings } }),
      ...answers,
    });
  }

  /** The outputs of the stack that this is. */
  get outputs(): Readonly<Record<string, Value>> {
    return {
      hostname: "orders.example.org",
      hostnames: ["orders.example.org"],
      hostedZone: { id: this.zoneId, name: "example.org", nameServers: ["ns-1.example.net"] },
      regions: {
        primary: { name: "oregon", region: "us-west-2" },
        standby: { name: "dublin", region: standbyRegion },
      },
      gate: { bucket, functionName, region: standbyRegion, mode: this.mode },
    };
  }

  /** The output of `pulumi stack export`. */
  export(stack = "prod", outputs: Readonly<Record<string, Value>> = this.outputs): string {
    const urn = `urn:pulumi:${stack}::failover::pulumi:pulumi:Stack::failover-${stack}`;
    return JSON.stringify({
      version: 3,
      deployment: {
        manifest: { time: "2027-01-15T00:00:00Z", magic: "", version: "v3.265.0" },
        resources: [{ urn, custom: false, type: "pulumi:pulumi:Stack", outputs }],
      },
    });
  }

  /** The resources of the zone, as an export has them. */
  async zoneResources(): Promise<readonly Resource[]> {
    const { answers } = await liveZone(this.zoneId, this.account());
    return readAnswers(answers).resources;
  }

  get subject(): StatusSubject {
    const resources = fromExport(this.export(), "prod.json");
    return {
      title: "prod",
      zone: this.zoneId,
      names: ["orders.example.org", "live.orders.example.org"],
      regionNames: new Map([
        ["us-west-2", "oregon"],
        [standbyRegion, "dublin"],
      ]),
      owner: exportedStack(resources, "prod.json"),
    };
  }
}
