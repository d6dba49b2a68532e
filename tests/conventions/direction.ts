import { builtinModules } from "node:module";
import { fileOf, filesBelow, importsOf, packageOf } from "./sourceTree";
import type { Import } from "./sourceTree";

/** The permitted imports of a part of the program. */
interface Rule {
  /** Path of a file, or of a folder with `/` at its end; the longest match decides. */
  readonly part: string;
  /** Parts that it may import, including itself if it has several files. */
  readonly mayImport: readonly string[] | "anything";
  /** Prefixes of refused packages. */
  readonly refusesPackages?: readonly string[];
}

const pulumi = ["@pulumi/"];
/** The location of this package, for all code that reads its files. */
const location = "packageDirectory.ts";

/** The folders of components, each with those below it. */
const componentFolders: readonly (readonly [folder: string, below: readonly string[]])[] = [
  ["common", []],
  ["network", ["common"]],
  ["zone", ["common"]],
  ["fallback", ["common"]],
  ["alerts", ["zone", "common"]],
  ["rollout", ["zone", "common"]],
  ["dns", ["alerts", "common"]],
  ["gameDay", ["alerts", "zone", "common"]],
  ["orders", ["alerts", "network", "common"]],
  ["region", ["orders", "dns", "zone", "network", "common"]],
  ["failback", ["alerts", "zone", "common"]],
];
const componentFolder = (folder: string): string => `components/${folder}/`;

/** The code that runs without AWS, with its folders that have their own rules. */
const rehearsal = ["rehearsal/", "rehearsal/report/", "rehearsal/policy/", "rehearsal/simulation/"];

/** The direction of imports (docs/ARCHITECTURE.md): each part imports only parts below it. */
const rules: readonly Rule[] = [
  // Constraints on single values, for components and configuration.
  { part: "constraints/", mayImport: ["constraints/"], refusesPackages: pulumi },
  { part: "routing/", mayImport: ["routing/"], refusesPackages: pulumi },
  {
    part: "routing/graph/",
    mayImport: ["routing/graph/", "routing/"],
    refusesPackages: pulumi,
  },
  ...componentFolders.map(([folder, below]) => ({
    part: componentFolder(folder),
    mayImport: [...[folder, ...below].map(componentFolder), "constraints/", location, "routing/"],
  })),
  // The public API.
  {
    part: "components/",
    mayImport: [
      ...componentFolders.map(([folder]) => componentFolder(folder)),
      "constraints/",
      "routing/",
    ],
  },
  { part: "rehearsal/", mayImport: [...rehearsal, "routing/graph/", "routing/", location] },
  // The simulation runs the deployed decision of the gate.
  {
    part: "rehearsal/simulation/",
    mayImport: [...rehearsal, "functions/", "routing/graph/", "routing/", location],
    refusesPackages: pulumi,
  },
  // A drill asks its name server, and runs the gate, with the code of the functions.
  {
    part: "rehearsal/live/",
    mayImport: [
      ...rehearsal,
      "rehearsal/live/",
      "functions/",
      "routing/graph/",
      "routing/",
      location,
    ],
    refusesPackages: pulumi,
  },
  // Rendering of reports: independent of subjects, so that any command can use it.
  { part: "rehearsal/report/", mayImport: ["rehearsal/report/"], refusesPackages: pulumi },
  // The driver of the packs reads their configuration and messages, and does not run them.
  {
    part: "rehearsal/policy/",
    mayImport: [...rehearsal, "policies/", "routing/graph/", "routing/", location],
  },
  // Readers of other formats, one for each.
  {
    part: "sources/",
    mayImport: ["sources/", "routing/graph/", "routing/"],
    refusesPackages: pulumi,
  },
  // Code that reads a real account, and checks whether an update would succeed in it.
  {
    part: "aws/",
    mayImport: [
      "aws/",
      location,
      ...rehearsal,
      "functions/",
      "sources/",
      "routing/graph/",
      "routing/",
    ],
    refusesPackages: pulumi,
  },
  { part: "policies/", mayImport: ["policies/", "routing/graph/", "routing/"] },
  { part: "functions/", mayImport: ["functions/", "routing/graph/", "routing/"] },
  {
    part: "cli/",
    mayImport: [
      "cli/",
      "aws/",
      ...rehearsal,
      "rehearsal/live/",
      "sources/",
      "routing/graph/",
      "routing/",
      location,
    ],
    refusesPackages: pulumi,
  },
  // The types of what other programs read: nothing imports them.
  {
    part: "schemas/",
    mayImport: ["aws/", "cli/", "functions/", "outputs.ts", ...rehearsal, "rehearsal/live/"],
    refusesPackages: pulumi,
  },
  // The boot script of the application, as text for a component's argument.
  { part: "app/", mayImport: ["app/", "routing/", location], refusesPackages: pulumi },
  { part: location, mayImport: [], refusesPackages: pulumi },
  {
    part: "index.ts",
    mayImport: ["program/", "app/", "config/", "outputs.ts", "components/", "routing/"],
  },
  // The parts of the program that index.ts composes.
  {
    part: "program/",
    mayImport: [
      "program/",
      "app/",
      "config/",
      "outputs.ts",
      "components/",
      // Helpers outside the public API.
      ...["alerts", "gameDay", "zone"].map(componentFolder),
      "constraints/",
      "routing/",
    ],
  },
  // The project of the hosted zone.
  {
    part: "zone/",
    mayImport: ["zone/", "config/", "outputs.ts", "components/", "constraints/", "routing/"],
  },
  // The reader of a stack's configuration.
  { part: "config/", mayImport: ["config/", "constraints/", "routing/"] },
  { part: "outputs.ts", mayImport: ["config/", "components/", "routing/"] },
  // The components with flat arguments, for Pulumi's other languages.
  { part: "provider/", mayImport: ["provider/", "components/", location, "routing/"] },
  { part: "examples/", mayImport: ["examples/", "components/", "routing/"] },
  { part: "bench/", mayImport: "anything" },
  { part: "tests/", mayImport: "anything" },
];

const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/** The imports below a folder that point the wrong way, in words. */
export function wrongImports(folder: string): readonly string[] {
  return filesBelow(folder, [".ts"]).flatMap((path) => {
    const rule = ruleOf(path);
    if (!rule) {
      return [
        `${path}: no rule says what it may import; add its part to tests/conventions/direction.ts`,
      ];
    }
    return importsOf(folder, path).flatMap((each) => faultOf(rule, each));
  });
}

function faultOf(rule: Rule, { from, line, specifier, target }: Import): readonly string[] {
  if (rule.mayImport === "anything") return [];
  const at = `${from}:${line}`;
  if (target === undefined) {
    const refused = rule.refusesPackages?.some((prefix) => specifier.startsWith(prefix));
    return refused
      ? [`${at}: ${rule.part} does without this package, got ${specifier}; move the code up`]
      : [];
  }
  const part = (ruleOf(`${target}.ts`) ?? ruleOf(`${target}/index.ts`))?.part ?? target;
  return rule.mayImport.includes(part)
    ? []
    : [
        `${at}: ${rule.part} may import ${rule.mayImport.join(", ")}, got ${specifier}; move what it needs down`,
      ];
}

/** The rule of the smallest part that a file belongs to. */
function ruleOf(path: string): Rule | undefined {
  return rules
    .filter(({ part }) => path === part || (part.endsWith("/") && path.startsWith(part)))
    .sort((a, b) => b.part.length - a.part.length)
    .at(0);
}

/** Packages that are loaded with a file, also through the imports that it loads. */
export function packagesAtLoad(folder: string, entries: readonly string[]): readonly string[] {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { specifier, target, atLoad } of importsOf(folder, path)) {
      if (!atLoad) continue;
      if (target !== undefined) visit(fileOf(folder, target));
      else if (!builtins.has(specifier)) packages.add(packageOf(specifier));
    }
  };
  entries.forEach(visit);
  return [...packages].sort();
}

/** Packages that files import in any way, each with one importing file. */
export function packagesOf(folder: string, paths: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const path of paths) {
    for (const { specifier, target } of importsOf(folder, path)) {
      if (target === undefined && !builtins.has(specifier)) found.set(packageOf(specifier), path);
    }
  }
  return found;
}
