import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { rules as dnsRules } from "../../policies/dns-failover/pack";
import { rules as workloadRules } from "../../policies/workload/pack";
import { evaluate } from "../../rehearsal/engine/evaluate";
import { StackModel } from "../../routing/graph/stackModel";
import { root } from "../conventions/sourceTree";
import { evaluated } from "../program/evaluated";
import { describeWithEveryCase } from "../sampled";
import { checkTypes, copyExample, failover, install, pack } from "./installed";
import type { Packed } from "./installed";
import { readmeProgram, treeOf } from "./readmeProgram";

/** The parts of `failover policy --json` that are read here. */
interface Said {
  readonly violations: readonly { readonly policy: string; readonly level: string }[];
  readonly broken: readonly unknown[];
}

// docs/adr/0065: few changes reach what npm packs.
describeWithEveryCase("the package, packed and installed", function () {
  // Packs, installs and compiles: most of it is npm and the compiler, on a machine that may be busy.
  this.timeout(300_000);
  let folder: string;
  let packed: Packed;
  let folders: Readonly<Record<"consumer" | "smallest" | "own-endpoints" | "readme", string>>;
  let complaints: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "package-"));
    packed = pack(folder);
    install(packed, folder);
    folders = {
      consumer: copyExample("consumer", folder),
      smallest: copyExample("smallest", folder),
      "own-endpoints": copyExample("own-endpoints", folder),
      readme: copyExample("smallest", folder, "readme"),
    };
    writeFileSync(join(folders.readme, "index.ts"), readmeProgram());
    complaints = checkTypes(Object.values(folders), folder);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("contains what users need, and nothing else", () => {
    const { paths, bytes, unpackedBytes } = packed;
    const kB = (count: number): string => `${Math.round(count / 1000)} kB`;
    console.log(`      ${paths.length} files, ${kB(bytes)} packed, ${kB(unpackedBytes)} unpacked`);
    const folderOf = (path: string): string => /^(?:dist\/)?[^/]+/.exec(path)?.[0] ?? "";
    expect([...new Set(paths.map(folderOf))]).to.deep.equal([
      "CHANGELOG.md",
      "README.md",
      "app",
      "dist/app",
      "dist/aws",
      "dist/cli",
      "dist/components",
      "dist/constraints",
      "dist/functions",
      "dist/lambda",
      "dist/outputs.d.ts",
      "dist/outputs.js",
      "dist/packageDirectory.d.ts",
      "dist/packageDirectory.js",
      "dist/packs",
      "dist/page",
      "dist/policies",
      "dist/rehearsal",
      "dist/routing",
      "dist/sources",
      "docs",
      "package.json",
      "rehearsal",
      "scenarios",
      "schemas",
      "scripts",
    ]);
    expect(paths.filter((path) => /(?<!\.d)\.ts$|\.map$|test/.test(path))).to.deep.equal([]);
    expect(paths.filter((path) => path.startsWith("rehearsal/"))).to.deep.equal(
      ["motoServer.py", "register.sh", "watchdog.sh"].map((name) => `rehearsal/live/lamp/${name}`),
    );
    expect(paths).to.include.members(
      ["bake", "gameDay", "syntheticOrder"].map((name) => `dist/lambda/${name}.js`),
    );
  });

  it("has types with which the examples compile", () => {
    expect(complaints).to.equal("");
  });

  it("compiles README's algebra to the records of prod's tree", async () => {
    const { resources } = await evaluate({
      projectDirectory: folders.readme,
      stack: "dev",
      programPath: join(folders.readme, "index.ts"),
    });
    const tree = treeOf(resources);
    expect(tree).to.have.length(10);
    expect(tree).to.deep.equal(treeOf((await evaluated("prod")).resources));
  });

  it("gives a consumer the outputs of another stack, as docs/usage.md shows", async () => {
    const usage = readFileSync(join(root, "docs/usage.md"), "utf8");
    expect(usage).to.contain(readFileSync(join(root, "examples/consumer/index.ts"), "utf8"));
    const orders = await evaluated("prod");
    const { outputs } = await evaluate({
      projectDirectory: folders.consumer,
      stack: "dev",
      programPath: join(folders.consumer, "index.ts"),
      stackOutputs: { "cafe/failover/prod": JSON.parse(JSON.stringify(orders.outputs)) as never },
    });
    expect(outputs).to.deep.equal({
      oregon: "oregon.orders.cafe.com",
      nameServers: (orders.outputs["hostedZone"] as { nameServers: unknown }).nameServers,
      gate: "created",
    });
  });

  for (const [example, answers] of [
    [
      "smallest",
      {
        "us-west-2a": "198.18.0.2",
        "us-west-2": "198.18.0.3",
        "us-west-2,eu-west-1a": "198.18.0.4",
        "us-west-2,eu-west-1": "s3-website.us-east-2.amazonaws.com",
      },
    ],
    [
      "own-endpoints",
      {
        "us-west-2a": "orders-b-1234567890.us-west-2.elb.amazonaws.com",
        "us-west-2": "orders-a-1234567890.eu-west-1.elb.amazonaws.com",
        "us-west-2,eu-west-1a": "orders-b-1234567890.eu-west-1.elb.amazonaws.com",
        "us-west-2,eu-west-1": "s3-website.us-east-2.amazonaws.com",
      },
    ],
  ] as const) {
    it(`answers according to its tree: ${example}`, async () => {
      const { resources } = await evaluate({
        projectDirectory: folders[example],
        stack: "dev",
        programPath: join(folders[example], "index.ts"),
      });
      const model = new StackModel(resources);
      const values = Object.keys(answers).map((faults) => {
        const state = model.under(model.faults(faults.split(",")));
        return state.resolve("orders.example.com", "A").answers.map((answer) => answer.value);
      });
      expect(values).to.deep.equal(Object.values(answers).map((value) => [value]));
    });
  }

  it("has a tool that answers for the program that installs it", async () => {
    const asked = ["resolve", "orders.example.com", "--stack", "dev", "--fail", "us-west-2a"];
    const { code, out, err } = await failover(folders.smallest, ...asked);
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    expect(out).to.match(/^orders\.example\.com 60 A 198\.18\.0\.2 {2}\(us-west-2b\)\n/);
  });

  it("has a tool that plays the story of that program, which says no name of its own", async () => {
    const { code, out, err } = await failover(folders.smallest, "rehearse", "--stack", "dev");
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    expect(out).to.match(/us-west-2a fails +us-west-2b +184 s/);
  });

  for (const example of ["smallest", "own-endpoints"] as const) {
    it(`is judged by the installed packs, at the levels for any stack: ${example}`, async () => {
      const { out, err } = await failover(folders[example], "policy", "--stack", "dev", "--json");
      expect(err).to.equal("");
      const { violations, broken } = JSON.parse(out) as Said;
      const rulesAt = (wanted: string): readonly string[] => [
        ...new Set(violations.filter(({ level }) => level === wanted).map(({ policy }) => policy)),
      ];
      expect([broken, rulesAt("mandatory")]).to.deep.equal([[], []]);
      // The smallest example has no alarms: its team may have others.
      const isAdvised = rulesAt("advisory").includes("check-has-alarm");
      expect(isAdvised).to.equal(example === "smallest");
    });
  }

  it("exports the algebra, the outputs, the application and the packs' policies by subpath", () => {
    const script = `
      const names = (path) => Object.keys(require("@cafe/failover" + path)).sort();
      const policies = (pack) => require("@cafe/failover/policies/" + pack).policies.length;
      console.log(JSON.stringify({
        main: names(""), routing: names("/routing"), outputs: names("/outputs"),
        application: names("/application"), policies: ["dns-failover", "workload"].map(policies),
      }));`;
    const out = execFileSync(process.execPath, ["-e", script], { cwd: folders.consumer });
    const { main, policies, ...others } = JSON.parse(out.toString()) as Record<string, unknown>;
    expect(main).to.include.members(["RegionTier", "checked", "failover", "weighted"]);
    expect(main).not.to.include.members(["functionCode"]);
    expect(main).not.to.include.members(["tlsTargetPort"]);
    expect(policies).to.deep.equal([dnsRules.length, workloadRules.length]);
    expect(others).to.deep.equal({
      routing: [
        ...["AnsweringView", "Diagram", "InputError", "Route53", "Transition", "checked"],
        ...["compile", "defaultAssumptions", "endpoint", "failover", "fixed", "published"],
        ...["weighted"],
      ],
      outputs: ["readOutputs", "schemaVersion"],
      application: ["appDirectory", "maintenancePage", "siteArchive", "userData"],
    });
  });

  it("shows the full tree in 25 lines", () => {
    const lines = readFileSync(join(root, "examples/smallest/index.ts"), "utf8").trimEnd();
    expect(lines.split("\n").length).to.be.at.most(25);
  });
});
