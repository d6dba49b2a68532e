import { accessSync, constants, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { usageFaults } from "../cli/usageFaults";
import { root } from "./sourceTree";

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: unknown;
  readonly "timeout-minutes"?: number;
  readonly strategy?: {
    readonly matrix?: { readonly include?: readonly { readonly image?: string }[] };
  };
  readonly container?: { readonly image: string };
  readonly if?: string;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = ".github/workflows";
const files = readdirSync(join(root, folder)).map((file) => join(folder, file));
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly scripts: object })
    .scripts,
);

/** Commands of a runner or an earlier step; all others must be this repository's own. */
const foreign = new Set(["apt-get", "echo", "if", "then", "else", "fi", "[[", "reason="]);

/** All commands of a script, with continued lines joined. */
function commandsOf(script: string): readonly string[] {
  return script
    .replace(/\\\n\s*/g, " ")
    .split(/\n|&&/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The faults of a command, in words; none if it runs in a clean clone. */
async function faultsOf(command: string): Promise<readonly string[]> {
  const [program = "", ...words] = command.split(/\s+/);
  const args = words.map((word) => word.replaceAll('"', ""));
  if (foreign.has(program) || program.startsWith("reason=")) return [];
  if (program === "npm") return npmFaults(command, args);
  if (program === "node") return nodeFaults(command, args);
  if (program === "pulumi") return pulumiFaults(command, args);
  try {
    accessSync(join(root, program), constants.X_OK);
    return [];
  } catch {
    return [`${command}: ${program} is no program of this repository`];
  }
}

/** Commands of npm itself that workflows use. */
const npmCommands = ["ci", "audit", "sbom"];

function npmFaults(command: string, [verb = "", script = ""]: readonly string[]): string[] {
  const name = verb === "run" ? script : verb;
  return npmCommands.includes(name) || scripts.includes(name)
    ? []
    : [`${command}: package.json has no ${name}`];
}

/** `node scripts/failover.mjs` with a command and options that it knows. */
async function nodeFaults(command: string, args: readonly string[]): Promise<string[]> {
  const [script = "", name = "", ...options] = args;
  if (!existsSync(join(root, script))) return [`${command}: ${script} does not exist`];
  return (await usageFaults([name, ...options])).map((fault) => `${command}: ${fault}`);
}

/** Packs and their configurations, for every stack. */
function pulumiFaults(command: string, args: readonly string[]): string[] {
  return args.flatMap((word, index) =>
    /^--policy-pack/.test(args[index - 1] ?? "")
      ? ["dev", "prod"]
          .map((stack) => word.replace("$STACK", stack))
          .filter((path) => !existsSync(join(root, path)))
          .map((path) => `${command}: ${path} does not exist`)
      : [],
  );
}

/** The differences between workflows: triggers, jobs that may write, and jobs with a secret. */
const expectations: Readonly<
  Record<
    string,
    {
      readonly on: string[];
      readonly commandsMin: number;
      readonly writers: string[];
      readonly secret: string[][];
    }
  >
> = {
  [`${folder}/failover.yml`]: {
    on: ["pull_request", "push"],
    commandsMin: 5,
    writers: ["policies: security-events", "diff: pull-requests", "preview: id-token"],
    secret: [["preview", "needs.credentials.outputs.usable == 'true'"]],
  },
  [`${folder}/drift.yml`]: {
    on: ["schedule", "workflow_dispatch"],
    commandsMin: 2,
    writers: ["drift: id-token"],
    secret: [["drift", "vars.AWS_PREVIEW_ROLE_ARN != '' && vars.PULUMI_BACKEND_URL != ''"]],
  },
};

describe("the workflows", () => {
  it("have expectations for each", () => {
    expect([...files].sort()).to.deep.equal(Object.keys(expectations).sort());
  });
});

describe("the workflow of drift", () => {
  it("previews each project and stack against AWS, and fails on any change", () => {
    const { jobs } = parse(readFileSync(join(root, folder, "drift.yml"), "utf8")) as Workflow;
    expect(jobs["drift"]?.strategy?.matrix).to.deep.equal({
      stack: ["dev", "prod"],
      project: [".", "zone"],
    });
    const words = (jobs["drift"]?.steps.at(-1)?.run ?? "").trim().split(/\s+/);
    expect(words.slice(0, 2)).to.deep.equal(["pulumi", "preview"]);
    expect(words).to.include.members(["--refresh", "--expect-no-changes"]);
  });
});

for (const file of files) {
  describe(`the workflow ${file}`, () => {
    const text = readFileSync(join(root, file), "utf8");
    const workflow = parse(text) as Workflow;
    const jobs = Object.entries(workflow.jobs);
    const steps = jobs.flatMap(([, job]) => job.steps);
    const scriptsOfSteps = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));

    it("names each action by a full commit hash, followed by its version", () => {
      // The action of this repository is of the same commit.
      const uses = text
        .split("\n")
        .filter((line) => /^\s*(?:- )?uses:/.test(line) && !line.endsWith("uses: ./"));
      expect(uses).to.have.length(
        steps.filter((step) => step.uses !== undefined && step.uses !== "./").length,
      );
      expect(uses).to.have.length.greaterThan(3);
      const pinned = /uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
      expect(uses.filter((line) => !pinned.test(line))).to.deep.equal([]);
      const hashes = uses.map((line) =>
        line.replace(/.*uses: ([\w-]+\/[\w-]+)\S*(@\S+) # (.*)/, "$1 $2 $3"),
      );
      const actions = new Set(hashes.map((each) => each.split(" ")[0]));
      // One action, one version.
      expect(new Set(hashes).size).to.equal(actions.size);
    });

    it("names each image by its digest", () => {
      const images = jobs.flatMap(([, { strategy, container }]) => [
        ...(strategy?.matrix?.include ?? []).flatMap(({ image }) => image ?? []),
        ...(container && !container.image.startsWith("${{ matrix.") ? [container.image] : []),
      ]);
      expect(images.filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image))).to.deep.equal([]);
    });

    it("grants no permission to all jobs, and states each job's permissions and timeout", () => {
      expect(workflow.permissions).to.deep.equal({});
      expect(workflow.concurrency).to.not.equal(undefined);
      for (const [name, job] of jobs) {
        expect(job.permissions, name).to.be.an("object");
        expect(job["timeout-minutes"], name).to.be.within(1, 60);
      }
      const writers = jobs.flatMap(([name, { permissions }]) =>
        Object.entries(permissions as Record<string, string>)
          .filter(([, access]) => access === "write")
          .map(([permission]) => `${name}: ${permission}`),
      );
      expect(writers).to.deep.equal(expectations[file]?.writers);
    });

    it("runs the code of others without our secrets, and leaves no token behind", () => {
      expect(Object.keys(workflow.on)).to.deep.equal(expectations[file]?.on);
      const checkouts = steps.filter(({ uses = "" }) => uses.startsWith("actions/checkout@"));
      expect(checkouts.map((step) => step.with?.["persist-credentials"])).to.deep.equal(
        checkouts.map(() => false),
      );
      const secret = jobs.filter(([, job]) => JSON.stringify(job).includes("secrets."));
      expect(secret.map(([name, job]) => [name, job.if])).to.deep.equal(expectations[file]?.secret);
    });

    it("puts no expression into a script, where its value would be run", () => {
      expect(scriptsOfSteps.filter((script) => script.includes("${{"))).to.deep.equal([]);
    });

    it("runs only commands of this repository", async () => {
      const all = scriptsOfSteps.flatMap(commandsOf);
      expect(all).to.have.length.of.at.least(expectations[file]?.commandsMin ?? 0);
      const faults = await Promise.all(all.map(faultsOf));
      expect(faults.flat()).to.deep.equal([]);
    });
  });
}

describe("the faults of a workflow's command", () => {
  it("are none if it can run, and otherwise what is missing", async () => {
    const faults = await Promise.all(
      [
        "npm ci",
        "npm run bench",
        "npm run build",
        ".ci/run",
        "./build.sh",
        'node scripts/failover.mjs policy --stack "$STACK" --sarif x',
        "node scripts/failover.mjs policy --stck dev",
        "node scripts/failover.mjs polcy",
        "node scripts/other.mjs",
        "pulumi preview --policy-pack policies/workload --policy-pack-config policies/workload/$STACK.json",
        "pulumi preview --policy-pack policies/other",
      ].map(faultsOf),
    );
    expect(faults.flat().map((fault) => fault.replace(/^.*?: /, ""))).to.deep.equal([
      "package.json has no build",
      "./build.sh is no program of this repository",
      "error: unknown option '--stck'\n(Did you mean --stack?)",
      "failover has no command polcy",
      "scripts/other.mjs does not exist",
      "policies/other does not exist",
      "policies/other does not exist",
    ]);
  });
});
