import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { expect } from "chai";
import { compiled } from "../childProcess";
import { root } from "../conventions/sourceTree";

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the real process. */
function failover(args: readonly string[], closeStdout = false): Promise<Ended> {
  const child = spawn(process.execPath, [compiled("cli/failover.ts"), ...args], { cwd: root });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  if (closeStdout) child.stdout.destroy();
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ code, out, err });
    });
  });
}

describe("the failover process", () => {
  it("passes arguments and the exit code through, and keeps stdout and stderr separate", async () => {
    const [help, wrong] = await Promise.all([failover(["--help"]), failover(["reslove"])]);
    expect(help).to.include({ code: 0, err: "" });
    expect(help.out).to.match(/^Usage: failover /);
    expect(wrong).to.deep.equal({
      code: 2,
      out: "",
      err: "failover: unknown command, got reslove; did you mean resolve? See failover --help\n",
    });
  });

  it("returns 2 where its output cannot be written", async function () {
    if (!existsSync("/dev/full")) this.skip();
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [compiled("cli/failover.ts"), "--help"], {
      cwd: root,
      stdio: ["ignore", full, "pipe"],
    });
    let err = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (err += text));
    const code = await new Promise((resolve) => child.on("close", resolve));
    closeSync(full);
    expect(code).to.equal(2);
    expect(err).to.match(/^failover: the output cannot be written, got ENOSPC: .*; make room, /);
  });

  it("prints no error when its reader closes the pipe", async () => {
    expect(await failover(["--help"], true)).to.deep.equal({ code: 0, out: "", err: "" });
  });
});
