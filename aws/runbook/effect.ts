import type { Fault } from "../../routing/graph/faults";
import type { Resource } from "../../routing/graph/resource";
import type { StackModel } from "../../routing/graph/stackModel";

/** What a command would do to a model. */
export type Effect =
  /** One of these, as far as the command says. */
  | { readonly kind: "change"; readonly alternatives: readonly PossibleChange[] }
  /** It is harmful whatever the model is. */
  | {
      readonly kind: "harm";
      readonly subject: string;
      readonly why: string;
      readonly remedy: Intention;
    }
  /** What it does is not known; its subject is what it names. */
  | { readonly kind: "unknown"; readonly why: string; readonly subject?: string };

/** A possible change. */
export interface PossibleChange {
  /** The record, check or machine that it changes. */
  readonly subject: string;
  readonly resources: readonly Resource[];
  /** What it takes away. */
  readonly faults: readonly Fault[];
  /** Facts about the change that its answers do not show. */
  readonly notes: readonly string[];
  /** What is not known of it: without a harm it is not harmless either. */
  readonly doubts: readonly string[];
  /** The names of the records that it changes. */
  readonly names: readonly string[];
  /** Why Route 53 refuses it, so that nothing changes. */
  readonly refusal?: string;
  /** Whether Route 53 refuses a state that the model refuses: not one that is left after a deletion. */
  readonly isChecked: boolean;
  /** Why it is harmful whatever the answers are. */
  readonly harm?: string;
  /** What must be so for it to change anything of the model, and is not known. */
  readonly onlyIf?: string;
  readonly remedy: Intention;
}

/** What a person meant, and so which command works. */
export type Intention = "hold" | "release" | "none";

/** The subject of the judgement. */
export interface RunbookModel {
  readonly resources: readonly Resource[];
  readonly model: StackModel;
  /** Whether ids in the model are those of AWS; an evaluated stack has stand-ins. */
  readonly hasIds: boolean;
  /** The stack; absent for another source. */
  readonly stack?: string;
  /** Whether it has a failback gate; absent where that is not known. */
  readonly hasGate?: boolean;
  /** The resources with other settings, by `settingsKey`, or why there are none; absent where they are not evaluated. */
  readonly withSettings?: ReadonlyMap<string, readonly Resource[] | string>;
  /** Reads a file beside the runbook; undefined if there is none. */
  readonly textOf: (path: string) => string | undefined;
}

/** A change of nothing yet. */
export function unchanged(subject: string, { resources }: RunbookModel): PossibleChange {
  return {
    ...{ subject, resources, faults: [], notes: [], doubts: [], names: [] },
    ...{ isChecked: false, remedy: "hold" },
  };
}

/** An effect that is not known, and why. */
export function unknownEffect(why: string, subject?: string): Effect {
  return { kind: "unknown", why, ...(subject === undefined ? {} : { subject }) };
}

/** Why an address is not compared with those of an evaluated stack. */
export const standInDoubt =
  "whether it is the stack's own address is not known before a deployment; give its export with --from";
