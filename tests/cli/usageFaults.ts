import { Command } from "commander";
import { commands } from "../../cli/commands";

/**
 * The faults of a command line of `failover`, in words, without running it: the command and its options
 * exist, and it has as many arguments as it takes.
 */
export async function usageFaults([name = "", ...words]: readonly string[]): Promise<
  readonly string[]
> {
  const entry = commands.find((each) => each.name === name);
  if (!entry) return [`failover has no command ${name}`];
  const described = new Command(name)
    .option("--debug")
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  (await entry.load()).describe(described);
  try {
    described.parse([...words], { from: "user" });
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** The words of a line of shell, up to a comment, a pipe or a redirection. */
export function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const end = words.findIndex((word) => /^(?:#|\||[12]?>|<|&&|;|\\$)/.test(word));
  return words
    .slice(0, end < 0 ? undefined : end)
    .map((word) => word.replaceAll(/["']/g, "").replace(/;$/, ""));
}
