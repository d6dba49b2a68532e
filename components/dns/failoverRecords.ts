import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import { compile } from "../../routing/compile";
import type { RecordSpec } from "../../routing/compile";
import type { Family, Node } from "../../routing/route";
import { check, checkedResult, refuse } from "../common/argumentFaults";

export interface FailoverRecordsArgs {
  /** Id of the hosted zone of all names of the routes. */
  readonly zoneId: pulumi.Input<string>;
  /** The trees to publish. `published` nodes get aliases to them and no records. */
  readonly routes: readonly Node<pulumi.Input<string>>[];
  /** TTL of records with addresses, in seconds, 0 to 300; aliases have their target's (T1). */
  readonly ttlSeconds: number;
  /** Address families to publish; default: those that every branch of a tree can answer. */
  readonly families?: readonly Family[];
}

/**
 * Routes as Route 53 records: one `<name>-<record name>-<type>-<set identifier>` per record.
 * An alias waits for the records that it points to, which must exist before it (A12): those of this
 * component and, if it points to published records of others, everything in `dependsOn`. Records
 * that point to no record wait for nothing.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when the routes cannot be records.
 */
export class FailoverRecords extends pulumi.ComponentResource {
  constructor(name: string, args: FailoverRecordsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { routes, ttlSeconds, families } = args;
    const compiled = checkedResult("routes", () =>
      compile(routes, families === undefined ? { ttlSeconds } : { ttlSeconds, families }),
    );
    refuse(`FailoverRecords "${name}"`, [
      ...check("ttlSeconds", ttlSeconds, rules.ttlSeconds),
      ...(compiled.faults ?? []),
    ]);
    super("failover:index:FailoverRecords", name, {}, opts);

    const made = new Map<string, aws.route53.Record[]>();
    for (const spec of compiled.faults ? [] : compiled.result) {
      const targets =
        spec.target.kind === "record"
          ? (made.get(groupOf(spec.target.name, spec.type)) ?? opts?.dependsOn)
          : undefined;
      const record = new aws.route53.Record(`${name}-${spec.key}`, recordArgs(spec, args.zoneId), {
        parent: this,
        ...(targets ? { dependsOn: targets } : {}),
      });
      const group = groupOf(spec.name, spec.type);
      made.set(group, [...(made.get(group) ?? []), record]);
    }
    this.registerOutputs({});
  }
}

/** The target of an alias: all records of a name and type. */
function groupOf(name: string, type: Family): string {
  return `${name} ${type}`;
}

function recordArgs(
  spec: RecordSpec<pulumi.Input<string>>,
  zoneId: pulumi.Input<string>,
): aws.route53.RecordArgs {
  const { name, type, setIdentifier, policy, checkId } = spec;
  return {
    zoneId,
    name,
    type,
    setIdentifier,
    ...(policy.kind === "failover"
      ? { failoverRoutingPolicies: [{ type: policy.role }] }
      : { weightedRoutingPolicies: [{ weight: policy.weight }] }),
    ...targetArgs(spec, zoneId),
    ...(checkId === undefined ? {} : { healthCheckId: checkId }),
  };
}

function targetArgs(
  { target }: RecordSpec<pulumi.Input<string>>,
  zoneId: pulumi.Input<string>,
): Pick<aws.route53.RecordArgs, "ttl" | "records" | "aliases"> {
  switch (target.kind) {
    case "addresses":
      return { ttl: target.ttlSeconds, records: [...target.addresses] };
    case "record":
      // Always evaluated: Route 53 must leave a branch whose members are all unhealthy (A1, A3).
      return { aliases: [{ name: target.name, zoneId, evaluateTargetHealth: true }] };
    case "resource": {
      const { dnsName, zoneId: targetZoneId, evaluateTargetHealth } = target;
      return { aliases: [{ name: dnsName, zoneId: targetZoneId, evaluateTargetHealth }] };
    }
  }
}
