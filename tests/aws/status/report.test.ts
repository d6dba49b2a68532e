import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Fact, FactCode } from "../../../aws/status/fact";
import { nextSteps } from "../../../aws/status/verdict";
import { spansOf } from "../../../rehearsal/report/document";
import { statusReport } from "../../../aws/status/report";
import { judgeName } from "../../../aws/status/serving";
import type { LiveStatus } from "../../../aws/status/status";
import { asText } from "../../../rehearsal/report/asText";
import { paintOf } from "../../../rehearsal/report/paint";
import { expectSample } from "../../expectDocument";
import { expectPublished } from "../../schemas/expectPublished";

const regionNames = new Map([
  ["us-west-2", "oregon"],
  ["eu-west-1", "dublin"],
]);

const servers = ["ns-1.example.net", "ns-2.example.net", "ns-3.example.net", "ns-4.example.net"];

/** A failover that the gate holds, with trouble in every part. */
const held: LiveStatus = {
  title: "prod",
  account: "123456789012",
  caller: "arn:aws:sts::123456789012:assumed-role/on-call/ana",
  zone: "cafe.com",
  at: "2027-01-15T12:00:00.000Z",
  names: [
    {
      name: "orders.cafe.com",
      type: "A",
      answers: [
        { values: ["198.18.133.148"], servers: servers.slice(0, 3) },
        { values: ["198.18.114.103"], servers: servers.slice(3) },
      ],
      silent: [],
      records: ["dublin.orders.cafe.com A [primary]"],
      places: ["eu-west-1a"],
      isUsual: false,
      isUnanswered: false,
    },
    {
      name: "live.orders.cafe.com",
      type: "AAAA",
      answers: [{ values: [], servers }],
      silent: [],
      records: null,
      places: [],
      isUsual: null,
      isUnanswered: true,
    },
    {
      name: "shop.cafe.com",
      type: "A",
      answers: [],
      silent: servers.map((server) => ({ server, why: "no answer" })),
      records: null,
      places: [],
      isUsual: null,
      isUnanswered: false,
    },
  ],
  checks: [
    {
      id: "1",
      name: "oregon-us-west-2a-check",
      kind: "endpoint",
      status: "unhealthy",
      checkers: { healthy: 2, all: 16 },
      isInverted: false,
      isDisabled: false,
      why: "2 of 16 checkers find its endpoint healthy",
    },
    {
      id: "2",
      name: "oregon-region-check",
      kind: "calculated",
      status: "unknown",
      isInverted: false,
      isDisabled: false,
      why: "computed: at least 3 of oregon-us-west-2a-check, oregon-us-west-2b-check, gate-latch-check",
    },
  ],
  agreement: [
    {
      name: "orders.cafe.com",
      type: "A",
      state: "differs",
      model: ["198.18.114.103", "198.18.133.148"],
      route53: ["198.18.133.148"],
      why: "…",
    },
    {
      name: "live.orders.cafe.com",
      type: "AAAA",
      state: "unknown",
      model: ["2001:db8::1"],
      route53: null,
    },
  ],
  gate: {
    bucket: "failover-prod-gate-123456789012",
    functionName: "failover-prod-gate",
    region: "eu-west-1",
    mode: "created",
    isAttached: null,
    phase: "awaitingApproval",
    sinceSeconds: 100_000,
    latchedBy: { kind: "person", identity: "arn:aws:iam::1:user/bo", reason: "evacuation" },
    blockers: ["1 more approval", "the journal of dublin is unknown"],
    approvals: [{ identity: "arn:aws:iam::1:user/ana", reason: "all well", atMs: 0 }],
    approvalsNeeded: 2,
    lastRunSeconds: 40,
    watchesOrders: true,
    latchObject: "present",
    latchCheck: "unhealthy",
    readableCheck: "missing",
    attaching: "must not be attached yet, because that would move traffic",
  },
  facts: [
    {
      state: "bad",
      code: "lower-tier",
      text: "orders.cafe.com A: a lower tier serves: dublin.orders.cafe.com A [primary] (eu-west-1a); with every check healthy it is oregon.orders.cafe.com A [primary] (us-west-2a)",
    },
    { state: "bad", code: "serving", text: "live.orders.cafe.com AAAA: it has no answer" },
    { state: "unknown", code: "gate-checks", text: "gate-readable: AWS reports no status" },
  ],
  unread: ["AWS throttles the call: the checks' names are unknown."],
  notes: ["left out 3 of types that are not read"],
};

function textAt(columns: number, hasDetails = false): string {
  return asText(statusReport(held, regionNames, "--stack prod"), {
    paint: paintOf(false),
    columns,
    isBounded: true,
    hasDetails,
  });
}

/** The report with these facts where the first tier serves, and its next steps as text. */
function judged(facts: readonly Fact[]): {
  readonly document: ReturnType<typeof statusReport>;
  readonly steps: readonly string[];
} {
  const names = held.names.slice(0, 1).map((name) => ({ ...name, isUsual: true }));
  const status = { ...held, names, facts, gate: null };
  const steps = nextSteps(status, "--stack prod").map((step) =>
    spansOf(step)
      .map(({ text }) => text)
      .join(""),
  );
  return { document: statusReport(status, regionNames, "--stack prod"), steps };
}

/** All codes of facts. */
const codes = Object.keys({
  account: 0,
  zone: 0,
  serving: 0,
  "name-server": 0,
  "servers-differ": 0,
  "lower-tier": 0,
  "model-differs": 0,
  model: 0,
  check: 0,
  "gate-state": 0,
  "gate-checks": 0,
  "gate-blind": 0,
  "gate-mode": 0,
  "latch-object": 0,
  "latch-check": 0,
  "readable-object": 0,
  "controller-settings": 0,
  "controller-notices": 0,
  "controller-stale": 0,
} satisfies Readonly<Record<FactCode, 0>>) as readonly FactCode[];

describe("the report of a live system's status", () => {
  it("has published data", () => {
    expectPublished("status", JSON.parse(JSON.stringify(held)));
  });

  it("keeps to 80 columns, and shortens no name", () => {
    expect(textAt(80)).to.equal(
      [
        "Status of prod in account 123456789012",
        "Zone cafe.com, at 2027-01-15T12:00:00.000Z, read-only as",
        "arn:aws:sts::123456789012:assumed-role/on-call/ana.",
        "",
        "Who serves",
        "  name                  type  answer          from           servers  state",
        "  orders.cafe.com       A     198.18.133.148  eu-west-1a      3 of 4  LOWER TIER",
        "                                              (Dublin)",
        "                              198.18.114.103                  1 of 4",
        "  live.orders.cafe.com  AAAA  no address                      4 of 4  NO ANSWER",
        "  shop.cafe.com         A     no reply                        0 of 4  unknown",
        "",
        "Checks, as Route 53 reports them",
        "  check                    from                                        state",
        "  oregon-us-west-2a-check  2 of 16 checkers find its endpoint healthy  UNHEALTHY",
        "  oregon-region-check      computed: at least 3 of                     unknown",
        "                           oregon-us-west-2a-check,",
        "                           oregon-us-west-2b-check, gate-latch-check",
        "",
        "Does the model agree with Route 53?",
        "  name                  type  model           route 53        state",
        "  orders.cafe.com       A     198.18.114.103  198.18.133.148  DIFFERS",
        "                              198.18.133.148",
        "  live.orders.cafe.com  AAAA  2001:db8::1     no answer       unknown",
        "",
        "Failback gate",
        "  gate              failover-prod-gate",
        "  phase             awaiting approval, since 1 d 3 h",
        "  latched by        arn:aws:iam::1:user/bo: evacuation",
        "  approvals         1 of 2: arn:aws:iam::1:user/ana (all well)",
        "  blocks a release  1 more approval; the journal of dublin is unknown",
        "  last run          40 s ago",
        "  latch object      present",
        "  latch check       unhealthy",
        "  readable check    missing",
        "  mode              created; whether it is attached is unknown",
        "  attaching         must not be attached yet, because that would move traffic",
        "",
        "Not read",
        "    AWS throttles the call: the checks' names are unknown.",
        "",
        "Findings",
        "  bad        lower-tier",
        "             orders.cafe.com A: a lower tier serves: dublin.orders.cafe.com A",
        "             [primary] (eu-west-1a); with every check healthy it is",
        "             oregon.orders.cafe.com A [primary] (us-west-2a)",
        "  bad        serving",
        "             live.orders.cafe.com AAAA: it has no answer",
        "  unknown    gate-checks",
        "             gate-readable: AWS reports no status",
        "",
        "What to do next",
        '    Read in docs/runbook.md: "Customers have moved", "Check the current',
        '      state", "Gate is latched".',
        "    Once the primary region is well, approve the return:",
        '      npx failover release --stack prod --approve --reason "…"',
        "",
        "No address for live.orders.cafe.com. A lower tier serves orders.cafe.com.",
        "Unknown who serves shop.cafe.com. 2 findings are bad, 1 finding is unknown.",
        "",
      ].join("\n"),
    );
  });

  it("is the sample of docs/usage.md", () => {
    const lines = textAt(80).split("\n");
    const startOf = (title: string, count: number): readonly string[] =>
      lines.slice(lines.indexOf(title)).slice(0, count);
    const sample = [
      "$ npx failover status --stack prod",
      ...startOf("Who serves", 4),
      "…",
      ...startOf("Findings", 5),
      "",
    ];
    expectSample("docs/usage.md", sample.join("\n"));
  });

  it("shortens nothing at 120 columns, and shows what was left out on request", () => {
    const text = textAt(120, true);
    expect(text.replace('"…"', "")).not.to.include("…");
    expect(text.split("\n").filter((line) => line.length > 120)).to.deep.equal([]);
    expect(text).to.include("Left out of the model of the zone\n");
    expect(textAt(120)).not.to.include("Left out of the model");
  });

  it("says that all is well, and that waiting orders do not count without our application", () => {
    const gate = held.gate && { ...held.gate, watchesOrders: false };
    const text = asText(
      statusReport({ ...held, gate, facts: [], unread: [], notes: [] }, regionNames),
      { paint: paintOf(false), columns: 100, isBounded: true },
    );
    expect(text).to.include(
      "Waiting orders do not count: the endpoints do not run our application.\n",
    );
    expect(text.trimEnd().split("\n").at(-1)).to.equal(
      "The first tier serves, and Route 53, the checks and the model agree.",
    );
    expect(text).not.to.include("Findings");
  });

  it("says that the first tier serves although something else is bad, and to look again", () => {
    const { document, steps } = judged([
      { state: "bad", code: "latch-check", text: "…" },
      { state: "bad", code: "gate-blind", text: "…" },
    ]);
    expect(document.verdict?.text).to.equal("The first tier serves. 2 findings are bad.");
    expect(steps).to.deep.equal([
      'Read in docs/runbook.md: "Gate is blind".',
      "Look again in a minute: npx failover status --stack prod",
    ]);
    const { document: unknown } = judged([{ state: "unknown", code: "model", text: "…" }]);
    expect(unknown.verdict?.text).to.equal("The first tier serves. 1 finding is unknown.");
  });

  it("names sections that the runbook has", () => {
    const runbook = readFileSync("docs/runbook.md", "utf8");
    const { steps } = judged(codes.map((code) => ({ state: "bad", code, text: "…" })));
    const titles = [...(steps[0] ?? "").matchAll(/"([^"]*)"/g)].map(([, title]) => title);
    expect(titles).to.have.length.greaterThan(4);
    expect(titles.filter((title) => !runbook.includes(`\n## ${title}\n`))).to.deep.equal([]);
  });

  it("takes no IPv6 address for nothing bad where the zone was not read", () => {
    const { name, facts } = judgeName(
      {
        ...{ name: "live.orders.cafe.com", type: "AAAA", silent: [] },
        answers: [{ values: [], servers }],
      },
      undefined,
      new Map(),
    );
    expect(facts).to.deep.equal([]);
    const text = asText(statusReport({ ...held, names: [name], facts }, regionNames), {
      paint: paintOf(false),
      columns: 80,
      isBounded: true,
    });
    expect(text).to.match(/^ {2}live\.orders\.cafe\.com +AAAA +no address +4 of 4 +unknown$/m);
  });

  it("says of a zone without checks that there is nothing to compare, and has no gate", () => {
    const empty = { ...held, names: [], checks: [], agreement: [], gate: null, account: null };
    const text = asText(statusReport({ ...empty, caller: null }, new Map()), {
      paint: paintOf(false),
      columns: 100,
      isBounded: true,
    });
    expect(text.split("\n").slice(0, 12)).to.deep.equal([
      "Status of prod",
      "Zone cafe.com, at 2027-01-15T12:00:00.000Z, read-only.",
      "",
      "Who serves",
      "  No name was found to ask for.",
      "",
      "Checks, as Route 53 reports them",
      "  No check was found.",
      "",
      "Does the model agree with Route 53?",
      "  Unknown: there is no model of the zone to compare with.",
      "",
    ]);
    expect(text).not.to.include("Failback gate");
  });
});
