import { awsCallOf } from "./awsCall";
import { AnswerComparison, openMax } from "./answerComparison";
import type { UnjudgedName } from "./answerComparison";
import { deploymentEffect } from "./deploymentEffect";
import type { Effect, Intention, PossibleChange, RunbookModel } from "./effect";
import { unknownEffect } from "./effect";
import { commandEffectOf } from "./effects";
import type { ShellCommand } from "./shellCommands";
import { hole } from "./shellText";

export type RunbookVerdict = "harmful" | "harmless" | "unknown";

/** What a command of a runbook would do. */
export interface JudgedCommand {
  /** The number of its line in the file, from 1. */
  readonly line: number;
  /** The command, with `…` for what the runbook does not contain. */
  readonly command: string;
  readonly verdict: RunbookVerdict;
  /** The record, check, machine or object; empty if it is not known. */
  readonly subject: string;
  /** What it does, one sentence each without a full stop. */
  readonly why: readonly string[];
  /** The command that does what a person probably meant; absent if there is none. */
  readonly instead?: string;
}

/** What the commands of a runbook are judged by. */
export type RunbookQuestion = Omit<RunbookModel, "model">;

/** The control plane of Route 53 is in us-east-1 alone (Route 53 DG, "Disaster recovery"). */
export const controlPlane =
  "it needs the control plane of Route 53 in us-east-1, which may be down in the outage that the runbook is for";

/** The commands of a runbook, judged by the answers of all names but some. */
export interface JudgedRunbook {
  readonly commands: readonly JudgedCommand[];
  readonly unjudged: readonly UnjudgedName[];
}

/**
 * Judges each command of a runbook that changes what Route 53 answers; other commands are left out.
 *
 * @throws InputError if no name can be judged
 */
export function judgeCommands(
  given: readonly ShellCommand[],
  question: RunbookQuestion,
): JudgedRunbook {
  const judge = new Judge(question);
  const commands = given.flatMap((command) => {
    const effect = judge.effectOf(command);
    if (effect === undefined) return [];
    const judged = inContext(judge.verdictOn(effect), command);
    const [program, service] = command.words;
    const isRoute53 = program === "aws" && service === "route53";
    return [
      {
        ...judged,
        why: isRoute53 ? [...judged.why, controlPlane] : judged.why,
        line: command.line,
        command: wordsOf(command),
      },
    ];
  });
  return { commands, unjudged: judge.unjudged };
}

function wordsOf({ words }: ShellCommand): string {
  return words
    .map((word) => word.replaceAll(hole, "…").replace(/\s+/g, " "))
    .map((word) => (word.includes(" ") ? `'${word}'` : word))
    .join(" ");
}

/** A sentence may also forbid the command that it has. */
function inContext(judged: Judgement, { isProse }: ShellCommand): Judgement {
  return isProse === true && judged.verdict === "harmful"
    ? { ...judged, verdict: "unknown", why: ["harmful if the text says to run it", ...judged.why] }
    : judged;
}

type Judgement = Pick<JudgedCommand, "instead" | "subject" | "verdict" | "why">;

class Judge {
  private readonly comparison: AnswerComparison;

  constructor(private readonly question: RunbookQuestion) {
    this.comparison = new AnswerComparison(question);
  }

  get unjudged(): readonly UnjudgedName[] {
    return this.comparison.unjudged;
  }

  /** What a command would do; undefined for one that changes nothing. */
  effectOf(command: ShellCommand): Effect | undefined {
    if (command.unread !== undefined) return unknownEffect(command.unread);
    const subject: RunbookModel = {
      ...this.question,
      model: this.comparison.model,
      textOf: (path) =>
        path === "/dev/stdin" || path === "-"
          ? command.input
          : (command.files.get(path) ?? this.question.textOf(path)),
    };
    const call = awsCallOf(command.words);
    return call ? commandEffectOf(call, subject) : deploymentEffect(command.words, subject);
  }

  verdictOn(effect: Effect): Judgement {
    switch (effect.kind) {
      case "unknown":
        return { verdict: "unknown", subject: effect.subject ?? "", why: [effect.why] };
      case "harm":
        return {
          verdict: "harmful",
          subject: effect.subject,
          why: [effect.why],
          ...this.instead(effect.remedy),
        };
      case "change":
        return this.verdictOnChange(effect.alternatives);
    }
  }

  private verdictOnChange(alternatives: readonly PossibleChange[]): Judgement {
    const { comparison } = this;
    const refusals = alternatives.map((one) => comparison.refusalOf(one));
    if (alternatives.length > 0 && refusals.every((one) => one !== undefined)) {
      return {
        verdict: "harmless",
        subject: alternatives.length === 1 ? (alternatives[0]?.subject ?? "") : "",
        why: [`Route 53 refuses it, and nothing changes: ${refusals[0] ?? ""}`],
      };
    }
    const judged = alternatives.map((one) => {
      const { harms, only } = comparison.harmsOf(one);
      return { one, harms, conditions: [one.onlyIf, only].filter((text) => text !== undefined) };
    });
    const harmful = judged.filter(({ harms }) => harms.length > 0);
    const [first] = harmful.length > 0 ? harmful : judged;
    if (first === undefined)
      return { verdict: "unknown", subject: "", why: ["nothing matches it"] };
    if (harmful.length === 0) return this.withoutHarm(alternatives);
    const isSure =
      harmful.length === judged.length &&
      harmful.every(({ conditions }) => conditions.length === 0);
    return {
      verdict: isSure ? "harmful" : "unknown",
      subject: listed(harmful.map(({ one }) => one.subject)),
      why: [
        ...(isSure || judged.length === 1
          ? []
          : ["which one is meant is not written; harmful for these"]),
        ...first.conditions.map((text) => `harmful only if ${text}`),
        ...first.harms,
        ...comparison.doubtsOf(first.one),
        ...first.one.notes,
      ],
      ...this.instead(first.one.remedy),
    };
  }

  /** A change that harms no answer: it is harmless only if nothing of it is in doubt. */
  private withoutHarm(alternatives: readonly PossibleChange[]): Judgement {
    const { comparison } = this;
    const [first] = alternatives;
    const changing = alternatives.filter((one) => comparison.changes(one));
    const unjudged = changing.length > 0 ? comparison.unjudged : [];
    const untried = changing.length > 0 ? comparison.unread.slice(openMax) : [];
    const doubts = [
      ...new Set(
        alternatives.flatMap((one) => [
          ...comparison.doubtsOf(one),
          ...comparison.waitsAfter(one).doubts,
        ]),
      ),
      ...(unjudged.length > 0
        ? [`what it does to ${unjudged.map(({ name }) => name).join(", ")} is not known`]
        : []),
    ];
    return {
      verdict: doubts.length > 0 ? "unknown" : "harmless",
      subject: alternatives.length === 1 ? (first?.subject ?? "") : "",
      why: [
        ...(doubts.length > 0 || first === undefined ? doubts : [comparison.effectText(first)]),
        ...(untried.length > 0
          ? [`as it is while ${untried.map(({ name }) => name).join(", ")} are at rest`]
          : []),
        ...(first === undefined || doubts.length > 0 ? [] : comparison.longerNotes(first)),
        ...(first?.notes ?? []),
      ],
    };
  }

  private instead(remedy: Intention): { readonly instead?: string } {
    const { stack, hasGate } = this.question;
    if (remedy === "none") return {};
    if (stack !== undefined && hasGate === true) {
      return {
        instead:
          remedy === "hold"
            ? `failover hold --stack ${stack} --reason "…"`
            : `failover release --stack ${stack} --approve --reason "…"`,
      };
    }
    return remedy === "hold"
      ? {
          instead:
            "aws route53 update-health-check --health-check-id ID --inverted, with the id of the primary's check, while its endpoint is healthy",
        }
      : {};
  }
}

/** The most subjects that are listed. */
const listedMax = 3;

function listed(subjects: readonly string[]): string {
  const more = subjects.length - listedMax;
  return subjects.slice(0, listedMax).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
