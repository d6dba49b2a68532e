import type { Evaluation } from "../../rehearsal/engine/evaluate";
import type { PackReport } from "../../rehearsal/rehearsal";
import type { Io } from "../io";
import { packNames } from "./packs";
import { PackSession } from "./session";
import { summaryOf } from "./text";
import type { PackVerdict } from "./verdict";

/** Packs that run beside a rehearsal, to be asked about each of its stacks. */
export interface RehearsedPolicies {
  /** What all packs say of a stack, each by the levels of the stack's own name. */
  reportsOn(evaluation: Evaluated): Promise<readonly PackReport[]>;
  stop(): Promise<void>;
}

/** As much of an evaluated stack as the packs are told. */
type Evaluated = Pick<Evaluation, "stack" | "resources">;

/** Starts the packs; they get ready while the program is evaluated. */
export function startPolicies(
  stacks: readonly string[],
  io: Pick<Io, "readFile">,
): RehearsedPolicies {
  const session = PackSession.start(stacks, { packs: packNames }, io);
  return {
    reportsOn: async ({ stack, resources }) => {
      const { packs } = await session.judge({ subject: stack, resources, environment: stack });
      return packs.map(reportOf);
    },
    stop: () => session.stop(),
  };
}

function reportOf(verdict: PackVerdict): PackReport {
  const { info, violations, unknown, broken } = verdict;
  const mandatory = violations.filter(({ level }) => level === "mandatory");
  return {
    pack: info.name,
    summary: summaryOf(verdict),
    mandatory: mandatory.length,
    advisory: violations.length - mandatory.length,
    unknown: unknown.length,
    broken: broken.length,
    stops: [
      ...broken.map(({ policy, error }) => `${policy} is broken: ${error}`),
      ...mandatory.map(({ policy, message }) => `${policy}: ${message}`),
    ],
  };
}
