import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect } from "chai";

const load = createRequire(__filename);

const { tooLow } = load("../../scripts/coverage.mjs") as {
  readonly tooLow: (summary: object, root: string) => readonly string[];
};
const { stepsOf } = load("../../scripts/steps.mjs") as {
  readonly stepsOf: (
    args: readonly string[],
    run: { readonly folder: string; readonly isEveryCase: boolean },
  ) => readonly {
    readonly name: string;
    readonly args: readonly string[];
    readonly coverageFolder?: string;
    readonly niceness: number;
  }[];
};
const { isSupported, nodeRange } = load("../../scripts/ready.mjs") as {
  readonly isSupported: (version: string) => boolean;
  readonly nodeRange: string;
};

/** The output of c8 for a file. */
function branches(covered: number, total: number): object {
  return { branches: { covered, total }, lines: { covered: 0, total: 100 } };
}

describe("the requirement on coverage", () => {
  const root = join("/", "a project");
  const judge = (files: Readonly<Record<string, object>>): readonly string[] =>
    tooLow(
      Object.fromEntries(Object.entries(files).map(([path, each]) => [join(root, path), each])),
      root,
    );

  it("is met from 95 % of branches on", () => {
    expect(judge({ "routing/a.ts": branches(95, 100) })).to.deep.equal([]);
    expect(judge({ "routing/a.ts": branches(949, 1000) })).to.deep.equal([
      "routing: 94.9 % of branches taken; 95 % are required",
      "  routing/a.ts: 51 branches not taken",
    ]);
  });

  it("applies to each folder separately, and to no other", () => {
    expect(
      judge({
        "routing/a.ts": branches(1000, 1000),
        "components/b.ts": branches(8, 10),
        "components/deep/c.ts": branches(9, 10),
        "components/d.ts": branches(10, 10),
        "cli/e.ts": branches(0, 10),
      }),
    ).to.deep.equal([
      "components: 90.0 % of branches taken; 95 % are required",
      "  components/b.ts: 2 branches not taken",
      "  components/deep/c.ts: 1 branches not taken",
    ]);
  });

  it("is met by files without branches, and ignores the total", () => {
    expect(judge({ "policies/a.ts": branches(0, 0) })).to.deep.equal([]);
    expect(tooLow({ total: branches(0, 10) }, root)).to.deep.equal([]);
  });
});

describe("npm test", () => {
  const some = { folder: "totals", isEveryCase: false };
  const every = { ...some, isEveryCase: true };
  const mochaOf = (...args: readonly string[]): readonly string[] =>
    stepsOf(args, some).find(({ name }) => name === "tests")?.args ?? [];
  const all = "tests/**/*.test.ts";
  const runNames = ["application", "live", "commands", "tests", "program", "sampled"];

  it("tests, lints, and checks types and format, and one more rule with every case", () => {
    const namesOf = (run: typeof some): readonly string[] =>
      stepsOf([], run).map(({ name }) => name);
    const checks = ["types", "scripts", "page", "format"];
    expect(namesOf(some)).to.deep.equal([...runNames, "lint", ...checks]);
    expect(namesOf(every)).to.deep.equal([...runNames, "lint", "instances", ...checks]);
  });

  it("runs each test once, in several concurrent runs, and refuses a test with .only", () => {
    const apart = [
      "tests/{app,rehearsal/live/lamp}/**/*.test.ts",
      "tests/{{aws,rehearsal/live/{dns,gate,page,typed}}/**/*,rehearsal/live/*,program/{operating,restore}}.test.ts",
      "tests/{bench,cli,conventions,rehearsal/policy,scripts}/**/*.test.ts",
      "tests/{{package,policies}/**/*,program/{!(operating|restore),*/**/*},rehearsal/cost/configurations}.test.ts",
      "tests/**/{gate/{exploration,sequences},repair/{mutations,randomZones},simulation/bounds,randomTrees}.test.ts",
    ];
    const runs = stepsOf([], some).slice(0, runNames.length);
    const others = runs.find(({ name }) => name === "tests")?.args ?? [];
    const ignored = apart.flatMap((tests) => ["--ignore", tests]);
    expect(others.slice(-ignored.length - 2)).to.deep.equal(["--forbid-only", ...ignored, all]);
    const parts = runs.filter(({ name }) => name !== "tests").map(({ args }) => args.slice(-2));
    expect(parts).to.deep.equal(apart.map((tests) => ["--forbid-only", tests]));
    for (const { name, args } of runs) {
      expect(args).to.include(`file=${join("totals", `${name}.json`)}`);
    }
  });

  it("ends each run of tests by exit(), as Node 20 can spin in its clean-up", () => {
    const settings = JSON.parse(readFileSync(join(__dirname, "../../.mocharc.json"), "utf8")) as {
      readonly exit?: boolean;
    };
    expect(settings.exit).to.equal(true);
    for (const run of [
      ...stepsOf([], some).slice(0, runNames.length),
      ...stepsOf(["tests/cli/"], some).slice(0, 1),
    ]) {
      expect(run.args, run.name).not.to.include.oneOf(["--no-exit", "--no-config"]);
    }
  });

  it("measures the coverage of every case, but of the application's and sampled tests, and of no selected ones", () => {
    const measured = (args: readonly string[], run: typeof some): readonly string[] =>
      stepsOf(args, run).flatMap(({ name, coverageFolder }) => (coverageFolder ? [name] : []));
    expect(measured([], every)).to.deep.equal(["live", "commands", "tests", "program"]);
    expect(measured([], some)).to.deep.equal([]);
    expect(measured(["tests/cli/"], every)).to.deep.equal([]);
  });

  it("lets what computes give way to what waits, both to what measures time, and all to the rest", () => {
    const niceness = Object.fromEntries(
      stepsOf([], some).map((step) => [step.name, step.niceness]),
    );
    const { application, commands, live, program, tests, ...others } = niceness;
    expect(application).to.equal(0);
    expect(commands).to.equal(live).and.be.greaterThan(0);
    expect([program, tests]).to.deep.equal([10, 10]);
    expect(live).to.be.lessThan(10);
    expect(new Set(Object.values(others))).to.deep.equal(new Set([15]));
  });

  it("passes arguments to mocha", () => {
    expect(mochaOf("--grep", "alias")).to.include.members(["--grep", "alias", all]);
    expect(mochaOf("--grep", "alias")).not.to.include("--forbid-only");
  });

  it("runs only the named files", () => {
    expect(mochaOf("tests/cli/io.test.ts")).not.to.include(all);
    expect(mochaOf("tests/cli/")).not.to.include(all);
  });

  it("uses the reporter of the user", () => {
    for (const own of ["--reporter=spec", "-R"]) {
      expect(mochaOf(own, "spec")).not.to.include("--reporter-option");
    }
  });
});

describe("the version of Node", () => {
  it("is one that package.json names", () => {
    const { engines } = load("../../package.json") as { readonly engines: { node: string } };
    expect(engines.node).to.equal(nodeRange);
  });

  it("is refused if it is too old, or if the tools refuse it", () => {
    const refused = ["18.20.8", "20.18.9", "21.7.3", "22.12.0", "23.11.1"];
    const accepted = ["20.19.0", "20.20.2", "22.13.0", "22.23.3", "24.0.0", "25.9.0", "26.10.0"];
    expect(refused.filter(isSupported)).to.deep.equal([]);
    expect(accepted.filter(isSupported)).to.deep.equal(accepted);
  });
});
