import type { Properties, Resource } from "../../routing/graph/resource";
import { textOf } from "../../routing/graph/values";
import type { StackModel } from "../../routing/graph/stackModel";
import type { EndpointCheck, RecordSet } from "../../routing/model";
import { addressTypesOf } from "../outageBounds";

/** What can be set of the checks of endpoints, and of the records that they guard. */
export interface Setting {
  readonly intervalSeconds: number;
  readonly failureThreshold: number;
  readonly hasStringMatch: boolean;
  readonly ttlSeconds: number;
}

/** Values that are tried beside those in force; Route 53 takes 10 and 30 s only (H3). */
const intervals = [10, 30];
const thresholds = [1, 2, 3];
const ttls = [5, 10, 30, 60];

/** The records that answer for a name by themselves, with a check of their own. */
export interface Tunable {
  readonly checks: readonly EndpointCheck[];
  readonly records: readonly RecordSet[];
  /** Absent where they are not all alike. */
  readonly now?: Setting;
}

/** What of a name can be tuned: the checks of its endpoints, of all its address types. */
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

function checkOf({ route53 }: StackModel, { checkId }: RecordSet): EndpointCheck | undefined {
  const check = checkId === undefined ? undefined : route53.checks.get(checkId);
  return check?.kind === "endpoint" ? check : undefined;
}

function settingOf(
  { intervalSeconds, failureThreshold, type }: EndpointCheck,
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

/** Every setting that is tried, that in force among them. */
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

/** A stack's resources with another setting of what can be tuned. */
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
