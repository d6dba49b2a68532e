import { join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";
import { z } from "zod";
import { proofSchema } from "../../rehearsal/proof/proofSchema";
import { root } from "../conventions/sourceTree";

/** A JSON Schema (draft 7) with its definitions. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** The names of commands whose output is not typed by an interface alone. */
const proofOutput = "prove";

/** The JSON Schema of each published output, by its name. */
export function publishedSchemas(): Readonly<Record<string, Schema>> {
  const { definitions = {} } = createGenerator({
    path: join(root, "{*,!(node_modules|dist|coverage|tests)/**/*}.ts"),
    tsconfig: join(__dirname, "generator.json"),
    type: "PublishedOutputs",
    skipTypeCheck: true,
    // A reader must expect new fields.
    additionalProperties: true,
  }).createSchema("PublishedOutputs") as { definitions?: Readonly<Record<string, Schema>> };
  const { properties = {} } = definitions["PublishedOutputs"] as {
    properties?: Readonly<Record<string, Schema>>;
  };
  const proof = z.toJSONSchema(proofSchema, { target: "draft-7", io: "input" }) as Schema;
  const withComparison = {
    ...proof,
    properties: {
      ...(proof["properties"] as Schema),
      comparison: { $ref: "#/definitions/Comparison" },
    },
  };
  const all: readonly (readonly [string, Schema])[] = [
    ...Object.entries(properties),
    [proofOutput, withComparison],
  ];
  return Object.fromEntries(
    all.map(([name, schema]) => [
      name,
      {
        $schema: "http://json-schema.org/draft-07/schema#",
        ...schema,
        definitions: usedDefinitions(schema, definitions),
      },
    ]),
  );
}

/** The definitions that a schema refers to, directly or not. */
function usedDefinitions(
  schema: Schema,
  definitions: Readonly<Record<string, Schema>>,
): Readonly<Record<string, Schema>> {
  const used = new Map<string, Schema>();
  const visit = (part: unknown): void => {
    for (const [, name = ""] of JSON.stringify(part).matchAll(/"#\/definitions\/([^"]+)"/g)) {
      const definition = definitions[decodeURIComponent(name)];
      if (definition === undefined || used.has(name)) continue;
      used.set(name, definition);
      visit(definition);
    }
  };
  visit(schema);
  return Object.fromEntries([...used].sort(([a], [b]) => (a < b ? -1 : 1)));
}
