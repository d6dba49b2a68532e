import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { loadLater } from "../../../rehearsal/engine/lateModules";
import { root } from "../../conventions/sourceTree";

describe("modules that are loaded late", () => {
  let folder: string;
  let requireFrom: NodeJS.Require;
  const isLoaded = (): boolean => existsSync(join(folder, "loaded"));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "late-"));
    const source = `require("node:fs").writeFileSync(__dirname + "/loaded", ""); exports.answer = 42;`;
    writeFileSync(join(folder, "late.js"), source);
    requireFrom = createRequire(join(folder, "index.js"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("are loaded by the first use of an export", () => {
    loadLater(requireFrom, "./late");
    const late = requireFrom("./late") as { readonly __esModule: boolean; readonly answer: number };
    expect([late.__esModule, isLoaded()]).to.deep.equal([true, false]);
    expect([late.answer, isLoaded()]).to.deep.equal([42, true]);
    expect([late.answer, requireFrom("./late")]).to.deep.equal([42, { answer: 42 }]);
  });

  it("are whole behind a default import", () => {
    loadLater(requireFrom, "./late");
    const late = requireFrom("./late") as { readonly default: unknown };
    expect(late.default).to.deep.equal({ answer: 42 });
  });

  it("stay as they are if they are loaded, and may be missing", () => {
    const loaded: unknown = requireFrom("./late");
    loadLater(requireFrom, "./late");
    expect(requireFrom("./late")).to.equal(loaded);
    loadLater(requireFrom, "./missing");
    expect(() => requireFrom("./missing") as unknown).to.throw(/Cannot find module/);
  });

  it("are, in the SDK, those that serialize a function", () => {
    const program = `
      const { runtime } = require("@pulumi/pulumi");
      const isLoaded = () =>
        Object.keys(require.cache).some((path) => path.includes("/node_modules/typescript/"));
      const before = isLoaded();
      runtime.serializeFunction(() => 42).then(({ text }) => {
        console.log(JSON.stringify([before, /42/.test(text), isLoaded()]));
      });`;
    const late = join(root, "dist/rehearsal/engine/lateModules.js");
    const env = { ...process.env, NODE_V8_COVERAGE: "" };
    const out = execFileSync(process.execPath, ["-r", late, "-e", program], {
      cwd: root,
      env,
      // Node warns of modules that the SDK looks at.
      stdio: "pipe",
    });
    expect(JSON.parse(out.toString())).to.deep.equal([false, true, true]);
  });
});
