import type { Property } from "./configSchema";
import type { PackConfig, RuleConfig } from "./packConfig";
import type { Rule } from "./rule";

/** A pack with its configuration in each environment. */
export interface DocumentedPack {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly environments: Readonly<Record<string, PackConfig>>;
}

/** A fault that the tests inject into the program and a rule reports. */
export interface CaughtChange {
  readonly rule: string;
  readonly title: string;
  /** Other rules that also report it, with the reason. */
  readonly also: Readonly<Record<string, string>>;
}

/** The Markdown page that documents the packs. */
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

Generated from the rules' metadata (\`policies/documentation.ts\`); a test keeps this page up to date. To
regenerate it: \`UPDATE_DOCS=1 npm test -- tests/policies/documentation.test.ts\`.

    pulumi preview --policy-pack policies/dns-failover --policy-pack-config policies/dns-failover/prod.json
    failover policy --stack prod            # the same offline, with both packs
    failover policy --from export.json      # the stack of any other program, at the levels for any stack

There are three kinds of findings, distinguished by the first word:

- a **violation**: the place, the requirement, the value found, its consequence and the remedy. At level
  \`mandatory\` it blocks the update.
- \`unknown: …\`: a value that the rule needs is unknown before deployment, or is a secret. It never counts as
  a pass, and blocks nothing.
- \`broken: …\`: the rule failed to run. Always \`mandatory\`, because its result is unknown.

**Two profiles.** The packs' own levels and bounds are for *any stack*: \`mandatory\` for what breaks a failover or
exposes data, \`advisory\` for what depends on the stack's purpose, \`disabled\` for conventions of this program.
\`dev.json\` and \`prod.json\` raise them for *this program*. \`--stack\` takes these for a program with this program's settings
(\`hostnames\`, \`objectives\` and so on), whatever the names of project and stack; \`--from\` for an export of this project and one
of its stacks. \`--profile any\` and \`--profile program\` override it, and \`--environment\` names one of the files. The Pulumi
CLI uses the packs' own levels unless it gets a file.

**Levels** are \`mandatory\`, \`advisory\` and \`disabled\`, and \`remediate\` for rules that can fix a finding: the
preview then makes the change and shows it. Remediation is opt-in, and rejected for rules that have none. An entry with a
weaker level or a looser bound than the pack's needs a \`reason\`. Every rule accepts this property, because JSON has no
comments.

**Limits of the Pulumi CLI.** It validates values against the rules' schemas, but ignores unknown rule names and
missing reasons; \`failover policy\` reports all faults of a configuration, one per line. Rules on the whole
stack run at the end of a preview and at the end of an update: with \`pulumi up --skip-preview\` they fail the
update after its changes are made.

**In CI**: copy [\`.github/workflows/failover.yml\`](../.github/workflows/failover.yml). It runs both packs on both
stacks, before their first deployment and as deployed, without an account; uploads the findings to code scanning; and
previews with both packs if the repository has a role.`;

function packSection(pack: DocumentedPack, caught: readonly CaughtChange[]): readonly string[] {
  const { name, rules, environments } = pack;
  const names = Object.keys(environments);
  return [
    `## ${name}`,
    table(
      ["rule", "requirement", "severity", "any stack", ...names],
      rules.map((rule) => [
        `[${rule.name}](#${rule.name})`,
        rule.description,
        rule.severity,
        rule.level,
        ...names.map((environment) => configOf(pack, environment, rule).level),
      ]),
    ),
    ...exceptionLines(pack),
    ...rules.map((rule) => ruleSection(pack, rule)),
    `### Mutation tests of ${name}`,
    "Each row is one fault injected into this project's own program. The rule must report it; any other rule that also reports it has its reason listed.",
    table(
      ["fault", "reported by", "also reported by"],
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
      const what =
        entry.level === level && level !== "disabled" ? "has another bound" : `is ${entry.level}`;
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
      `- **How to fix**: ${remediationSteps}${remedy ? " Automatic at level `remediate`." : ""}`,
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
      ["property", "meaning", "values", "any stack", ...names],
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
        ? `list from ${property.items.enum.join(", ")}`
        : "list of strings";
  }
}

function shown(value: unknown): string {
  if (value === undefined) return "default";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
