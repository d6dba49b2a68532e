import type { Command } from "commander";
import type { ExitCode, Io } from "./io";

/**
 * What each file of cli/commands exports: the usage of one command, and its work. A module is loaded
 * only when its command is used, and loads what it needs inside `run` where that is heavy.
 */
export interface CommandModule {
  /** Adds arguments, options and help to the command; its name and summary are there already. */
  describe(command: Command): void;
  /**
   * Does the work.
   *
   * @param options the options by name, as `describe` declared them
   * @param io everything outside of the command
   * @param args the arguments in order, as `describe` declared them
   * @throws InputError for what the person at the keyboard can correct
   */
  run(
    options: Readonly<Record<string, unknown>>,
    io: Io,
    args: readonly string[],
  ): Promise<ExitCode>;
}

/** One line of the table of commands. */
export interface CommandEntry {
  readonly name: string;
  /** What the command is for, as `failover --help` says it. */
  readonly summary: string;
  /** Loads the command's module, when it is needed and not before. */
  load(): Promise<CommandModule>;
}

/** All commands, in the order of the help text. A new command is a file, and a line here. */
export const commands: readonly CommandEntry[] = [
  {
    name: "rehearse",
    summary: "play the failover story of the program's stacks, offline",
    load: () => import("./commands/rehearse"),
  },
  {
    name: "resolve",
    summary: "the answer Route 53 would give for a name, and why",
    load: () => import("./commands/resolve"),
  },
  {
    name: "prove",
    summary:
      "what a stack's names answer under every set of faults, and what it takes to hurt them",
    load: () => import("./commands/prove"),
  },
  {
    name: "policy",
    summary: "check a stack against the policy packs before it is deployed",
    load: () => import("./commands/policy"),
  },
  {
    name: "cost",
    summary: "what a stack costs in a month, per tier and state",
    load: () => import("./commands/cost"),
  },
  {
    name: "preflight",
    summary: "whether an update would succeed in this AWS account; it only reads",
    load: () => import("./commands/preflight"),
  },
  {
    name: "iam",
    summary: "write the IAM policies of whoever deploys a stack",
    load: () => import("./commands/iam"),
  },
];
