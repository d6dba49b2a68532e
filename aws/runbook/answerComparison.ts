import { typesOf } from "../../rehearsal/proof/answeredTypes";
import { namesOf } from "../../rehearsal/proof/prove";
import type { Assumed } from "../../routing/graph/assumedHealth";
import { FaultNames } from "../../routing/graph/faultNames";
import type { Fault } from "../../routing/graph/faults";
import { StackModel } from "../../routing/graph/stackModel";
import { factsOfResources } from "../../routing/graph/stackOutputs";
import { InputError } from "../../routing/inputError";
import type { UnknownStatus } from "../../routing/model";
import { valuesOf } from "../../routing/view";
import { badAnswerWords, qualityOf, valuesIn } from "./answerQuality";
import type { Asked } from "./asked";
import { isAtMostOne, keptLonger, resolved } from "./asked";
import type { PossibleChange, RunbookModel } from "./effect";
import { situationsOf } from "./situations";
import { assumedText, casesOf, unreadOf } from "./unreadCases";
import type { Waits } from "./waitComparison";
import { WaitComparison } from "./waitComparison";

export { openMax } from "./unreadCases";

/** A name whose answers cannot be compared, and why. */
export interface UnjudgedName {
  readonly name: string;
  readonly reasons: readonly string[];
}

/** What is harmful, and which statuses must be so for it; absent if it is harmful in any case. */
interface Harms {
  readonly harms: readonly string[];
  readonly only?: string;
}

/** A fault of a name that no server of the zone answers for. */
const leavesNoAnswer =
  /no record has this name|alias has no target|other name servers answer|has no [A-Z]+ record/;

const noWaits: Waits = { harms: [], notes: [], doubts: [] };

/** Compares who answers, and for how long wrongly, before and after a change. */
export class AnswerComparison {
  readonly model: StackModel;
  readonly unjudged: readonly UnjudgedName[];
  /** What was not read: its status may be either. */
  readonly unread: readonly UnknownStatus[];
  private readonly asked: readonly Asked[];
  private readonly cases: readonly Assumed[];
  private readonly known: ReadonlySet<string>;
  private readonly recordNames: ReadonlySet<string>;
  private readonly waitComparison: WaitComparison;
  private readonly waits = new WeakMap<PossibleChange, Waits>();
  private readonly models = new WeakMap<PossibleChange, StackModel>();
  private readonly worse = new WeakMap<PossibleChange, Map<Assumed, readonly string[]>>();

  constructor(private readonly question: Omit<RunbookModel, "model">) {
    const { resources, stack = "" } = question;
    const facts = factsOfResources(resources);
    this.model = new StackModel(resources, facts.assumptions);
    this.waitComparison = new WaitComparison(resources);
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
    const records = this.model.route53.allGroups().flat();
    this.known = new Set(records.flatMap(valuesOf));
    this.recordNames = new Set(records.map(({ name }) => name));
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

  /** The names with a choice, and those with records that a change changes. */
  private askedBy({ names }: PossibleChange): readonly Asked[] {
    const others = new Set(names.filter((name) => this.recordNames.has(name)));
    for (const { name } of this.asked) others.delete(name);
    return [
      ...this.asked,
      ...[...others].flatMap((name) => {
        const attempt = this.attempt(name);
        return "asked" in attempt ? attempt.asked : [];
      }),
    ];
  }

  /** Why Route 53 refuses a change, so that nothing changes; undefined if it does not. */
  refusalOf(change: PossibleChange): string | undefined {
    if (change.refusal !== undefined || !change.isChecked || !this.changes(change)) {
      return change.refusal;
    }
    try {
      // At rest, as the first of the cases.
      this.worseIn(this.modelAfter(change), change, this.cases[0] ?? new Map());
      return undefined;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      // Other faults are limits of the model, or names that are left without an answer.
      return error.faults.find((fault) => /Route 53 (?:refuses|rejects)/.test(fault));
    }
  }

  /**
   * Why a change is harmful: by itself, or since a name is answered worse under some fault, or wrongly for longer.
   * `only` says what must be so, and was not read.
   */
  harmsOf(change: PossibleChange): Harms {
    const { harm, refusal } = change;
    if (refusal !== undefined) return { harms: [] };
    const own = harm === undefined ? [] : [harm];
    if (!this.changes(change)) return { harms: own };
    try {
      const after = this.modelAfter(change);
      // What is stopped or destroyed was healthy: else it would not matter.
      const cases = this.cases.filter(
        (assumed) => !change.faults.some(({ name }) => assumed.get(name) === false),
      );
      const found = cases.map((assumed) => ({
        assumed,
        harms: [...own, ...this.worseIn(after, change, assumed)],
      }));
      const harmful = found.filter(({ harms }) => harms.length > 0);
      const [first] = harmful;
      // How long a failure lasts matters only where nobody is answered worse, and takes long to compute.
      if (first === undefined) {
        const { harms } = this.waitsAfter(change);
        return { harms: harms.length === 0 ? [] : [...this.keptLonger(change), ...harms] };
      }
      if (harmful.length === found.length) return { harms: first.harms };
      return {
        harms: first.harms,
        only: `${assumedText(first.assumed)}, which was not read`,
      };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const [fault = ""] = error.faults;
      return {
        harms: leavesNoAnswer.test(fault) ? [...own, `a name has no answer: ${fault}`] : own,
      };
    }
  }

  /** What is not known of a change: its own doubts, and values that answer only after it. */
  doubtsOf(change: PossibleChange): readonly string[] {
    if (change.refusal !== undefined || !this.changes(change)) return change.doubts;
    const after = this.modelAfter(change);
    return [...change.doubts, ...this.strangeAfter(after, change).slice(0, 1)];
  }

  private strangeAfter(after: StackModel, change: PossibleChange): readonly string[] {
    try {
      return this.askedBy(change).flatMap((asked) => this.strangeIn(after, change, asked));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const [fault = ""] = error.faults;
      return leavesNoAnswer.test(fault) ? [] : [`what answers then is not known: ${fault}`];
    }
  }

  /** A value that no record had before, and at which no resource of the source serves. */
  private strangeIn(
    after: StackModel,
    { faults }: PossibleChange,
    { name, type, situations }: Asked,
  ): readonly string[] {
    for (const situation of situations.filter(isAtMostOne)) {
      const { answers } = resolved(after, [...faults, ...situation], name, type);
      const strange = answers.filter(
        ({ value, target, record }) => !this.known.has(value) && target === record.id,
      );
      if (strange.length === 0) continue;
      const was = valuesIn(resolved(this.model, situation, name, type));
      const is = strange.map(({ value }) => value).join(", ");
      const when = situation.length === 0 ? "" : `${this.situationWords(this.model, situation)} `;
      return [
        `${when}answers of ${name} ${type} go to ${is} instead of ${was}; whether ${is} serves is not known`,
      ];
    }
    return [];
  }

  changes({ resources, faults }: PossibleChange): boolean {
    return resources !== this.question.resources || faults.length > 0;
  }

  private modelAfter(change: PossibleChange): StackModel {
    const known = this.models.get(change);
    if (known) return known;
    const { assumptions } = factsOfResources(this.question.resources);
    const model = new StackModel(change.resources, assumptions);
    this.models.set(change, model);
    return model;
  }

  private worseIn(after: StackModel, change: PossibleChange, assumed: Assumed): readonly string[] {
    const known = this.worse.get(change) ?? new Map<Assumed, readonly string[]>();
    this.worse.set(change, known);
    const found = known.get(assumed) ?? this.findWorse(after, change, assumed);
    known.set(assumed, found);
    return found;
  }

  private findWorse(
    after: StackModel,
    change: PossibleChange,
    assumed: Assumed,
  ): readonly string[] {
    const asked = this.askedBy(change);
    for (const { name, type, situations } of asked) {
      for (const situation of situations) {
        const was = resolved(this.model, situation, name, type, assumed);
        const is = resolved(after, [...change.faults, ...situation], name, type, assumed);
        if (qualityOf(is) >= qualityOf(was)) continue;
        return [
          `${this.situationWords(this.model, situation)} ${name} ${type} ${badAnswerWords(is)}`,
        ];
      }
    }
    return change.faults.length > 0
      ? []
      : asked.flatMap((one) => this.worseWithNewFault(after, one, assumed)).slice(0, 1);
  }

  /** A failure that only exists after the change, and is worse than each one before it. */
  private worseWithNewFault(
    after: StackModel,
    { name, type, situations }: Asked,
    assumed: Assumed,
  ): readonly string[] {
    const single = situations.filter((one) => one.length === 1);
    const before = new Set(single.map((one) => JSON.stringify(one)));
    const added = situationsOf(after, name, type).filter(
      (one) => one.length === 1 && !before.has(JSON.stringify(one)),
    );
    if (added.length === 0) return [];
    const least = Math.min(
      ...single.map((one) => qualityOf(resolved(this.model, one, name, type, assumed))),
    );
    for (const situation of added) {
      const is = resolved(after, situation, name, type, assumed);
      if (qualityOf(is) < least) {
        return [`${this.situationWords(after, situation)} ${name} ${type} ${badAnswerWords(is)}`];
      }
    }
    return [];
  }

  /** How much longer customers wait; where something stops, its answers tell. */
  waitsAfter(change: PossibleChange): Waits {
    if (change.faults.length > 0 || !this.changes(change)) return noWaits;
    const known = this.waits.get(change) ?? this.waitComparison.waitsAfter(change.resources);
    this.waits.set(change, known);
    return known;
  }

  private keptLonger(change: PossibleChange): readonly string[] {
    if (change.faults.length > 0 || !this.changes(change)) return [];
    const after = this.modelAfter(change);
    return this.askedBy(change)
      .flatMap((asked) => keptLonger(this.model, after, asked))
      .slice(0, 1);
  }

  /** What takes longer without being a harm. */
  longerNotes(change: PossibleChange): readonly string[] {
    return [...this.keptLonger(change), ...this.waitsAfter(change).notes];
  }

  /** What changes in the answers while nothing fails, or that nothing does. */
  effectText(change: PossibleChange): string {
    if (!this.changes(change)) return "it changes no answer";
    const after = this.modelAfter(change);
    for (const { name, type } of this.askedBy(change)) {
      const is = valuesIn(resolved(after, change.faults, name, type));
      const was = valuesIn(resolved(this.model, [], name, type));
      if (is !== was) return `${name} ${type} is answered by ${is} instead of ${was}`;
    }
    return "while nothing fails it changes no answer";
  }

  private situationWords(model: StackModel, situation: readonly Fault[]): string {
    const names = new FaultNames(model);
    const words = situation.map((fault) =>
      fault.kind === "check"
        ? `${names.of(fault).replace(/^check:/, "")} unhealthy`
        : `${names.of(fault)} down`,
    );
    return words.length === 0 ? "now" : `with ${words.join(" and ")}`;
  }
}
