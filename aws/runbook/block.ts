/** A block of shell text in a runbook. */
export interface ShellBlock {
  /** Its commands, without prompts, output and common indentation. */
  readonly script: string;
  /** The number in the file of each line of the script, from 1. */
  readonly lines: readonly number[];
  /** Set on a command in a sentence, which may also say not to run it. */
  readonly isProse?: true;
  /** Why it cannot be read; absent for one that can. */
  readonly unread?: string;
}

/** A line of a runbook. */
export interface BlockLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
}
