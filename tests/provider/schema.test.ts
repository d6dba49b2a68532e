import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ComponentProvider } from "@pulumi/pulumi/provider/experimental/provider";
import type { ComponentResourceConstructor } from "@pulumi/pulumi/provider/experimental/provider";
import { expect } from "chai";
import { parse } from "yaml";
import { providedComponents, providerName } from "../../provider/components";
import { root } from "../conventions/sourceTree";
import { expectDocument } from "../expectDocument";
import { itWithEveryCase } from "../sampled";

const directory = join(root, "provider");

/** The schema that Pulumi's analyser infers from the sources of a folder. */
function inferredFrom(
  dirname: string,
  components: readonly ComponentResourceConstructor[],
): Promise<string> {
  const options = { name: providerName, dirname, components: [...components] };
  return new ComponentProvider(options).getSchema();
}

describe("the schema of the provider", () => {
  // The next test infers a smaller one.
  itWithEveryCase(
    "is the one that Pulumi infers from the components (UPDATE_DOCS=1 writes it)",
    async () => {
      const schema = await inferredFrom(directory, providedComponents);
      await expectDocument("../provider/schema.json", schema);
    },
  );

  it("is refused by Pulumi where an argument is a union", async () => {
    class Refused extends pulumi.ComponentResource {}
    const folder = mkdtempSync(join(tmpdir(), "provider-"));
    try {
      symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
      writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "refused" }));
      const compilerOptions = { module: "commonjs", moduleResolution: "bundler", types: [] };
      writeFileSync(
        join(folder, "tsconfig.json"),
        JSON.stringify({ compilerOptions, files: ["index.ts"] }),
      );
      writeFileSync(
        join(folder, "index.ts"),
        `import * as pulumi from "@pulumi/pulumi";
         interface Args { readonly target: { address: string } | { name: string } }
         export class Refused extends pulumi.ComponentResource {
           constructor(name: string, args: Args) { super("a:index:Refused", name, args); }
         }`,
      );
      const error: unknown = await inferredFrom(folder, [Refused]).catch(
        (caught: unknown) => caught,
      );
      expect(String(error)).to.contain("Union types are not supported for component 'Refused'");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("has the version of the package", () => {
    const versionIn = (path: string): unknown =>
      (JSON.parse(readFileSync(join(root, path), "utf8")) as { version: unknown }).version;
    expect(versionIn("provider/package.json")).to.equal(versionIn("package.json"));
  });

  it("is served by Node", () => {
    const text = readFileSync(join(directory, "PulumiPlugin.yaml"), "utf8");
    expect(parse(text)).to.deep.equal({ runtime: "nodejs" });
  });
});
