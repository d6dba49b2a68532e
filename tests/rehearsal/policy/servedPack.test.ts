import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { startPack } from "../../../rehearsal/policy/packProcess";
import { ServedPack } from "../../../rehearsal/policy/servedPack";
import type { Resource } from "../../../routing/graph/resource";
import { Unknown } from "../../../routing/graph/resource";
import { compiled } from "../../childProcess";
import { root } from "../../conventions/sourceTree";

const prefix = "urn:pulumi:dev::p::";
const provider = `${prefix}pulumi:providers:aws::oregon`;

function resource(type: string, name: string, more: Partial<Resource> = {}): Resource {
  return {
    urn: `${prefix}${type}::${name}`,
    type,
    name,
    custom: true,
    inputs: {},
    outputs: {},
    propertyDependencies: {},
    dependencies: [],
    unknown: {},
    ...more,
  };
}

/** A pack that reports every request as text. */
const echo = `
const { PolicyPack } = require("@pulumi/policy");
const { UnknownValueError } = require("@pulumi/policy/proxy");
const read = (of, key) => { try { return of[key]; } catch (error) { return error instanceof UnknownValueError ? "UNKNOWN" : String(error); } };
new PolicyPack("echo", { enforcementLevel: "mandatory", policies: [
  { name: "one", description: "Each resource.", severity: "low", url: "https://e.test", remediationSteps: "None.",
    configSchema: { properties: { most: { type: "integer", default: 1 } } },
    validateResource: (args, report) => {
      if (args.type !== "t:x:Y") args.notApplicable("another type");
      report(JSON.stringify([args.name, read(args.props, "a"), read(args.props, "b"), args.provider?.props.region, args.opts.parent, args.opts.deleteBeforeReplace, args.getConfig()]));
    } },
  { name: "whole", description: "The stack.", enforcementLevel: "advisory",
    validateStack: (args, report) => report(args.resources.map((r) => r.name + ":" + JSON.stringify(Object.fromEntries(Object.entries(r.propertyDependencies).map(([k, v]) => [k, v.map((x) => x.name)]))) + ":" + (r.parent?.name ?? "")).join(" "), args.resources[0]?.urn) },
  { name: "never", description: "Nothing.", validateStack: (args) => args.notApplicable("nothing") },
] });`;

/** A pack that changes resources, and reports the known values that it receives. */
const mender = `
const { PolicyPack } = require("@pulumi/policy");
const known = (props) => JSON.stringify(Object.fromEntries(["a", "made", "new"].filter((key) => key in props).map((key) => [key, props[key]])));
new PolicyPack("mender", { enforcementLevel: "advisory", policies: [
  { name: "mends", description: "Mends.",
    remediateResource: (args) => { if (args.type !== "t:x:Y") return undefined; args.props.a = 2; args.props.new = { e: true }; return args.props; },
    validateResource: () => {} },
  { name: "fails", description: "Fails.", enforcementLevel: "remediate", remediateResource: (args) => { if (args.props.b) throw new Error("never"); }, validateResource: () => {} },
  { name: "tells", description: "It.", validateResource: (args, report) => report("input " + known(args.props)) },
  { name: "tells-all", description: "All.", validateStack: (args, report) => { for (const { props } of args.resources) report("stack " + known(props)); } },
] });`;

const packProcess = compiled("rehearsal/policy/packProcess.ts");

/** Whether a process runs. A zombie has ended: its new parent may never ask for its exit code. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
}

/** By its state, the first field after the name in parentheses (proc_pid_stat(5)); false without /proc. */
function isZombie(pid: number): boolean {
  const path = `/proc/${pid}/stat`;
  return existsSync(path) && /\) Z [^)]*$/.test(readFileSync(path, "utf8"));
}

describe("a served pack", function () {
  let folder: string;
  let modulePath: string | undefined;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "served-"));
    modulePath = process.env["NODE_PATH"];
    process.env["NODE_PATH"] = join(root, "node_modules");
    writeFileSync(join(folder, "package.json"), '{ "version": "1.2.3" }');
  });
  after(() => {
    if (modulePath === undefined) delete process.env["NODE_PATH"];
    else process.env["NODE_PATH"] = modulePath;
    rmSync(folder, { recursive: true });
  });

  function program(text: string): { readonly directory: string; readonly program: string } {
    const path = join(folder, "index.js");
    writeFileSync(path, text);
    return { directory: folder, program: path };
  }

  it("receives the inputs of each resource, then the outputs of the stack, as from the engine", async () => {
    const pack = await ServedPack.start(program(echo));
    try {
      expect(pack.info.name).to.equal("echo");
      expect(pack.info.version).to.equal("1.2.3");
      expect(
        pack.info.policies.map(({ name, level, severity }) => [name, level, severity]),
      ).to.deep.equal([
        ["one", "mandatory", "low"],
        ["whole", "advisory", "unspecified"],
        ["never", "mandatory", "unspecified"],
      ]);
      expect(pack.info.policies[0]).to.deep.include({
        description: "Each resource.",
        remediationSteps: "None.",
        url: "https://e.test",
        properties: { most: { type: "integer", default: 1 } },
      });
      await pack.configure(new Map([["one", { level: "advisory" as const, values: { most: 3 } }]]));
      const made = resource("pulumi:providers:aws", "oregon", { inputs: { region: "us-west-2" } });
      const first = resource("t:x:Y", "first", {
        provider,
        inputs: { a: [1, { b: "x" }], b: new Unknown("computed") },
        outputs: { c: 1 },
        deleteBeforeReplace: true,
      });
      const second = resource("t:x:Z", "second", {
        provider: `${prefix}pulumi:providers:aws::elsewhere`,
        region: "eu-west-1",
        parent: first.urn,
        propertyDependencies: { c: [first.urn], d: [] },
        dependencies: [first.urn],
      });
      const { diagnostics, applicable } = await pack.analyze([made, first, second]);
      expect(
        diagnostics.map(({ policy, level, urn, message }) => [policy, level, urn, message]),
      ).to.deep.equal([
        [
          "one",
          "advisory",
          first.urn,
          'Each resource.\n["first",[1,{"b":"x"}],"UNKNOWN","us-west-2",null,true,{"most":3}]',
        ],
        [
          "whole",
          "advisory",
          made.urn,
          'The stack.\noregon:{}: first:{}: second:{"c":["first"]}:first',
        ],
      ]);
      expect(applicable).to.deep.equal(["one", "whole"]);
    } finally {
      await pack.stop();
    }
  });

  it("does not receive resources that its policies do not check according to their tags", async () => {
    const teller = (tags: string): string => `
      const { PolicyPack } = require("@pulumi/policy");
      new PolicyPack("teller", { policies: [
        { name: "one", description: "One.", tags: ${tags}, validateResource: (args, report) => report(args.name) },
        { name: "whole", description: "All.", tags: ["t:x:Z"], validateStack: (args, report) => report("stack") },
      ] });`;
    const resources = [resource("t:x:Y", "it"), resource("t:x:Z", "other")];
    const told = async (tags: string, all: readonly Resource[], spared: boolean) => {
      const pack = await ServedPack.start(program(teller(tags)));
      try {
        const { diagnostics, applicable } = await pack.analyze(all, { spared });
        return [diagnostics.map(({ message }) => message.split("\n")[1]), applicable];
      } finally {
        await pack.stop();
      }
    };
    const both = ["one", "whole"];
    expect(await told('["t:x:Y"]', resources, true)).to.deep.equal([["it", "stack"], both]);
    expect(await told('["t:x:Y"]', resources, false)).to.deep.equal([
      ["it", "other", "stack"],
      both,
    ]);
    // A policy without tags, or with tags that match nothing.
    expect(await told('["a word"]', resources, true)).to.deep.equal([
      ["it", "other", "stack"],
      both,
    ]);
    expect(await told('["t:x:Y"]', resources.slice(1), true)).to.deep.equal([["stack"], ["whole"]]);
  });

  it("remediates first if configured, and then checks the result", async () => {
    const pack = await ServedPack.start(program(mender));
    try {
      const it = resource("t:x:Y", "it", {
        inputs: { a: 1, b: new Unknown("computed"), c: { d: [new Unknown("computed")] } },
        outputs: { a: 1, made: "x" },
      });
      const told = async (level: "remediate" | "mandatory"): Promise<unknown> => {
        await pack.configure(new Map([["mends", { level, values: {} }]]));
        const { diagnostics, remediations } = await pack.analyze([it, resource("t:x:Z", "other")]);
        return [diagnostics.map(({ message }) => message.split("\n")[1]), remediations];
      };
      expect(await told("mandatory")).to.deep.equal([
        ['input {"a":1}', "input {}", 'stack {"a":1,"made":"x"}', "stack {}"],
        [],
      ]);
      expect(await told("remediate")).to.deep.equal([
        [
          'input {"a":2,"new":{"e":true}}',
          "input {}",
          'stack {"a":2,"made":"x","new":{"e":true}}',
          "stack {}",
        ],
        [{ policy: "mends", urn: it.urn }],
      ]);
    } finally {
      await pack.stop();
    }
  });

  it("that ends before it serves is reported with its output", async () => {
    const broken = program('console.error("no such module"); process.exit(7);');
    let message = "";
    await startPack(broken).catch((error: unknown) => {
      message = (error as Error).message;
    });
    expect(message).to.equal(
      `${folder}: the policy pack ended with code 7 before it served, got no such module; run it by hand`,
    );
  });

  it("ends with its parent process, however that ends", async () => {
    const location = program("console.log(1); setInterval(() => {}, 1000);");
    const starter = spawn(process.execPath, [
      "-e",
      `require(${JSON.stringify(packProcess)}).startPack(${JSON.stringify(location)}).then(({ pid }) => console.log(pid));`,
    ]);
    const [text] = (await once(starter.stdout.setEncoding("utf8"), "data")) as [string];
    const pid = Number(text);
    expect(isAlive(pid)).to.equal(true);
    starter.kill("SIGKILL");
    const until = Date.now() + 10_000;
    while (isAlive(pid) && Date.now() < until) await sleep(20);
    expect(isAlive(pid)).to.equal(false);
  });

  it("that serves something other than policies is rejected and stopped", async () => {
    const odd = program(
      'require("net").createServer(() => {}).listen(0, function () { console.log(this.address().port); setTimeout(() => process.exit(0), 500); });',
    );
    let message = "";
    await ServedPack.start(odd).catch((error: unknown) => {
      message = (error as Error).message;
    });
    expect(message).to.not.equal("");
  });
});
