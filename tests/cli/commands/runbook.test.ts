import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../cli/main";
import { root } from "../../conventions/sourceTree";
import { expectSample } from "../../expectDocument";
import { memoryIo } from "../memoryIo";

const exported = readFileSync(join(root, "tests/fixtures/dev-export.json"), "utf8");
const batch = JSON.stringify({
  Changes: [
    {
      Action: "DELETE",
      ResourceRecordSet: { Name: "orders.dev.cafe.com", Type: "A", SetIdentifier: "secondary" },
    },
  ],
});
const runbook = [
  "# Fail over",
  "```bash",
  "aws route53 change-resource-record-sets --hosted-zone-id Z1EDA3635BAFE --change-batch file://page.json",
  "```",
].join("\n");

async function policy(
  argv: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const io = memoryIo({ files: { "dev.json": exported, ...files } });
  const code = await main(["policy", "--from", "dev.json", ...argv], io);
  return { code, out: io.out(), err: io.err() };
}

describe("failover policy --runbook FILE", function () {
  this.timeout(60_000);

  it("prints file, line, record and reason, and reads files beside the runbook", async () => {
    const files = { "docs/run.md": runbook, "docs/page.json": batch };
    const { code, out } = await policy(["--runbook", "docs/run.md"], files);
    expect(code).to.equal(1);
    expect(out).to.include("harmful    docs/run.md:3 orders.dev.cafe.com A [secondary]");
    expect(out.trim().split("\n").at(-1)).to.equal("1 command: 1 harmful, 0 unknown, 0 harmless.");
  });

  it("prints the sample of docs/usage.md", async () => {
    const check = "0e84354c-0000-4000-8000-0e84354c79d2";
    const command = `aws route53 update-health-check --health-check-id ${check} --disabled`;
    const io = memoryIo({
      files: { "export.json": exported, "our-runbook.md": `# Fail over\n\n    ${command}\n` },
      env: { NO_COLOR: "1" },
      isTerminal: true,
    });
    const stdout = { ...io.stdout, columns: 80 };
    const argv = ["policy", "--from", "export.json", "--runbook", "our-runbook.md"];
    expect(await main(argv, { ...io, stdout })).to.equal(1);
    expectSample("docs/usage.md", `$ npx failover ${argv.join(" ")}\n${io.out()}`);
  });

  it("prints the same as JSON; where nothing is harmful, what is unknown is exit 2", async () => {
    const { code, out } = await policy(["--runbook", "run.md", "--json"], { "run.md": runbook });
    const { commands } = JSON.parse(out) as { readonly commands: readonly object[] };
    expect([code, commands.length]).to.deep.equal([2, 1]);
    expect(commands[0]).to.include({ line: 3, verdict: "unknown" });
  });

  it("refuses a runbook that is not there", async () => {
    const { code, err } = await policy(["--runbook", "none.md"], {});
    expect([code, err]).to.deep.equal([
      2,
      "--runbook none.md: cannot read the file, got ENOENT: no such file, open 'none.md'; name a Markdown file\n",
    ]);
  });

  it("finds nothing harmful in this project's own runbook", async () => {
    const own = readFileSync(join(root, "docs/runbook.md"), "utf8");
    const { out } = await policy(["--runbook", "runbook.md", "--json"], { "runbook.md": own });
    const { commands } = JSON.parse(out) as {
      readonly commands: readonly { readonly line: number; readonly verdict: string }[];
    };
    expect(commands.length).to.be.greaterThan(0);
    const harmful = commands.filter(({ verdict }) => verdict === "harmful");
    // "Destroy a stack" does what its title says.
    const lines = own.split("\n");
    expect(
      harmful.filter(({ line }) => !/pulumi .*destroy/.test(lines[line - 1] ?? "")),
    ).to.deep.equal([]);
  });
});
