import type { Evaluation } from "../../../rehearsal/engine/evaluate";
import type { Resource } from "../../../routing/graph/resource";
import { computeRows } from "./rows/compute";
import { dataRows } from "./rows/data";
import { dnsRows } from "./rows/dns";
import { edgeRows } from "./rows/edge";
import { experimentRows } from "./rows/experiments";
import type { Call, Declaration, Json, JsonObject, Row } from "./rows/kit";
import { jsonOf } from "./rows/kit";
import { networkRows } from "./rows/network";
import { operationRows } from "./rows/operations";

/** The translation of each type of resource. */
export const rows: Readonly<Record<string, Row>> = {
  ...computeRows,
  ...dataRows,
  ...dnsRows,
  ...edgeRows,
  ...experimentRows,
  ...networkRows,
  ...operationRows,
};

/** Types without a counterpart in AWS, and why. */
export const notTranslated: Readonly<Record<string, string>> = {
  "aws:acm/certificateValidation:CertificateValidation": "waits, and makes nothing",
  "pulumi:providers:aws": "says where, and makes nothing",
};

/** A call to compare with AWS's models; `at` is the name of the resource. */
export interface CallSubject extends Call {
  readonly at: string;
}
export interface PolicySubject {
  readonly at: string;
  readonly argument: string;
  readonly document: Json;
}
/** The resources of one region; `names` has the name of each. */
export interface TemplateSubject {
  readonly at: string;
  readonly region: string;
  readonly resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: JsonObject }>
  >;
  readonly names: Readonly<Record<string, string>>;
}

/** The subjects of the checks. */
export interface Subjects {
  readonly template: readonly TemplateSubject[];
  readonly call: readonly CallSubject[];
  readonly policy: readonly PolicySubject[];
}

/** The subjects so far: the same subject in another shape is the same to AWS. */
export class Asked {
  readonly #known = new Set<string>();

  isNew(...what: readonly unknown[]): boolean {
    const text = JSON.stringify(what);
    if (this.#known.has(text)) return false;
    this.#known.add(text);
    return true;
  }
}

/**
 * The subjects of an evaluation.
 *
 * @throws Error that names each type without a row
 */
export function subjectsOf(title: string, { resources }: Evaluation, asked: Asked): Subjects {
  const custom = resources.filter((one) => one.custom && !(one.type in notTranslated));
  const missing = [...new Set(custom.flatMap(({ type }) => (rows[type] ? [] : [type])))];
  if (missing.length > 0) {
    throw new Error(`no row for ${missing.join(", ")}; add one to tests/program/awsModels/rows/`);
  }
  const translated = custom.map((resource) => {
    const inputs = (jsonOf(resource.inputs) ?? {}) as JsonObject;
    return { resource, inputs, translation: rows[resource.type]?.(inputs, resource) ?? {} };
  });
  const declared = translated.flatMap(({ resource, translation: { declaration } }) =>
    declaration && asked.isNew("template", resource.region, declaration)
      ? [{ resource, declaration }]
      : [],
  );
  return {
    template: templatesOf(title, declared),
    call: translated.flatMap(({ resource, translation: { calls = [] } }) =>
      calls
        .filter((call) => asked.isNew("call", call))
        .map((call) => ({ at: resource.name, ...call })),
    ),
    policy: translated.flatMap(({ resource, inputs }) =>
      policiesIn(inputs, "")
        .filter(({ document }) => asked.isNew("policy", document))
        .map((policy) => ({ at: resource.name, ...policy })),
    ),
  };
}

function templatesOf(
  title: string,
  declared: readonly { readonly resource: Resource; readonly declaration: Declaration }[],
): TemplateSubject[] {
  const regions = [...new Set(declared.map(({ resource }) => resource.region ?? ""))];
  return regions.map((region) => {
    const here = declared
      .filter(({ resource }) => resource.region === region)
      .map(({ resource, declaration }, index) => ({
        id: logicalId(resource, index),
        name: resource.name,
        body: { Type: declaration.type, Properties: declaration.properties },
      }));
    return {
      at: title,
      region,
      resources: Object.fromEntries(here.map(({ id, body }) => [id, body])),
      names: Object.fromEntries(here.map(({ id, name }) => [id, name])),
    };
  });
}

/**
 * CloudFormation accepts letters and digits; the number distinguishes names that then are equal.
 */
const logicalId = ({ name }: Resource, index: number): string =>
  `${name.replace(/[^A-Za-z0-9]/g, "")}N${index}`;

/** The policies among arguments, in any argument. */
function policiesIn(
  value: Json | undefined,
  argument: string,
): { readonly argument: string; readonly document: Json }[] {
  if (typeof value === "string") {
    if (!/^\s*\{[\s\S]*"Statement"/.test(value)) return [];
    return [{ argument, document: JSON.parse(value) as Json }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    policiesIn(item as Json, argument === "" ? key : `${argument}.${key}`),
  );
}
