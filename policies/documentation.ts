import type { Property } from "./configSchema";
import type { PackConfig, RuleConfig } from "./packConfig";
import type { Rule } from "./rule";

/** A pack with its configuration in each environment. */
export interface DocumentedPack {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly environments: Readonly<Record<string, PackConfig>>;
}

/** A change of the program that a rule tells of, as the tests hold it. */
export interface CaughtChange {
  readonly rule: string;
  readonly title: string;
  /** Other rules that tell as well, with the reason. */
  readonly also: Readonly<Record<string, string>>;
}

/** The page about the packs, as Markdown. */
export function policiesPage(
  packs: readonly DocumentedPack[],
  caught: ReadonlyMap<string, readonly CaughtChange[]>,
): string {
  return [
    introduction,
    ...packs.flatMap((pack) => packSection(pack, caught.get(pack.name) ?? [])),
  ].join("\n\n");
}

const introduction = `# The policy packs

Made from the rules' own metadata (\`policies/documentation.ts\`); a test holds this page to them. Write it
anew with \`UPDATE_DOCS=1 npm test -- tests/policies/documentation.test.ts\`.

    pulumi preview --policy-pack policies/dns-failover --policy-pack-config policies/dns-failover/prod.json
    failover policy --stack prod            # the same, offline, and both packs
    failover policy --from export.json      # any other team's stack

A finding is one of three kinds, distinguished by its first word:

- a **violation**: where, what is required, what is there, what comes of it, and what to do. At level
  \`mandatory\` it stops the update.
- \`unknown: …\`: a value that the rule needs is not known before deployment, or is a secret. It is never a
  pass in silence, and it stops nothing.
- \`broken: …\`: the rule could not do its work. That is always \`mandatory\`: what it would have said is not known.

**Levels** are \`mandatory\`, \`advisory\` and \`disabled\`, and \`remediate\` where a rule can mend what it finds:
the change is then made in the preview, and shown there. Nothing is remediated unless it is asked for. A
level weaker than the pack's own has a \`reason\`, which every rule takes beside its properties: JSON has
no comments, and an exception needs a stated reason.

**What the CLI does not do.** It checks values by the rules' schemas, but passes over a rule's name that it
does not know and an exception without its reason; \`failover policy\` reports all faults of a configuration,
a line each. Rules that see the whole stack speak at the end of a preview, and at the end of an update:
with \`pulumi up --skip-preview\` they fail the update after its changes are made.

**In CI**: [\`.github/workflows/failover.yml\`](../.github/workflows/failover.yml) is there to be copied. It asks
both packs about both stacks, as they are before their first deployment and as deployed, without an
account; shows what they find with the code; and previews with both packs where the repository has a role.`;

function packSection(pack: DocumentedPack, caught: readonly CaughtChange[]): readonly string[] {
  const { name, rules, environments } = pack;
  const names = Object.keys(environments);
  return [
    `## ${name}`,
    table(
      ["rule", "what it wants", "severity", ...names],
      rules.map((rule) => [
        `[${rule.name}](#${rule.name})`,
        rule.description,
        rule.severity,
        ...names.map((environment) => configOf(pack, environment, rule).level),
      ]),
    ),
    ...exceptionLines(pack),
    ...rules.map((rule) => ruleSection(pack, rule)),
    `### What the tests hold ${name} to`,
    "Each line is one thing in this project's own program made wrong; the rule must report it, and any other rule that reports it has the reason given.",
    table(
      ["made wrong", "tells", "also reported by"],
      caught.map(({ title, rule, also }) => [title, rule, alsoWords(also)]),
    ),
  ];
}

function alsoWords(also: CaughtChange["also"]): string {
  return Object.entries(also)
    .map(([rule, reason]) => `${rule}: ${reason}`)
    .join("; ");
}

function exceptionLines({ rules, environments }: DocumentedPack): readonly string[] {
  const lines = Object.entries(environments).flatMap(([environment, config]) =>
    rules.flatMap(({ name, level }) => {
      const entry = config.get(name);
      const reason = entry?.values["reason"];
      if (!entry || typeof reason !== "string") return [];
      const what = entry.level === level ? "has a wider bound" : `is ${entry.level}`;
      return [`- ${environment}: \`${name}\` ${what}. ${reason}.`];
    }),
  );
  return lines.length === 0 ? [] : ["Exceptions:", lines.join("\n")];
}

function ruleSection(pack: DocumentedPack, rule: Rule): string {
  const { name, description, why, source, remediationSteps, url, remedy } = rule;
  return [
    `### ${name}`,
    description,
    why,
    [
      `- **Source**: ${source}; <${url}>`,
      `- **How to fix**: ${remediationSteps}${remedy ? " It can do so by itself at level `remediate`." : ""}`,
    ].join("\n"),
    ...configurationTable(pack, rule),
  ].join("\n\n");
}

function configurationTable(pack: DocumentedPack, rule: Rule): readonly string[] {
  const names = Object.keys(pack.environments);
  const properties = Object.entries(rule.config);
  if (properties.length === 0) return [];
  return [
    table(
      ["property", "what it is", "values", "default", ...names],
      properties.map(([key, property]) => [
        `\`${key}\``,
        property.description,
        valuesOf(property),
        shown(property.default),
        ...names.map((environment) => shown(configOf(pack, environment, rule).values[key])),
      ]),
    ),
  ];
}

function configOf(pack: DocumentedPack, environment: string, rule: Rule): RuleConfig {
  return pack.environments[environment]?.get(rule.name) ?? { level: rule.level, values: {} };
}

function valuesOf(property: Property): string {
  switch (property.type) {
    case "integer":
      return `${property.minimum} to ${property.maximum}`;
    case "boolean":
      return "true or false";
    case "string":
      return property.enum?.join(", ") ?? "text";
    case "array":
      return property.items.enum
        ? `list out of ${property.items.enum.join(", ")}`
        : "list of texts";
  }
}

function shown(value: unknown): string {
  if (value === undefined) return "its default";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
