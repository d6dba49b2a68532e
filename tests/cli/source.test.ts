import { expect } from "chai";
import { main } from "../../cli/main";
import type { MemoryIo } from "./memoryIo";
import { memoryIo } from "./memoryIo";

const listing = JSON.stringify({
  ResourceRecordSets: [
    {
      Name: "www.example.org.",
      Type: "A",
      SetIdentifier: "p",
      Failover: "PRIMARY",
      TTL: 60,
      ResourceRecords: [{ Value: "192.0.2.1" }],
      HealthCheckId: "c1",
    },
    {
      Name: "www.example.org.",
      Type: "A",
      SetIdentifier: "s",
      Failover: "SECONDARY",
      TTL: 60,
      ResourceRecords: [{ Value: "192.0.2.2" }],
    },
  ],
});
const checks = JSON.stringify({
  HealthChecks: [
    {
      Id: "c1",
      HealthCheckConfig: {
        Type: "CLOUDWATCH_METRIC",
        AlarmIdentifier: { Name: "orders", Region: "us-east-1" },
      },
    },
  ],
});
const alarms = JSON.stringify({ MetricAlarms: [{ AlarmName: "orders", StateValue: "ALARM" }] });
const template = [
  "Parameters: {Domain: {Type: String}}",
  "Resources:",
  "  Www: {Type: AWS::Route53::RecordSet, Properties: {Name: !Ref Domain, Type: A, TTL: '60', ResourceRecords: [192.0.2.7]}}",
].join("\n");

async function run(
  files: Readonly<Record<string, string>>,
  ...argv: readonly string[]
): Promise<{ readonly code: number; readonly io: MemoryIo; readonly first: string }> {
  const io = memoryIo({ files });
  const code = await main(["resolve", "www.example.org", ...argv], io);
  return { code, io, first: io.out().split("\n")[0] ?? "" };
}

describe("the source of a command", () => {
  it("may be several files, or a folder, which are read together", async () => {
    const files = { "zone/records.json": listing, "zone/checks.json": checks };
    for (const argv of [
      ["--from", "zone"],
      ["--from", "zone/records.json", "--from", "zone/checks.json"],
    ]) {
      const { first } = await run(files, ...argv, "--assume", "c1=healthy");
      expect(first).to.equal("www.example.org 60 A 192.0.2.1");
    }
    const { first } = await run(files, "--from", "zone");
    expect(first).to.equal("Unknown: c1: the alarm that it follows is not part of what was read");
  });

  it("leaves out the pages and texts of a folder, and says so, unless one is named", async () => {
    const files = {
      "zone/records.json": listing,
      "zone/report.html": "<!doctype html>\n<p>: a: b:</p>",
      "zone/README.md": "# A zone",
    };
    const { first, io } = await run(files, "--from", "zone", "--assume", "c1=healthy");
    expect(first).to.equal("www.example.org 60 A 192.0.2.1");
    expect(io.err()).to.include("Not read, by their endings: zone/README.md, zone/report.html.\n");
    const only = await run({ "zone/README.md": "# A zone" }, "--from", "zone");
    expect(only.io.err()).to.match(/^--from zone: must contain a file to read/);
    const named = await run(files, "--from", "zone/report.html");
    expect([named.code, named.first]).to.deep.equal([2, ""]);
  });

  it("is refused with the first places that are not YAML, and the number of the others", async () => {
    const text = Array.from({ length: 20 }, (_, index) => `a: b: ${index}`).join("\n");
    const { io } = await run({ "zone.yaml": text }, "--from", "zone.yaml");
    const lines = io.err().trim().split("\n");
    expect(lines).to.have.length(6);
    expect(lines[5]).to.match(
      /^zone\.yaml: \d+ more places are not YAML; is it another kind of file\?$/,
    );
  });

  it("may come from standard input", async () => {
    const { first } = await run({ "-": listing }, "--from", "-", "--assume", "c1=healthy");
    expect(first).to.equal("www.example.org 60 A 192.0.2.1");
  });

  it("includes current failures, unless --fail overrides them", async () => {
    const files = {
      "zone/records.json": listing,
      "zone/checks.json": checks,
      "zone/alarms.json": alarms,
    };
    const { first, io } = await run(files, "--from", "zone");
    expect(first).to.equal("www.example.org 60 A 192.0.2.2");
    expect(io.err()).to.equal("At present check:c1 fails: alarm orders is in state ALARM.\n");
    const otherwise = await run(files, "--from", "zone", "--fail", "check:c1=healthy");
    expect(otherwise.first).to.equal("www.example.org 60 A 192.0.2.1");
  });

  it("includes the present health of an inverted check, unless --fail overrides it", async () => {
    const files = {
      "zone/records.json": listing,
      "zone/checks.json": checks.replace('"Type":', '"Inverted":true,"Type":'),
      "zone/alarms.json": alarms,
    };
    const { code, first, io } = await run(files, "--from", "zone");
    expect([code, first]).to.deep.equal([0, "www.example.org 60 A 192.0.2.1"]);
    expect(io.err()).to.equal(
      "At present check:c1, which is inverted, is healthy: alarm orders is in state ALARM.\n",
    );
    const otherwise = await run(files, "--from", "zone", "--fail", "check:c1");
    expect(otherwise.first).to.equal("www.example.org 60 A 192.0.2.2");
  });

  it("leaves a check unknown whose last status was not read, unless --fail names it (K6)", async () => {
    const files = {
      "zone/records.json": listing,
      "zone/checks.json": checks.replace(
        '"Type":',
        '"InsufficientDataHealthStatus":"LastKnownStatus","Type":',
      ),
      "zone/alarms.json": alarms.replace('"ALARM"', '"INSUFFICIENT_DATA"'),
    };
    const { code, first } = await run(files, "--from", "zone");
    expect([code, first]).to.deep.equal([2, "Unknown: c1: alarm orders has no data"]);
    for (const [given, value] of [
      [["--assume", "c1=healthy"], "192.0.2.1"],
      [["--assume", "c1=unhealthy"], "192.0.2.2"],
      [["--fail", "check:c1=healthy"], "192.0.2.1"],
      [["--fail", "check:c1"], "192.0.2.2"],
    ] as const) {
      const settled = await run(files, "--from", "zone", ...given);
      expect([settled.code, settled.first]).to.deep.equal([0, `www.example.org 60 A ${value}`]);
    }
  });

  it("may be a template with the values of its parameters", async () => {
    const given = ["--from", "t.yaml", "--parameter", "Domain=www.example.org"];
    const { first } = await run({ "t.yaml": template }, ...given);
    expect(first).to.equal("www.example.org 60 A 192.0.2.7");
  });

  it("is refused in one line where a parameter has no value, or a folder has no file", async () => {
    const bare = await run({ "t.yaml": template }, "--from", "t.yaml", "--parameter", "Domain");
    expect([bare.code, bare.io.err()]).to.deep.equal([
      2,
      "--parameter: must be a name and a value, got Domain; write it such as Domain=example.org\n",
    ]);
    const gone = await run({}, "--from", "zone");
    expect(gone.io.err()).to.equal(
      "--from zone: cannot read the file, got ENOENT: no such file, open 'zone'; name a file, a folder of files, or - for standard input\n",
    );
  });

  it("must be a zone for a snapshot", async () => {
    const io = memoryIo();
    expect(await main(["snapshot"], io)).to.equal(2);
    expect(io.err()).to.equal("--zone: required, got none; name a hosted zone\n");
  });
});
