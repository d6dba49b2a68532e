import type { Resource } from "../../routing/graph/resource";
import type { ExitCode, Io } from "../io";
import { checkPolicies } from "./check";
import { packNames } from "./packs";
import { summaryOf } from "./text";
import { exitCodeOf } from "./verdict";

/** What a rehearsal says of the packs. */
export interface PolicySummary {
  /** A line for each stack and pack, ready to print. */
  readonly lines: readonly string[];
  readonly exitCode: ExitCode;
  readonly stacks: readonly {
    readonly stack: string;
    readonly packs: readonly {
      readonly pack: string;
      readonly mandatory: number;
      readonly advisory: number;
      readonly unknown: number;
      readonly broken: number;
    }[];
  }[];
}

/** Asks all packs about some stacks, each by the levels of its own name. */
export async function policySummary(
  evaluations: readonly { readonly stack: string; readonly resources: readonly Resource[] }[],
  io: Pick<Io, "readFile">,
): Promise<PolicySummary> {
  const questions = evaluations.map(({ stack, resources }) => ({
    subject: stack,
    resources,
    environment: stack,
  }));
  const verdicts = await checkPolicies(questions, { packs: packNames }, io);
  return {
    lines: verdicts.flatMap(({ subject, packs }) =>
      packs.map((pack) => `${subject}: ${pack.info.name}: ${summaryOf(pack)}`),
    ),
    exitCode: exitCodeOf(verdicts),
    stacks: verdicts.map(({ subject, packs }) => ({
      stack: subject,
      packs: packs.map(({ info, violations, unknown, broken }) => ({
        pack: info.name,
        mandatory: violations.filter(({ level }) => level === "mandatory").length,
        advisory: violations.filter(({ level }) => level === "advisory").length,
        unknown: unknown.length,
        broken: broken.length,
      })),
    })),
  };
}
