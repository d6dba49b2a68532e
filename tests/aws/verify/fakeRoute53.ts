import type { HealthCheckConfig, ResourceRecordSet } from "@aws-sdk/client-route-53";
import { AwsError } from "../../../aws/awsError";
import type { VerifyCalls } from "../../../aws/verify/calls";

/** What this Route 53 does where AWS's documentation does not say it. */
export interface Truth {
  readonly invertedDisabledIsUnhealthy: boolean;
  readonly zeroWeightKeepsBranchHealthy: boolean;
  /** The most aliases in a row through which health is evaluated. */
  readonly aliasesMax: number;
  readonly checkersDialValuesAlike: boolean;
  readonly s3WebsiteTtlSeconds: number;
  /** Whether `TestDNSAnswer` follows the health of checks. */
  readonly testFollowsHealth: boolean;
}

const zoneId = "Z1";
const apex = "verify.example.org";

/** Route 53 at the client's seam, with one zone. */
export class FakeRoute53 {
  records: ResourceRecordSet[] = ["NS", "SOA"].map((Type) => ({ Name: apex, Type: Type as "NS" }));
  readonly checks = new Map<string, { readonly config: HealthCheckConfig; reference: string }>();
  tags: { Key: string; Value: string }[] = [];
  calls: string[] = [];
  /** Throws instead of making a call; `after` is whether the call has taken effect. */
  fault: ((call: string, count: number) => "after" | "before" | undefined) | undefined;
  constructor(readonly truth: Truth) {}

  get client(): VerifyCalls {
    const answer: Readonly<Record<string, (input: never) => object>> = {
      listHostedZonesByName: () => ({
        HostedZones: [{ Id: `/hostedzone/${zoneId}`, Name: `${apex}.` }],
      }),
      getHostedZone: () => ({ DelegationSet: { NameServers: ["ns-1.example.net"] } }),
      listTagsForResource: () => ({ ResourceTagSet: { Tags: this.tags } }),
      listResourceRecordSets: () => ({ ResourceRecordSets: this.records }),
      createHealthCheck: (input: {
        CallerReference: string;
        HealthCheckConfig: HealthCheckConfig;
      }) => {
        const Id = `check-${this.checks.size + 1}`;
        this.checks.set(Id, { config: input.HealthCheckConfig, reference: input.CallerReference });
        return { HealthCheck: { Id } };
      },
      changeResourceRecordSets: (input: {
        ChangeBatch: { Changes: { Action: string; ResourceRecordSet: ResourceRecordSet }[] };
      }) => {
        for (const { Action, ResourceRecordSet: set } of input.ChangeBatch.Changes) {
          if (Action === "CREATE") this.create(set);
          else this.records = this.records.filter((one) => one !== set);
        }
        return { ChangeInfo: { Id: "C1" } };
      },
      getChange: () => ({ ChangeInfo: { Status: "INSYNC" } }),
      testDNSAnswer: ({ RecordName }: { RecordName: string }) => ({
        ResponseCode: "NOERROR",
        RecordData: this.answerOf(RecordName),
      }),
      getHealthCheckStatus: () => ({
        HealthCheckObservations: Array.from({ length: 16 }, (_, index) => ({
          StatusReport: {
            Status:
              this.truth.checkersDialValuesAlike && index % 2 === 1
                ? "Failure: The health checker could not establish a connection"
                : "Success: HTTP Status Code 200, OK",
          },
        })),
      }),
      listHealthChecks: () => ({
        HealthChecks: [...this.checks].map(([Id, { reference }]) => ({
          Id,
          CallerReference: reference,
        })),
      }),
      deleteHealthCheck: ({ HealthCheckId }: { HealthCheckId: string }) => {
        if (!this.checks.delete(HealthCheckId)) throw failure("NoSuchHealthCheck");
        return {};
      },
    };
    return new Proxy({} as VerifyCalls, {
      get: (_, name) => (input: never) => {
        const call = String(name);
        this.calls.push(call);
        const when = this.fault?.(call, this.calls.length);
        if (when === "before") return Promise.reject(failure("TimeoutError"));
        const result = Promise.resolve().then(() => answer[call]?.(input));
        return when === "after"
          ? result.then(() => Promise.reject(failure("TimeoutError")))
          : result;
      },
    });
  }

  /** An alias needs its target (A12). */
  private create(set: ResourceRecordSet): void {
    const target = set.AliasTarget;
    if (
      target?.HostedZoneId === zoneId &&
      !this.records.some(({ Name }) => Name === target.DNSName)
    ) {
      throw failure("InvalidChangeBatch");
    }
    this.records.push(set);
  }

  private isHealthy(id: string): boolean {
    const { config } = this.checks.get(id) ?? {};
    if (config?.Disabled === true)
      return !(config.Inverted === true && this.truth.invertedDisabledIsUnhealthy);
    const raw = config?.Type !== "CALCULATED" || (config.HealthThreshold ?? 0) === 0;
    return config?.Inverted === true ? !raw : raw;
  }

  /** Whether a record counts as healthy, `depth` aliases below the asked one. */
  private counts(set: ResourceRecordSet, depth: number): boolean {
    if (set.HealthCheckId !== undefined && !this.isHealthy(set.HealthCheckId)) return false;
    const { AliasTarget } = set;
    if (AliasTarget?.EvaluateTargetHealth !== true) return true;
    // Beyond its limit, this Route 53 takes a target for healthy.
    if (depth + 1 > this.truth.aliasesMax) return true;
    const members = this.records.filter(({ Name }) => Name === AliasTarget.DNSName);
    return members.some(
      (one) =>
        this.counts(one, depth + 1) &&
        (one.Weight !== 0 || members.length === 1 || this.truth.zeroWeightKeepsBranchHealthy),
    );
  }

  private answerOf(name: string): string[] {
    const members = this.records.filter(({ Name }) => Name === name);
    const healthy = this.truth.testFollowsHealth
      ? members.filter((one) => this.counts(one, 0))
      : members;
    const pool = healthy.length > 0 ? healthy : members;
    const chosen =
      pool.find(({ Failover }) => Failover === "PRIMARY") ??
      [...pool].sort((one, other) => (other.Weight ?? 0) - (one.Weight ?? 0))[0];
    if (chosen?.AliasTarget) return this.answerOf(chosen.AliasTarget.DNSName ?? "");
    return (chosen?.ResourceRecords ?? []).map(({ Value = "" }) => Value);
  }
}

function failure(name: string): AwsError {
  return new AwsError("route53 call in us-east-1", Object.assign(new Error("no"), { name }));
}
