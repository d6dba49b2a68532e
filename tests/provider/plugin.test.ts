import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { root } from "../conventions/sourceTree";

describe("the plugin", () => {
  it("starts in the directory of any program, and prints its port, as the engine expects", async () => {
    // As pulumi-language-nodejs starts it; the address of the engine is not called before a request.
    const runner = join(root, "node_modules/@pulumi/pulumi/cmd/run-plugin");
    const plugin = spawn(process.execPath, [runner, join(root, "provider"), "127.0.0.1:1"], {
      cwd: tmpdir(),
      env: { ...process.env, NODE_V8_COVERAGE: "" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const closed = once(plugin, "close");
    try {
      const lines = createInterface(plugin.stdout);
      const first = await Promise.race([once(lines, "line"), closed.then(() => ["closed"])]);
      expect(first[0]).to.match(/^\d+$/);
    } finally {
      plugin.kill();
      await closed;
    }
  });
});
