import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../cli/main";
import { root } from "../../conventions/sourceTree";
import { foreignZones } from "../../rehearsal/repair/zones";
import { pair, resource } from "../../routing/graph/stack";
import { memoryIo } from "../memoryIo";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function repair(
  files: Readonly<Record<string, string>>,
  ...argv: readonly string[]
): Promise<Run> {
  const io = memoryIo({ files });
  const code = await main(["repair", ...argv], io);
  return { code, out: io.out(), err: io.err() };
}

const servers = [
  resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" }),
  resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.1", instance: "web" }),
  resource("aws:ec2/instance:Instance", "other", { subnetId: "subnet-b" }),
  resource("aws:ec2/eip:Eip", "other-ip", { publicIp: "198.51.100.2", instance: "other" }),
];

/** An export of a pair with this check. */
function exportOf(check: Parameters<typeof pair>[1]): Readonly<Record<string, string>> {
  const resources = [...pair({ records: ["198.51.100.1"] }, check), ...servers];
  return { "stack.json": JSON.stringify({ version: 3, deployment: { resources } }) };
}

/** The files of a zone as AWS lists them, with one text replaced. */
function listed(from = "", to = ""): Readonly<Record<string, string>> {
  const { files } = foreignZones[0] ?? { files: {} };
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      `zone/${path}`,
      JSON.stringify(content).replace(from, to),
    ]),
  );
}

describe("failover repair", () => {
  it("reports that there is nothing to mend, exit 0", async () => {
    const { code, out } = await repair(
      exportOf({ ipAddress: "198.51.100.1" }),
      "--from",
      "stack.json",
    );
    expect(out).to.match(/^Nothing to mend: the proof passes\.$/m);
    expect(code).to.equal(0);
  });

  it("prints the edit, its property changes, and its effect on the proof", async () => {
    const inverted = exportOf({ ipAddress: "198.51.100.1", invertHealthcheck: true });
    const { code, out } = await repair(inverted, "--from", "stack.json", "--verbose");
    expect(out).to.match(/What mends it\n +do not invert check\n/);
    expect(out).to.match(/check +updated +invertHealthcheck +true +false/);
    expect(out).to.match(/nothing failed +www\.a\.test A/);
    expect(out).to.match(/^The proof passes with 1 edit\.$/m);
    expect(out).not.to.match(/As calls to Route 53/);
    expect(code).to.equal(0);
  });

  it("prints the same as JSON, with the API calls for a zone that AWS listed", async () => {
    const { code, out } = await repair(
      listed('"FailureThreshold":3', '"Inverted":true,"FailureThreshold":3'),
      "--from",
      "zone",
      "--json",
    );
    const printed = JSON.parse(out) as {
      readonly state: string;
      readonly edits: readonly string[];
      readonly before: { readonly violations: readonly object[] };
      readonly after: { readonly violations: readonly object[] };
      readonly requests: readonly { readonly operation: string }[];
      readonly comparison: { readonly differences: readonly { readonly direction: string }[] };
    };
    expect(printed.state).to.equal("mended");
    expect(printed.edits).to.deep.equal(["do not invert 00000001-0000-4000-8000-000000000000"]);
    expect(printed.before.violations.length).to.be.greaterThan(0);
    expect(printed.after.violations).to.deep.equal([]);
    expect(printed.requests.map(({ operation }) => operation)).to.deep.equal(["UpdateHealthCheck"]);
    expect(printed.comparison.differences.some(({ direction }) => direction === "better")).to.equal(
      true,
    );
    expect(code).to.equal(0);
  });

  it("also names the calls in the text", async () => {
    const { out } = await repair(
      listed('"FailureThreshold":3', '"Inverted":true,"FailureThreshold":3'),
      "--from",
      "zone",
    );
    expect(out).to.match(/aws route53 update-health-check --cli-input-json file:\/\/…/);
  });

  it("mends records that Route 53 would refuse, without a proof to compare with", async () => {
    const { code, out } = await repair(
      listed('"SetIdentifier":"west",', ""),
      "--from",
      "zone",
      "app.example.org",
    );
    expect(out).to.match(/needs a set identifier \(C15\), got none/);
    expect(out).to.match(/give app\.example\.org A the set identifier primary/);
    expect(out).not.to.match(/What the edits change in the proof/);
    expect(code).to.equal(0);
  });

  it("reports what remains where no edit mends it, and what was tried, exit 1", async () => {
    const { code, out } = await repair(
      listed(),
      "--from",
      "zone",
      "--objective",
      "zoneOrRegion.detection=1",
      "--edits",
      "2",
      "--attempts",
      "20",
    );
    expect(out).to.match(/^What is left$/m);
    expect(out).to.match(
      /Zone or region: detection is 114 s, allowed 1 s; us-west-2a?, hangs in the body: /,
    );
    expect(out).to.match(/limits: 2 edits, 20 sets/);
    expect(out).to.match(/^No set of 2 edits or fewer was found with which the proof passes\.$/m);
    expect(code).to.equal(1);
  });

  it("refuses bad limits", async () => {
    const { code, err } = await repair(
      listed(),
      "--from",
      "zone",
      "--edits",
      "9",
      "--attempts",
      "few",
    );
    expect(err.split("\n")).to.deep.equal([
      "--edits: must be a whole number from 1 to 5, got 9; for example --edits 3",
      "--attempts: must be a whole number from 1 to 100000, got few; for example --attempts 400",
      "",
    ]);
    expect(code).to.equal(2);
  });

  it("applies an edit as a setting in the configuration, and proves the program with it", async function () {
    this.timeout(120_000);
    const io = { ...memoryIo(), directory: root };
    const code = await main(
      ["repair", "--stack", "dev", "--objective", "zoneOrRegion.downtime=120", "--json"],
      io,
    );
    const { configuration } = JSON.parse(io.out()) as {
      readonly configuration: { readonly settings: readonly object[]; readonly isProven: boolean };
    };
    expect(configuration).to.deep.equal({
      settings: [{ path: "failover:checks.endpoint.failureThreshold", to: 1 }],
      inProgram: [],
      file: "Pulumi.dev.yaml",
      isProven: true,
    });
    expect(code).to.equal(0);
  });

  it("does not change the files", () => {
    expect(readFileSync(join(root, "Pulumi.dev.yaml"), "utf8")).not.to.match(
      /failureThreshold: 1$/m,
    );
  });
});
