import type { Value } from "../routing/graph/resource";
import { resourcesOfExport } from "../routing/graph/fromExport";
import { isList, isObject } from "../routing/graph/values";
import { InputError } from "../routing/inputError";
import type { AwsAnswer } from "./aws/answers";
import { answersIn, isAwsAnswer } from "./aws/answers";
import { documentOf } from "./document";
import { memberOf } from "./fields";
import type { Reading, ReadOptions, SourceFile } from "./reading";
import { joined } from "./reading";

/** A file format. */
interface Format {
  /** Whether a document has this format, by its members. */
  readonly is: (document: Value) => boolean;
  readonly read: (document: Value, path: string, options: ReadOptions) => Promise<Reading>;
}

/** Each reader is loaded when a file needs it. */
const formats: readonly Format[] = [
  {
    is: (document) => memberOf(document, "deployment") !== undefined,
    read: (document, path) =>
      Promise.resolve({ resources: resourcesOfExport(document, path), notes: [], failing: [] }),
  },
  {
    is: (document) => isList(memberOf(document, "steps") ?? null),
    read: async (document, path) =>
      (await import("./pulumi/readPreview")).readPreview(document, path),
  },
  {
    is: (document) =>
      ["values", "planned_values"].some((name) => memberOf(document, name) !== undefined) &&
      memberOf(document, "format_version") !== undefined,
    read: async (document, path) =>
      (await import("./terraform/readTerraform")).readTerraform(document, path),
  },
  {
    is: (document) => isObject(memberOf(document, "Resources")),
    read: async (document, path, options) =>
      (await import("./cloudFormation/readTemplate")).readTemplate(document, path, options),
  },
  {
    is: isOctoDns,
    read: async (document, path) => (await import("./octoDns/readZone")).readZone(document, path),
  },
];

/** Documents that resemble a source, each with the remedy. */
const lookalikes: readonly (readonly [is: (document: Value) => boolean, remedy: string])[] = [
  [
    (document) => memberOf(document, "lineage") !== undefined,
    "it is a Terraform state as Terraform keeps it; give what `terraform show -json` prints",
  ],
  [
    (document) => memberOf(document, "format_version") !== undefined,
    "it is a Terraform state without resources; give the state of a workspace that has some",
  ],
  [
    (document) => memberOf(document, "Changes") !== undefined,
    "it is a batch of changes to records; give what `aws route53 list-resource-record-sets` prints",
  ],
  [
    (document) => ["stacks", "names"].some((name) => isList(memberOf(document, name))),
    "it looks like a report of this tool; give what it was made of, or keep it out of the folder",
  ],
];

/**
 * Reads files of every known format, which it detects from the content. Answers of the AWS command
 * line are read together, because each contains a part.
 *
 * @throws InputError with the faults of all files
 */
export async function readSources(
  files: readonly SourceFile[],
  options: ReadOptions = {},
): Promise<Reading> {
  const faults: string[] = [];
  const readings: Reading[] = [];
  const answers: AwsAnswer[] = [];
  for (const file of files) {
    try {
      const document = await documentOf(file);
      if (isAwsAnswer(document)) answers.push(...answersIn(document, file.path));
      else readings.push(await formatOf(document, file.path).read(document, file.path, options));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      faults.push(...error.faults);
    }
  }
  if (faults.length > 0) throw new InputError(faults);
  if (answers.length > 0) {
    readings.push((await import("./aws/readAnswers")).readAnswers(answers));
  }
  return joined(readings);
}

function formatOf(document: Value, path: string): Format {
  const format = formats.find(({ is }) => is(document));
  if (format) return format;
  const [, likeness] = lookalikes.find(([is]) => is(document)) ?? [];
  throw new InputError(
    likeness === undefined
      ? `${path}: unknown format, got ${shapeOf(document)}; give a Pulumi export, answers of the AWS CLI, \`terraform show -json\`, a CloudFormation template, an octoDNS zone or a snapshot`
      : `${path}: ${likeness}`,
  );
}

/** A zone of octoDNS: records by name, each with its type. */
function isOctoDns(document: Value): boolean {
  if (!isObject(document)) return false;
  const records = Object.values(document).flatMap((one) => (isList(one) ? one : [one]));
  return records.length > 0 && records.every((one) => typeof memberOf(one, "type") === "string");
}

function shapeOf(document: Value): string {
  if (isList(document)) return `a list of ${document.length}`;
  if (!isObject(document)) return JSON.stringify(document);
  const keys = Object.keys(document);
  const shown = keys.slice(0, 5).join(", ");
  return keys.length === 0 ? "nothing" : `${shown}${keys.length > 5 ? ", …" : ""}`;
}
