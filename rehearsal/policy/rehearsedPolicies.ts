import type { Evaluation } from "../engine/evaluate";
import type { PackReport } from "../result";
import type { FileReader } from "./packs";
import { policyEnvironmentOf, packNames } from "./packs";
import { alike, sameText, summaryOf } from "./report";
import { levelsFor } from "./profile";
import { PackSession, checkPolicies } from "./session";
import type { PackVerdict } from "./verdict";

/** Packs that run during a rehearsal and check each of its stacks. */
export interface RehearsedPolicies {
  /**
   * The findings of all packs on a stack, then the findings on its zone, if any rule applies there: for this
   * package's program with the configuration of the stack's own name, else at the levels for any stack.
   */
  reportsOn(evaluated: Judged): Promise<readonly PackReport[]>;
  stop(): Promise<void>;
}

/** The part of an evaluated stack that the packs see. */
interface Judged {
  readonly program: Pick<Evaluation, "stack" | "resources" | "isOwn">;
  readonly zone?: Pick<Evaluation, "resources">;
}

/** Starts the packs, which load while the program is evaluated. */
export function startPolicies(stacks: readonly string[], io: FileReader): RehearsedPolicies {
  const session = PackSession.start(
    [...stacks.map(policyEnvironmentOf), undefined],
    { packs: packNames },
    io,
  );
  return {
    reportsOn: async ({ program, zone }) => {
      const { stack, isOwn } = program;
      const environment = levelsFor({}, isOwn ? stack : undefined);
      const [own, zones] = await Promise.all(
        [program, zone].map(async (one) =>
          one === undefined
            ? []
            : (
                await session.judge({
                  subject: stack,
                  resources: one.resources,
                  environment,
                })
              ).packs,
        ),
      );
      const checked = (zones ?? []).filter(
        ({ checkedCount, broken }) => checkedCount > 0 || broken.length > 0,
      );
      return [
        ...(own ?? []).map((verdict) => reportOf(verdict)),
        ...checked.map((verdict) => reportOf(verdict, " of zone/")),
      ];
    },
    stop: () => session.stop(),
  };
}

/** A rehearsal is about DNS, so only that pack runs. */
const sourcePacks = packNames.filter((name) => name === "dns-failover");

/** The findings on the resources of another program, at the levels for any stack. */
export async function reportsOnSource(
  subject: string,
  resources: Judged["program"]["resources"],
  io: FileReader,
): Promise<readonly PackReport[]> {
  const question = { subject, resources, environment: undefined };
  const [verdict] = await checkPolicies([question], { packs: sourcePacks }, io);
  return (verdict?.packs ?? []).map((one) => reportOf(one));
}

/** @param where suffix of the pack's name */
function reportOf(verdict: PackVerdict, where = ""): PackReport {
  const { info, violations, unknown, broken } = verdict;
  const mandatory = violations.filter(({ level }) => level === "mandatory");
  const advisory = violations.filter(({ level }) => level === "advisory");
  return {
    pack: `${info.name}${where}`,
    summary: summaryOf(verdict),
    mandatory: mandatory.length,
    advisory: violations.length - mandatory.length,
    advisoryRules: countsOf(advisory.map(({ policy }) => policy)),
    unknown: unknown.length,
    broken: broken.length,
    stops: [
      ...broken.map(({ policy, error }) => `${policy} is broken: ${error}`),
      ...mandatory.map(({ policy, message }) => `${policy}: ${message}`),
    ],
    advice: alike(advisory).map(([{ policy, message }, ...others]) =>
      [`${policy}: ${message}`, ...(others.length > 0 ? [sameText(others)] : [])].join("; "),
    ),
  };
}

function countsOf(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
