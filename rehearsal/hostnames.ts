import type { StackModel } from "../routing/graph/stackModel";
import type { RecordSet } from "../routing/model";
import { withThousands } from "./report/figures";
import type { HostnameGroup } from "./result";
import type { Room } from "./quotas/hostnameRoom";

/**
 * Groups hostnames with the same tree, except for the static page, which each hostname has to
 * itself. A result for one hostname is valid for its whole group. The first group has the first
 * hostname.
 */
export function hostnameGroupsOf(
  stackModel: StackModel,
  hostnames: readonly string[],
): readonly HostnameGroup[] {
  const groups = new Map<string, string[]>();
  for (const hostname of hostnames) {
    const tree = JSON.stringify(["A", "AAAA"].map((type) => membersOf(stackModel, hostname, type)));
    const group = groups.get(tree);
    if (group) group.push(hostname);
    else groups.set(tree, [hostname]);
  }
  return [...groups.values()].map(([hostname = "", ...others]) => ({ hostname, others }));
}

/** Notes on a stack with several hostnames; none for a single one. */
export function hostnameNotes(groups: readonly HostnameGroup[], room: Room): readonly string[] {
  const [first, ...different] = groups;
  const count = groups.reduce((sum, { others }) => sum + 1 + others.length, 0);
  if (!first || count < 2) return [];
  return [
    `${withThousands(count)} hostnames share the tiers and their checks. The story is for ${first.hostname}; ${withThousands(first.others.length)} more have the same tree, each with its own static page.`,
    ...different.map(
      ({ hostname, others }) =>
        `${others.length > 0 ? `${hostname} and ${withThousands(others.length)} more have` : `${hostname} has`} another tree: it is included in the objectives, but not in the story.`,
    ),
    roomNote(room),
  ];
}

function roomNote({ hostnames, because, minutes }: Room): string {
  const limit =
    hostnames === undefined
      ? ""
      : `Default quotas permit ${withThousands(hostnames)} such hostnames: ${because}. `;
  return `${limit}Creating the records takes ${withThousands(minutes)} min at least: Route 53 accepts 5 requests a second per account.`;
}

/** The records of a name, except those that depend on the name itself. */
function membersOf(stackModel: StackModel, name: string, type: string): readonly unknown[] {
  const group = stackModel.route53.group(name, type) ?? [];
  return group.map(({ policy, target, checkId, problems }: RecordSet) => [
    policy,
    target.kind === "values" ? target : [target.evaluateTargetHealth, ownTarget(target.target)],
    checkId,
    problems?.length,
  ]);
}

type AliasTarget = Extract<RecordSet["target"], { kind: "alias" }>["target"];

/** The target of an alias; for a website, the bucket named after the record. */
function ownTarget(target: AliasTarget): unknown {
  return target.kind === "s3Website" ? [target.kind, target.id !== undefined] : target;
}
