import type { Fault } from "../../routing/graph/faults";
import type { Assumed } from "../../routing/graph/assumedHealth";
import type { PlacedResolution } from "../../routing/graph/stackModel";
import { StackModel } from "../../routing/graph/stackModel";
import { factsOfResources } from "../../routing/graph/stackOutputs";
import { InputError } from "../../routing/inputError";
import type { UnknownStatus } from "../../routing/model";
import { FaultNames } from "../../routing/graph/faultNames";
import { namesOf, typesOf } from "../../rehearsal/proof/prove";
import { badAnswerWords, qualityOf, valuesIn } from "./answerQuality";
import { awsCallOf } from "./awsCall";
import type { PossibleChange, Effect, Intention, RunbookModel } from "./effect";
import { commandEffectOf } from "./effects";
import { pulumiEffect } from "./pulumiEffect";
import { hole, shellCommands } from "./shellCommands";
import { situationsOf } from "./situations";
import { assumedText, casesOf, openMax, unreadOf } from "./unreadCases";
import type { ShellCommand } from "./shellCommands";

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

/** A runbook, and the model that it is judged by. */
export interface RunbookQuestion extends Omit<RunbookModel, "model"> {
  readonly markdown: string;
  /** The stack, for the commands that work; absent for another source. */
  readonly stack?: string;
}

/** The control plane of Route 53 is in us-east-1 alone (Route 53 DG, "Disaster recovery"). */
const controlPlane =
  "it needs the control plane of Route 53 in us-east-1, which may be down in the outage that the runbook is for";

/** A name whose answers cannot be compared, and why. */
export interface UnjudgedName {
  readonly name: string;
  readonly reasons: readonly string[];
}

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
export function judgeRunbook(question: RunbookQuestion): JudgedRunbook {
  const { markdown, resources } = question;
  const judge = new Judge(question);
  const commands = shellCommands(markdown).flatMap((command) => {
    const pulumi = pulumiEffect(command, question.stack);
    const call = awsCallOf(command);
    const readable = (path: string): string | undefined =>
      path === "/dev/stdin" ? command.input : (command.files.get(path) ?? question.textOf(path));
    const effect =
      pulumi ??
      (call &&
        commandEffectOf(call, {
          ...question,
          resources,
          model: judge.model,
          textOf: readable,
        }));
    if (effect === undefined) return [];
    const judged = judge.verdictOn(effect);
    const why = call?.service === "route53" ? [...judged.why, controlPlane] : judged.why;
    return [{ ...judged, why, line: command.line, command: wordsOf(command) }];
  });
  return { commands, unjudged: judge.unjudged };
}

function wordsOf({ words }: ShellCommand): string {
  return words
    .map((word) => word.replaceAll(hole, "…").replace(/\s+/g, " "))
    .map((word) => (word.includes(" ") ? `'${word}'` : word))
    .join(" ");
}

interface Asked {
  readonly name: string;
  readonly type: string;
  /** No fault first, then each alone, then pairs: only these reach the last tier. */
  readonly situations: readonly (readonly Fault[])[];
}

/** What is harmful, and on which statuses that depends; absent if it is harmful in any case. */
interface Harms {
  readonly harms: readonly string[];
  readonly only?: string;
}

class Judge {
  readonly model: StackModel;
  readonly unjudged: readonly UnjudgedName[];
  private readonly asked: readonly Asked[];
  private readonly names: FaultNames;
  /** What was not read: its status may be either. */
  private readonly unread: readonly UnknownStatus[];
  private readonly cases: readonly Assumed[];

  constructor(private readonly question: RunbookQuestion) {
    const { resources, stack = "" } = question;
    const facts = factsOfResources(resources);
    this.model = new StackModel(resources, facts.assumptions);
    this.names = new FaultNames(this.model);
    const attempts = namesOf(this.model, stack, [], facts.hostnames).map((name) =>
      this.attempt(name),
    );
    this.asked = attempts.flatMap((one) => ("asked" in one ? one.asked : []));
    this.unjudged = attempts.flatMap((one) => ("asked" in one ? [] : [one]));
    if (this.unjudged.length === attempts.length) {
      throw new InputError(this.unjudged.flatMap(({ reasons }) => reasons));
    }
    this.unread = unreadOf(this.model, this.asked);
    this.cases = casesOf(this.model, this.unread);
  }

  /** The answers of a name, or why there are none: one wrong name does not hide the others. */
  private attempt(name: string): { readonly asked: readonly Asked[] } | UnjudgedName {
    try {
      return { asked: typesOf(this.model, name).map((type) => this.answersOf(name, type)) };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { name, reasons: error.faults };
    }
  }

  private answersOf(name: string, type: string): Asked {
    const situations = situationsOf(this.model, name, type);
    // A name that cannot be answered is not judged.
    for (const situation of situations) resolved(this.model, situation, name, type);
    return { name, type, situations };
  }

  verdictOn(effect: Effect): Pick<JudgedCommand, "instead" | "subject" | "verdict" | "why"> {
    switch (effect.kind) {
      case "none":
        return { verdict: "harmless", subject: "", why: [effect.why] };
      case "unknown":
        return { verdict: "unknown", subject: "", why: [effect.why] };
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

  private verdictOnChange(
    alternatives: readonly PossibleChange[],
  ): Pick<JudgedCommand, "instead" | "subject" | "verdict" | "why"> {
    const refusals = alternatives.map((one) => this.refusalOf(one));
    if (alternatives.length > 0 && refusals.every((one) => one !== undefined)) {
      return {
        verdict: "harmless",
        subject: alternatives.length === 1 ? (alternatives[0]?.subject ?? "") : "",
        why: [`Route 53 refuses it, and nothing changes: ${refusals[0] ?? ""}`],
      };
    }
    const judged = alternatives.map((one) => ({ one, ...this.harmsOf(one) }));
    const harmful = judged.filter(({ harms }) => harms.length > 0);
    const [first] = harmful.length > 0 ? harmful : judged;
    if (first === undefined)
      return { verdict: "unknown", subject: "", why: ["nothing matches it"] };
    const notes = first.one.notes;
    if (harmful.length === 0) {
      const effects = [...new Set(judged.map(({ one }) => this.effectText(one)))];
      const isChange = judged.some(({ one }) => this.changes(one));
      const unjudged = isChange ? this.unjudged : [];
      const untried = isChange ? this.unread.slice(openMax).map(({ name }) => name) : [];
      return {
        verdict: unjudged.length > 0 ? "unknown" : "harmless",
        subject: judged.length === 1 ? first.one.subject : "",
        why: [
          ...effects.slice(0, 1),
          ...(unjudged.length > 0
            ? [`what it does to ${unjudged.map(({ name }) => name).join(", ")} is not known`]
            : []),
          ...(untried.length > 0 ? [`as it is while ${untried.join(", ")} are at rest`] : []),
          ...notes,
        ],
      };
    }
    const isSure =
      harmful.length === judged.length && harmful.every(({ only }) => only === undefined);
    const subject = harmful
      .map(({ one }) => one.subject)
      .slice(0, 3)
      .join(", ");
    const more = harmful.length > 3 ? ` and ${harmful.length - 3} more` : "";
    return {
      verdict: isSure ? "harmful" : "unknown",
      subject: `${subject}${more}`,
      why: [
        ...(isSure || judged.length === 1
          ? []
          : ["which one is meant is not written; harmful for these"]),
        ...(first.only === undefined ? [] : [first.only]),
        ...first.harms,
        ...notes,
      ],
      ...this.instead(first.one.remedy),
    };
  }

  /** Why Route 53 refuses a change, so that nothing changes; undefined if it does not. */
  private refusalOf(change: PossibleChange): string | undefined {
    if (change.refusal !== undefined || !change.isChecked || !this.changes(change)) {
      return change.refusal;
    }
    try {
      this.worseIn(this.modelAfter(change), change.faults, new Map());
      return undefined;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return error.faults[0];
    }
  }

  /**
   * Why a change is harmful: by itself, or since a name is answered worse under some fault. `only` says which
   * statuses that were not read decide.
   */
  private harmsOf(change: PossibleChange): Harms {
    const { faults, harm, refusal } = change;
    if (refusal !== undefined) return { harms: [] };
    const own = harm === undefined ? [] : [harm];
    if (!this.changes(change)) return { harms: own };
    try {
      const after = this.modelAfter(change);
      const found = this.cases.map((assumed) => ({
        assumed,
        harms: [...own, ...this.worseIn(after, faults, assumed)],
      }));
      const harmful = found.filter(({ harms }) => harms.length > 0);
      const [first] = harmful;
      if (first === undefined || harmful.length === found.length) {
        return { harms: first?.harms ?? [] };
      }
      return {
        harms: first.harms,
        only: `harmful only if ${assumedText(first.assumed)}, which was not read`,
      };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return {
        harms: [
          ...own,
          `Route 53 refuses it, or the names have no answer: ${error.faults[0] ?? ""}`,
        ],
      };
    }
  }

  private modelAfter({ resources }: PossibleChange): StackModel {
    return new StackModel(resources, factsOfResources(this.question.resources).assumptions);
  }

  private changes({ resources, faults }: PossibleChange): boolean {
    return resources !== this.question.resources || faults.length > 0;
  }

  private worseIn(
    after: StackModel,
    faults: readonly Fault[],
    assumed: Assumed,
  ): readonly string[] {
    for (const { name, type, situations } of this.asked) {
      for (const situation of situations) {
        const was = resolved(this.model, situation, name, type, assumed);
        const is = resolved(after, [...faults, ...situation], name, type, assumed);
        if (qualityOf(is) >= qualityOf(was)) continue;
        return [`${this.situationWords(situation)} ${name} ${type} ${badAnswerWords(is)}`];
      }
    }
    return [];
  }

  private effectText(change: PossibleChange): string {
    if (!this.changes(change)) return "it changes no answer";
    const after = this.modelAfter(change);
    for (const { name, type } of this.asked) {
      const is = valuesIn(resolved(after, change.faults, name, type));
      const was = valuesIn(resolved(this.model, [], name, type));
      if (is !== was) return `${name} ${type} is answered by ${is} instead of ${was}`;
    }
    return "while nothing fails it changes no answer";
  }

  private situationWords(situation: readonly Fault[]): string {
    const words = situation.map((fault) =>
      fault.kind === "check"
        ? `${this.names.of(fault).replace(/^check:/, "")} unhealthy`
        : `${this.names.of(fault)} down`,
    );
    return words.length === 0 ? "now" : `with ${words.join(" and ")}`;
  }

  private instead(remedy: Intention): { readonly instead?: string } {
    const { stack } = this.question;
    if (remedy === "none") return {};
    if (stack === undefined) {
      return remedy === "hold"
        ? {
            instead:
              "aws route53 update-health-check --health-check-id ID --inverted, with the id of the primary's check, while its endpoint is healthy",
          }
        : {};
    }
    return {
      instead:
        remedy === "hold"
          ? `failover hold --stack ${stack} --reason "…"`
          : `failover release --stack ${stack} --approve --reason "…"`,
    };
  }
}

function resolved(
  model: StackModel,
  faults: readonly Fault[],
  name: string,
  type: string,
  assumed: Assumed = new Map(),
): PlacedResolution {
  return model.under(faults, assumed).resolve(name, type);
}
