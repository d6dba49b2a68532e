import type { ShellCommand } from "./shellCommands";

/** A call of the AWS command line. */
export interface AwsCall {
  readonly service: string;
  readonly operation: string;
  /** The words that belong to no option, such as the paths of `s3 rm`. */
  readonly operands: readonly string[];
  /** The words of each option, by its name without dashes; none for a flag. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** Options of every operation that take a value (aws-cli, `aws help`, global options). */
const globalWithValue: readonly string[] = [
  "endpoint-url",
  "output",
  "query",
  "profile",
  "region",
  "color",
  "ca-bundle",
  "cli-read-timeout",
  "cli-connect-timeout",
  "cli-binary-format",
];
/** Options of `s3` without a value, which paths may follow. */
const s3Flags: readonly string[] = ["recursive", "quiet", "dryrun", "force", "only-show-errors"];
/** Programs that run the command after them. */
const runners: readonly string[] = ["sudo", "time", "command", "exec", "nohup", "npx", "env"];

/** The words of a program behind those that only run it, such as `sudo aws …`. */
export function programWords({ words }: Pick<ShellCommand, "words">): readonly string[] {
  const start = words.findIndex((word) => !runners.includes(word) && !/^\w+=/.test(word));
  return start < 0 ? [] : words.slice(start);
}

/** The call of a command; undefined for another program. */
export function awsCallOf(command: Pick<ShellCommand, "words">): AwsCall | undefined {
  const [program, ...words] = programWords(command);
  if (program === undefined || !/(?:^|\/)aws$/.test(program)) return undefined;
  const plain: string[] = [];
  const options = new Map<string, string[]>();
  /** The option that takes the next words, and how many of them. */
  let open: { readonly values: string[]; readonly most: number } | undefined;
  for (const word of words) {
    const [, name, value] = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name !== undefined) {
      const values = value === undefined ? [] : [value];
      options.set(name, values);
      open = { values, most: value === undefined ? mostValues(name, plain) : 0 };
    } else if (open && open.values.length < open.most) open.values.push(word);
    else plain.push(word);
  }
  const [service = "", operation = "", ...operands] = plain;
  return { service, operation, operands, options };
}

/** How many words an option takes: a list ends at the next option. */
function mostValues(name: string, [service, operation]: readonly string[]): number {
  if (/^no-/.test(name) || name === "debug") return 0;
  if (globalWithValue.includes(name) || operation === undefined) return 1;
  if (service === "s3") return s3Flags.includes(name) ? 0 : 1;
  return Infinity;
}

/** The text of an option; undefined if it is absent or has no value. */
export function optionOf({ options }: AwsCall, name: string): string | undefined {
  const words = options.get(name);
  return words === undefined || words.length === 0 ? undefined : words.join(" ");
}
