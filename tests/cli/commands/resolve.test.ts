import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../cli/main";
import { expectSample } from "../../expectDocument";
import { memoryIo } from "../memoryIo";

const exported = readFileSync(join(__dirname, "../../fixtures/dev-export.json"), "utf8");
const hostname = "orders.dev.cafe.com";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(argv: readonly string[], stack = exported): Promise<Run> {
  const io = memoryIo({ files: { "stack.json": stack } });
  const code = await main(["resolve", ...argv], io);
  return { code, out: io.out(), err: io.err() };
}

/** `resolve` of the dev stack's export, as JSON. */
async function answer(faults: string, stack = exported): Promise<Run & { readonly json: Json }> {
  const fail = faults === "" ? [] : ["--fail", faults];
  const result = await run([hostname, "--from", "stack.json", "--json", ...fail], stack);
  return { ...result, json: JSON.parse(result.out) as Json };
}

interface Json {
  readonly answers: readonly {
    readonly ttl: number;
    readonly availabilityZone?: string;
    readonly region?: string;
    readonly alive: boolean;
    readonly path: readonly { readonly record: string; readonly setIdentifier: string }[];
  }[];
  readonly lastResort: boolean;
}

interface Exported {
  readonly deployment: { readonly resources: readonly ExportedResource[] };
}
interface ExportedResource {
  readonly urn: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** The export with one resource's outputs and inputs changed; undefined removes a property. */
function changed(name: string, change: Readonly<Record<string, unknown>>): string {
  const stack = JSON.parse(exported) as Exported;
  const resources = stack.deployment.resources.map((resource) => {
    if (!resource.urn.endsWith(`::${name}`)) return resource;
    const outputs = { ...resource.outputs, ...change };
    return { ...resource, outputs, inputs: outputs, propertyDependencies: {} };
  });
  return JSON.stringify({ ...stack, deployment: { ...stack.deployment, resources } });
}

const recordOf = (name: string, role: string): string =>
  `${name.startsWith("ohio") ? "ohio-records" : "orders"}-${name}${hostname}-A-${role}`;

describe("failover resolve", () => {
  const [any, live, ohio, virginia] = ["any.", "live.", "ohio.", "virginia."];
  const rows: readonly (readonly [string, string, number, readonly (string | undefined)[]])[] = [
    ["", "us-east-2a", 60, ["", any, live, ohio]],
    ["us-east-2a", "us-east-2b", 60, ["", any, live, ohio]],
    ["us-east-2", "us-east-1a", 60, ["", any, live, virginia]],
    ["us-east-2,us-east-1a", "us-east-1b", 60, ["", any, live, virginia]],
    ["us-east-2,us-east-1", "us-west-2", 60, [""]],
    ["check:ohio-deep-check", "us-east-1a", 60, ["", any, live, virginia]],
    ["check:ohio-deep-check,check:virginia-deep-check", "us-east-2a", 60, ["", any, ohio]],
  ];
  for (const [faults, place, ttl, names] of rows) {
    it(`answers ${place} with ${faults === "" ? "no fault" : faults}`, async () => {
      const { code, json } = await answer(faults);
      expect(
        json.answers.map((one) => ({
          place: one.availabilityZone ?? one.region,
          ttl: one.ttl,
          path: one.path.map(({ record }) => record),
        })),
      ).to.deep.equal([{ place, ttl, path: names.map((name = "") => `${name}${hostname} A`) }]);
      expect(json.lastResort).to.equal(false);
      expect(code).to.equal(0);
    });
  }

  it("exits with 1 for a dead answer: us-east-2b without its check answers for ever", async () => {
    const mutated = changed(recordOf("ohio.", "secondary"), { healthCheckId: undefined });
    const { code, json } = await answer("us-east-2,us-east-1", mutated);
    expect(
      json.answers.map(({ availabilityZone, alive }) => [availabilityZone, alive]),
    ).to.deep.equal([["us-east-2b", false]]);
    expect(code).to.equal(1);
  });

  it("prints the answer, and the path to it with the reasons", async () => {
    const { code, out } = await run([
      `${hostname}.`,
      "a",
      "--from",
      "stack.json",
      "--fail",
      "us-east-2a",
    ]);
    const address = /A ([\d.]+) {2}\(us-east-2b\)/.exec(out)?.[1] ?? "";
    expect(address).to.match(/^198\.1[89]\./);
    expect(out).to.equal(
      [
        `orders.dev.cafe.com 60 A ${address}  (us-east-2b)`,
        "  orders.dev.cafe.com A [primary]: primary, any.orders.dev.cafe.com has a healthy member",
        "  any.orders.dev.cafe.com A [primary]: primary, live.orders.dev.cafe.com has a healthy member",
        "  live.orders.dev.cafe.com A [primary]: primary, ohio-region-check is healthy and ohio.orders.dev.cafe.com has a healthy member",
        "  ohio.orders.dev.cafe.com A [secondary]: secondary, ohio-us-east-2b-check is healthy; primary is unhealthy: ohio-us-east-2a-check fails",
        "",
      ].join("\n"),
    );
    expect(code).to.equal(0);
  });

  it("prints JSON in the documented shape", async () => {
    const { json } = await answer("us-east-2,us-east-1");
    expect(json).to.deep.equal({
      name: hostname,
      type: "A",
      answers: [
        {
          value: "s3-website-us-west-2.amazonaws.com",
          ttl: 60,
          target:
            "urn:pulumi:dev::failover::failover:index:StaticFallbackTier$aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration::maintenance-website-orders.dev.cafe.com",
          region: "us-west-2",
          probability: 1,
          alive: true,
          path: [
            {
              record: "orders.dev.cafe.com A",
              setIdentifier: "secondary",
              reason:
                "secondary, always healthy because it has no check; primary is unhealthy: any.orders.dev.cafe.com has no healthy member",
            },
          ],
        },
      ],
      lastResort: false,
    });
  });

  it("evaluates the program for a stack, and prints the sample of docs/usage.md", async () => {
    const argv = ["orders.cafe.com", "--stack", "prod", "--fail", "us-west-2a"];
    const { code, out } = await run(argv);
    expect(code).to.equal(0);
    // The sample ends with the second answer, without its path.
    const shown = /^(?:\S.*\n(?: .*\n)*)\S.*\n/.exec(out)?.[0] ?? "";
    expectSample("docs/usage.md", `$ npx failover resolve ${argv.join(" ")}\n${shown}  …\n`);
  });
});

describe("failover resolve with bad input", () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
  const alias = (name: string): Readonly<Record<string, unknown>> => ({
    aliases: [{ name, zoneId: zoneId(), evaluateTargetHealth: true }],
  });
  const refused: readonly (readonly [string, readonly string[], string | undefined, RegExp])[] = [
    [
      "a truncated export",
      [],
      exported.slice(0, 2000),
      /^stack\.json: the file is not complete JSON/,
    ],
    ["an empty export", [], "", /^stack\.json: the file is empty; write it again$/m],
    [
      "an export of another cloud",
      [],
      JSON.stringify({
        deployment: { resources: [{ urn: "urn:pulumi:a::b::gcp:x/y:Z::n", type: "gcp:x/y:Z" }] },
      }),
      /^orders\.dev\.cafe\.com: the stack has no Route 53 records; name a stack that has some$/m,
    ],
    [
      "an answer that needs an encrypted value",
      [],
      changed(recordOf("ohio.", "primary"), { records: { ...secret, ciphertext: "v1:x" } }),
      /A-primary: records is encrypted in the export; run `pulumi stack export --show-secrets`/,
    ],
    [
      "an alias without a target",
      [],
      changed(recordOf("any.", "primary"), alias(`gone.${hostname}`)),
      /: its alias has no target \(A12\), got gone\.orders\.dev\.cafe\.com A; create that record/,
    ],
    [
      "aliases in a cycle",
      [],
      changed(recordOf("live.", "primary"), alias(`any.${hostname}`)),
      /: its alias points back to itself, got any\.\S+ → live\.\S+ → any\.\S+; point it to/,
    ],
    [
      "an unknown fault",
      ["--fail", "us-west-3"],
      exported,
      /^--fail us-west-3: no such fault in the stack/,
    ],
    [
      "no name of a fault",
      ["--fail", ""],
      exported,
      /^--fail: must name at least one, got ""; leave the option out if there is none$/m,
    ],
    [
      "only commas as faults",
      ["--fail", " , "],
      exported,
      /^--fail: must name at least one, got " , "; leave the option out if there is none$/m,
    ],
    [
      "an unknown type",
      ["MX"],
      exported,
      /^orders\.dev\.cafe\.com: no MX record; its types are A$/m,
    ],
    [
      "no file",
      ["--from", "gone.json"],
      exported,
      /^--from gone\.json: cannot read the file, got ENOENT/,
    ],
    [
      "two sources",
      ["--stack", "dev"],
      exported,
      /^--stack, --from, --zone: exactly one is required, got --stack and --from;/,
    ],
    [
      "an unknown option",
      ["--fial", "x"],
      exported,
      /^failover resolve: unknown option, got --fial; did you mean --fail/,
    ],
  ];
  for (const [title, argv, stack, message] of refused) {
    it(`refuses ${title} in one line, with the remedy`, async () => {
      const { code, out, err } = await run([hostname, "--from", "stack.json", ...argv], stack);
      expect(err).to.match(message);
      expect(err.trimEnd().split("\n")).to.have.length(1);
      expect(out).to.equal("");
      expect(code).to.equal(2);
    });
  }

  it("refuses an unknown name, an unknown stack, and no source", async () => {
    const name = await run(["nope.cafe.com", "--from", "stack.json"]);
    expect(name.err).to.match(/^nope\.cafe\.com: no record has this name; the names are orders\./);
    const stack = await run([hostname, "--stack", "staging"]);
    expect(stack.err).to.match(/staging.*dev.*prod/);
    const neither = await run([hostname]);
    expect(neither.err).to.match(
      /^--stack, --from, --zone: exactly one is required, got none; use --stack NAME/,
    );
    expect([name.code, stack.code, neither.code]).to.deep.equal([2, 2, 2]);
  });

  it("keeps to the width of a terminal, with all its words, and breaks no line in a pipe", async () => {
    const argv = ["resolve", hostname, "--from", "stack.json", "--fail", "us-east-1a"];
    const outOf = async (isTerminal: boolean): Promise<string> => {
      const io = memoryIo({ files: { "stack.json": exported }, isTerminal, columns: 80 });
      await main(argv, io);
      return io.out();
    };
    const [terminal, pipe] = [await outOf(true), await outOf(false)];
    expect(Math.max(...terminal.split("\n").map(({ length }) => length))).to.be.at.most(80);
    expect(pipe.split("\n").some(({ length }) => length > 80)).to.equal(true);
    const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/);
    expect(wordsOf(terminal)).to.deep.equal(wordsOf(pipe));
  });

  it("still resolves the other names of a stack with a bad name", async () => {
    const broken = changed(recordOf("live.", "primary"), alias(`gone.${hostname}`));
    expect((await run([hostname, "--from", "stack.json"], broken)).code).to.equal(2);
    const { code, out } = await run([`virginia.${hostname}`, "--from", "stack.json"], broken);
    expect(out).to.match(/\(us-east-1a\)/);
    expect(code).to.equal(0);
  });
});

/** The zone's id in the export. */
function zoneId(): string {
  const { deployment } = JSON.parse(exported) as Exported;
  const zone = deployment.resources.find(({ urn }) =>
    urn.endsWith("::orders-any.orders.dev.cafe.com-A-primary"),
  );
  return String(zone?.outputs?.["zoneId"]);
}
