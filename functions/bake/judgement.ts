import type {
  RegionObservation,
  SeenAlarm,
  SeenCheck,
  SeenGroup,
  SeenInstance,
} from "./observation";

/** The evaluation of a poll, each item in words. */
export interface BakeJudgement {
  /** Permanent failures. */
  readonly lost: readonly string[];
  /** Items that are not healthy yet. */
  readonly pending: readonly string[];
  /** Alarms without data so far. */
  readonly silent: readonly string[];
  /** Items that could not be evaluated, and are ignored. */
  readonly notes: readonly string[];
}

/**
 * Unsuccessful results of an instance refresh. A successful rollback is a failed release.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceRefresh.html
 */
const lostRefreshes: readonly string[] = [
  "Failed",
  "Cancelled",
  "Cancelling",
  "RollbackInProgress",
  "RollbackFailed",
  "RollbackSuccessful",
];
const finishedRefresh = "Successful";

/**
 * Required share of healthy checkers. Route 53 itself needs 18 % (H5); the alarm on few healthy
 * checkers needs half, which a good release exceeds easily.
 */
const contentShareMin = 0.5;

/** Evaluates an observation: a pure function that makes all decisions. */
export function judgeRegion(seen: RegionObservation): BakeJudgement {
  const groups = seen.groups.map(judgeGroup);
  const checks = seen.checks.filter(({ isByName }) => seen.isDelegated || !isByName);
  const leftOut = seen.checks.filter((check) => !checks.includes(check));
  return {
    lost: groups.flatMap(({ lost }) => lost),
    pending: [
      ...groups.flatMap(({ pending }) => pending),
      ...seen.instances.flatMap(pendingOfInstance),
      ...seen.alarms.flatMap(pendingOfAlarm),
      ...checks.flatMap(pendingOfCheck),
    ],
    silent: seen.alarms
      .filter(({ state }) => state === "INSUFFICIENT_DATA")
      .map(({ name }) => name),
    notes: leftOut.map(
      ({ name }) =>
        `check ${name}: skipped, because the zone is not delegated and its names do not resolve`,
    ),
  };
}

function judgeGroup(group: SeenGroup): Pick<BakeJudgement, "lost" | "pending"> {
  const { name, templateVersion, instancesMin, members, refresh } = group;
  const at = `group ${name}`;
  if (instancesMin === undefined) return { lost: [], pending: [`${at}: does not exist`] };
  if (refresh && lostRefreshes.includes(refresh.status)) {
    const why = refresh.reason === "" ? "" : ` (${refresh.reason})`;
    return { lost: [`${at}: its instance refresh is ${refresh.status}${why}`], pending: [] };
  }
  const ready = members.filter(
    (member) =>
      member.templateVersion === templateVersion &&
      member.lifecycle === "InService" &&
      member.isHealthy,
  );
  const others = members.length - ready.length;
  return {
    lost: [],
    pending: [
      ...(refresh && refresh.status !== finishedRefresh
        ? [`${at}: its instance refresh is ${refresh.status}`]
        : []),
      ...(ready.length < instancesMin || others > 0
        ? [
            `${at}: ${ready.length} of ${Math.max(instancesMin, members.length)} instances are healthy and run version ${templateVersion}`,
          ]
        : []),
    ],
  };
}

function pendingOfInstance({ id, state, statuses }: SeenInstance): readonly string[] {
  if (state !== "running") return [`instance ${id}: is ${state}`];
  const bad = statuses.filter((status) => status !== "ok");
  if (bad.length === 0 && statuses.length > 0) return [];
  return [`instance ${id}: EC2's status checks are ${bad.join(" and ") || "missing"}`];
}

function pendingOfAlarm({ name, state }: SeenAlarm): readonly string[] {
  if (state === "ALARM") return [`alarm ${name}: is on`];
  return state === "missing" ? [`alarm ${name}: does not exist`] : [];
}

function pendingOfCheck({ name, reports, content }: SeenCheck): readonly string[] {
  if (reports > 0 && content >= reports * contentShareMin) return [];
  return [`check ${name}: ${content} of ${reports} checkers report healthy`];
}
