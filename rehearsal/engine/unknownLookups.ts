/** The look-ups of an evaluation whose results are not known: calls, and outputs of other stacks. */
import { subjectOf } from "./missingOutputs";
import type { MissingOutputs } from "./missingOutputs";
import { lookupsFile } from "./stackNames";
import { hasUnknownWire, wireForMessage } from "./wire";
import type { WireProperties } from "./wire";

export class UnknownLookups {
  readonly names = new Set<string>();
  /** The file in which a team gives them. */
  readonly file: string;

  /**
   * @param faults receives what the program cannot go on without, and each look-up where gaps are not allowed
   * @param gaps receives each look-up once
   */
  constructor(
    readonly options: { readonly stack: string; readonly allowsGaps?: boolean },
    readonly faults: string[],
    readonly gaps: string[],
    readonly missing: MissingOutputs,
  ) {
    this.file = lookupsFile(options.stack);
  }

  /** Records a look-up: as a gap where these are allowed, else with the given fault. */
  lack(name: string, fault: string): void {
    this.missing.noteLookup();
    const [list, entry] =
      this.options.allowsGaps === true ? [this.gaps, name] : [this.faults, fault];
    if (!list.includes(entry)) list.push(entry);
    this.names.add(name);
  }

  /** The error for a program that needs a part of the result at once, and cannot go on without it. */
  refusal(name: string, path: string): Error {
    return this.#refusal(
      `${name}: the program needs ${path} at once, which is not known offline; give it in ${this.file}`,
    );
  }

  /** The error for a function that needs a text, of which a part is not known. */
  textRefusal(functionName: string): Error {
    return this.#refusal(
      `${functionName}: the program gives it a text that is made of what is not known offline; give that in ${this.file}`,
    );
  }

  #refusal(fault: string): Error {
    // Without gaps the look-up is itself a fault.
    if (this.options.allowsGaps === true && !this.faults.includes(fault)) this.faults.push(fault);
    return new Error(fault);
  }
}

/** A call, for messages: with the arguments by which an entry of the file can name it. */
export function callText(token: string, args: WireProperties): string {
  const known = Object.entries(args).filter(([, value]) => !hasUnknownWire(value));
  return known.length === 0 ? token : `${token} ${wireForMessage(Object.fromEntries(known))}`;
}

export const stackReferenceType = "pulumi:pulumi:StackReference";

/** A reference to another stack, for messages. */
export function stackText(name: string): string {
  return subjectOf({ type: stackReferenceType, name });
}
