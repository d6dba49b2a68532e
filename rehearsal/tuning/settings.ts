import type { Properties, Resource } from "../../routing/graph/resource";
import { textOf } from "../../routing/graph/values";
import type { StackModel } from "../../routing/graph/stackModel";
import type { EndpointHealthCheck, RecordSet } from "../../routing/model";
import { addressTypesOf } from "../outageBounds";

/** The tunable settings of endpoint checks and of the records that they guard. */
export interface Setting {
  readonly intervalSeconds: number;
  readonly failureThreshold: number;
  readonly hasStringMatch: boolean;
  readonly ttlSeconds: number;
}

/** Values to try in addition to the current ones; Route 53 accepts only 10 and 30 s (H3). */
const intervals = [10, 30];
const thresholds = [1, 2, 3];
const ttls = [5, 10, 30, 60];

/** The records of a name that answer with values and have their own checks. */
export interface Tunable {
  readonly checks: readonly EndpointHealthCheck[];
  readonly records: readonly RecordSet[];
  /** Absent if they are not all equal. */
  readonly now?: Setting;
}

/** The tunable part of a name: the checks of its endpoints, for all its address types. */
export function tunableOf(model: StackModel, name: string): Tunable {
  const tuned = addressTypesOf(model, name).flatMap((type) =>
    model.route53.reachable(name, type).flatMap((record) => {
      const check = checkOf(model, record);
      if (!check || record.target.kind !== "values") return [];
      const { ttlSeconds, values } = record.target;
      return values.length > 0 ? [{ record, check, now: settingOf(check, ttlSeconds) }] : [];
    }),
  );
  const [first, ...others] = tuned.map(({ now }) => now);
  const areAlike = first && others.every((one) => sameSetting(one, first));
  return {
    checks: tuned.map(({ check }) => check),
    records: tuned.map(({ record }) => record),
    ...(areAlike ? { now: first } : {}),
  };
}

function checkOf({ route53 }: StackModel, { checkId }: RecordSet): EndpointHealthCheck | undefined {
  const check = checkId === undefined ? undefined : route53.checks.get(checkId);
  return check?.kind === "endpoint" ? check : undefined;
}

function settingOf(
  { intervalSeconds, failureThreshold, type }: EndpointHealthCheck,
  ttlSeconds: number,
): Setting {
  const hasStringMatch = type.endsWith("_STR_MATCH");
  return { intervalSeconds, failureThreshold, hasStringMatch, ttlSeconds };
}

export function sameSetting(a: Setting, b: Setting): boolean {
  return (
    a.intervalSeconds === b.intervalSeconds &&
    a.failureThreshold === b.failureThreshold &&
    a.hasStringMatch === b.hasStringMatch &&
    a.ttlSeconds === b.ttlSeconds
  );
}

/** Every setting to try, including the current one. */
export function settingsOf({ checks, now }: Tunable): readonly Setting[] {
  // A TCP check has no body to search.
  const matches = checks.every(({ type }) => type !== "TCP") ? [true, false] : [false];
  const all = intervals.flatMap((intervalSeconds) =>
    thresholds.flatMap((failureThreshold) =>
      matches.flatMap((hasStringMatch) =>
        ttls.map((ttlSeconds) => ({
          intervalSeconds,
          failureThreshold,
          hasStringMatch,
          ttlSeconds,
        })),
      ),
    ),
  );
  return now === undefined || all.some((one) => sameSetting(one, now)) ? all : [...all, now];
}

/** A stack's resources with another setting. */
export function withSetting(
  resources: readonly Resource[],
  { checks, records }: Tunable,
  setting: Setting,
): readonly Resource[] {
  const checkIds = new Set(checks.map(({ id }) => id));
  const recordIds = new Set(records.map(({ id }) => id));
  return resources.map((resource) => {
    if (checkIds.has(resource.urn)) return changed(resource, checkProperties(resource, setting));
    if (recordIds.has(resource.urn) && "ttl" in resource.outputs) {
      return changed(resource, { ttl: setting.ttlSeconds });
    }
    return resource;
  });
}

function checkProperties(resource: Resource, setting: Setting): Properties {
  const plain = (textOf(resource, "type") ?? "").replace(/_STR_MATCH$/, "");
  return {
    requestInterval: setting.intervalSeconds,
    failureThreshold: setting.failureThreshold,
    type: setting.hasStringMatch ? `${plain}_STR_MATCH` : plain,
    ...(setting.hasStringMatch
      ? { searchString: resource.outputs["searchString"] ?? "ok" }
      : { searchString: "" }),
  };
}

function changed(resource: Resource, properties: Properties): Resource {
  return {
    ...resource,
    inputs: { ...resource.inputs, ...properties },
    outputs: { ...resource.outputs, ...properties },
  };
}
