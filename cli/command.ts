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
