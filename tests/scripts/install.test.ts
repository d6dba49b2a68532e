import { createRequire } from "node:module";
import { expect } from "chai";

interface Machine {
  readonly major: string;
  readonly platform: string;
  readonly arch: string;
}

interface InstallScript {
  decide(installation: {
    readonly lock: string;
    readonly stamp: string | undefined;
    readonly hidden: string | undefined;
    readonly machine: Machine;
  }): { readonly reason: string | undefined; readonly stamp: string };
  npmOf(env: Readonly<Record<string, string | undefined>>): {
    readonly command: string;
    readonly before: readonly string[];
  };
}

const { decide, npmOf } = createRequire(__filename)("../../scripts/install.mjs") as {
  readonly [Name in keyof InstallScript]: InstallScript[Name];
};

const machine: Machine = { major: "20", platform: "linux", arch: "x64" };

/** A lock file, or npm's list of installed packages, with these packages. */
function listOf(packages: Readonly<Record<string, object>>): string {
  return JSON.stringify({ packages: { "": { name: "self" }, ...packages } });
}

const plain = { "node_modules/a": { version: "1.0.0", integrity: "sha512-a" } };
const nested = { "node_modules/a/node_modules/@b/c": { version: "2.0.0", integrity: "sha512-c" } };

describe("what is installed", () => {
  const lock = listOf({ ...plain, ...nested });
  const { stamp } = decide({ lock, stamp: undefined, hidden: lock, machine });

  it("is left alone when nothing changed since it was installed", () => {
    // The stamp alone decides: npm's list is not even read.
    expect(decide({ lock, stamp, hidden: "not read", machine })).to.deep.equal({
      reason: undefined,
      stamp,
    });
  });

  it("is installed when there is nothing", () => {
    const { reason } = decide({ lock, stamp: undefined, hidden: undefined, machine });
    expect(reason).to.equal("nothing is installed yet");
  });

  it("is left alone after npm was run by hand, and gets the stamp", () => {
    const changed = decide({ lock, stamp: "old-hash node 20, linux-x64\n", hidden: lock, machine });
    expect(changed).to.deep.equal({ reason: undefined, stamp });
    expect(decide({ lock, stamp: undefined, hidden: lock, machine }).reason).to.equal(undefined);
  });

  it("is installed again when a package is missing or another version", () => {
    const missing = decide({ lock, stamp: undefined, hidden: listOf(plain), machine });
    expect(missing.reason).to.equal("@b/c differs from package-lock.json");
    for (const other of [{ version: "1.0.1", integrity: "sha512-a" }, { version: "1.0.0" }]) {
      const hidden = listOf({ ...nested, "node_modules/a": other });
      expect(decide({ lock, stamp: undefined, hidden, machine }).reason).to.equal(
        "a differs from package-lock.json",
      );
    }
  });

  it("is installed again for another Node or another machine", () => {
    const elsewhere = decide({ lock, stamp, hidden: lock, machine: { ...machine, arch: "arm64" } });
    expect(elsewhere.reason).to.equal(
      "installed for node 20, linux-x64, this is node 20, linux-arm64",
    );
    const newer = decide({ lock, stamp, hidden: lock, machine: { ...machine, major: "22" } });
    expect(newer.reason).to.equal("installed for node 20, linux-x64, this is node 22, linux-x64");
  });

  it("may lack optional packages, unless they are meant for this machine", () => {
    const optional = (entry: object): string | undefined =>
      decide({
        lock: listOf({ "node_modules/o": { version: "1.0.0", optional: true, ...entry } }),
        stamp: undefined,
        hidden: listOf({}),
        machine,
      }).reason;
    expect(optional({})).to.equal(undefined);
    expect(optional({ os: ["darwin"], cpu: ["x64"] })).to.equal(undefined);
    expect(optional({ os: ["linux"], cpu: ["arm64"] })).to.equal(undefined);
    expect(optional({ os: ["linux"], cpu: ["x64"], libc: ["musl"] })).to.equal(undefined);
    expect(optional({ os: ["linux"], cpu: ["x64"] })).to.equal("o differs from package-lock.json");
    expect(optional({ os: ["linux"] })).to.equal("o differs from package-lock.json");
  });
});

describe("npm", () => {
  it("is the one that started the script", () => {
    const script = "/opt/with space/npm/bin/npm-cli.js";
    expect(npmOf({ npm_execpath: script })).to.deep.equal({
      command: process.execPath,
      before: [script],
    });
  });

  it("is the one on the PATH if none is given, or another package manager", () => {
    const onPath = { command: "npm", before: [] };
    expect(npmOf({})).to.deep.equal(onPath);
    expect(npmOf({ npm_execpath: "/usr/lib/yarn.js" })).to.deep.equal(onPath);
  });
});
