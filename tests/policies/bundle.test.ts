import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import { bundlePack } from "../../policies/bundle";
import { ServedPack } from "../../rehearsal/policy/servedPack";
import { root } from "../conventions/sourceTree";
import { guide } from "./guide";

/** npm without the network: what a pack needs beside itself is this repository's. */
function npm(folder: string, ...args: readonly string[]): string {
  return execFileSync(
    "npm",
    [...args, "--offline", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, npm_config_update_notifier: "false" },
    },
  );
}

describe("a pack as it is published", function () {
  let folder: string;
  let modulePath: string | undefined;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "pack-"));
    modulePath = process.env["NODE_PATH"];
    process.env["NODE_PATH"] = [join(root, "node_modules"), modulePath ?? ""].join(delimiter);
  });
  after(() => {
    if (modulePath === undefined) delete process.env["NODE_PATH"];
    else process.env["NODE_PATH"] = modulePath;
    rmSync(folder, { recursive: true });
  });

  for (const [pack, rule] of [
    ["dns-failover", "tree-leaf-has-health-check"],
    ["workload", "instance-requires-imdsv2"],
  ] as const) {
    it(`${pack} is packed, installed into an empty folder, served there, and tells by ${rule}`, async () => {
      const out = join(folder, "bundles", pack);
      await bundlePack(join(root, "policies", pack), out);
      const archive = npm(out, "pack", "--silent").trim();
      const empty = join(folder, pack);
      mkdirSync(empty, { recursive: true });
      writeFileSync(join(empty, "package.json"), "{}");
      npm(empty, "install", "--legacy-peer-deps", join(out, archive));

      const installed = join(empty, "node_modules", "@cafe", `policy-${pack}`);
      expect(readdirSync(installed).sort()).to.deep.equal([
        "PulumiPolicy.yaml",
        "dev.json",
        "index.js",
        "package.json",
        "prod.json",
      ]);
      expect(readFileSync(join(installed, "PulumiPolicy.yaml"), "utf8")).to.contain(
        "main: index.js",
      );
      const served = await ServedPack.start({
        directory: installed,
        program: join(installed, "index.js"),
      });
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
