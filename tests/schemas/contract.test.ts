import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { format } from "oxfmt";
import { root } from "../conventions/sourceTree";
import { breakingChanges } from "./breakingChanges";
import type { Schema } from "./publishedSchemas";
import { publishedSchemas } from "./publishedSchemas";

const folder = join(root, "schemas");
const suffix = ".schema.json";

const read = (path: string): Schema => JSON.parse(readFileSync(path, "utf8")) as Schema;
const names = (path: string): string[] =>
  readdirSync(path)
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .sort();

/** The remedy for a change that breaks readers. */
const remedyOf = (name: string): string =>
  name === "outputs"
    ? "keep it, or increment schemaVersion in outputs.ts and list the change in CHANGELOG.md"
    : "keep it beside the new one, or list the change in CHANGELOG.md under the next major version";

describe("the published schemas", () => {
  const schemas = publishedSchemas();

  for (const [name, schema] of Object.entries(schemas)) {
    it(`schemas/${name}${suffix} is up to date; UPDATE_DOCS=1 regenerates it`, async () => {
      const path = join(folder, `${name}${suffix}`);
      const { code: text } = await format(path, JSON.stringify(schema), { printWidth: 100 });
      if (process.env["UPDATE_DOCS"]) writeFileSync(path, text);
      expect(readFileSync(path, "utf8")).to.equal(text);
    });
  }

  it("are those of schemas/ and no others", () => {
    expect(names(folder)).to.deep.equal(Object.keys(schemas).sort());
  });

  it("break no reader of the last release", () => {
    const broken = names(join(folder, "released")).flatMap((name) => {
      const released = read(join(folder, "released", `${name}${suffix}`));
      const remedy = remedyOf(name);
      return breakingChanges(name, released, schemas[name] ?? {}, remedy);
    });
    expect(broken, broken.join("\n")).to.deep.equal([]);
  });
});

describe("a breaking change of an output", () => {
  const object = (properties: Schema, required: readonly string[] = []): Schema => ({
    type: "object",
    properties,
    required,
  });
  const text: Schema = { type: "string" };
  const released: Schema = {
    ...object(
      {
        stack: text,
        names: { type: "array", items: { $ref: "#/definitions/Name" } },
        worst: { type: ["number", "null"] },
        note: text,
        totals: { type: "object", additionalProperties: { type: "number" } },
      },
      ["stack", "names", "worst"],
    ),
    definitions: { Name: object({ name: text, kind: { enum: ["a", "b"] } }, ["name", "kind"]) },
  };
  const changed = (change: (schema: Record<string, never>) => void): readonly string[] => {
    const current = structuredClone(released) as Record<string, never>;
    change(current);
    return breakingChanges("prove", released, current, "keep it");
  };
  type Loose = Record<string, Record<string, unknown>>;
  const nameOf = (schema: unknown): Loose =>
    (schema as { definitions: { Name: Loose } }).definitions.Name;
  const fields = (schema: unknown): Record<string, unknown> =>
    (schema as { properties: Record<string, unknown> }).properties;

  it("is none: a field more, one choice fewer or more, whole numbers, and the same", () => {
    expect(changed(() => undefined)).to.deep.equal([]);
    const compatible = changed((schema) => {
      fields(schema)["fresh"] = text;
      fields(schema)["worst"] = { type: "integer" };
      (nameOf(schema)["properties"] as Loose)["kind"] = { enum: ["a", "c"] };
    });
    expect(compatible).to.deep.equal([]);
  });

  it("is a field that is gone, with all below it, also by a new name", () => {
    expect(
      changed((schema) => {
        delete fields(schema)["names"];
        fields(schema)["hostnames"] = { type: "array" };
      }),
    ).to.deep.equal(["prove: names: must stay, got nothing; keep it"]);
  });

  it("is another type, in a list, behind a reference or in a mapping", () => {
    expect(
      changed((schema) => {
        (nameOf(schema)["properties"] as Loose)["name"] = { type: ["string", "null"] };
        fields(schema)["totals"] = { type: "object", additionalProperties: text };
      }),
    ).to.deep.equal([
      "prove: names[].name: must stay string, got null or string; keep it",
      "prove: totals.*: must stay number, got string; keep it",
    ]);
  });

  it("is a field that may be absent, also where only one of several forms has it", () => {
    expect(
      changed((schema) => {
        (schema as Record<string, unknown>)["required"] = ["names", "worst"];
      }),
    ).to.deep.equal(["prove: stack: must always be there, got an optional field; keep it"]);
    const forms = breakingChanges(
      "resolve",
      object({ answers: text }, ["answers"]),
      { anyOf: [object({ answers: text }, ["answers"]), object({ places: text }, ["places"])] },
      "keep it",
    );
    expect(forms).to.deep.equal([
      "resolve: answers: must always be there, got an optional field; keep it",
    ]);
  });
});
