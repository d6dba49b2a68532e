import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { bundlePack } from "../../policies/bundle";
import { ServedPack } from "../../rehearsal/policy/servedPack";
import { root } from "../conventions/sourceTree";
import { guide } from "./guide";

/** The packages that a bundle requires, without Node's own. */
function required(code: string): readonly string[] {
  const names = [...code.matchAll(/\brequire\("([^".][^"]*)"\)/g)].map(([, name = ""]) => name);
  const packages = names
    .filter((name) => !isBuiltin(name))
    .map((name) =>
      name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/"),
    );
  return [...new Set(packages)].sort();
}

describe("a published pack", function () {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "pack-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [pack, rule] of [
    ["dns-failover", "tree-leaf-has-health-check"],
    ["workload", "instance-requires-imdsv2"],
  ] as const) {
    it(`${pack} is packed, unpacked in an empty folder and served there with its declared dependencies, and reports ${rule}`, async () => {
      const out = join(folder, "bundles", pack);
      await bundlePack(join(root, "policies", pack), out);
      const archive = execFileSync("npm", ["pack", "--silent", "--offline"], {
        cwd: out,
        encoding: "utf8",
        env: { ...process.env, npm_config_update_notifier: "false" },
      }).trim();
      const empty = join(folder, pack);
      mkdirSync(empty, { recursive: true });
      execFileSync("tar", ["-xzf", join(out, archive), "--strip-components=1"], { cwd: empty });
      expect(readdirSync(empty).sort()).to.deep.equal([
        "PulumiPolicy.yaml",
        "dev.json",
        "index.js",
        "package.json",
        "prod.json",
      ]);
      expect(readFileSync(join(empty, "PulumiPolicy.yaml"), "utf8")).to.contain("main: index.js");
      const { dependencies } = JSON.parse(
        readFileSync(join(empty, "package.json"), "utf8"),
      ) as Record<string, Record<string, string>>;
      // @pulumi/policy requires @pulumi/pulumi, and so does the engine.
      expect(Object.keys(dependencies ?? {})).to.deep.equal(["@pulumi/policy", "@pulumi/pulumi"]);
      expect(dependencies).to.include.keys(required(readFileSync(join(empty, "index.js"), "utf8")));

      // Linked from this repository instead of installed by npm, so that the tests need no network.
      mkdirSync(join(empty, "node_modules/@pulumi"), { recursive: true });
      for (const name of Object.keys(dependencies ?? {})) {
        symlinkSync(join(root, "node_modules", name), join(empty, "node_modules", name));
      }
      const served = await ServedPack.start({ directory: empty, program: join(empty, "index.js") });
      try {
        expect([served.info.name, served.info.version]).to.deep.equal([pack, "0.1.0"]);
        const { diagnostics } = await served.analyze(guide.resources);
        expect(diagnostics.map(({ policy }) => policy)).to.include(rule);
        expect(diagnostics.filter(({ message }) => message.startsWith("broken"))).to.deep.equal([]);
      } finally {
        await served.stop();
      }
    });
  }
});
