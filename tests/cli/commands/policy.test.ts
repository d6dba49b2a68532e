import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Io } from "../../../cli/io";
import { main } from "../../../cli/main";
import { packNames } from "../../../rehearsal/policy/packs";
import { checkPolicies } from "../../../rehearsal/policy/session";
import { root } from "../../conventions/sourceTree";
import { evaluated } from "../../program/evaluated";
import { memoryIo } from "../memoryIo";
import type { MemoryIo } from "../memoryIo";
import { expectPublished } from "../../schemas/expectPublished";
import { itWithEveryCase } from "../../sampled";

const exported = readFileSync(join(root, "tests/fixtures/dev-export.json"), "utf8");

/** An `Io` with the files of a test, and the packs' configurations from the disk. */
function ioWith(files: Readonly<Record<string, string>>): MemoryIo {
  const io = memoryIo({ files });
  const readFile: Io["readFile"] = (path) =>
    path.startsWith(join(root, "policies"))
      ? Promise.resolve().then(() => readFileSync(path, "utf8"))
      : io.readFile(path);
  return { ...io, readFile };
}

const empty = JSON.stringify({ version: 3, deployment: { resources: [] } });
const all = (level: object): string => JSON.stringify({ all: level });

describe("failover policy", function () {
  // The README's `failover policy --stack prod` is run each time, and `failover rehearse` of both stacks.
  itWithEveryCase(
    "finds nothing that blocks the shipped stacks, before or after their first deployment",
    async () => {
      const questions = [];
      for (const [stack, preview] of [
        ["dev", false],
        ["prod", true],
        ["dev", true],
        ["prod", false],
      ] as const) {
        const { resources } = await evaluated(stack, preview);
        const subject = `${stack}${preview ? " before its first deployment" : ""}`;
        questions.push({ subject, resources, environment: stack });
      }
      const verdicts = await checkPolicies(questions, { packs: packNames }, ioWith({}));
      const stops = verdicts.flatMap(({ subject, packs }) =>
        packs.flatMap(({ violations, broken }) => [
          ...violations
            .filter(({ level }) => level === "mandatory")
            .map(({ policy, message }) => `${subject}: ${policy}: ${message}`),
          ...broken.map(({ policy, error }) => `${subject}: ${policy} is broken: ${error}`),
        ]),
      );
      expect(stops).to.deep.equal([]);
      for (const { subject, packs } of verdicts) {
        expect(packs.map(({ info }) => info.name)).to.deep.equal(packNames);
        for (const { checkedCount } of packs) expect(checkedCount).to.be.greaterThan(5);
        const unknown = packs.flatMap((pack) => pack.unknown);
        // Everything deployed is known; rules read no secrets.
        if (!subject.includes("before")) expect(unknown).to.deep.equal([]);
      }
    },
  );

  it("reports only that an empty stack has nothing to check", async () => {
    const io = ioWith({ "empty.json": empty });
    expect(await main(["policy", "--from", "empty.json"], io)).to.equal(0);
    expect(
      io
        .out()
        .split("\n")
        .filter((line) => line.includes("levels ")),
    ).to.deep.equal([
      "dns-failover 0.1.0, levels for any stack: nothing to check",
      "workload 0.1.0, levels for any stack: nothing to check",
    ]);
    expect(io.out()).to.not.match(/mandatory {2}|advisory {2}|exception|unknown {2}|broken/);
  });

  it("refuses a folder without files, which would look like a stack without faults", async () => {
    const io = ioWith({});
    const withEmptyFolder: Io = { ...io, filesAt: () => Promise.resolve([]) };
    expect(await main(["policy", "--from", "empty"], withEmptyFolder)).to.equal(2);
    expect(io.err()).to.equal(
      "--from empty: must contain a file to read, got a folder without any; name a file, a folder of files, or - for standard input\n",
    );
  });

  it("checks an export against the named environment, as JSON, and also writes SARIF", async () => {
    const io = ioWith({ "dev.json": exported });
    const code = await main(
      [
        "policy",
        "--from",
        "dev.json",
        "--environment",
        "dev",
        "--pack",
        "dns-failover",
        "--json",
        "--sarif",
        "out.sarif",
      ],
      io,
    );
    const output = JSON.parse(io.out()) as Record<string, readonly Record<string, unknown>[]>;
    expectPublished("policy", output);
    expect(Object.keys(output)).to.deep.equal(["violations", "unknown", "broken"]);
    expect(output["broken"]).to.deep.equal([]);
    const mandatory = output["violations"]?.filter(({ level }) => level === "mandatory") ?? [];
    expect(code).to.equal(mandatory.length > 0 ? 1 : 0);
    for (const violation of output["violations"] ?? []) {
      expect(Object.keys(violation)).to.deep.equal(["pack", "policy", "level", "urn", "message"]);
    }
    const sarif = JSON.parse(io.files.get("out.sarif") ?? "{}") as {
      readonly runs: readonly object[];
    };
    expect(sarif.runs).to.have.length(1);
  });

  it("finds a check that a record refers to by its id, in AWS answers as in a stack", async () => {
    const check = { Type: "TCP", Port: 443, IPAddress: "192.0.2.1" };
    const named = { Name: "www.example.org.", Type: "A", TTL: 10 };
    const answers = {
      HealthChecks: [{ Id: "0a1b2c3d", HealthCheckConfig: check }],
      ResourceRecordSets: ["PRIMARY", "SECONDARY"].map((Failover, index) => ({
        ...named,
        Failover,
        SetIdentifier: Failover,
        ResourceRecords: [{ Value: `192.0.2.${index + 1}` }],
        ...(index === 0 ? { HealthCheckId: "0a1b2c3d" } : {}),
      })),
    };
    const io = ioWith({ "records.json": JSON.stringify(answers) });
    await main(["policy", "--from", "records.json", "--pack", "dns-failover"], io);
    expect(io.out())
      .to.match(/check-asks-for-health/)
      .and.not.to.match(/not part of this stack/);
  });

  it("counts the rules that apply to resources of the aws-native provider", async () => {
    const file = join(root, "tests/fixtures/zone/pulumi-native-export.json");
    const io = ioWith({ "stack.json": readFileSync(file, "utf8") });
    await main(["policy", "--from", "stack.json", "--pack", "dns-failover"], io);
    expect(io.out()).to.match(/; [1-9]\d* of \d+ rules applied/);
  });

  it("exits with 1 where a limit is stricter than the stack", async () => {
    const strict = JSON.stringify({
      "failover-record-has-short-ttl": { enforcementLevel: "mandatory", maxSeconds: 30 },
    });
    const io = ioWith({ "dev.json": exported, "strict.json": strict });
    const code = await main(
      [
        "policy",
        "--from",
        "dev.json",
        "--pack",
        "dns-failover",
        "--config",
        "dns-failover=strict.json",
      ],
      io,
    );
    expect(code).to.equal(1);
    expect(io.out()).to.contain("must be at most 30 s, got 60 s");
  });

  it("continues with the values that a rule remediates, as the engine does", async () => {
    const mending = { enforcementLevel: "remediate", maxSeconds: 30 };
    const files = {
      "dev.json": exported,
      "mend.json": JSON.stringify({ "failover-record-has-short-ttl": mending }),
    };
    const argv = ["policy", "--from", "dev.json", "--pack", "dns-failover", "--json"];
    const io = ioWith(files);
    expect(await main([...argv, "--config", "dns-failover=mend.json"], io)).to.equal(0);
    const { violations, remediated } = JSON.parse(io.out()) as Record<
      string,
      readonly Record<string, string>[]
    >;
    expect(violations?.filter(({ level }) => level === "mandatory")).to.deep.equal([]);
    expect(
      remediated?.map(({ pack, policy, urn }) => [pack, policy, urn?.split("::").at(-1)]).sort(),
    ).to.deep.equal(
      ["ohio", "virginia"].flatMap((region) =>
        ["primary", "secondary"].map((role) => [
          "dns-failover",
          "failover-record-has-short-ttl",
          `${region}-records-${region}.orders.dev.cafe.com-A-${role}`,
        ]),
      ),
    );
  });

  it("reports all faults of a pack's configuration, one line each, and runs no rule", async () => {
    const bad = JSON.stringify({
      "failover-record-has-short-ttl": { maxSeconds: -1 },
      "check-is-enabld": "mandatory",
      "check-is-enabled": "advisory",
    });
    const io = ioWith({ "dev.json": exported, "bad.json": bad });
    const code = await main(
      [
        "policy",
        "--from",
        "dev.json",
        "--pack",
        "dns-failover",
        "--config",
        "dns-failover=bad.json",
      ],
      io,
    );
    expect(code).to.equal(2);
    expect(io.out()).to.equal("");
    expect(io.err().trim().split("\n")).to.deep.equal([
      'bad.json: check-is-enabld: unknown key, got "mandatory"; did you mean check-is-enabled?',
      "bad.json: failover-record-has-short-ttl.maxSeconds: must be a whole number from 0 to 86400, got -1; it means: the longest TTL allowed, in seconds",
      'bad.json: check-is-enabled.reason: must be given, because advisory is weaker than the pack\'s mandatory, got nothing; write {"enforcementLevel": "advisory", "reason": "why"}',
    ]);
  });

  it("refuses bad input before it starts a pack", async () => {
    for (const [argv, message] of [
      [["policy"], /^--stack, --from, --zone: exactly one is required, got none;/],
      [["policy", "--first-preview", "--from", "dev.json"], /^--first-preview: requires --stack/],
      [
        ["policy", "--from", "dev.json", "--config", "x=y"],
        /^--config: must be a pack and a file, got x=y/,
      ],
      [["policy", "--from", "dev.json", "--pack", "x"], /--pack/],
      [
        ["policy", "--from", "dev.json", "--environment", "staging"],
        /^--environment: must be one of dev, prod, got staging; name one of them, or a file with --config$/m,
      ],
      [
        ["policy", "--from", "dev.json", "--environment", "dev", "--profile", "any"],
        /^--environment: must be left out with --profile any, which has the same levels for all, got dev; leave one of them out$/m,
      ],
      [["policy", "--from", "dev.json", "--profile", "mine"], /--profile/],
    ] as const) {
      const io = ioWith({ "dev.json": exported });
      expect(await main(argv, io), argv.join(" ")).to.equal(2);
      expect(io.err()).to.match(message);
    }
  });

  it("names the file that cannot be read or written", async () => {
    const missing = ioWith({ "dev.json": exported });
    const argv = ["policy", "--from", "dev.json", "--pack", "workload"];
    expect(await main([...argv, "--config", "workload=gone.json"], missing)).to.equal(2);
    expect(missing.err()).to.match(/^--config gone\.json: cannot read the file/);
    const files = {
      "empty.json": empty,
      "off.json": all({ enforcementLevel: "disabled", reason: "only a test of files" }),
    };
    const full = { ...ioWith(files), writeFile: () => Promise.reject(new Error("no space")) };
    const sarif = [
      "policy",
      "--from",
      "empty.json",
      "--pack",
      "workload",
      "--config",
      "workload=off.json",
    ];
    expect(await main([...sarif, "--sarif", "out.sarif"], full)).to.equal(2);
    expect(full.err()).to.match(/^--sarif out\.sarif: cannot write the file, got no space/);
    expect(full.out()).to.not.equal("");
  });

  it("tells before the work that a file cannot be read or written", async () => {
    const refusing = {
      ...ioWith({ "dev.json": exported }),
      requireWritable: () => Promise.reject(new Error("EISDIR")),
      filesAt: () => Promise.reject(new Error("the work has begun")),
    };
    const argv = ["policy", "--from", "dev.json", "--sarif", "folder"];
    expect(await main(argv, refusing)).to.equal(2);
    expect(refusing.err()).to.equal(
      "--sarif folder: cannot write the file, got EISDIR; name a writable file\n",
    );
    const missing = {
      ...ioWith({}),
      filesAt: () => Promise.reject(new Error("the work has begun")),
    };
    const config = ["policy", "--from", "dev.json", "--config", "workload=gone.json"];
    expect(await main(config, missing)).to.equal(2);
    expect(missing.err()).to.match(/^--config gone\.json: cannot read the file/);
  });
});
