import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { exportOf } from "../../bench/stackExport";
import { processIo } from "../../cli/io";
import type { Io } from "../../cli/io";
import { main } from "../../cli/main";
import { exportOf as exportOfResources } from "../cli/commands/proving";
import { latched } from "../cli/commands/latched";
import { memoryIo } from "../cli/memoryIo";
import { wordsOf } from "../cli/usageFaults";
import { commandLinesOf, documents } from "../conventions/documents";
import { root } from "../conventions/sourceTree";
import { itWithEveryCase } from "../sampled";
import { evaluated, shareEvaluations } from "./evaluated";

/** Why a command is only parsed (tests/conventions/documentedCommands.test.ts), and not run. */
const notRun: readonly (readonly [RegExp, string])[] = [
  [/ (?:preflight|status|hold|release|gameday|verify|snapshot) /, "calls AWS"],
  [/ (?:rehearse|prove|cost) --zone /, "calls AWS"],
  [
    / drill (?!.*--once)/,
    "ends by Ctrl-C or a line; tests/cli/commands/drillTyped.test.ts does both",
  ],
  [/ drill .*--app lamp/, "needs real servers; tests/cli/commands/drillLamp.test.ts has them"],
  [/ diff main /, "needs the branch main, and evaluates the program of another commit"],
  [/ --simulate 100000 /, "minutes; a run with few repetitions is the line before it"],
  [/ replay us-east-1/, "computes 8 s; tests/rehearsal/scenarios/replay.test.ts plays it"],
  [/^npm start$/, "tests/cli/commands/rehearse.test.ts runs it"],
  [/^(?:npx )?pulumi /, "needs the Pulumi engine"],
  [/^npm (?:ci|link)\b/, "needs the network, or changes the machine"],
  [/^npm test$/, "runs this test"],
  [/^npm run /, "takes minutes, or root"],
  [/\bmocha /, "runs this test, or takes minutes"],
];

/** The document whose commands are run in each run of the tests: the one that a newcomer reads first. */
const firstDocument = "README.md";

/** Arguments that make a simulation or a drill short, in place of those in the document. */
const smaller: readonly (readonly [RegExp, string])[] = [
  [/(?<= drill .*)--speed 10/, "--speed 50 --seconds 600"],
  [/(?<= drill .*)(?=--death)/, "--speed 20 "],
  [/--simulate/, "--simulate 1"],
  [/ tune /, " tune --runs 1 "],
];

/** Commands that end with 1, as the documents say where something is found. */
const badNews: readonly (readonly [RegExp, string])[] = [
  [
    / --from (?:state\.json|plan\.json|template\.yaml|new-zone\.json)|(?:rehearse|prove|repair) .*zones?\//,
    "the zone of tests/fixtures/zone has a last tier that dies with its only server",
  ],
  [/ --runbook our-runbook\.md/, "the sample in the document is of a harmful command"],
];

/** A drill is real time: on a busy machine a figure may leave its range, and it then ends with 1. */
const eitherNews = / drill /;

const fixture = (path: string): string => readFileSync(join(root, "tests/fixtures", path), "utf8");

/** The files that the commands read, by their paths. */
async function filesOfDocuments(): Promise<Readonly<Record<string, string>>> {
  const deployed = fixture("dev-export.json");
  const zone = fixture("zone/pulumi-export.json");
  return {
    "export.json": deployed,
    "stack.json": deployed,
    "preview.json": previewOf(deployed),
    "prod.json": exportOf(await evaluated("prod")),
    "state.json": fixture("zone/terraform-state.json"),
    "plan.json": fixture("zone/terraform-plan.json"),
    "template.yaml": fixture("zone/cloudformation.yaml"),
    "zone.yaml": fixture("zone/cloudformation.yaml"),
    "zones/example.org.yaml": fixture("zone/example.org.yaml"),
    "new-zone.json": zone,
    "old-zone.json": zone,
    "dump.json": exportOfResources(latched(2))
      .replaceAll("www.a.test", "shop.example.net")
      .replaceAll("a.test", "example.net"),
    "my-scenario.yaml": scenarioIn("docs/simulation.md"),
    "healthy.json": JSON.stringify({
      Label: "HealthCheckPercentageHealthy",
      Datapoints: [100, 0, 100].map((Minimum, index) => ({
        Timestamp: new Date(index * 60_000).toISOString(),
        Minimum,
      })),
    }),
    "our-runbook.md":
      "    aws route53 update-health-check --health-check-id 0e84354c-0000-4000-8000-0e84354c79d2 --disabled\n",
  };
}

/** A preview of an update that changes nothing. */
function previewOf(exported: string): string {
  const { deployment } = JSON.parse(exported) as {
    readonly deployment: { readonly resources: readonly { readonly urn: string }[] };
  };
  const steps = deployment.resources.map((one) => ({
    op: "same",
    urn: one.urn,
    oldState: one,
    newState: one,
  }));
  return JSON.stringify({ steps, changeSummary: { same: steps.length } });
}

function scenarioIn(document: string): string {
  const [, text = ""] =
    /```yaml\n(name: .*?)```/s.exec(readFileSync(join(root, document), "utf8")) ?? [];
  return text;
}

/** The command lines that are run, each once, and the document in which it stands first. */
function linesToRun(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const document of documents) {
    for (const { line, isMention } of commandLinesOf(document)) {
      if (isMention || notRun.some(([one]) => one.test(line))) continue;
      const command = line.replace(/^npx /, "").replace(/ +#.*$/, "");
      if (!found.has(command)) found.set(command, document);
    }
  }
  return found;
}

describe("the commands of the documents, run in this order in one folder", () => {
  let folder = "";
  let unshare = (): void => undefined;
  let own: Io;

  before(async () => {
    // In the checkout, whose stacks the documents mean; git ignores the folder.
    mkdirSync(join(root, "reports"), { recursive: true });
    folder = mkdtempSync(join(root, "reports/documents-"));
    for (const [path, text] of Object.entries(await filesOfDocuments())) {
      write(join(folder, path), text);
    }
    cpSync(join(root, "tests/fixtures/zone/aws"), join(folder, "zone"), { recursive: true });
    commitTwice(folder, "zone.yaml");
    own = processIo({ ...process, env: {}, cwd: () => folder });
    unshare = shareEvaluations();
  });

  after(() => {
    unshare();
    rmSync(folder, { recursive: true });
  });

  for (const [line, document] of linesToRun()) {
    const itOfDocument = document === firstDocument ? it : itWithEveryCase;
    itOfDocument(`${document}: ${line}`, async () => {
      const small = smaller.reduce((text, [part, instead]) => text.replace(part, instead), line);
      const [program, ...argv] = wordsOf(small);
      expect(program, "a program that runs here").to.equal("failover");
      const io = memoryIo();
      const code = await main(argv, { ...own, stdout: io.stdout, stderr: io.stderr });
      const expected = badNews.some(([one]) => one.test(line)) ? 1 : 0;
      expect(code, io.err()).to.be.oneOf(eitherNews.test(line) ? [0, 1] : [expected]);
      const [, redirected] = / > (\S+)/.exec(line) ?? [];
      if (redirected === undefined) return;
      expect(io.out()).to.not.equal("");
      write(join(folder, redirected), io.out());
    });
  }

  it("are named here only if they stand in a document", () => {
    const all = documents.flatMap(commandLinesOf);
    const unused = [...notRun, ...smaller, ...badNews].filter(
      ([one]) => !all.some(({ line }) => one.test(line)),
    );
    expect(unused).to.deep.equal([]);
  });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A repository with a file and a change of it. */
function commitTwice(folder: string, file: string): void {
  const git = (...args: readonly string[]): void => {
    const who = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    execFileSync("git", ["-C", folder, ...who, ...args]);
  };
  const text = readFileSync(join(folder, file), "utf8");
  git("init", "--quiet");
  for (const [content, message] of [
    [text.replaceAll("FailureThreshold: 3", "FailureThreshold: 4"), "before"],
    [text, "after"],
  ] as const) {
    writeFileSync(join(folder, file), content);
    git("add", file);
    git("commit", "--quiet", "--message", message);
  }
}
