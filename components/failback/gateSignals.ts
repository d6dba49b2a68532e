import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import type { AlarmSpec } from "../alerts/alarm";
import { alarmCheck } from "../alerts/alarmCheck";
import { check, refuse } from "../common/argumentFaults";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

export interface GateSignalsArgs {
  /** Id of the hosted zone of the names. */
  readonly zoneId: pulumi.Input<string>;
  /** The name above the signals' names: `gate.orders.cafe.com`. */
  readonly parentName: string;
  /** TTL of the records, in seconds, 0 to 300. */
  readonly ttlSeconds: number;
  /** Ids of checks by the signals' keys, each a label; plain, because each names two records. */
  readonly checkIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Alarms by the signals' keys: each gets a check. */
  readonly alarms: Readonly<Record<string, SignalAlarm>>;
  readonly tags: Tags;
}

/** An alarm with its definition. */
export interface SignalAlarm {
  readonly alarm: Pick<aws.cloudwatch.MetricAlarm, "name" | "region">;
  readonly spec: AlarmSpec;
}

/** The values of a signal. */
const signalValues = { primary: "healthy", secondary: "unhealthy" } as const;

/**
 * Checks that can be read from the zone's name servers, which answer when Route 53's API does not:
 * for each check a failover pair of TXT records, `healthy` while it is, otherwise `unhealthy`. No
 * customer queries them.
 * Children: `<name>-<signal>-primary` and `<name>-<signal>-secondary` for each check, and
 * `<name>-<signal>-check` for each alarm.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when the names cannot be records.
 */
export class GateSignals extends pulumi.ComponentResource {
  /** Names of the records by the signals' keys; not an output of the resource. */
  readonly recordNames: Readonly<Record<string, string>>;
  /** Ids of the checks of the alarms, by signal; not an output of the resource. */
  readonly alarmCheckIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: GateSignalsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { parentName, ttlSeconds, checkIds, alarms, tags } = args;
    const nameOf = (signal: string): string => `${signal}.${parentName}`;
    refuse(`GateSignals "${name}"`, [
      ...check("ttlSeconds", ttlSeconds, rules.ttlSeconds),
      ...Object.keys(checkIds).flatMap((signal) =>
        check(`checkIds.${signal}`, nameOf(signal), rules.recordName),
      ),
      ...Object.keys(alarms).flatMap((signal) =>
        check(`alarms.${signal}`, nameOf(signal), rules.recordName),
      ),
    ]);
    super("failover:index:GateSignals", name, {}, opts);

    this.alarmCheckIds = Object.fromEntries(
      Object.entries(alarms).map(([signal, { alarm, spec }]) => {
        const own = `${name}-${signal}-check`;
        const { id } = alarmCheck(
          own,
          // Without data nothing shows that the primary could carry traffic again.
          { alarm, spec, withoutData: "Unhealthy", tags: tagged(tags, "region", own) },
          { parent: this },
        );
        return [signal, id];
      }),
    );
    const all = { ...checkIds, ...this.alarmCheckIds };
    for (const [signal, checkId] of Object.entries(all)) {
      pairOfRecords(`${name}-${signal}`, nameOf(signal), checkId, args, { parent: this });
    }
    this.recordNames = Object.fromEntries(Object.keys(all).map((key) => [key, nameOf(key)]));
    this.registerOutputs({});
  }
}

function pairOfRecords(
  name: string,
  recordName: string,
  checkId: pulumi.Input<string>,
  { zoneId, ttlSeconds }: Pick<GateSignalsArgs, "zoneId" | "ttlSeconds">,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const role of ["primary", "secondary"] as const) {
    new aws.route53.Record(
      `${name}-${role}`,
      {
        zoneId,
        name: recordName,
        type: "TXT",
        setIdentifier: role,
        failoverRoutingPolicies: [{ type: role.toUpperCase() }],
        ttl: ttlSeconds,
        records: [signalValues[role]],
        ...(role === "primary" ? { healthCheckId: checkId } : {}),
      },
      opts,
    );
  }
}
