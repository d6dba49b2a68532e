import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { z } from "zod";
import { settingsJsonSchema } from "../../config/jsonSchema";
import { root } from "../conventions/sourceTree";

/**
 * The reference of the settings and their JSON Schema, from the schema (constraints, defaults) and
 * from the comments of `config/settings.ts` (meaning).
 */

type Schema = z.core.JSONSchema.BaseSchema;

/** Comments by path, such as `regions.primary.region`; a list has `[]`, a mapping by zone `<zone>`. */
type Comments = ReadonlyMap<string, string>;

const item = "[]";
const byZone = "<zone>";
const namespace = "failover:";

/** The JSON Schema of a `Pulumi.<stack>.yaml`, for editors. */
export function stackFileSchema(): object {
  const { $schema, properties = {}, required = [] } = settingsJsonSchema();
  const comments = commentsOf();
  const settings = Object.entries(properties).map(
    ([key, value]) =>
      [`${namespace}${key}`, quotable(commented(value as Schema, key, comments))] as const,
  );
  return {
    $schema,
    title: "The settings of a stack of the failover program",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(settings),
        required: required.map((key) => `${namespace}${key}`),
        // Keys of the namespace are all known; other packages have theirs.
        patternProperties: { "^(?!failover:)": {} },
        additionalProperties: false,
      },
    },
    required: ["config"],
  };
}

/** `pulumi config set` and `pulumi stack init` write a switch directly below `config` in quotes. */
function quotable(schema: Schema): Schema {
  if (schema.type !== "boolean") return schema;
  const { type: _, ...others } = schema;
  return { ...others, enum: [true, false, "true", "false"] };
}

/** The reference as Markdown: a section per top-level key, a row per setting. */
export function settingsReference(): string {
  const { properties = {}, required = [] } = settingsJsonSchema();
  const comments = commentsOf();
  const sections = Object.entries(properties).map(([key, value]) => {
    const all = rowsOf(value as Schema, key, comments, required.includes(key));
    // Both regions have the same keys.
    const rows = all.filter(({ path }) => !path.startsWith("regions.standby."));
    const lead = rows.length === 1 && rows[0]?.path === key ? "" : (comments.get(key) ?? "");
    return [
      `## ${key}`,
      lead,
      [
        "| setting | value | default | meaning |",
        "| --- | --- | --- | --- |",
        ...rows.map(
          ({ path, must, fallback, about }) =>
            `| \`${path}\` | ${cell(must)} | ${fallback} | ${cell(about)} |`,
        ),
      ].join("\n"),
    ]
      .filter((part) => part !== "")
      .join("\n\n");
  });
  return `${introduction}\n\n${sections.join("\n\n")}\n`;
}

const introduction = `# Settings

The keys of the namespace \`failover\` in \`Pulumi.<stack>.yaml\`. Generated from the schema in \`config/\`; a test keeps
this page up to date (\`UPDATE_DOCS=1 npm test -- tests/config/documentation.test.ts\` regenerates it). A setting without a
default is required, unless it is optional. An unknown key is an error. All faults of a file are reported at once, one per
line. In a path, \`${item}\` is an item of a list, and \`${byZone}\` is the name of an availability zone.

An editor with a YAML language server checks and completes the settings by [stack.schema.json](stack.schema.json):

\`\`\`yaml
# yaml-language-server: $schema=docs/stack.schema.json
\`\`\`

Conditions between settings, such as a standby region that differs from the primary, are checked by the program and by
\`failover rehearse --stack NAME\` only.`;

interface Row {
  readonly path: string;
  readonly must: string;
  readonly fallback: string;
  readonly about: string;
}

function rowsOf(schema: Schema, path: string, comments: Comments, isRequired: boolean): Row[] {
  const parts = partsOf(schema, path);
  if (parts.length > 0) {
    return parts.flatMap((part) => rowsOf(part.schema, part.path, comments, part.isRequired));
  }
  const fallback = schema.default === undefined ? undefined : JSON.stringify(schema.default);
  return [
    {
      path,
      must: mustOf(schema),
      fallback: fallback === undefined ? (isRequired ? "required" : "none") : `\`${fallback}\``,
      about: comments.get(path) ?? "",
    },
  ];
}

interface Part {
  readonly schema: Schema;
  readonly path: string;
  readonly isRequired: boolean;
}

/** The settings directly below one; none for a value and for a list of values. */
function partsOf(schema: Schema, path: string): readonly Part[] {
  const { properties, required = [], oneOf, anyOf, items, additionalProperties } = schema;
  if (properties) {
    return Object.entries(properties).map(([key, value]) => ({
      schema: value as Schema,
      path: `${path}.${key}`,
      isRequired: required.includes(key),
    }));
  }
  const forms = (oneOf ?? anyOf ?? []) as readonly Schema[];
  if (forms.length > 0) return forms.flatMap((form) => partsOf(form, formPath(form, path)));
  const below = (one: unknown, step: string): readonly Part[] =>
    typeof one === "object" && one !== null && (one as Schema).properties
      ? partsOf(one as Schema, `${path}${step}`)
      : [];
  return [...below(items, item), ...below(additionalProperties, `.${byZone}`)];
}

/** The path of one form of a setting that has several: `compute (balancer)`. */
function formPath({ properties }: Schema, path: string): string {
  const kind = (properties?.["kind"] as Schema | undefined)?.const;
  return typeof kind === "string" ? `${path} (${kind})` : path;
}

function mustOf(schema: Schema): string {
  const { description, const: only, items, prefixItems, additionalProperties } = schema;
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  const each = (prefixItems?.[0] ?? items ?? additionalProperties) as Schema | undefined;
  const text = description ?? each?.description ?? "";
  const must = text.replace(/^Must be /, "").replace(/\.$/, "");
  if (each === undefined) return must;
  return `a ${additionalProperties === undefined ? "list" : "mapping"}; each ${must}`;
}

/** A schema with the comments of its settings before their constraints. */
function commented(schema: Schema, path: string, comments: Comments): Schema {
  const about = comments.get(path);
  const description = [about, schema.description].filter(Boolean).join(" ");
  const inner = (one: unknown, at: string): unknown =>
    typeof one === "object" && one !== null ? commented(one as Schema, at, comments) : one;
  const each = (map: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(map).map(([key, one]) => [key, inner(one, `${path}.${key}`)]),
    );
  return {
    ...schema,
    ...(description === "" ? {} : { description }),
    ...(schema.properties ? { properties: each(schema.properties) } : {}),
    ...(schema.oneOf
      ? { oneOf: schema.oneOf.map((form) => inner(form, formPath(form, path))) }
      : {}),
    ...(schema.items === undefined ? {} : { items: inner(schema.items, `${path}${item}`) }),
    ...(schema.additionalProperties === undefined
      ? {}
      : { additionalProperties: inner(schema.additionalProperties, `${path}.${byZone}`) }),
  } as Schema;
}

/** Reads the comments of `Settings` and of every type that it uses. */
function commentsOf(): Comments {
  const path = join(root, "config", "settings.ts");
  const source = ts.createSourceFile(
    path,
    readFileSync(path, "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const types = new Map<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration>();
  for (const statement of source.statements) {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      types.set(statement.name.text, statement);
    }
  }
  const comments = new Map<string, string>();
  const visitMembers = (members: readonly ts.TypeElement[], at: string): void => {
    for (const member of members) {
      if (!ts.isPropertySignature(member) || member.type === undefined) continue;
      const here = at === "" ? member.name.getText() : `${at}.${member.name.getText()}`;
      const text = commentText(member);
      if (text !== "") comments.set(here, text);
      visit(member.type, here);
    }
  };
  const visit = (type: ts.TypeNode, at: string): void => {
    if (ts.isTypeLiteralNode(type)) visitMembers([...type.members], at);
    else if (ts.isTypeOperatorNode(type)) visit(type.type, at);
    else if (ts.isArrayTypeNode(type)) visit(type.elementType, `${at}${item}`);
    else if (ts.isUnionTypeNode(type)) {
      for (const form of type.types) visit(form, `${at}${formSuffix(form)}`);
    } else if (ts.isTypeReferenceNode(type)) {
      const [key, value] = type.typeArguments ?? [];
      const name = type.typeName.getText();
      const found = types.get(name);
      if (found && ts.isInterfaceDeclaration(found)) visitMembers([...found.members], at);
      else if (found && ts.isTypeAliasDeclaration(found)) visit(found.type, at);
      else if (name === "Record" && value) visit(value, `${at}.${byZone}`);
      else if (key) visit(key, at);
    }
  };
  visitMembers([...(types.get("Settings") as ts.InterfaceDeclaration).members], "");
  return comments;
}

/** The suffix of one form in a union of mappings; none for a union of values. */
function formSuffix(form: ts.TypeNode): string {
  if (!ts.isTypeLiteralNode(form)) return "";
  const kind = form.members.find((member) => member.name?.getText() === "kind");
  const type = kind && ts.isPropertySignature(kind) ? kind.type?.getText() : undefined;
  return type === undefined ? "" : ` (${type.replaceAll('"', "")})`;
}

function commentText(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node);
  const text =
    comment && ts.isJSDoc(comment) ? ts.getTextOfJSDocComment(comment.comment) : undefined;
  return (text ?? "").replace(/\s+/g, " ").trim();
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<zone>", "\\<zone>");
}
