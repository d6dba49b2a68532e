import { expect } from "chai";
import { diffOf } from "../../../rehearsal/diff/diff";
import { reasonText } from "../../../rehearsal/diff/reasons";
import { faultRatesFrom } from "../../../rehearsal/proof/faultRates";
import { resource } from "../../routing/graph/stack";
import { judgedLines, pairResources, verdictOn } from "./judgedPair";

const update = (options: string): string =>
  `aws route53 update-health-check --health-check-id check ${options}`;
const doubt =
  "whether what it then watches is healthy when the records that follow it serve, is not known";
const follows = "www.a.test A [primary] follows it";
const watched = (after: string): string =>
  `it watched http://8.8.4.1:80/h for "ok", and then watches ${after}`;

describe("failover policy --runbook of changed checks", () => {
  const aimed: readonly (readonly [options: string, after: string])[] = [
    ["--search-string fine", 'http://8.8.4.1:80/h for "fine"'],
    ["--port 81", 'http://8.8.4.1:81/h for "ok"'],
    ["--resource-path /deep", 'http://8.8.4.1:80/deep for "ok"'],
    ["--reset-elements ResourcePath", 'http://8.8.4.1:80/ for "ok"'],
    ["--fully-qualified-domain-name b.test", 'http://8.8.4.1:80/h as b.test for "ok"'],
    [
      "--alarm-identifier Region=us-east-1,Name=slow",
      "the alarm slow in us-east-1 (without data: LastKnownStatus)",
    ],
  ];
  for (const [options, after] of aimed) {
    it(`does not know whether a check is healthy after ${options}, and says what it watches`, () => {
      expect(verdictOn(update(options))).to.deep.equal(["unknown", doubt, watched(after), follows]);
    });
  }

  it("finds a check of another address", () => {
    const found = verdictOn(update("--ip-address 8.8.4.9"));
    expect(found[0]).to.equal("harmful");
    expect(found).to.include(watched('http://8.8.4.9:80/h for "ok"'));
    expect(verdictOn(update("--ip-address 8.8.4.9"), { hasIds: false })[0]).to.equal("unknown");
  });

  it("finds a check that takes longer to notice a failure, and praises one that is faster", () => {
    expect(verdictOn(update("--failure-threshold 10"))).to.deep.equal([
      "harmful",
      "detection of 8.8.4.1 when it hangs in the body 114 s → 380 s (www.a.test A)",
      "downtime of 8.8.4.1 when it hangs in the body 184 s → 450 s (www.a.test A)",
      "a failure is noticed after 300 s instead of 90 s",
      follows,
    ]);
    expect(verdictOn(update("--failure-threshold 2"))[0]).to.equal("harmless");
  });

  describe("that take longer", () => {
    const slow = "aws route53 update-health-check --health-check-id other --failure-threshold 10";
    const other = resource("aws:route53/healthCheck:HealthCheck", "other", {
      ...{ type: "HTTP", ipAddress: "203.0.113.99", port: 80 },
      ...{ requestInterval: 30, failureThreshold: 3 },
    });
    const both = [...pairResources, other].map((one) =>
      one.name === "www-secondary"
        ? { ...one, outputs: { ...one.outputs, healthCheckId: "other" } }
        : one,
    );
    const before = { title: "before", resources: both };

    it("judges a check of the secondary as failover diff does", () => {
      const after = both.map((one) =>
        one === other ? { ...one, outputs: { ...one.outputs, failureThreshold: 10 } } : one,
      );
      const { outcome, worse } = diffOf(
        before,
        { title: "after", resources: after },
        { names: [], rates: faultRatesFrom([]), objectives: new Map() },
      );
      const [verdict, why] = verdictOn(slow, { resources: both });
      expect([outcome, worse.map(reasonText)]).to.deep.equal(["worse", [why]]);
      expect([verdict, why]).to.deep.equal([
        "harmful",
        "downtime of any change by one cause that comes back 192 s → 436 s (www.a.test A)",
      ]);
    });

    it("says that it takes longer where the objectives allow that", () => {
      const stack = resource("pulumi:pulumi:Stack", "graph-dev", {
        objectives: { zoneOrRegionDowntimeSeconds: 600 },
      });
      expect(verdictOn(slow, { resources: [stack, ...both] }).slice(0, 3)).to.deep.equal([
        "harmless",
        "while nothing fails it changes no answer",
        "customers wait longer, within the objectives",
      ]);
    });

    it("calls harmless what returns to the times of the program, and no longer ones", () => {
      const hurried = both.map((one) =>
        one === other
          ? { ...one, inputs: { failureThreshold: 10 }, outputs: { ...one.outputs } }
          : one,
      );
      expect(verdictOn(slow, { resources: hurried }).slice(0, 3)).to.deep.equal([
        "harmless",
        "while nothing fails it changes no answer",
        "customers wait longer, but no longer than the program says",
      ]);
      const less = hurried.map((one) =>
        one.name === "other" ? { ...one, inputs: { failureThreshold: 9 } } : one,
      );
      expect(verdictOn(slow, { resources: less })[0]).to.equal("harmful");
    });
  });

  it("is silent on what sets nothing new", () => {
    for (const options of [
      "--search-string ok",
      "--port 80",
      "--no-inverted",
      "--no-disabled",
      "",
    ]) {
      expect(verdictOn(update(options)), options).to.deep.equal([
        "harmless",
        "it changes no answer",
      ]);
    }
  });

  const inputs: readonly (readonly [how: string, command: string])[] = [
    ["JSON", `--cli-input-json '{"HealthCheckId":"check","Disabled":true}'`],
    ["YAML", `--cli-input-yaml $'HealthCheckId: check\\nDisabled: true\\n'`],
    ["a JSON file", "--cli-input-json file://set.json"],
    ["a YAML file", "--cli-input-yaml file://set.yaml"],
    [
      "JSON that an option overrides",
      `--health-check-id check --cli-input-json '{"HealthCheckId":"x","Disabled":true}'`,
    ],
  ];
  for (const [how, options] of inputs) {
    it(`reads the input of a command from ${how}`, () => {
      const files: Readonly<Record<string, string>> = {
        "set.json": '{"HealthCheckId":"check","Disabled":true}',
        "set.yaml": "HealthCheckId: check\nDisabled: true\n",
      };
      const [found] = judgedLines([`aws route53 update-health-check ${options}`], {
        textOf: (path) => files[path],
      });
      expect([found?.verdict, found?.subject]).to.deep.equal(["harmful", "check"]);
    });
  }

  it("reads a flag that an input takes back", () => {
    const input = JSON.stringify({ HealthCheckId: "check", Disabled: false, Port: 80 });
    const command = `aws route53 update-health-check --cli-input-json '${input}'`;
    expect(verdictOn(command)).to.deep.equal(["harmless", "it changes no answer"]);
  });

  it("does not know what an input does that cannot be read", () => {
    const unread: readonly (readonly [options: string, why: string])[] = [
      ["--cli-input-json file://none.json", "the file none.json cannot be read"],
      ["--cli-input-json file://$DIR/x.json", "the file …/x.json cannot be read"],
      ['--cli-input-json "$(cat x)"', "its --cli-input-json is not written in the runbook"],
      ["--cli-input-json {", "its --cli-input-json is no JSON"],
      ["--cli-input-yaml '[1]'", "its --cli-input-yaml has no members"],
      ["--health-check-id check $MORE", "some options are not written in the runbook"],
      [
        '--health-check-id check --alarm-identifier "Region=us-east-1,Name=$ALARM"',
        "--alarm-identifier is not written in the runbook",
      ],
      ['--health-check-id check --port "$PORT"', "--port is not written in the runbook"],
    ];
    for (const [options, why] of unread) {
      expect(verdictOn(`aws route53 update-health-check ${options}`), options).to.deep.equal([
        "unknown",
        why,
      ]);
    }
  });
});
