import type { StackModel } from "../routing/graph/stackModel";
import type { RecordSet } from "../routing/model";
import { withThousands } from "./report/figures";
import type { HostnameGroup } from "./result";
import type { Room } from "./quotas/hostnameRoom";

/**
 * Hostnames in groups that have the same tree below them, but for the static page, which is each
 * one's own. What holds for one of a group holds for all of it. The first group has the first hostname.
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

/** What a reader must know of a stack with several hostnames; nothing of one with one. */
export function hostnameNotes(groups: readonly HostnameGroup[], room: Room): readonly string[] {
  const [first, ...different] = groups;
  const count = groups.reduce((sum, { others }) => sum + 1 + others.length, 0);
  if (!first || count < 2) return [];
  return [
    `${withThousands(count)} hostnames share the tiers and their checks. The story is that of ${first.hostname}; ${withThousands(first.others.length)} more have the same tree, each with its own static page.`,
    ...different.map(
      ({ hostname, others }) =>
        `${others.length > 0 ? `${hostname} and ${withThousands(others.length)} more have` : `${hostname} has`} another tree: the objectives are judged for it too, the story is not.`,
    ),
    roomNote(room),
  ];
}

function roomNote({ hostnames, because, minutes }: Room): string {
  const limit =
    hostnames === undefined
      ? ""
      : `There is room for ${withThousands(hostnames)} hostnames like these by default: ${because}. `;
  return `${limit}Making the records takes ${withThousands(minutes)} min at least, as Route 53 takes 5 requests a second of an account.`;
}

/** The records of a name as far as they are not the name's own. */
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

/** Where an alias leads; a website is the bucket that is called like the name. */
function ownTarget(target: AliasTarget): unknown {
  return target.kind === "s3Website" ? [target.kind, target.id !== undefined] : target;
}
