import type { Command } from "commander";
import type { ExitCode, Io } from "./io";

/**
 * The exports of each file in cli/commands: the usage of one command, and its work. A module is
 * loaded only when its command is used, and loads heavy dependencies inside `run`.
 */
export interface CommandModule {
  /** Adds arguments, options and help to the command; its name and summary are set already. */
  describe(command: Command): void;
  /**
   * Does the work.
   *
   * @param options the options by name, as `describe` declared them
   * @param io everything outside of the command
   * @param args the arguments in order, as `describe` declared them
   * @throws InputError for faults that the user can correct
   */
  run(
    options: Readonly<Record<string, unknown>>,
    io: Io,
    args: readonly string[],
  ): Promise<ExitCode>;
}

/** One row of the table of commands. */
export interface CommandEntry {
  readonly name: string;
  /** The summary in `failover --help`. */
  readonly summary: string;
  /** Loads the command's module on demand. */
  load(): Promise<CommandModule>;
}

/** All commands, in the order of the help text. A new command is a file, and a row here. */
export const commands: readonly CommandEntry[] = [
  {
    name: "rehearse",
    summary: "inject faults into the program's stacks, offline, and check the objectives",
    load: () => import("./commands/rehearse"),
  },
  {
    name: "resolve",
    summary: "show the answer that Route 53 would give for a name, and why",
    load: () => import("./commands/resolve"),
  },
  {
    name: "prove",
    summary: "prove what a stack's names answer under every set of faults",
    load: () => import("./commands/prove"),
  },
  {
    name: "repair",
    summary: "find the smallest edits with which the proof passes; applies nothing",
    load: () => import("./commands/repair"),
  },
  {
    name: "replay",
    summary: "play a scenario, such as an outage that happened, and count what customers lose",
    load: () => import("./commands/replay"),
  },
  {
    name: "drill",
    summary: "make parts of a stack fail on this machine in real time, with real DNS and probes",
    load: () => import("./commands/drill"),
  },
  {
    name: "watch",
    summary: "show a saved drill again",
    load: () => import("./commands/watch"),
  },
  {
    name: "tune",
    summary: "show what faster health checks cost in false failovers and dollars",
    load: () => import("./commands/tune"),
  },
  {
    name: "policy",
    summary: "check a stack against the policy packs, offline",
    load: () => import("./commands/policy"),
  },
  {
    name: "cost",
    summary: "show the monthly cost of a stack, by tier and state",
    load: () => import("./commands/cost"),
  },
  {
    name: "diff",
    summary: "show what a change does to answers, seconds, cut sets and cost, for a pull request",
    load: () => import("./commands/diff"),
  },
  {
    name: "snapshot",
    summary: "write a hosted zone of the AWS account to a file that every command takes",
    load: () => import("./commands/snapshot"),
  },
  {
    name: "preflight",
    summary: "check whether an update would succeed in this AWS account; read-only",
    load: () => import("./commands/preflight"),
  },
  {
    name: "status",
    summary: "show who serves now, and whether Route 53, the checks and the gate agree; read-only",
    load: () => import("./commands/status"),
  },
  {
    name: "hold",
    summary: "keep customers out of the primary region until a release",
    load: () => import("./commands/hold"),
  },
  {
    name: "release",
    summary: "approve the return of customers to the primary region",
    load: () => import("./commands/release"),
  },
  {
    name: "gameday",
    summary: "make a part of a deployed stack fail, measure the failover, and start it again",
    load: () => import("./commands/gameday"),
  },
  {
    name: "verify",
    summary: "settle by a test zone what AWS does not document; creates records and removes them",
    load: () => import("./commands/verify"),
  },
  {
    name: "iam",
    summary: "write the IAM policies for deploying a stack",
    load: () => import("./commands/iam"),
  },
  {
    name: "unreachable",
    summary: "print the arguments of `pulumi up` while a region is unreachable",
    load: () => import("./commands/unreachable"),
  },
  {
    name: "completion",
    summary: "print the script with which bash, zsh or fish completes this command",
    load: () => import("./commands/completion"),
  },
];
