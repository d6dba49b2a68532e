import { hole } from "./shellText";

/** A call of the AWS command line. */
export interface AwsCall {
  readonly service: string;
  readonly operation: string;
  /** The words that belong to no option, such as the paths of `s3 rm`. */
  readonly operands: readonly string[];
  /** The words of each option, by its name without dashes; none for a flag. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** Options with a list as value, which ends at the next option; others take one word. */
const lists: readonly string[] = [
  "child-health-checks",
  "regions",
  "reset-elements",
  "instance-ids",
  "targets",
  "instances",
];
/** Options without a value, which an operand may follow. */
const flags: readonly string[] = [
  ...["debug", "disabled", "inverted", "enable-sni", "dry-run", "force-failover"],
  ...["skip-final-snapshot", "delete-automated-backups", "hibernate", "skip-os-shutdown"],
  ...["recursive", "quiet", "dryrun", "force", "only-show-errors", "delete"],
];

/** The call of a command; undefined for another program. */
export function awsCallOf([program, ...words]: readonly string[]): AwsCall | undefined {
  if (program !== "aws") return undefined;
  const plain: string[] = [];
  const options = new Map<string, string[]>();
  /** The option that takes the next words, and how many of them. */
  let open: { readonly values: string[]; readonly most: number } | undefined;
  for (const word of words) {
    const [, name, value] = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name !== undefined) {
      const values = value === undefined ? [] : [value];
      options.set(name, values);
      open = { values, most: value === undefined ? mostValues(name) : 0 };
    } else if (open && open.values.length < open.most) open.values.push(word);
    else plain.push(word);
  }
  const [service = "", operation = "", ...operands] = plain;
  return { service, operation, operands, options };
}

/** How many words an option takes. */
function mostValues(name: string): number {
  if (/^no-/.test(name) || flags.includes(name)) return 0;
  return lists.includes(name) ? Infinity : 1;
}

/** The text of an option; undefined if it is absent or has no value. */
export function optionOf({ options }: AwsCall, name: string): string | undefined {
  const words = options.get(name);
  return words === undefined || words.length === 0 ? undefined : words.join(" ");
}

/** Why a part of a call is not known; undefined if all of it is. */
export function openPartOf({ service, operation, operands, options }: AwsCall): string | undefined {
  if ([service, operation].some((word) => word.includes(hole))) {
    return "the operation is not written in the runbook";
  }
  const isOpen = service !== "s3" && operands.includes(hole);
  return isOpen || [...options.keys()].some((name) => name.includes(hole))
    ? "some options are not written in the runbook"
    : undefined;
}

/** Whether a call only shows what it would do: a skeleton, a dry run, help. */
export function isDry({ operation, operands, options }: AwsCall): boolean {
  const shows = ["generate-cli-skeleton", "dry-run", "dryrun", "help", "version"];
  return shows.some((name) => options.has(name)) || [operation, ...operands].includes("help");
}
