import { programWords } from "./awsCall";
import type { Effect } from "./effect";
import type { ShellCommand } from "./shellCommands";

/** `pulumi destroy`, and settings of `pulumi up` and `pulumi config set`. */
export function pulumiEffect(command: ShellCommand, stack: string | undefined): Effect | undefined {
  const [program, ...words] = programWords(command);
  if (program !== "pulumi") return undefined;
  const at = words.findIndex((word) => word === "--stack" || word === "-s");
  const other = at >= 0 && stack !== undefined && words[at + 1] !== stack;
  if (words.includes("destroy")) {
    return other
      ? { kind: "none", why: "it destroys another stack" }
      : {
          kind: "harm",
          subject: stack ?? "the stack",
          why: "it deletes the records and everything behind them",
          remedy: "none",
        };
  }
  const sets =
    words.some((word) => /^(?:-c|--config)(?:=|$)/.test(word)) ||
    (words[0] === "config" &&
      words[1] === "set" &&
      /^failover/.test(words.slice(2).find((one) => !one.startsWith("-")) ?? ""));
  return sets
    ? {
        kind: "unknown",
        why: "a setting may change any record; set it in a copy of the stack's configuration, and run `failover prove --stack NAME --compare FILE`",
      }
    : undefined;
}
