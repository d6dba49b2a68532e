import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect } from "chai";
import { root } from "../conventions/sourceTree";
import type { Schema } from "./publishedSchemas";

/** Expects what a command printed to match its schema in `schemas/`, with no field that the schema lacks. */
export function expectPublished(name: string, printed: unknown): void {
  const path = join(root, "schemas", `${name}.schema.json`);
  const schema = JSON.parse(readFileSync(path, "utf8")) as Schema;
  const validate = new Ajv({ allErrors: true, strict: false }).compile(closed(schema));
  validate(printed);
  const faults = (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(" "),
  );
  expect(faults, name).to.deep.equal([]);
}

/** The schema of a reader who does not expect new fields. */
function closed<T>(part: T): T {
  if (Array.isArray(part)) return part.map((one: unknown) => closed(one)) as T;
  if (typeof part !== "object" || part === null) return part;
  const inner = Object.fromEntries(Object.entries(part).map(([key, one]) => [key, closed(one)]));
  const { properties, allOf } = part as Schema;
  const isClosed = inner["additionalProperties"] !== undefined || allOf !== undefined;
  return (
    properties === undefined || isClosed ? inner : { ...inner, additionalProperties: false }
  ) as T;
}
