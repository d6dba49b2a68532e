import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../cli/main";
import type { CostReport } from "../../../rehearsal/cost/cost";
import { expectPublished } from "../../schemas/expectPublished";
import { memoryIo } from "../memoryIo";
import type { MemoryIo, MemoryIoOptions } from "../memoryIo";
import { check, dangling, listing, member, runWith } from "./listing";
import type { Run } from "./proving";

const exported = readFileSync(join(__dirname, "../../fixtures/dev-export.json"), "utf8");

async function run(
  argv: readonly string[],
  files: Readonly<Record<string, string>> = {},
  options: MemoryIoOptions = {},
): Promise<{ readonly code: number; readonly io: MemoryIo }> {
  const io = memoryIo({ ...options, files: { "stack.json": exported, ...files } });
  return { code: await main(["cost", ...argv], io), io };
}

const from = ["--from", "stack.json"];

interface Exported {
  readonly deployment: { readonly resources: readonly Record<string, unknown>[] };
}

/** The export with a resource of a type without a known price. */
function withStream(): string {
  const stack = JSON.parse(exported) as Exported;
  const stream = {
    urn: "urn:pulumi:dev::failover::aws:kinesis/stream:Stream::orders",
    type: "aws:kinesis/stream:Stream",
    custom: true,
    id: "orders",
    inputs: {},
    outputs: {},
  };
  const resources = [...stack.deployment.resources, stream];
  return JSON.stringify({ ...stack, deployment: { ...stack.deployment, resources } });
}

describe("failover cost", () => {
  it("prints the figures per tier and state, the assumptions, and the source of the prices", async () => {
    const { code, io } = await run(from);
    expect(code).to.equal(0);
    expect(io.out()).to.match(
      /^Monthly cost of dev in USD\nAWS list prices of \d{4}-\d\d-\d\d to /,
    );
    expect(io.out()).to.match(/\n {2}tier +steady +failed over +with game days\n/);
    expect(io.out()).to.match(/\n {2}total +\d+\.\d\d +\d+\.\d\d +\d+\.\d\d\n/);
    expect(io.out()).to.match(/\n +60 s +27\.4 M +10\.95 +184 s {2}now/);
    expect(io.out()).to.match(/\n {2}ARC routing control +1,825\.00 +184 s {2}A manual switch /);
    expect(io.out()).to.match(/\n {2}gameDayHours +4 {2}hours of game days/);
  });

  it("fits a terminal, and shortens no name", async () => {
    const terminal = await run(from, {}, { isTerminal: true, env: { NO_COLOR: "1" } });
    const tooWide = terminal.io
      .out()
      .split("\n")
      .filter((line) => line.length > 100);
    expect(tooWide).to.deep.equal([]);
    const { io } = await run(from);
    for (const out of [terminal.io.out(), io.out()]) {
      expect(out).to.contain("\n  virginia-us-east-1a-instance").and.not.to.contain("…");
    }
  });

  it("prints JSON in the documented shape", async () => {
    const { code, io } = await run([...from, "--json"]);
    const report = JSON.parse(io.out()) as CostReport;
    expect(code).to.equal(0);
    expect(Object.keys(report)).to.include.members(["stack", "lines", "unknown", "totals"]);
    expect(report.stack).to.equal("dev");
    expect(Object.keys(report.totals)).to.deep.equal(["steady", "failedOver", "gameDays"]);
    for (const line of report.lines) {
      expect(line).to.include.all.keys(
        ...["urn", "tier", "item", "quantity", "unit", "unitPrice", "monthly", "source"],
      );
      expect(line.quantity * line.unitPrice).to.be.closeTo(line.monthly, 1e-4);
    }
  });

  it("evaluates the program for a stack", async () => {
    const { code, io } = await run(["--stack", "prod", "--json"]);
    const { stack, totals } = JSON.parse(io.out()) as CostReport;
    expect([code, stack]).to.deep.equal([0, "prod"]);
    expect(totals.steady).to.be.greaterThan(500);
  });

  it("lists resources without a known price, and still succeeds", async () => {
    const { code, io } = await run(["--from", "other.json"], { "other.json": withStream() });
    expect(code).to.equal(0);
    expect(io.out()).to.match(
      /\n {2}1 resource has an unknown charge, which is not in the totals\.\n {4}orders: no price is known for aws:kinesis\/stream:Stream\n/,
    );
    const known = await run(from);
    expect(known.io.out()).to.match(
      /\n {2}Every resource has a known price or is free according to AWS\.\n/,
    );
  });

  it("applies assumptions, and shows them", async () => {
    const { io } = await run([
      ...from,
      "--assume",
      "dataOutGb=1100",
      "--assume",
      "orders=0",
      "--json",
    ]);
    const { assumptions, lines } = JSON.parse(io.out()) as CostReport;
    expect([assumptions.dataOutGb, assumptions.orders]).to.deep.equal([1100, 0]);
    const out = lines.find(({ item, region }) => item === "data out" && region === "us-east-2");
    expect(out?.monthly).to.equal(99);
  });

  it("compares with an earlier report, as Markdown and as JSON", async () => {
    const earlier = (await run([...from, "--json"])).io.out();
    const files = { "old.json": earlier, "other.json": withStream() };
    const same = await run([...from, "--compare", "old.json"], files);
    expect(same.code).to.equal(0);
    expect(same.io.out()).to.match(/^### Monthly cost of dev: 0\.00 USD\n[^]*No changes\.\n$/);

    const more = ["--from", "other.json", "--compare", "old.json", "--assume", "dataOutGb=300"];
    const text = await run(more, files);
    expect(text.io.out()).to.match(
      /^### Monthly cost of dev: unknown, \+9\.00 USD of what can be compared\n/,
    );
    expect(text.io.out()).to.match(
      /\n- orders: no price is known for aws:kinesis\/stream:Stream\n/,
    );
    const json = JSON.parse((await run([...more, "--json"], files)).io.out()) as {
      readonly totals: { readonly difference: { readonly steady: number } };
    };
    expect(json.totals.difference.steady).to.equal(9);
  });

  it("refuses a report of another stack, unless forced, and then says whose price it is", async () => {
    const earlier = JSON.parse((await run([...from, "--json"])).io.out()) as CostReport;
    const files = { "old.json": JSON.stringify({ ...earlier, stack: "prod" }) };
    const refused = await run([...from, "--compare", "old.json"], files);
    expect([refused.code, refused.io.err()]).to.deep.equal([
      2,
      "--compare old.json: must be a report of the stack dev, got one of prod; compare reports of one stack, or add --force\n",
    ]);
    const forced = await run([...from, "--compare", "old.json", "--force"], files);
    expect(forced.code).to.equal(0);
    expect(forced.io.out()).to.match(/^### Monthly cost of dev, compared with prod: 0\.00 USD\n/);
  });

  it("writes the report as a page with the curve", async () => {
    const { io } = await run([...from, "--html", "cost.html"]);
    const page = io.files.get("cost.html");
    expect(page).to.match(/^<!doctype html>/);
    expect(page).to.contain("<title>Monthly cost of dev in USD</title>");
    expect(page).to.contain('<path class="curve"');
  });
});

describe("failover cost of a zone with a name that cannot be read", () => {
  const pairOf = (name: string, checkId: string) => [
    member(name, "PRIMARY", "8.8.4.1", checkId),
    member(name, "SECONDARY", "8.8.4.2"),
  ];
  const records = [...pairOf("www", "c0"), ...pairOf("shop", "c1")];
  const refused = (seconds: number, failures: number) => {
    const { HealthCheckConfig, ...one } = check("c0", "8.8.4.1");
    const limits = { RequestInterval: seconds, FailureThreshold: failures };
    return { ...one, HealthCheckConfig: { ...(HealthCheckConfig as object), ...limits } };
  };
  const other = check("c1", "8.8.4.1");
  const files = {
    ...listing("well", records, [check("c0", "8.8.4.1"), other]),
    ...listing("interval", records, [refused(15, 3), other]),
    ...listing("threshold", records, [refused(30, 11), other]),
    ...listing("alias", [...records.slice(2), dangling("www", "one")], [other]),
    ...listing("shop", records.slice(2), [other]),
  };
  const cost = (...argv: readonly string[]): Promise<Run> => runWith(files, "cost", ...argv);
  const reportOf = async (folder: string): Promise<CostReport> =>
    JSON.parse((await cost("--from", folder, "--json")).out) as CostReport;
  const queriesIn = ({ lines }: CostReport): number | undefined =>
    lines.find(({ item }) => item === "dns query")?.quantity;

  const why = {
    interval:
      "c0.requestInterval: must be 10 or 30 s (H3), got 15; Route 53 refuses the check, so correct it",
    threshold:
      "c0.failureThreshold: must be a whole number from 1 to 10 (H4), got 11; Route 53 refuses the check, so correct it",
    alias:
      "www.x.test A one: its alias has no target (A12), got gone.x.test A; create that record, or point the alias elsewhere",
  } as const;

  for (const folder of ["interval", "threshold", "alias"] as const) {
    it(`counts the other names, and names that one: ${folder}; exit 2`, async () => {
      const { code, out } = await cost("--from", folder);
      expect(code).to.equal(2);
      expect(out).to.include(`www.x.test: ${why[folder]}`);
      expect(out).not.to.include("Every resource has a known price");
      const report = await reportOf(folder);
      expectPublished("cost", report);
      expect(report.uncounted).to.deep.equal([{ name: "www.x.test", why: why[folder] }]);
      expect(queriesIn(report)).to.equal(queriesIn(await reportOf("shop")));
    });
  }

  describe("because it answers by the place of a query", () => {
    const answer = (place: string, TTL: number) => ({
      ...{ Name: "geo.x.test.", Type: "A", TTL, SetIdentifier: place },
      ...{ GeoLocation: { CountryCode: place }, ResourceRecords: [{ Value: "8.8.4.1" }] },
    });
    const simple = (TTL: number) => ({
      ...{ Name: "geo.x.test.", Type: "A", TTL, ResourceRecords: [{ Value: "8.8.4.1" }] },
    });
    const shop = records.slice(2);
    const zones = {
      ...listing("geo", [...shop, answer("DE", 60), answer("*", 300)], [other]),
      ...listing("only60", [...shop, simple(60)], [other]),
      ...listing("only300", [...shop, simple(300)], [other]),
    };
    const jsonOf = async (...argv: readonly string[]): Promise<CostReport> => {
      const { code, out } = await runWith(zones, "cost", "--json", "--from", ...argv);
      expect(code).to.equal(0);
      return JSON.parse(out) as CostReport;
    };

    it("names it, and the option that says from where; exit 2", async () => {
      const { code, out } = await runWith(zones, "cost", "--from", "geo");
      expect(code).to.equal(2);
      expect(out).to.include(
        "geo.x.test: geo.x.test A: who answers depends on where a query comes from, by geolocation routing; give the place with --from-location\n",
      );
    });

    it("counts it as asked from one place, and says so; exit 0", async () => {
      for (const [place, words, same] of [
        ["DE", "DE", "only60"],
        ["us-east-2", "US-OH, us-east-2", "only300"],
      ] as const) {
        const report = await jsonOf("geo", "--from-location", place);
        expectPublished("cost", report);
        expect(report.uncounted).to.equal(undefined);
        expect(report.fromLocation).to.equal(words);
        expect(report.notes).to.include(
          `All queries and customers are taken to come from ${words}: who answers for geo.x.test depends on it.`,
        );
        const plain = await jsonOf(same, "--from-location", place);
        expect([plain.fromLocation, queriesIn(plain)]).to.deep.equal([
          undefined,
          queriesIn(report),
        ]);
      }
    });

    it("refuses a place that does not tell, a place that is none, and reports from two places", async () => {
      const before = JSON.stringify(await jsonOf("geo", "--from-location", "DE"));
      const cost = (...argv: readonly string[]): Promise<Run> =>
        runWith({ ...zones, "de.json": before }, "cost", "--from", "geo", ...argv);
      const compared = ["--compare", "de.json"];
      expect((await cost("--from-location", "198.51.100.7")).code).to.equal(2);
      expect((await cost("--from-location", "nowhere")).err).to.match(
        /^--from-location nowhere: there is no such place; /,
      );
      expect((await cost("--from-location", "DE", ...compared)).code).to.equal(0);
      for (const [argv, fault] of [
        [
          ["--from-location", "US-OH"],
          "must be a report of queries from US-OH, got one from DE; compare reports with one --from-location",
        ],
        [
          [],
          "the difference is unknown, because the cost of geo.x.test is: geo.x.test A: who answers depends on where a query comes from, by geolocation routing; give the place with --from-location",
        ],
      ] as const) {
        const { code, err } = await cost(...argv, ...compared);
        expect([code, err]).to.deep.equal([2, `--compare de.json: ${fault}\n`]);
      }
    });
  });

  it("knows no difference where only the earlier report counts the name: exit 2", async () => {
    const old = JSON.stringify(await reportOf("well"));
    const { code, out, err } = await runWith(
      { ...files, "old.json": old },
      ...["cost", "--from", "interval", "--compare", "old.json", "--force"],
    );
    expect([code, out, err]).to.deep.equal([
      2,
      "",
      `--compare old.json: the difference is unknown, because the cost of www.x.test is: ${why.interval}\n`,
    ]);
  });

  it("compares the rest with an earlier report that does not count the name: exit 2", async () => {
    const old = JSON.stringify(await reportOf("interval"));
    const { code, out } = await runWith(
      { ...files, "old.json": old },
      ...["cost", "--from", "well", "--compare", "old.json", "--force"],
    );
    expect(code).to.equal(2);
    expect(out).to.match(
      /: unknown, 0\.00 USD of what can be compared\n[^]*No changes to the rest/,
    );
    expect(out).to.include(`www.x.test: ${why.interval}`);
  });

  it("is no saving in `failover diff`, which does not know: exit 2", async () => {
    const { code, out } = await runWith(files, "diff", "interval", "--from", "well");
    expect(code).to.equal(2);
    expect(out).to.match(/; not compared: www\.x\.test$/m);
    const worse = await runWith(files, "diff", "well", "--from", "interval");
    expect(worse.code).to.equal(1);
    expect(worse.out.split("\n").at(-2)).not.to.include("USD");
  });
});

describe("failover cost with bad input", () => {
  const rows: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["neither source", [], /^--stack, --from, --zone: exactly one is required, got none;/],
    [
      "an assumption that does not exist",
      [...from, "--assume", "ordrs=5"],
      /^--assume ordrs: no such assumption, got ordrs=5; did you mean orders\? There are hours, (?:\w+, ){6}\w+ and \d+ more\n$/,
    ],
    [
      "a value that is not a number",
      [...from, "--assume", "orders=many"],
      /^--assume orders: must be a number of orders, got orders=many; for example orders=100000\n$/,
    ],
    [
      "an earlier report that does not exist",
      [...from, "--compare", "none.json"],
      /^--compare none\.json: cannot read the file, got ENOENT: .*; write it with `failover cost --json`\n$/,
    ],
    [
      "a file that is not an earlier report",
      [...from, "--compare", "stack.json"],
      /^--compare stack\.json: stack: must be a text, got nothing; /,
    ],
    ["a stack that does not exist", ["--stack", "nowhere"], /nowhere/],
  ];
  for (const [name, argv, message] of rows) {
    it(`refuses ${name}`, async () => {
      const { code, io } = await run(argv);
      expect(code).to.equal(2);
      expect(io.err()).to.match(message);
      expect(io.out()).to.equal("");
    });
  }

  it("refuses a page that cannot be written", async () => {
    const writeError = new Error("EROFS: read-only file system");
    const io = memoryIo({ files: { "stack.json": exported }, writeError });
    expect(await main(["cost", ...from, "--html", "x.html"], io)).to.equal(2);
    expect(io.err()).to.equal(
      "--html x.html: cannot write the page, got EROFS: read-only file system; name a writable file\n",
    );
  });
});
