import { expect } from "chai";
import { main } from "../../../cli/main";
import type { GateState } from "../../../functions/gate/state";
import { expectSample } from "../../expectDocument";
import { memoryIo } from "../memoryIo";
import type { MemoryIo, MemoryIoOptions } from "../memoryIo";
import { GateServer } from "./gateServer";
import { expectPublished } from "../../schemas/expectPublished";

const accountId = "123456789012";
const now = new Date("2027-01-15T12:00:00Z");
const identity = `arn:aws:sts::${accountId}:assumed-role/on-call/ana`;

const armed: GateState = {
  version: 1,
  revision: 7,
  phase: "armed",
  sinceMs: now.getTime() - 7_200_000,
  outsideRuns: 0,
  approvals: [],
  lastRunMs: now.getTime() - 20_000,
  blockers: [],
  latchAgrees: true,
  notices: [],
};

const held: GateState = {
  ...armed,
  phase: "latched",
  latchedBy: { kind: "person", identity, reason: "evacuation" },
};

const awaiting: GateState = {
  ...armed,
  phase: "awaitingApproval",
  latchedBy: { kind: "route53" },
  blockers: ["1 more approval"],
};

/** The export of a stack with outputs. */
function exportOf(gate: object | undefined, stack = "prod"): string {
  const urn = `urn:pulumi:${stack}::failover::pulumi:pulumi:Stack::failover-${stack}`;
  const outputs = { schemaVersion: 1, hostname: "orders.example.org", ...(gate ? { gate } : {}) };
  return JSON.stringify({
    version: 3,
    deployment: { resources: [{ urn, custom: false, type: "pulumi:pulumi:Stack", outputs }] },
  });
}

const gate = {
  bucket: `failover-prod-gate-${accountId}`,
  functionName: "failover-prod-gate",
  region: "eu-west-1",
  mode: "attached",
};

describe("failover hold and release", function () {
  this.timeout(30_000);
  let server: GateServer;
  beforeEach(async () => {
    server = await GateServer.start();
    server.isCalledBy(accountId);
    server.state = { status: 200, body: JSON.stringify(armed) };
    server.answer = { status: 200, body: JSON.stringify(held) };
  });
  afterEach(async () => {
    await server.end();
  });

  async function failover(
    argv: readonly string[],
    options: MemoryIoOptions = {},
  ): Promise<{ readonly code: number; readonly io: MemoryIo }> {
    const files = { "prod.json": exportOf(gate), ...options.files };
    const io = memoryIo({ env: server.env, now, ...options, files });
    return { code: await main(argv, io), io };
  }

  const hold = ["hold", "--from", "prod.json", "--reason", "evacuation"];
  const release = ["release", "--approve", "--from", "prod.json", "--reason", "all well"];
  const holdEffect = [
    `The gate of prod in account ${accountId}: armed, since 2 h.`,
    "A hold latches: the primary region gets no customers while the standby region eu-west-1 serves.",
    "It lasts until a release.",
    `Recorded: ${identity}, "evacuation".`,
    "",
  ].join("\n");

  it("hold has the controller latch, with the name of the caller, after a yes", async () => {
    const { code, io } = await failover(hold, { typed: ["yes"] });
    expect([code, io.out(), io.err()]).to.deep.equal([
      0,
      "The gate of prod is latched.\n",
      holdEffect,
    ]);
    expect(io.questions).to.deep.equal(["Type yes to hold: "]);
    const [, effect = "", lasts = ""] = io.err().split(/(?<=\n)/);
    expectSample("docs/runbook.md", `${effect}${lasts}`);
    expect(server.invoked).to.deep.equal([{ command: "hold", identity, reason: "evacuation" }]);
  });

  it("hold calls the standby region only, and neither Route 53 nor us-east-1", async () => {
    await failover([...hold, "--yes"]);
    expect(server.requests).to.deep.equal([
      "GetCallerIdentity in eu-west-1",
      `GET /${gate.bucket}/state.json in eu-west-1`,
      "POST /2015-03-31/functions/failover-prod-gate/invocations in eu-west-1",
    ]);
  });

  it("finds the gate of a stack of this program without an export", async () => {
    const argv = ["hold", "--stack", "prod", "--reason", "evacuation", "--yes"];
    const { code, io } = await failover(argv);
    expect([code, io.out()]).to.deep.equal([0, "The gate of prod is latched.\n"]);
    // As the program's settings have it, unlike the export of the other tests.
    expect(io.err()).to.contain("moves no traffic: the latch check is not attached");
    expect(server.invoked).to.deep.equal([{ command: "hold", identity, reason: "evacuation" }]);
  });

  it("changes nothing after any other answer", async () => {
    for (const typed of [["no"], [""], ["y"]]) {
      const { code, io } = await failover(hold, { typed });
      expect([code, io.out(), io.err()]).to.deep.equal([
        1,
        "",
        `${holdEffect}Not confirmed: nothing was changed.\n`,
      ]);
    }
    expect(server.invoked).to.deep.equal([]);
  });

  it("changes nothing without a terminal and without --yes", async () => {
    const { code, io } = await failover(hold);
    expect([code, io.err()]).to.deep.equal([
      2,
      `${holdEffect}--yes: required without a terminal to ask on; check the output above, and add --yes\n`,
    ]);
    expect(server.invoked).to.deep.equal([]);
  });

  it("hold says that it moves no traffic while the check is not attached", async () => {
    const files = { "prod.json": exportOf({ ...gate, mode: "created" }) };
    const { io } = await failover([...hold, "--yes"], { files });
    expect(io.err()).to.include(
      "A hold latches, but moves no traffic: the latch check is not attached (failover:gate.mode is created).\n",
    );
  });

  it("release records an approval, and shows what blocks it before and after", async () => {
    server.state = { status: 200, body: JSON.stringify(awaiting) };
    const approvals = [{ identity, reason: "all well", atMs: now.getTime() }];
    server.answer = { status: 200, body: JSON.stringify({ ...awaiting, approvals }) };
    const { code, io } = await failover(release, { typed: ["yes"] });
    expect([code, io.err()]).to.deep.equal([
      0,
      [
        `The gate of prod in account ${accountId}: awaiting approval, since 2 h.`,
        "An approved release lets customers return to the primary region, once nothing blocks it.",
        "Blocks it now: 1 more approval.",
        `Recorded: ${identity}, "all well".`,
        "",
      ].join("\n"),
    ]);
    expect(io.out()).to.equal(
      `The gate of prod is awaiting approval.\nApproved by ${identity}: all well\nBlocks a release: 1 more approval.\n`,
    );
    expect(io.questions).to.deep.equal(["Type yes to release: "]);
    expectSample("docs/runbook.md", io.err().split(/(?<=\n)/)[1] ?? "");
    expect(server.invoked).to.deep.equal([{ command: "release", identity, reason: "all well" }]);
  });

  it("prints the new state as JSON", async () => {
    const { code, io } = await failover([...hold, "--yes", "--json"]);
    expect([code, JSON.parse(io.out())]).to.deep.equal([0, held]);
    expectPublished("gate", JSON.parse(io.out()));
  });

  it("goes on where the state cannot be read, and says so", async () => {
    server.state = { status: 403, body: "<Error><Code>AccessDenied</Code></Error>" };
    const { code, io } = await failover([...hold, "--yes"]);
    expect(code).to.equal(0);
    expect(io.err().split("\n")[0]).to.equal(
      `The gate of prod in account ${accountId}: its phase is unknown (these credentials may not call s3 getObject in eu-west-1).`,
    );
  });

  const title = "hold: failover-prod-gate in eu-west-1";
  const errorType = (code: string): Readonly<Record<string, string>> => ({
    "x-amzn-errortype": code,
    "content-type": "application/json",
  });
  const refused: readonly (readonly [string, Partial<GateServer>, string])[] = [
    [
      "the controller refuses",
      {
        answer: {
          status: 200,
          headers: { "x-amz-function-error": "Unhandled" },
          body: '{"errorType":"Error","errorMessage":"reason: must not be empty,\\ngot none","trace":[]}',
        },
      },
      `${title}: the controller refused: reason: must not be empty, got none`,
    ],
    [
      "the controller refuses in its reply",
      {
        answer: { status: 200, body: JSON.stringify({ ...armed, refused: "it is\nnot latched" }) },
      },
      `${title}: the controller refused: it is not latched`,
    ],
    [
      "the controller fails without a message",
      { answer: { status: 200, headers: { "x-amz-function-error": "Unhandled" }, body: "" } },
      `${title}: the controller refused: an error without a message`,
    ],
    [
      "the controller answers with no state",
      { answer: { status: 200, body: "null" } },
      `${title}: the controller answered with no state, got state.json: must be an object, got null; see the state with \`failover status\``,
    ],
    [
      "the account has no such function",
      { answer: { status: 404, headers: errorType("ResourceNotFoundException"), body: "{}" } },
      `${title}: account ${accountId} has no such function; check the stack and the credentials, and deploy the gate with \`pulumi up\``,
    ],
    [
      "the function may not be called",
      { answer: { status: 403, headers: errorType("AccessDeniedException"), body: "{}" } },
      `${title}: these credentials may not call lambda invoke in eu-west-1; nothing is known to have changed: look with \`failover status\`, and run it again`,
    ],
    [
      "the credentials have expired",
      {
        caller: {
          status: 403,
          headers: { "content-type": "text/xml" },
          body: "<ErrorResponse><Error><Code>ExpiredToken</Code><Message>no</Message></Error></ErrorResponse>",
        },
      },
      "credentials: expired, got ExpiredToken; sign in again, as with `aws sso login`, or set AWS_PROFILE",
    ],
  ];
  for (const [what, answers, message] of refused) {
    it(`is one line where ${what}`, async () => {
      Object.assign(server, answers);
      const { code, io } = await failover([...hold, "--yes"]);
      expect([code, io.out(), io.err().split("\n").at(-2)]).to.deep.equal([2, "", message]);
    });
  }

  const unusable: readonly (readonly [string, readonly string[], string])[] = [
    [
      "no stack",
      ["hold", "--reason", "x"],
      "--stack, --from: one is required, got none; name a stack",
    ],
    [
      "no reason",
      ["hold", "--from", "prod.json", "--reason", " "],
      "--reason: required, got none; say why, for the others who see the gate",
    ],
    [
      "no approval",
      ["release", "--from", "prod.json", "--reason", "x"],
      "--approve: required, got none; a release is an approval, which is recorded with your name",
    ],
    [
      "the export of another stack",
      ["hold", "--stack", "dev", "--from", "prod.json", "--reason", "x"],
      "--from prod.json: must be the export of stack dev, got stack prod; export it with `pulumi stack export --stack dev`",
    ],
    [
      "a stack without a gate",
      ["hold", "--from", "none.json", "--reason", "x"],
      "prod: the stack has no failback gate; set failover:gate.mode to created, and run `pulumi up`",
    ],
  ];
  for (const [what, argv, message] of unusable) {
    it(`refuses ${what} before any call`, async () => {
      const { code, io } = await failover(argv, { files: { "none.json": exportOf(undefined) } });
      expect([code, io.err()]).to.deep.equal([2, `${message}\n`]);
      expect(server.requests).to.deep.equal([]);
    });
  }

  it("refuses credentials of another account before the function is called", async () => {
    server.isCalledBy("999999999999");
    const { code, io } = await failover([...hold, "--yes"]);
    expect([code, io.err()]).to.deep.equal([
      2,
      `--from prod.json: the stack is in account ${accountId}, and the credentials belong to 999999999999; use credentials of ${accountId}\n`,
    ]);
    expect(server.requests).to.deep.equal(["GetCallerIdentity in eu-west-1"]);
  });
});
