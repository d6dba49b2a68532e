import { expect } from "chai";
import type { Rehearsal, StackRehearsal } from "../../../rehearsal/result";
import { asText } from "../../../rehearsal/report/asText";
import { paintOf } from "../../../rehearsal/report/paint";
import { rehearsalReport } from "../../../rehearsal/story/report";
import {
  answerIn,
  changed,
  exampleRehearsal,
  node,
  packReport,
  tinyRehearsal,
} from "../story/example";
import { detailed, plain } from "./plain";

const renderText = (rehearsal: Rehearsal, options = detailed): string =>
  asText(rehearsalReport(rehearsal), options);
const linesOf = (rehearsal: Rehearsal): readonly string[] => renderText(rehearsal).split("\n");

/** The lines without their layout. */
const wordsOf = (rehearsal: Rehearsal): readonly string[] =>
  renderText(rehearsal, { ...detailed, isBounded: false })
    .split("\n")
    .map((line) => line.trim().replace(/ +/g, " "));

describe("a verdict", () => {
  it("is wrapped on a terminal, and one line in a pipe", () => {
    const text = `Of 3,600 s an average customer is served for ${"a long time, ".repeat(6)}and so on.`;
    const verdict = { isGood: true, text, reasons: [] };
    const document = { title: "t", blocks: [], verdict };
    const options = { ...plain, columns: 80 };
    const bounded = asText(document, { ...options, isBounded: true })
      .trimEnd()
      .split("\n")
      .slice(2);
    expect(bounded.join(" ")).to.equal(text);
    expect(Math.max(...bounded.map((line) => line.length))).to.be.at.most(80);
    expect(asText(document, { ...options, isBounded: false })).to.contain(`\n${text}\n`);
  });
});

describe("the rehearsal as text", () => {
  it("fits one screen: a line per stack, the first one's tiers and story, and what to run next", () => {
    const short = renderText(
      {
        stacks: exampleRehearsal().stacks.map((stack) => ({
          ...stack,
          policies: [packReport({ advisory: 2, advisoryRules: { "check-has-alarm": 2 } })],
          proof: {
            outcome: stack.stack === "dev" ? "broken" : "proven",
            faults: 18,
            reasons: stack.stack === "dev" ? ["orders.dev.cafe.com A: no answer"] : [],
            minutesPerYear: { deadAnswer: stack.stack === "dev" ? 60 : 12.34, staticPage: 0 },
          },
        })),
      },
      { ...plain, columns: 80 },
    ).split("\n");
    expect(short).to.deep.equal([
      "Failover rehearsal of dev and prod",
      "  stack  under every fault  worst downtime  dead, a year",
      "  dev    1 PROBLEM          184 s of 190 s      60.0 min",
      "  prod   served               56 s of 60 s      12.3 min",
      "",
      "  orders.dev.cafe.com",
      "  ├─ Oregon (us-west-2)  us-west-2a, else us-west-2b",
      "  ├─ Dublin (eu-west-1)  eu-west-1a, else eu-west-1b",
      "  └─ us-east-2  maintenance",
      "",
      "  event             answer from  all moved in",
      "  us-west-2a fails  us-west-2b          184 s",
      "  Oregon fails      eu-west-1a          184 s",
      "  Dublin fails      maintenance         184 s",
      "  all recover       us-west-2a              –",
      "",
      "  next                                      shows",
      "  npx failover prove --stack dev            which faults hurt, and how long",
      "  npx failover policy --stack dev           the 2 advisory findings",
      "  npx failover rehearse --zone example.com  a zone of your own, read-only",
      "",
      "1 problem found.",
      "  dev: orders.dev.cafe.com A: no answer",
      "",
    ]);
  });

  it("shows tree, story, worst cases, objectives and notes of a stack when asked", () => {
    const lines = linesOf(tinyRehearsal());
    expect(lines.slice(0, 3)).to.deep.equal([
      "Failover rehearsal of dev",
      "Answers and times as what serves fails, one after the other, computed offline.",
      "",
    ]);
    expect(lines.slice(lines.findIndex((line) => line.startsWith("── dev")))).to.deep.equal([
      "── dev · orders.dev.cafe.com ───────────────────────────────────────────────────────────────────────",
      "  orders.dev.cafe.com",
      "  └─ PRIMARY  203.0.113.10",
      "",
      "The story",
      "The story of dev, to scale",
      "  us-west-2a fails: detected in 114 s, all moved in 184 s; worst if it hangs in the body, objective",
      "  190 s",
      "  us-west-2a  ━━━━━━━━━━━×××××××××××××××××××××××××××××××××××××××▒▒▒░░░░░░░░░░░░░░░░░░░░░",
      "  us-west-2b            ┊                                          ╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱━━━━━━━━━━━━",
      "  ━ answers, × dead and not detected yet, ▒ decided and propagating, ░ caches expire, ╱ customers",
      "  arrive, ╲ customers leave, ┊ event",
      "",
      "  event               answer from  address        TTL  detected in  all moved in",
      "  nothing has failed  us-west-2a   203.0.113.10  60 s            –             –",
      "  us-west-2a fails    us-west-2b   203.0.113.11  60 s        114 s         184 s",
      "",
      "Objectives",
      "  objective                  worst case      state",
      "  Zone or region: detection  114 s of 120 s  met",
      "  Zone or region: downtime   184 s of 190 s  met",
      "",
      "Worst cases",
      "  us-west-2a fails, by failure mode  detection  propagation   TTL  all moved in",
      "  refuses connections                     90 s         10 s  60 s         160 s",
      "  does not answer                        102 s         10 s  60 s         172 s",
      "  connects, then hangs                   108 s         10 s  60 s         178 s",
      "  hangs in the body                      114 s         10 s  60 s         184 s",
      "  Longest: detection 114 s = 3 × (30 s + 8 s) of oregon-us-west-2a-check; propagation 10 s = δ,",
      "  assumed; TTL 60 s = TTL of the old answer.",
      "  The time to spread is assumed: AWS publishes none.",
      "",
      "Reasons for each answer of dev",
      "  event               record                 member   why",
      "  nothing has failed  orders.dev.cafe.com A  primary  the primary is healthy",
      "  us-west-2a fails    orders.dev.cafe.com A  primary  the primary is healthy",
      "",
      "How the worst case is computed",
      "  The worst case is N · (I + P) + δ + TTL: N probes in a row fail, each after the interval I and",
      "  the duration P of a failing probe; Route 53 propagates the decision within δ; the last cache",
      "  expires after the TTL.",
      "",
      "Every answer is alive, and every objective is met.",
      "",
    ]);
  });

  it("states whether each policy pack passed, has advisory findings, or blocks an update", () => {
    const stop =
      "check-is-enabled: a-check.disabled: must be false, got true, so nobody is told; enable it";
    const page = wordsOf(
      changed({
        policies: [
          packReport(),
          packReport({
            pack: "advises",
            summary: "2 advisory, 1 unknown",
            advisory: 2,
            unknown: 1,
          }),
          packReport({ pack: "waits", summary: "1 unknown", unknown: 1 }),
          packReport({ pack: "stops", summary: "1 mandatory", mandatory: 1, stops: [stop] }),
        ],
      }),
    );
    expect(page).to.include.members([
      "dns-failover no findings; 40 of 40 rules applied passed",
      "advises 2 advisory, 1 unknown advisory",
      "waits 1 unknown advisory",
      "stops 1 mandatory BLOCKS UPDATE",
      "1 problem found.",
      stop,
    ]);
    expect(wordsOf(changed({ policies: [packReport()] }))).to.include(
      "Every answer is alive, every objective is met, and no policy blocks an update.",
    );
  });

  it("describes problems in words, never by colour alone", () => {
    const page = wordsOf(
      changed({
        steps: {
          1: { answers: [{ ...answerIn("us-west-2a"), alive: false }] },
          2: { answers: [] },
          3: { death: "refused", detection: null, downtime: null, bounds: [] },
        },
        objectives: [
          { name: "zoneOrRegion.downtime", target: 190, worst: 200.04, met: false },
          { name: "database.downtime", target: 360, worst: null, isEndless: true, met: false },
          { name: "orders.lost", target: 0, worst: 2, met: false },
          { name: "zoneOrRegion.detection", target: 120, worst: null, met: true },
        ],
      }),
    );
    expect(page).to.include.members([
      "us-west-2a fails us-west-2a DEAD 203.0.113.10 60 s 114 s 184 s",
      "Oregon fails NONE 114 s 184 s",
      "Dublin fails maintenance s3-website.us-east-2.amazonaws.com 60 s never never",
      "Zone or region: downtime 200 s of 190 s MISSED",
      "Database: downtime endless, target 360 s MISSED",
      "orders.lost 2 of 0 MISSED",
      "Zone or region: detection not measured here, target 120 s open",
      "us-west-2a fails: customers are on a dead answer, and do not move",
      "5 problems found.",
      'after "us-west-2a fails" the answer is us-west-2a, which is dead',
      'no answer after "Oregon fails"',
      "Zone or region: downtime is 200 s, allowed 190 s",
      "Database: downtime is endless, allowed 360 s",
      "orders.lost is 2, allowed 0",
    ]);
  });

  it("shows every answer with its share if there are several", () => {
    const shares = [0.9, 0.1].map((probability, index) => ({
      ...answerIn(index === 0 ? "us-west-2a" : "eu-west-1a"),
      probability,
    }));
    expect(wordsOf(changed({ steps: { 0: { answers: shares } } }))).to.include.members([
      "nothing has failed us-west-2a 203.0.113.10 90 % 60 s – –",
      "eu-west-1a 198.51.100.10 10 % 60 s",
    ]);
  });

  it("says once what several servers of a place have in common", () => {
    const dead = { ...answerIn("us-west-2a"), probability: 1 / 3, alive: false };
    const page = wordsOf(changed({ steps: { 1: { answers: [dead, dead, dead] } } }));
    expect(page).to.include("us-west-2a fails us-west-2a DEAD 184 s");
    expect(page).to.include("1 problem found.");
    const reason = 'after "us-west-2a fails" the answer is us-west-2a, which is dead';
    expect(page.filter((line) => line === reason)).to.have.length(1);
  });

  it("names the stack of a problem only where there are several", () => {
    const missed = { name: "zoneOrRegion.downtime", target: 1, worst: 2, met: false };
    const [stack] = changed({ objectives: [missed] }).stacks;
    const both = { stacks: stack ? [stack, { ...stack, stack: "prod" }] : [] };
    expect(wordsOf(both)).to.include.members([
      "dev: Zone or region: downtime is 2 s, allowed 1 s",
      "prod: Zone or region: downtime is 2 s, allowed 1 s",
    ]);
  });

  it("lists the messages of advisory findings when asked", () => {
    const advice = ["a-rule: a: must be b, got c, so d; e; the same for f"];
    const rehearsal = changed({
      policies: [packReport({ advisory: 2, advisoryRules: { "a-rule": 2 }, advice })],
    });
    expect(wordsOf(rehearsal)).to.include.members(["The advisory findings", ...advice]);
    expect(renderText(rehearsal, plain)).not.to.contain("got c");
  });

  it("shows the downtime of each TTL mode, side by side", () => {
    const ttlModes: NonNullable<StackRehearsal["ttlModes"]> = [
      { mode: "normal", inForce: true, ttl: 60, downtime: { zoneOrRegion: 184, database: 298 } },
      {
        mode: "maintenance",
        inForce: false,
        ttl: 5,
        downtime: { zoneOrRegion: 129, database: null },
      },
    ];
    expect(linesOf(changed({ ttlModes }))).to.include.members([
      "  worst downtime by TTL   zone or region  database",
      "  normal, 60 s, in force           184 s     298 s",
      "  maintenance, 5 s                 129 s         –",
    ]);
  });

  it("names the sides of a release if a zone has two", () => {
    const sides = ["blue", "green"].map((side) => ({
      ...answerIn("us-west-2a"),
      probability: side === "blue" ? 0.95 : 0.05,
      path: [
        { record: "orders.dev.cafe.com A", setIdentifier: "primary", reason: "" },
        { record: "release.oregon.orders.dev.cafe.com A", setIdentifier: side, reason: "" },
      ],
    }));
    expect(wordsOf(changed({ steps: { 0: { answers: sides } } }))).to.include.members([
      "nothing has failed us-west-2a blue 203.0.113.10 95 % 60 s – –",
      "us-west-2a green 203.0.113.10 5 % 60 s",
    ]);
  });

  it("names a place by its resource without the queried name, otherwise by its value", () => {
    const asked = { record: "orders.dev.cafe.com A", setIdentifier: "secondary", reason: "" };
    const target = "urn:pulumi:dev::failover::aws:s3/bucket:Bucket::page-orders.dev.cafe.com";
    const website = { ...answerIn("maintenance"), target, path: [asked] };
    const foreign = { ...answerIn("maintenance"), target: "", value: "elb.example" };
    const steps = { 0: { answers: [website] }, 1: { answers: [foreign] } };
    expect(wordsOf(changed({ steps }))).to.include.members([
      "nothing has failed page s3-website.us-east-2.amazonaws.com 60 s – –",
      "us-west-2a fails elb.example elb.example 60 s 114 s 184 s",
    ]);
  });

  it("cuts no long name on a terminal, and has one line for it in a pipe", () => {
    const value = "internal-a-very-long-name-of-a-balancer-1234567890.us-west-2.elb.amazonaws.com";
    const place = "a-place-with-a-name-that-nobody-expected-to-be-this-long-but-it-is-and-goes-on";
    const answers = [{ ...answerIn("us-west-2a"), value, availabilityZone: place }];
    const rehearsal = changed({ steps: { 1: { answers } } });
    expect(renderText(rehearsal)).to.contain(
      `\n    answer from   ${place}\n    address       ${value}\n`,
    );
    expect(renderText(rehearsal, { ...detailed, isBounded: false })).to.contain(
      `  ${place}  ${value}  60 s `,
    );
  });

  it("fits on a terminal of 80 columns, and shows more when asked", () => {
    const narrow = renderText(exampleRehearsal(), { ...plain, columns: 80 }).split("\n");
    expect(Math.max(...narrow.map((line) => line.length))).to.be.at.most(80);
    const verbose = renderText(exampleRehearsal(), { ...plain, hasDetails: true });
    for (const part of [
      "\nThe story of dev, to scale\n  us-west-2a fails: detected in 114 s, all moved in 184 s;",
      "\nReasons for each answer of dev\n",
      "\nHow the worst case is computed\n",
    ]) {
      expect(verbose).to.contain(part);
      expect(narrow.join("\n")).not.to.contain(part);
    }
  });

  it("escapes characters that a terminal would interpret", () => {
    const hostile = "\u001b[2Jgone\u202egnorw\n";
    const page = renderText(
      changed({ steps: { 0: { step: hostile } }, hostname: hostile, tree: node([hostile]) }),
    );
    expect(page).to.contain("\\u001b[2Jgone\\u202egnorw\\u000a");
    expect(page).not.to.match(/[\u001b\u202e]/);
  });

  it("colours on request, and adds nothing but colour", () => {
    const coloured = renderText(tinyRehearsal(), { ...detailed, paint: paintOf(true) });
    expect(coloured).to.contain("\u001b[32mmet\u001b[39m");
    expect(coloured).to.contain("\u001b[1mFailover rehearsal");
    expect(coloured.replace(/\u001b\[\d+m/g, "")).to.equal(renderText(tinyRehearsal()));
  });
});
