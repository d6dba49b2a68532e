import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../cli/main";
import { fromExport } from "../../../routing/graph/fromExport";
import { StackModel } from "../../../routing/graph/stackModel";
import { memoryIo } from "../memoryIo";

const folder = join(__dirname, "..", "..", "fixtures", "zones");

interface Answered {
  readonly code: number;
  readonly lines: readonly string[];
}

/** The output of `failover resolve` for a zone, without the path to each answer. */
async function resolve(
  zone: string,
  { name = "app.example.org", more = [] }: { name?: string; more?: readonly string[] } = {},
): Promise<Answered> {
  const file = `${zone}.json`;
  const io = memoryIo({ files: { [file]: readFileSync(join(folder, file), "utf8") } });
  const code = await main(["resolve", name, "--from", file, ...more], io);
  const isWay = (line: string): boolean => /^ +[^ ]+ (A|CNAME)( \[|:)/.test(line);
  const text = io.out() + io.err();
  return { code, lines: text.split("\n").filter((line) => line !== "" && !isWay(line)) };
}

const failing = (...faults: readonly string[]): { more: readonly string[] } => ({
  more: ["--fail", faults.join(",")],
});

const secondary = "app.example.org 60 A 198.18.0.2  (us-east-1a)";

describe("failover resolve of real-world zones", () => {
  it("leaves targets unknown that a service registers at run time", async () => {
    expect(await resolve("ecs-service-behind-alb")).to.deep.equal({
      code: 2,
      lines: [
        "Unknown: tg: svc registers its targets at run time",
        "If tg is healthy:",
        "  app.example.org 60 A alb-1.us-west-2.elb.amazonaws.com  (us-west-2)",
        "Else:",
        `  ${secondary}`,
        "To settle it: --assume tg=healthy or =unhealthy.",
      ],
    });
    const lost = await resolve("ecs-service-behind-alb", failing("us-west-2"));
    expect(lost).to.deep.equal({ code: 0, lines: [secondary] });
  });

  for (const [zone, faults, code] of [
    ["aws-alb-tokens", ["us-west-2", "web-a", "alb"], 0],
    ["classic-elb", ["us-west-2", "web-a", "alb"], 0],
    // No listener of its balancer was read.
    ["balancer-lost-with-its-region", ["us-west-2", "alb"], 2],
    ["check-by-a-cname", ["us-west-2", "us-west-2a", "web-a"], 0],
    ["alarm-check-on-the-dead-instance", ["us-west-2a", "web-a"], 0],
  ] as const) {
    it(`fails over to the secondary of ${zone} when the primary loses a resource that it needs`, async () => {
      const before = await resolve(zone);
      expect(before.code).to.equal(code);
      expect(before.lines).to.not.include(secondary);
      for (const fault of faults) {
        expect(await resolve(zone, failing(fault)), fault).to.deep.equal({
          code: 0,
          lines: [secondary],
        });
      }
    });
  }

  it("reports its assumption about an alarm whose instance is lost", async () => {
    const file = "alarm-check-on-the-dead-instance.json";
    const io = memoryIo({ files: { [file]: readFileSync(join(folder, file), "utf8") } });
    await main(["resolve", "app.example.org", "--from", file, "--fail", "web-a"], io);
    expect(io.out()).to.include(
      "primary is unhealthy: hc-alarm fails (its metric is taken to be silent)",
    );
  });

  it("asks the public zone of a split view, and the private one with --zone", async () => {
    const zone = "public-and-private-zone";
    const primary = "app.example.org 60 A 198.18.0.1  (us-west-2a)";
    expect(await resolve(zone)).to.deep.equal({ code: 0, lines: [primary] });
    expect(await resolve(zone, failing("web-a"))).to.deep.equal({ code: 0, lines: [secondary] });
    for (const chosen of ["private", "ZPRIVATE"]) {
      expect(await resolve(zone, { more: ["--zone", chosen] })).to.deep.equal({
        code: 0,
        lines: ["app.example.org 60 A 10.0.0.5"],
      });
    }
    expect(await resolve(zone, { more: ["--zone", "ZPUBLIC"] })).to.deep.equal({
      code: 0,
      lines: [primary],
    });
    expect(await resolve(zone, { more: ["--zone", "example.org"] })).to.deep.equal({
      code: 2,
      lines: [
        "--zone example.org: several zones match, got public (example.org, public), private (example.org, private); name one by its resource or its id",
      ],
    });
    expect(await resolve(zone, { more: ["--zone", "Z0"] })).to.deep.equal({
      code: 2,
      lines: [
        "--zone Z0: there is no such hosted zone; there are public (example.org, public), private (example.org, private)",
      ],
    });
  });

  it("answers from a wildcard, also for a check", async () => {
    const at = (name: string, ...faults: readonly string[]): Promise<Answered> =>
      resolve("wildcard", { name, ...(faults.length > 0 ? failing(...faults) : {}) });
    expect((await at("app.example.org")).lines).to.deep.equal([
      "app.example.org 60 A 198.18.0.1  (us-west-2a)",
    ]);
    expect((await at("a.b.example.org", "web-a")).lines).to.deep.equal([
      "a.b.example.org 60 A 198.18.0.2  (us-east-1a)",
    ]);
    const dependent = async (...faults: readonly string[]): Promise<readonly string[]> =>
      (await at("dep.example.org", ...faults)).lines;
    expect(await dependent()).to.deep.equal(["dep.example.org 60 A 203.0.113.1"]);
    expect(await dependent("web-a")).to.deep.equal(["dep.example.org 60 A 203.0.113.1"]);
    expect(await dependent("web-a", "web-b")).to.deep.equal(["dep.example.org 60 A 203.0.113.2"]);
  });

  it("names a check that watches itself through a CNAME (H13)", async () => {
    expect(await resolve("cname-failover-check-watches-itself", failing("web-a"))).to.deep.equal({
      code: 2,
      lines: [
        "Unknown: hc-self: it watches app.example.org, whose answer depends on this check (H13); let it watch an endpoint instead",
        "If hc-self is healthy:",
        "  app.example.org 60 A 198.18.0.1  (us-west-2a, DEAD)",
        "Else:",
        `  ${secondary}`,
        "To settle it: --assume hc-self=healthy or =unhealthy.",
      ],
    });
  });

  it("follows a CNAME to a dead record, as a resolver does", async () => {
    const www = { name: "www.example.org" };
    expect(await resolve("cname-to-a-dead-record", www)).to.deep.equal({
      code: 0,
      lines: ["www.example.org 60 A 198.18.0.1  (us-west-2a)"],
    });
    expect(await resolve("cname-to-a-dead-record", { ...www, ...failing("web-a") })).to.deep.equal({
      code: 1,
      lines: ["www.example.org 60 A 198.18.0.1  (us-west-2a, DEAD)"],
    });
  });

  it("refuses, with its name, a record without a type, without values, or with a secret name", async () => {
    const refused = {
      "record-without-type": "p: it has no type; Route 53 refuses a record without one, so add it",
      "record-without-values":
        "p: it has neither records nor an alias; Route 53 refuses a record without either, so add one of them",
      "secret-name":
        "p: its name is encrypted in the export, so it may be another record of app.example.org A; run `pulumi stack export --show-secrets` and keep the file safe",
    };
    for (const [zone, message] of Object.entries(refused)) {
      expect(await resolve(zone)).to.deep.equal({ code: 2, lines: [message] });
    }
  });

  for (const [zone, unknown] of [
    [
      "secret-in-check",
      "h: ipAddress and invertHealthcheck are encrypted in the export; run `pulumi stack export --show-secrets` and keep the file safe",
    ],
    [
      "calculated-without-threshold",
      "calc: it has no childHealthThreshold, and AWS documents no default; give it one",
    ],
  ] as const) {
    it(`leaves a check unknown that was not read completely: ${zone}`, async () => {
      const [name] = unknown.split(":");
      expect(await resolve(zone)).to.deep.equal({
        code: 2,
        lines: [
          `Unknown: ${unknown}`,
          `If ${name ?? ""} is healthy:`,
          "  app.example.org 60 A 203.0.113.1",
          "Else:",
          "  app.example.org 60 A 203.0.113.2",
          `To settle it: --assume ${name ?? ""}=healthy or =unhealthy.`,
        ],
      });
    });
  }

  it("has a worst case of 170 s, however many irrelevant checks there are", () => {
    const file = "bound-zero-with-many-checks.json";
    const model = new StackModel(fromExport(readFileSync(join(folder, file)), file));
    const to = model.faults(["us-west-2b"]);
    const { downtimeSeconds } = model.worstCase("app.example.org", "A", [], to, "refused");
    expect(downtimeSeconds).to.equal(170);
  });
});
