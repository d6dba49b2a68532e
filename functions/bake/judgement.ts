import type {
  RegionObservation,
  SeenAlarm,
  SeenCheck,
  SeenGroup,
  SeenInstance,
} from "./observation";

/** What a look means for a bake, each point in words. */
export interface BakeJudgement {
  /** What has failed for good. */
  readonly lost: readonly string[];
  /** What is not as it should be, and may become so. */
  readonly pending: readonly string[];
  /** Alarms that have nothing to say yet. */
  readonly silent: readonly string[];
  /** What could not be judged, and is not held against the change. */
  readonly notes: readonly string[];
}

/**
 * How an instance refresh ends otherwise than well. A rollback that succeeded is a release that
 * failed.
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
 * Share of the checkers that must be content. Route 53 itself is satisfied with 18 % (H5), and the
 * alarm on few content checkers asks for half, which a good release has to spare.
 */
const contentShareMin = 0.5;

/** What an observation means: a pure function, and all that decides. */
export function judge(seen: RegionObservation): BakeJudgement {
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
        `check ${name}: left out, as the zone is not delegated and its names do not resolve`,
    ),
  };
}

function judgeGroup(group: SeenGroup): Pick<BakeJudgement, "lost" | "pending"> {
  const { name, templateVersion, instancesMin, members, refresh } = group;
  const at = `group ${name}`;
  if (instancesMin === undefined) return { lost: [], pending: [`${at}: is not there`] };
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
            `${at}: ${ready.length} of ${Math.max(instancesMin, members.length)} instances run version ${templateVersion} in health`,
          ]
        : []),
    ],
  };
}

function pendingOfInstance({ id, state, statuses }: SeenInstance): readonly string[] {
  if (state !== "running") return [`instance ${id}: is ${state}`];
  const bad = statuses.filter((status) => status !== "ok");
  if (bad.length === 0 && statuses.length > 0) return [];
  return [`instance ${id}: EC2's status checks are ${bad.join(" and ") || "not there"}`];
}

function pendingOfAlarm({ name, state }: SeenAlarm): readonly string[] {
  if (state === "ALARM") return [`alarm ${name}: is on`];
  return state === "missing" ? [`alarm ${name}: is not there`] : [];
}

function pendingOfCheck({ name, reports, content }: SeenCheck): readonly string[] {
  if (reports > 0 && content >= reports * contentShareMin) return [];
  return [`check ${name}: ${content} of ${reports} checkers are content`];
}
