import type { OrderableDBInstanceOption } from "@aws-sdk/client-rds";
import { allOf } from "../../clients";
import type { Check, CheckFinding, Place } from "../finding";
import { ok, willFail } from "../finding";
import type { DatabaseNeed } from "../needs";
import { each } from "../orCannotTell";

/** One orderable combination of a database class. */
interface Option {
  readonly engineVersion: string;
  readonly availabilityZones: readonly string[];
  readonly canBeMultiAz: boolean;
}

/** Checks that RDS offers each database: class, engine, version and zones together. */
export const databases: Check = {
  name: "databases",
  subject: "database classes and versions",
  run: (place) =>
    each(
      place.needs.databases,
      ({ name, instanceClass }) => `${name}: ${instanceClass}`,
      async (need) => judge(need, await fetch(need, place)),
    ),
};

async function fetch(need: DatabaseNeed, { account }: Place): Promise<readonly Option[]> {
  const rds = await account.client("rds", need.region);
  const options = await allOf(
    (Marker) =>
      rds.describeOrderableDBInstanceOptions({
        Engine: need.engine,
        DBInstanceClass: need.instanceClass,
        Vpc: true,
        Marker,
      }),
    ({ OrderableDBInstanceOptions }) => OrderableDBInstanceOptions,
    ({ Marker }) => Marker,
  );
  return options.map(optionOf);
}

function optionOf(option: OrderableDBInstanceOption): Option {
  const { EngineVersion = "", AvailabilityZones = [], MultiAZCapable = false } = option;
  return {
    engineVersion: EngineVersion,
    availabilityZones: AvailabilityZones.flatMap(({ Name }) => Name ?? []),
    canBeMultiAz: MultiAZCapable,
  };
}

/** @internal */
export function judge(need: DatabaseNeed, options: readonly Option[]): CheckFinding {
  const { name, instanceClass, engine, engineVersion, region, isMultiAz } = need;
  const version = engineVersion ?? "any version";
  const subject = `${name}: ${instanceClass}, ${engine} ${version}`;
  const classRemedy = "choose another instance class";
  if (options.length === 0) {
    return willFail(
      subject,
      `RDS does not offer the class for ${engine} in ${region}`,
      classRemedy,
    );
  }
  const right = options.filter((one) => isOf(one.engineVersion, engineVersion));
  if (right.length === 0) {
    const versions = [...new Set(options.map((one) => one.engineVersion))].join(", ");
    return willFail(
      subject,
      `the version cannot be ordered in ${region}, but ${versions} can`,
      "use a version that RDS still offers",
    );
  }
  const fitting = isMultiAz ? right.filter(({ canBeMultiAz }) => canBeMultiAz) : right;
  if (fitting.length === 0) {
    return willFail(subject, `the class cannot be Multi-AZ in ${region}`, classRemedy);
  }
  const offered = new Set(fitting.flatMap(({ availabilityZones }) => availabilityZones));
  const missing = need.availabilityZones.filter((zone) => !offered.has(zone));
  if (missing.length > 0) {
    const zones = [...offered].sort().join(", ");
    return willFail(subject, `not offered in ${missing.join(", ")}, only in ${zones}`, classRemedy);
  }
  return ok(subject, `can be ordered in ${need.availabilityZones.join(", ") || region}`);
}

/** A version may be a prefix of numbers: 8.4 matches 8.4.6, but not 8.40. */
export function isOf(version: string, wanted: string | undefined): boolean {
  return wanted === undefined || version === wanted || version.startsWith(`${wanted}.`);
}
