import type { Route53 } from "@aws-sdk/client-route-53";

/** The calls of a verification. */
export type VerifyCalls = Pick<
  Route53,
  | "changeResourceRecordSets"
  | "createHealthCheck"
  | "deleteHealthCheck"
  | "getChange"
  | "getHealthCheckStatus"
  | "getHostedZone"
  | "listHealthChecks"
  | "listHostedZonesByName"
  | "listResourceRecordSets"
  | "listTagsForResource"
  | "testDNSAnswer"
>;

/** The most calls of a verification, cleaning up included. */
export const callsMax = 60;
/** Calls that are left for cleaning up: the records, and some checks with a repetition each. */
const callsForCleaning = 15;
/** An account may send Route 53 five requests per second (DNS limitations). */
const paceMs = 200;

/** All calls are made, and no more are allowed. */
export class CallsSpent extends Error {
  override readonly name = "CallsSpent";
}

/** Calls to Route 53 that are spaced, counted and bounded. */
export class BoundedCalls {
  count = 0;
  private isCleaning = false;

  constructor(
    private readonly route53: VerifyCalls,
    private readonly wait: (milliseconds: number) => Promise<void>,
  ) {}

  /** From now on the calls that are kept for cleaning up may be made. */
  cleanUp(): void {
    this.isCleaning = true;
  }

  /** @throws CallsSpent if no call is left */
  async make<T>(call: (route53: VerifyCalls) => Promise<T>): Promise<T> {
    const most = this.isCleaning ? callsMax : callsMax - callsForCleaning;
    if (this.count >= most) throw new CallsSpent(`all ${most} calls were made`);
    if (this.count > 0) await this.wait(paceMs);
    this.count += 1;
    return call(this.route53);
  }
}
