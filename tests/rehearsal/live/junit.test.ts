import { expect } from "chai";
import type { DrillEvent, DrillRun } from "../../../rehearsal/live/drillRun";
import { drillJunit } from "../../../rehearsal/live/junit";
import { drillHead } from "./drillHead";

type Event<K> = Extract<DrillEvent, { readonly kind: K }>;

const fault = (
  atSeconds: number,
  action: Event<"fault">["action"],
  names: readonly string[],
): DrillEvent => ({ atSeconds, kind: "fault", action, names, death: "refused", broken: names });
const measured = (atSeconds: number, more: Partial<Event<"measured">>): DrillEvent => ({
  ...{ atSeconds, kind: "measured", fault: "web" },
  ...{ detectionSeconds: 12, downtimeSeconds: null, ...more },
});
const predicted = { detection: { bound: 20 }, downtime: { bound: 40 } };

/** The cases of a run as a build server reads them: the outages', and the end's. */
function casesOf(
  events: readonly DrillEvent[],
  reasons: readonly string[] = [],
): readonly string[] {
  const run: DrillRun = {
    drill: drillHead,
    events: [
      fault(10, "fail", ["web"]),
      ...events,
      { atSeconds: 60, kind: "end", isGood: reasons.length === 0, reasons },
    ],
  };
  return drillJunit(run)
    .split("\n")
    .filter((line) => /<test(?:case|suite) /.test(line))
    .map((line) => line.trim());
}

describe("the JUnit report of a drill", () => {
  it("passes an outage that is over within its bound", () => {
    expect(casesOf([measured(60, { downtimeSeconds: 30, predicted, outside: [] })])).to.deep.equal([
      '<testsuite name="drill of t" tests="2" failures="0" skipped="0" time="60" timestamp="">',
      '<testcase classname="failover.drill" name="web (refused) is over as predicted" time="30"/>',
      '<testcase classname="failover.drill" name="the drill ends well" time="60"/>',
    ]);
  });

  it("fails one that is not over at the end of the drill, with or without a bound", () => {
    const [suite, outage] = casesOf([measured(35, { predicted })]);
    expect(suite).to.contain('failures="1"');
    expect(outage).to.contain(
      '<failure message="not over at the end of the drill, 25 s after it began; noticed in 12 s, bound 20 s; orders failed for an unknown time, bound 40 s"/>',
    );
    const never = { detection: { bound: null }, downtime: { bound: null } };
    const [, endless] = casesOf([measured(60, { predicted: never, detectionSeconds: null })]);
    expect(endless).to.contain(
      "50 s after it began; noticed in never, bound never; orders failed for an unknown time, bound endless",
    );
  });

  it("skips one that the next change cut short, which is open", () => {
    const [suite, outage] = casesOf([measured(35, { predicted }), fault(35, "return", ["web"])]);
    expect(suite).to.contain('failures="0" skipped="1"');
    expect(outage).to.contain('<skipped message="not over at the next change; noticed in 12 s');
  });

  it("fails where the drill ended badly, once for each reason", () => {
    const outside = ["orders failed for 50 s, longer than the bound 40 s"];
    const bad = measured(60, { downtimeSeconds: 50, predicted, outside });
    const [suite, outage, ending] = casesOf(
      [bad],
      [`web: ${outside.join("")}`, "it was interrupted before its end"],
    );
    expect(suite).to.contain('failures="2"');
    expect(outage).to.contain('<failure message="orders failed for 50 s, longer than the bound');
    expect(ending).to.contain('<failure message="it was interrupted before its end"/>');
  });
});
