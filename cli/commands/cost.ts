import type { Command } from "commander";
import { assumptionsFrom } from "../../rehearsal/cost/assumptions";
import { billOf } from "../../rehearsal/cost/bill";
import type { EarlierReport } from "../../rehearsal/cost/compare";
import { compare, earlierReport } from "../../rehearsal/cost/compare";
import type { CostReport } from "../../rehearsal/cost/cost";
import { costComparisonReport } from "../../rehearsal/cost/comparisonReport";
import { costReport } from "../../rehearsal/cost/report";
import { asMarkdown } from "../../rehearsal/report/asMarkdown";
import { asText } from "../../rehearsal/report/asText";
import type { Resource } from "../../routing/graph/resource";
import { stackResourceOf } from "../../routing/graph/stackOutputs";
import { InputError } from "../../routing/inputError";
import { askerOf, placeOptionHelp } from "../placeOption";
import { repeated } from "../repeated";
import { describeHelp } from "../helpText";
import { exitCodes, textOptions } from "../io";
import type { ExitCode, Io } from "../io";
import { describeSettings } from "../settingOption";
import type { SourceOptions } from "../source";
import { describeSource, sourceResources } from "../source";
import { writePage } from "../writePage";
import { jsonText } from "../../rehearsal/report/jsonText";

/** The options of `failover cost`. */
interface CostOptions extends SourceOptions {
  readonly assume?: readonly string[];
  readonly compare?: string;
  readonly force?: boolean;
  readonly fromLocation?: string;
  readonly html?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

export function describe(command: Command): void {
  describeSource(command);
  describeSettings(command);
  command
    .option(
      "--assume <name=value>",
      "set an assumption, such as orders=50000; may be repeated; the report lists the names",
      repeated,
    )
    .option(
      "--compare <file>",
      "compare with an earlier `failover cost --json`, as Markdown for a pull request",
    )
    .option("--from-location <place>", `${placeOptionHelp}, all of them (default: unknown)`)
    .option("--force", "compare even with a report of another stack")
    .option("--html <file>", "also write the report as a page, with the curve of cost against TTL")
    .option("--json", "print the report, or the comparison, as JSON")
    .option("--verbose", "also print every line and its source");
  describeHelp(command, {
    examples: [
      "cost --stack prod --assume orders=500000",
      "cost --from export.json --compare before.json",
      "cost --zone example.org --from-location DE",
    ],
    fine: "whatever the sum",
    badInput: "the cost of a name is unknown",
  });
}

/** Prints the monthly cost of a stack; resources without a known price are listed as unknown. */
export async function run(options: CostOptions, io: Io): Promise<ExitCode> {
  // Report argument faults before any evaluation.
  const assumptions = assumptionsFrom(options.assume ?? []);
  const asker = askerOf(options);
  const earlier =
    options.compare === undefined
      ? undefined
      : earlierReport(await textOf(options.compare, io), options.compare);
  const { resources } = await sourceResources(options, io);
  const report = billOf(stackName(resources, options), resources, {
    assumptions,
    ...(asker ? { asker } : {}),
    ...(earlier?.uncounted ? { uncounted: earlier.uncounted } : {}),
  });
  if (earlier && earlier.stack !== report.stack && !options.force) {
    throw new InputError(
      `--compare ${options.compare ?? ""}: must be a report of the stack ${report.stack}, got one of ${earlier.stack}; compare reports of one stack, or add --force`,
      { code: "bad-usage" },
    );
  }
  if (earlier) requireComparable(earlier, report, options.compare ?? "");
  if (options.html !== undefined) await writePage(options.html, costReport(report), io);
  if (earlier) {
    const comparison = compare(earlier, report);
    io.stdout.write(
      options.json ? jsonText(comparison) : asMarkdown(costComparisonReport(comparison)),
    );
  } else {
    io.stdout.write(
      options.json
        ? jsonText(report)
        : asText(costReport(report), {
            ...textOptions(io),
            hasDetails: options.verbose ?? false,
          }),
    );
  }
  return report.uncounted ? exitCodes.badInput : exitCodes.fine;
}

/**
 * What the earlier report counts of a name is in its sums: without it now, it would be a saving. So
 * would be customers who ask from elsewhere.
 */
function requireComparable(earlier: EarlierReport, report: CostReport, path: string): void {
  const before = new Set(earlier.uncounted?.map(({ name }) => name));
  const faults = (report.uncounted ?? [])
    .filter(({ name }) => !before.has(name))
    .map(
      ({ name, why }) =>
        `--compare ${path}: the difference is unknown, because the cost of ${name} is: ${why}`,
    );
  const [from, now] = [earlier.fromLocation, report.fromLocation];
  if (from !== undefined && now !== undefined && from !== now) {
    faults.push(
      `--compare ${path}: must be a report of queries from ${now}, got one from ${from}; compare reports with one --from-location`,
    );
  }
  if (faults.length > 0) throw new InputError(faults);
}

/** The stack's own name: the third part of each of its URNs. */
function stackName(resources: readonly Resource[], { stack }: CostOptions): string {
  const urn = stackResourceOf(resources)?.urn ?? resources[0]?.urn ?? "";
  return stack ?? /^urn:pulumi:(.+?)::/.exec(urn)?.[1] ?? "";
}

async function textOf(path: string, io: Io): Promise<string> {
  try {
    return await io.readFile(path);
  } catch (cause) {
    throw new InputError(
      `--compare ${path}: cannot read the file, got ${(cause as Error).message}; write it with \`failover cost --json\``,
      { cause },
    );
  }
}
