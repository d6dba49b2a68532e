import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { z } from "zod";

/** Files of a pack that are copied unchanged. */
const configurations = ["dev.json", "prod.json"];

/**
 * Packages that are installed next to the bundle: the engine starts a pack with the `@pulumi/pulumi`
 * in the pack's own folder.
 */
const dependencies = { "@pulumi/policy": "^1.21.0", "@pulumi/pulumi": "^3.204.0" };

/** The oldest Node version that runs a pack. */
const target = "node20";

const manifestSchema = z.object({ name: z.string(), version: z.string(), description: z.string() });

/**
 * Bundles a pack into a self-contained folder that can be published. The code of a pack imports the
 * Route 53 model from outside its folder, which `npm pack` would leave out, so everything is bundled
 * into one file.
 *
 * @param directory the pack's folder, such as `policies/dns-failover`
 * @param out the folder to create; existing content is replaced
 */
export async function bundlePack(directory: string, out: string): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await build({
    absWorkingDir: directory,
    entryPoints: ["index.ts"],
    outfile: join(out, "index.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    target,
    external: Object.keys(dependencies),
    logLevel: "silent",
  });
  for (const file of configurations) cpSync(join(directory, file), join(out, file));
  const { name, version, description } = manifestSchema.parse(
    JSON.parse(readFileSync(join(directory, "package.json"), "utf8")),
  );
  const manifest = {
    name,
    version,
    description,
    main: "index.js",
    files: ["index.js", "PulumiPolicy.yaml", ...configurations],
    engines: { node: ">=20" },
    dependencies,
  };
  writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const project = readFileSync(join(directory, "PulumiPolicy.yaml"), "utf8");
  writeFileSync(
    join(out, "PulumiPolicy.yaml"),
    project.replace("main: index.ts", "main: index.js"),
  );
}
