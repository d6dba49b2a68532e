import { readFileSync } from "node:fs";
import { expect } from "chai";
import { present } from "../../../cli/commands/rehearse";
import type { Io } from "../../../cli/io";
import { main } from "../../../cli/main";
import { treeLines } from "../../../rehearsal/report/treeText";
import type { Rehearsal } from "../../../rehearsal/result";
import type { RehearsalOutput } from "../../../rehearsal/story/report";
import { InputError } from "../../../routing/inputError";
import { ForeignProject } from "../../rehearsal/engine/foreignProject";
import { changed, exampleRehearsal, packReport } from "../../rehearsal/story/example";
import { expectSample } from "../../expectDocument";
import { itWithEveryCase } from "../../sampled";
import { memoryIo } from "../memoryIo";
import type { MemoryIo, MemoryIoOptions } from "../memoryIo";
import { expectPublished } from "../../schemas/expectPublished";

const refusal = Object.assign(new Error("EROFS: read-only file system, open 'x'"), {
  syscall: "open",
});
const line =
  "--html: cannot write the page, got EROFS: read-only file system, open 'x'; name a writable file";

/** A program whose checks only connect, so that they do not notice a server that hangs. */
const tcpChecked = `
const { Provider, route53 } = require("@pulumi/aws");
const options = { provider: new Provider("aws", { region: "us-east-1" }) };
const zone = new route53.Zone("zone", { name: "a.test" }, options);
for (const [type, ip] of [["PRIMARY", "198.51.100.1"], ["SECONDARY", "198.51.100.2"]]) {
  const check = { type: "TCP", ipAddress: ip, port: 443, requestInterval: 10, failureThreshold: 3 };
  const healthCheckId = new route53.HealthCheck(type, check, options).id;
  const record = { zoneId: zone.zoneId, name: "www.a.test", type: "A", ttl: 30, records: [ip], healthCheckId };
  const failover = { setIdentifier: type, failoverRoutingPolicies: [{ type }] };
  new route53.Record(type, { ...record, ...failover }, options);
}
`;

/** A program that answers Germany otherwise than all others, with checks that fail. */
const byPlace = `
const { Provider, route53 } = require("@pulumi/aws");
const options = { provider: new Provider("aws", { region: "us-east-1" }) };
const zone = new route53.Zone("zone", { name: "a.test" }, options);
for (const [country, ip] of [["DE", "203.0.113.1"], ["*", "203.0.113.2"]]) {
  const check = { type: "HTTP", ipAddress: ip, port: 80, requestInterval: 10, failureThreshold: 3 };
  const name = country === "*" ? "others" : country;
  const healthCheckId = new route53.HealthCheck(name, check, options).id;
  const record = { zoneId: zone.zoneId, name: "www.a.test", type: "A", ttl: 30, records: [ip], healthCheckId };
  const place = { setIdentifier: name, geolocationRoutingPolicies: [{ country }] };
  new route53.Record(name, { ...record, ...place }, options);
}
`;

/** An `Io` of this project: it reads files from the disk, unless a test replaces them. */
function realIo(
  options: MemoryIoOptions = {},
  own: (path: string) => string | undefined = () => undefined,
): MemoryIo {
  const readFile: Io["readFile"] = (path) =>
    Promise.resolve().then(() => own(path) ?? readFileSync(path, "utf8"));
  return { ...memoryIo(options), directory: process.cwd(), readFile };
}

/** The example as it appears in JSON, with the tree in lines. */
function printed(): unknown {
  const { stacks } = exampleRehearsal();
  return { stacks: stacks.map((stack) => ({ ...stack, tree: treeLines(stack.tree) })) };
}

describe("failover rehearse", () => {
  it("prints the page, writes it as HTML and JSON, and names the files", async () => {
    const io = memoryIo();
    expect(await present(exampleRehearsal(), {}, io)).to.equal(0);
    expect(io.out()).to.match(/^Failover rehearsal of dev and prod/);
    expect(io.out()).to.match(
      /\n\n.+\nAs a page with charts: reports\/rehearsal.html; as JSON: reports\/rehearsal.json\n$/,
    );
    expect([...io.files.keys()]).to.deep.equal([
      "reports/rehearsal.html",
      "reports/rehearsal.json",
    ]);
    expect(io.files.get("reports/rehearsal.html")).to.match(/^<!doctype html>/);
    expect(io.files.get("reports/rehearsal.html")).to.contain('<time datetime="1970-01-01">');
    expect(JSON.parse(io.files.get("reports/rehearsal.json") ?? "")).to.deep.equal(printed());
  });

  it("plays all stacks of a project, production first, and says where customers stay on a dead answer", async () => {
    const project = new ForeignProject().write({
      "Pulumi.staging.yaml": "",
      "Pulumi.production.yaml": "",
      "index.js": tcpChecked,
    });
    try {
      const { code, out } = await project.run("rehearse");
      // No property is broken, and no rule for any stack is mandatory here.
      expect(code).to.equal(0);
      expect(out).to.match(/^Failover rehearsal of production, dev and staging\n/);
      for (const stack of ["production", "dev", "staging"]) {
        expect(out).to.match(new RegExp(`${stack} +served if noticed +endless +60\\.0 min`));
      }
      const { code: refused, err } = await project.withoutStacks().run("rehearse");
      expect([refused, err]).to.deep.equal([
        2,
        `${project.directory}: has no stack to play, that is no Pulumi.<stack>.yaml; make one with pulumi stack init and pulumi config set\n`,
      ]);
    } finally {
      project.remove();
    }
  });

  it("plays a stack from one place, and refuses a place that there is not", async () => {
    const project = new ForeignProject().write({ "Pulumi.dev.yaml": "", "index.js": byPlace });
    try {
      const placed = async (...argv: readonly string[]): Promise<readonly unknown[]> => {
        const { out } = await project.run("rehearse", "--stack", "dev", "--json", ...argv);
        const { stacks } = JSON.parse(out) as RehearsalOutput;
        return stacks.map(({ from, story }) => [from, story[0]?.answers[0]?.value]);
      };
      expect(await placed("--from-location", "DE")).to.deep.equal([[["DE"], "203.0.113.1"]]);
      expect(await placed()).to.have.length(2);
      const { code, err } = await project.run("rehearse", "--from-location", "nowhere");
      expect([code, err]).to.deep.equal([
        2,
        "--from-location nowhere: there is no such place; write a region of AWS such as eu-west-1, a country such as DE or US-CA, an address, or the id of a zone such as use1-az1\n",
      ]);
    } finally {
      project.remove();
    }
  });

  it("writes to the named file, whatever its extension", async () => {
    const io = memoryIo();
    await present(exampleRehearsal(), { html: "out/page.HTM" }, io);
    await present(exampleRehearsal(), { html: "page.json" }, io);
    expect([...io.files.keys()]).to.deep.equal([
      "out/page.HTM",
      "out/page.json",
      "page.json",
      "page.json.json",
    ]);
  });

  it("prints only JSON with --json, and writes a file only when one is named", async () => {
    const io = memoryIo();
    await present(exampleRehearsal(), { json: true }, io);
    expect(JSON.parse(io.out())).to.deep.equal(printed());
    expect(io.files.size).to.equal(0);

    const named = memoryIo();
    await present(exampleRehearsal(), { json: true, html: "page.html" }, named);
    expect(named.out()).to.equal(io.out());
    expect([...named.files.keys()]).to.deep.equal(["page.html", "page.json"]);
  });

  it("exits with 1 when an objective is missed, or an answer is dead", async () => {
    const missed = { name: "zoneOrRegion.downtime", target: 60, worst: 184, met: false };
    expect(await present(changed({ objectives: [missed] }), {}, memoryIo())).to.equal(1);
    expect(await present(changed({ steps: { 1: { answers: [] } } }), {}, memoryIo())).to.equal(1);
  });

  it("exits with 1 when a policy would stop an update, and with 3 when a rule is broken", async () => {
    const stopped = packReport({ mandatory: 1, stops: ["check-is-enabled: it is not"] });
    const broken = packReport({ broken: 1, stops: ["check-is-enabled is broken: why"] });
    const io = memoryIo();
    expect(await present(changed({ policies: [packReport()] }), {}, memoryIo())).to.equal(0);
    expect(await present(changed({ policies: [stopped] }), {}, io)).to.equal(1);
    expect(io.out()).to.contain("\n  check-is-enabled: it is not\n");
    expect(await present(changed({ policies: [stopped, broken] }), {}, memoryIo())).to.equal(3);
  });

  it("colours on a terminal, and not under NO_COLOR", async () => {
    const terminal = memoryIo({ isTerminal: true });
    await present(exampleRehearsal(), {}, terminal);
    expect(terminal.out()).to.contain("\u001b[");
    const plain = memoryIo({ isTerminal: true, env: { NO_COLOR: "1" } });
    await present(exampleRehearsal(), {}, plain);
    expect(plain.out()).not.to.contain("\u001b[");
  });

  it("continues without files where none can be written and none was requested", async () => {
    const io = memoryIo({ writeError: refusal });
    expect(await present(exampleRehearsal(), {}, io)).to.equal(0);
    expect(io.out()).to.match(/every objective is met\.\n$/);
    expect(io.err()).to.equal(`${line}\n`);
  });

  it("refuses a file that cannot be written", async () => {
    const io = memoryIo({ writeError: refusal });
    const error = await present(exampleRehearsal(), { html: "x" }, io).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(InputError).with.property("message", line);
  });

  it("does not report its own fault as one of the disk", async () => {
    const io = memoryIo({ writeError: new TypeError("a fault") });
    const error = await present(exampleRehearsal(), {}, io).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(TypeError);
  });

  it("evaluates the program itself, and prints the sample of the README", async () => {
    const io = realIo({ isTerminal: true, env: { NO_COLOR: "1" } });
    const stdout = { ...io.stdout, columns: 80 };
    expect(await main(["rehearse"], { ...io, stdout })).to.equal(0);
    const [sample] = io.out().split("\nAs a page with charts: ");
    expectSample("README.md", `${sample ?? ""}\n`);
    // With the page's line and the prompt all but the title is on a screen of 24 lines.
    expect(io.out().trimEnd().split("\n")).to.have.length.at.most(24);
    const { stacks } = JSON.parse(io.files.get("reports/rehearsal.json") ?? "") as Rehearsal;
    expectPublished("rehearse", { stacks });
    expect(stacks.map(({ stack, story }) => [stack, story.length])).to.deep.equal([
      ["prod", 6],
      ["dev", 6],
    ]);
    for (const { policies } of stacks) {
      expect(
        policies?.map(({ pack, mandatory, broken, stops }) => [pack, mandatory, broken, stops]),
      ).to.deep.equal([
        ["dns-failover", 0, 0, []],
        ["workload", 0, 0, []],
        ["dns-failover of zone/", 0, 0, []],
        ["workload of zone/", 0, 0, []],
      ]);
    }
    expect(io.err().split("\r\u001b[K")).to.deep.equal([
      "",
      "evaluating the program for prod …",
      "evaluating the program for dev …",
      "injecting faults and checking policies …",
      "",
      "",
    ]);
  });

  itWithEveryCase(
    "exits with 1 where a pack's configuration is stricter than the stack",
    async () => {
      const strict = JSON.stringify({
        "failover-record-has-short-ttl": { enforcementLevel: "mandatory", maxSeconds: 30 },
      });
      const io = realIo({}, (path) =>
        path.endsWith("dns-failover/dev.json") ? strict : undefined,
      );
      expect(await main(["rehearse", "--stack", "dev", "--verbose"], io)).to.equal(1);
      expect(io.out()).to.match(
        /^ {2}dns-failover +\d+ mandatory; \d+ of \d+ rules applied +BLOCKS UPDATE$/m,
      );
      expect(io.out()).to.match(
        /^ {2}failover-record-has-short-ttl: .*: must be at most 30 s, got 60 s, so /m,
      );
    },
  );

  it("refuses a stack that does not exist", async () => {
    const io = realIo();
    expect(await main(["rehearse", "--stack", "nowhere"], io)).to.equal(2);
    expect(io.err())
      .to.match(/nowhere/)
      .and.not.to.match(/ at /);
  });

  it("rehearses a stack of another tool, and checks it with the dns-failover pack", async () => {
    const folder = "tests/fixtures/zone";
    const file = `${folder}/terraform-state.json`;
    const io = realIo({ files: { [file]: readFileSync(file, "utf8") } });
    const asked = ["rehearse", "--from", file, "--name", "_octodns-front-pool.www.example.org"];
    expect(await main([...asked, "--json"], io)).to.equal(0);
    const { stacks } = JSON.parse(io.out()) as Rehearsal;
    expect(stacks.map(({ stack, hostname }) => [stack, hostname])).to.deep.equal([
      [file, "_octodns-front-pool.www.example.org"],
    ]);
    expect(stacks[0]?.story.map(({ step }) => step)).to.include("us-west-2a fails");
    expect(stacks[0]?.policies?.map(({ pack }) => pack)).to.deep.equal(["dns-failover"]);
    // Its default pool ends every branch, so it needs no check.
    expect(stacks[0]?.policies?.[0]?.stops).to.deep.equal([]);
    expect(stacks[0]?.policies?.[0]?.summary).to.match(/[1-9]\d* of \d+ rules applied/);
  });
});
