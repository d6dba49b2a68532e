import { expect } from "chai";
import { main } from "../../../cli/main";
import { printStatus } from "../../../cli/commands/status";
import type { LiveStatus } from "../../../aws/status/status";
import { memoryIo } from "../memoryIo";
import { GateServer } from "./gateServer";

const quiet: LiveStatus = {
  title: "prod",
  account: "123456789012",
  caller: "arn:aws:iam::123456789012:user/ana",
  zone: "cafe.com",
  at: "2027-01-15T12:00:00.000Z",
  names: [],
  checks: [],
  agreement: [],
  gate: null,
  facts: [],
  unread: [],
  notes: [],
};

describe("failover status", function () {
  this.timeout(30_000);

  async function failover(
    argv: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<readonly [number, string]> {
    const io = memoryIo({ env });
    return [await main(["status", ...argv], io), io.err()];
  }

  it("needs a subject", async () => {
    expect(await failover([])).to.deep.equal([
      2,
      "--stack, --from, --zone: one is required, got none; name a stack or a zone\n",
    ]);
  });

  it("is one line where the credentials have expired", async () => {
    const server = await GateServer.start();
    server.caller = {
      status: 403,
      headers: { "content-type": "text/xml" },
      body: "<ErrorResponse><Error><Code>ExpiredToken</Code><Message>no</Message></Error></ErrorResponse>",
    };
    try {
      expect(await failover(["--zone", "example.org"], server.env)).to.deep.equal([
        2,
        "credentials: expired, got ExpiredToken; sign in again, as with `aws sso login`, or set AWS_PROFILE\n",
      ]);
      expect(server.requests).to.deep.equal(["GetCallerIdentity in us-east-1"]);
    } finally {
      await server.end();
    }
  });

  it("exits with 1 if anything is bad or unknown", () => {
    const codeOf = (facts: LiveStatus["facts"]): number =>
      printStatus({ ...quiet, facts }, {}, new Map(), memoryIo());
    expect(codeOf([])).to.equal(0);
    for (const state of ["bad", "unknown"] as const) {
      expect(codeOf([{ state, code: "serving", text: "…" }])).to.equal(1);
    }
  });

  it("prints the data as JSON, in its documented fields", () => {
    const io = memoryIo();
    printStatus(quiet, { json: true }, new Map(), io);
    expect(JSON.parse(io.out())).to.deep.equal(quiet);
    expect(io.out().endsWith("}\n")).to.equal(true);
  });

  it("prints the report, with what was left out on request", () => {
    const text = (verbose: boolean): string => {
      const io = memoryIo();
      printStatus({ ...quiet, notes: ["left out 3"] }, { verbose }, new Map(), io);
      return io.out();
    };
    expect(text(false)).to.include("Status of prod in account 123456789012\n");
    expect(text(false)).not.to.include("left out 3");
    expect(text(true)).to.include("left out 3");
  });
});
