import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { processIo } from "../../../cli/io";
import { main } from "../../../cli/main";
import type { FailoverDiff } from "../../../rehearsal/diff/diff";
import type { Resource } from "../../../routing/graph/resource";
import { root } from "../../conventions/sourceTree";
import { pair, record, resource, zone } from "../../routing/graph/stack";
import { expectPublished } from "../../schemas/expectPublished";
import type { MemoryIo } from "../memoryIo";
import { memoryIo } from "../memoryIo";
import { exportOf } from "./proving";

/** Two servers, with the check of the first and this TTL. */
const stack = (ttl: number, checked = "198.51.100.1"): readonly Resource[] => [
  ...pair(
    { records: ["198.51.100.1"], ttl },
    { ipAddress: checked, type: "HTTP_STR_MATCH", searchString: "ok" },
  ),
  resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" }),
  resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.1", instance: "web" }),
  resource("aws:ec2/instance:Instance", "other", { subnetId: "subnet-b" }),
  resource("aws:ec2/eip:Eip", "other-ip", { publicIp: "198.51.100.2", instance: "other" }),
];
const files = {
  "old.json": exportOf(stack(60)),
  "new.json": exportOf(stack(30)),
  "broken.json": exportOf(stack(60, "198.51.100.2")),
};

async function diff(...argv: readonly string[]): Promise<{ code: number; io: MemoryIo }> {
  const io = { ...memoryIo({ files }), directory: root };
  return { code: await main(["diff", ...argv], io), io };
}

describe("failover diff", () => {
  it("says in Markdown that nothing changes: exit 0", async () => {
    const { code, io } = await diff("old.json", "--from", "old.json", "--markdown");
    expect([code, io.err()]).to.deep.equal([0, ""]);
    expect(io.out()).to.match(/^### No change: failover of old\.json, compared with old\.json\n/);
  });

  it("compares what one place gets with --from-location", async () => {
    const at = (germany: string): string =>
      exportOf([
        zone,
        ...[
          ["DE", germany],
          ["*", "203.0.113.2"],
        ].map(([country = "", address = ""]) =>
          record(country, {
            ...{ setIdentifier: country, records: [address] },
            geolocationRoutingPolicies: [{ country }],
          }),
        ),
      ]);
    const io = {
      ...memoryIo({ files: { "a.json": at("203.0.113.1"), "b.json": at("203.0.113.3") } }),
      directory: root,
    };
    const argv = ["diff", "a.json", "--from", "b.json", "--json"];
    const placesOf = async (...place: readonly string[]): Promise<readonly string[]> => {
      const before = io.out().length;
      await main([...argv, ...place], io);
      const { proof } = JSON.parse(io.out().slice(before)) as FailoverDiff;
      return [...new Set(proof?.differences.map(({ name }) => name))];
    };
    expect(await placesOf("--from-location", "DE")).to.deep.equal(["www.a.test A from DE"]);
    expect(await placesOf("--from-location", "US")).to.deep.equal(["www.a.test A from US"]);
    expect(await placesOf()).to.have.length(2);
    expect(await main([...argv, "--from-location", "nowhere"], io)).to.equal(2);
    expect(io.err()).to.match(/^--from-location nowhere: there is no such place; /);
  });

  it("prints a change that harms nobody as text: exit 0", async () => {
    const { code, io } = await diff("old.json", "--from", "new.json");
    expect(code).to.equal(0);
    expect(io.out()).to.match(/^Failover of new\.json: changed, no worse than old\.json\n/);
    expect(io.out()).to.contain("TTL 60 → 30 s (www.a.test A [primary])");
  });

  it("returns 1 for a new dead answer, and names the check in its reasons", async () => {
    const { code, io } = await diff("old.json", "--from", "broken.json", "--json");
    const printed = JSON.parse(io.out()) as FailoverDiff;
    expectPublished("diff", printed);
    const { outcome, worse, declared } = printed;
    expect([code, outcome]).to.deep.equal([1, "worse"]);
    expect(worse[0]?.because).to.contain("it watches other, and not web");
    expect(declared[0]).to.include({ subject: "check", what: "watched web → other" });
    // The way back is an improvement.
    expect((await diff("broken.json", "--from", "old.json")).code).to.equal(0);
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["no source", ["old.json"], /^--stack, --from, --zone: exactly one is required, got none;/],
    [
      "both formats",
      ["old.json", "--from", "new.json", "--json", "--markdown"],
      /^--json, --markdown: got both; use one of them\n$/m,
    ],
    [
      "a revision that does not exist",
      ["no-such", "--from", "new.json"],
      /^<base> no-such: neither a file nor a revision of this repository; name one of them, /,
    ],
  ];
  for (const [title, argv, line] of refused) {
    it(`refuses ${title}: exit 2`, async () => {
      const { code, io } = await diff(...argv);
      expect(code).to.equal(2);
      expect(io.err()).to.match(line);
    });
  }
});

describe("failover diff with a Git revision", () => {
  let folder: string;
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@a.test", ...args], {
      encoding: "utf8",
    });
  const worktrees = (): readonly string[] =>
    readdirSync(tmpdir()).filter((name) => name.startsWith("failover-diff-"));

  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "diff-repository-")));
    git("init", "--quiet");
    for (const [ttl, message] of [
      [60, "before"],
      [30, "after"],
    ] as const) {
      writeFileSync(join(folder, "stack.json"), exportOf(stack(ttl)));
      git("add", ".");
      git("commit", "--quiet", "--message", message);
    }
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function diffThere(
    ...argv: readonly string[]
  ): Promise<{ code: number; out: string; err: string }> {
    const io = memoryIo();
    const code = await main(["diff", ...argv], {
      ...processIo({ ...process, cwd: () => folder }),
      stdout: io.stdout,
      stderr: io.stderr,
      directory: folder,
    });
    return { code, out: io.out(), err: io.err() };
  }

  it("reads the same paths at the revision, and removes the worktree", async () => {
    const known = worktrees();
    const { code, out, err } = await diffThere("HEAD~1", "--from", "stack.json", "--markdown");
    expect([code, err]).to.deep.equal([0, ""]);
    expect(out).to.contain("TTL 60 → 30 s");
    expect(out).to.match(/^### Failover of stack\.json: changed, no worse than HEAD\\?~1\n/);
    expect(worktrees()).to.deep.equal(known);
    expect(git("worktree", "list").trim().split("\n")).to.have.length(1);
  });

  it("finds no change in a template that has none, under the names of the same paths", async () => {
    const template = join(root, "tests/fixtures/zone/cloudformation.yaml");
    mkdirSync(join(folder, "templates"));
    copyFileSync(template, join(folder, "templates/zone.yaml"));
    git("add", ".");
    git("commit", "--quiet", "--message", "template");
    for (const path of ["templates/zone.yaml", "templates/"]) {
      const { code, out, err } = await diffThere("HEAD", "--from", path);
      expect([code, out.split("\n")[0]]).to.deep.equal([
        0,
        `No change: failover of ${path}, compared with HEAD`,
      ]);
      expect(err).to.not.contain(tmpdir());
    }
    git("reset", "--quiet", "--hard", "HEAD~1");
  });

  it("removes the worktree also where the revision cannot be read", async () => {
    const known = worktrees();
    writeFileSync(join(folder, "later.json"), exportOf(stack(30)));
    const { code, err } = await diffThere("HEAD", "--from", "later.json");
    expect(code).to.equal(2);
    expect(err).to.match(/^<base> HEAD: --from later\.json: cannot read the file, /);
    expect(worktrees()).to.deep.equal(known);
    expect(git("worktree", "list").trim().split("\n")).to.have.length(1);
  });

  it("refuses a stack where there is no project, and does not take this tool's own", async () => {
    const refused = async () => {
      const { code, err } = await diffThere("HEAD", "--stack", "prod");
      expect(code).to.equal(2);
      return err;
    };
    expect(await refused()).to.equal(
      `${folder}: no Pulumi.yaml in this folder or above it; run this in the folder of a Pulumi program, or read what others made by --from PATH\n`,
    );
    const added = ["Pulumi.yaml", "Pulumi.prod.yaml", "index.js"].map((one) => join(folder, one));
    for (const path of added) writeFileSync(path, path.endsWith("i.yaml") ? "name: shop" : "");
    expect(await refused()).to.equal(
      "--stack prod: must be of a Pulumi project in this repository, got none at HEAD; run it in the project's folder, or compare files with --from\n",
    );
    for (const path of added) rmSync(path);
  });

  it("links no packages of a project above the repository, outside of the worktree", async () => {
    const outer = realpathSync(mkdtempSync(join(tmpdir(), "diff-outer-")));
    const inner = join(outer, "project/folder/repository");
    for (const path of ["tmp", "project/node_modules"])
      mkdirSync(join(outer, path), { recursive: true });
    writeFileSync(join(outer, "project/Pulumi.yaml"), "name: shop");
    cpSync(folder, inner, { recursive: true });
    const { TMPDIR } = process.env;
    process.env["TMPDIR"] = join(outer, "tmp");
    const io = memoryIo();
    const there = {
      ...processIo({ ...process, cwd: () => inner }),
      stdout: io.stdout,
      stderr: io.stderr,
    };
    try {
      expect(await main(["diff", "HEAD", "--from", "stack.json"], there)).to.equal(0);
      expect(readdirSync(join(outer, "tmp"))).to.deep.equal([]);
    } finally {
      if (TMPDIR === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = TMPDIR;
      rmSync(outer, { recursive: true });
    }
  });

  it("leaves the index of a commit alone that a hook is called for", async () => {
    const before = git("ls-files", "--stage");
    writeFileSync(join(folder, "staged.txt"), "staged");
    git("add", "staged.txt");
    const staged = git("ls-files", "--stage");
    expect(staged).to.not.equal(before);
    process.env["GIT_INDEX_FILE"] = join(folder, ".git/index");
    process.env["GIT_DIR"] = join(folder, ".git");
    try {
      expect((await diffThere("HEAD~1", "--from", "stack.json")).code).to.equal(0);
    } finally {
      delete process.env["GIT_INDEX_FILE"];
      delete process.env["GIT_DIR"];
    }
    expect(git("ls-files", "--stage")).to.equal(staged);
  });
});
