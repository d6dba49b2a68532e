import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fromExport } from "../../routing/graph/fromExport";
import type { Resource } from "../../routing/graph/resource";
import { root } from "../conventions/sourceTree";

/** The languages of the examples that need the engine. */
export type Language = "python" | "yaml";

const provider = join(root, "provider");

/** The commands that succeed where an update in a language can run. */
const needs: Readonly<Record<Language, readonly (readonly string[])[]>> = {
  yaml: [["pulumi", "version"], onPath("pulumi-language-yaml")],
  python: [
    ["pulumi", "version"],
    onPath("pulumi-language-python"),
    ["python3", "-c", "import pulumi, pulumi_aws, parver, setuptools"],
  ],
};

function onPath(program: string): readonly string[] {
  return ["sh", "-c", `command -v ${program}`];
}

/** The command that fails because an update in a language lacks something; undefined if none does. */
export function missingFor(language: Language): string | undefined {
  return needs[language].find(([program = "", ...args]) => !runs(program, args))?.join(" ");
}

/** The PATH without this package's `pulumi`, which downloads the engine on first use. */
const path = (process.env["PATH"] ?? "")
  .split(":")
  .filter((folder) => !folder.endsWith("node_modules/.bin"))
  .join(":");

function runs(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: "ignore", env: { ...process.env, PATH: path } });
    return true;
  } catch {
    return false;
  }
}

/**
 * Deploys an example by Pulumi's own engine, to a state in a folder and with a stand-in for AWS, and
 * returns what `pulumi stack export` has.
 */
export function deployed(language: Language, folder: string): readonly Resource[] {
  const project = join(folder, language);
  cpSync(join(root, "examples", language), project, { recursive: true });
  const settings = join(project, "Pulumi.yaml");
  const text = readFileSync(settings, "utf8");
  writeFileSync(settings, text.replace("../../provider", provider));
  for (const each of ["state", "home", "bin"]) mkdirSync(join(folder, each), { recursive: true });
  const plugin = join(folder, "bin/pulumi-resource-aws");
  const standIn = join(__dirname, "fixtures/standInAws.ts");
  writeFileSync(
    plugin,
    `#!/bin/sh\ncd '${root}' && exec node -r ts-node/register '${standIn}' "$@"\n`,
  );
  chmodSync(plugin, 0o755);

  const sdk = join(folder, "sdk");
  const env = {
    ...process.env,
    NODE_V8_COVERAGE: "",
    PATH: `${join(folder, "bin")}:${path}`,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "of a test",
    // Nothing here may reach an account, even without the stand-in.
    AWS_ACCESS_KEY_ID: "none",
    AWS_SECRET_ACCESS_KEY: "none",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PYTHONPATH: join(sdk, "python"),
  };
  const run = (program: string, ...args: readonly string[]): string =>
    execFileSync(program, args, {
      cwd: project,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64_000_000,
    });
  if (language === "python") {
    run("pulumi", "package", "gen-sdk", provider, "--language", "python", "--out", sdk);
    // The generated package asks for its own version when it is imported.
    execFileSync("python3", ["setup.py", "--quiet", "egg_info"], { cwd: join(sdk, "python") });
  }
  run("pulumi", "stack", "init", "dev", "--non-interactive");
  // With its preview, in which the outputs of other components are unknown.
  run("pulumi", "up", "--yes", "--non-interactive", "--suppress-progress");
  return fromExport(run("pulumi", "stack", "export"), `${language}.json`);
}
