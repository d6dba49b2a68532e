import { expect } from "chai";
import { liveEvidenceOf } from "../../../aws/gameDay/record";
import { gameDayReport } from "../../../aws/gameDay/report";
import type { GameDayResult } from "../../../aws/gameDay/play";
import { evidenceSchema, liveEvidenceSchema } from "../../../rehearsal/proof/evidenceSchema";
import type { LiveEvidence } from "../../../rehearsal/proof/evidenceSchema";
import { asText } from "../../../rehearsal/report/asText";
import { paintOf } from "../../../rehearsal/report/paint";

const region = "us-west-2";
const result: GameDayResult = {
  plan: {
    project: "failover",
    stack: "dev",
    region,
    accountId: "123456789012",
    name: "us-west-2a",
    fault: { kind: "instances", instanceIds: ["i-1"] },
    stopAlarms: [{ region, name: "customers" }],
    minutes: 10,
    returnMinutes: 10,
    effect: "stops i-1 in us-west-2a for at most 10 minutes",
  },
  startedAt: "2027-01-15T12:00:00.000Z",
  mendedSeconds: 620,
  end: "10 minutes are over",
  isComplete: true,
  movements: [
    {
      name: "orders.example.org",
      type: "A",
      before: ["198.51.100.10"],
      after: ["198.51.100.20"],
      firstMovedSeconds: 25,
      allMovedSeconds: 35,
      returnedSeconds: 40,
    },
  ],
  alarms: {
    value: [
      {
        region: "us-east-1",
        name: "oregon",
        at: "2027-01-15T12:01:30.000Z",
        text: "Alarm updated from OK to ALARM",
        kind: "state",
      },
      {
        region: "us-east-1",
        name: "oregon",
        at: "2027-01-15T12:01:31.000Z",
        text: "Successfully executed action arn:aws:sns:us-east-1:123456789012:alerts",
        kind: "notification",
      },
    ],
  },
  left: [],
  events: [{ seconds: 0, text: "stopping i-1" }],
  unseen: [],
};

function recordOf(
  change: Partial<GameDayResult> = {},
  downtimeSeconds = 56,
  ttlSeconds: number | null = 10,
): LiveEvidence {
  return liveEvidenceOf(
    { ...result, ...change },
    {
      date: new Date("2027-01-15T13:00:00Z"),
      version: "1.0.0",
      commit: null,
      owner: "Platform team",
      retest: null,
      resources: [],
      objectives: new Map([
        ["zoneOrRegion.detection", 30],
        ["zoneOrRegion.downtime", downtimeSeconds],
      ]),
      ttlSeconds,
    },
  );
}

describe("the record of a game day", () => {
  it("has the measured times beside the objectives, what the alarms did, and who was told", () => {
    const record = recordOf();
    expect(record.objectives).to.deep.equal([
      { name: "zoneOrRegion.detection", objective: 30, achieved: 25, met: true },
      { name: "zoneOrRegion.downtime", objective: 56, achieved: 45, met: true },
    ]);
    expect([record.result, record.gaps]).to.deep.equal(["met", []]);
    expect(record.gameDay.alarms?.map(({ text }) => text)).to.deep.equal([
      "Alarm updated from OK to ALARM",
    ]);
    expect(record.gameDay.notifications?.map(({ at }) => at)).to.deep.equal([
      "2027-01-15T12:01:31.000Z",
    ]);
  });

  it("is a live failover, and can never be read as a simulation, nor the other way round", () => {
    const record = recordOf();
    expect(liveEvidenceSchema.parse(record)).to.deep.equal(record);
    expect(record.scenarioType).to.equal("live failover");
    expect(evidenceSchema.safeParse(record).success).to.equal(false);
    expect(evidenceSchema.safeParse({ ...record, proof: {} }).success).to.equal(false);
    const claimed = { ...record, scenarioType: "simulation" };
    expect(evidenceSchema.safeParse(claimed).success).to.equal(false);
    expect(liveEvidenceSchema.safeParse(claimed).success).to.equal(false);
  });

  it("misses an objective by its figure, and by anything that is left", () => {
    const slow = recordOf({}, 44);
    expect([slow.result, slow.gaps]).to.deep.equal([
      "missed",
      ["Zone or region: downtime is 45 s, allowed 44 s"],
    ]);
    const left = recordOf({ left: [{ what: "i-1: may be stopped", command: "aws ec2 …" }] });
    expect([left.result, left.gaps]).to.deep.equal([
      "missed",
      ["left: i-1: may be stopped; aws ec2 …"],
    ]);
  });

  it("is open, never met, if something was not measured or not seen", () => {
    const [movement] = result.movements;
    if (!movement) throw new Error("no movement");
    const still = recordOf({ movements: [{ ...movement, allMovedSeconds: null }] });
    expect([still.result, still.gaps]).to.deep.equal([
      "open",
      [
        "Zone or region: downtime was not measured, allowed 56 s",
        "orders.example.org A: not every name server moved away",
      ],
    ]);
    expect(recordOf({}, 56, null).result).to.equal("open");
    const early = recordOf({ isComplete: false, end: "Ctrl-C" });
    expect([early.result, early.gaps]).to.deep.equal(["open", ["the fault ended early: Ctrl-C"]]);
    const blind = recordOf({ alarms: { unknown: "denied" }, unseen: ["denied"] });
    expect([blind.result, blind.gaps, blind.gameDay.alarms]).to.deep.equal([
      "open",
      ["not seen: denied"],
      null,
    ]);
  });

  it("is printed with its times", () => {
    const text = asText(gameDayReport(recordOf()), {
      paint: paintOf(false),
      columns: 100,
      isBounded: false,
      hasDetails: true,
    });
    expect(text).to.include("2027-01-15 12:00:00 UTC");
    expect(text).to.include("orders.example.org A  198.51.100.10  198.51.100.20");
    expect(text).to.include("90 s: oregon (us-east-1): Alarm updated from OK to ALARM");
    expect(text.trim().split("\n").at(-1)).to.equal(
      "Customers moved within the objectives, and everything is as before.",
    );
  });

  it("says what is the matter, and how to start again what is left", () => {
    const verdictOf = (record: LiveEvidence): readonly (string | undefined)[] => {
      const { verdict } = gameDayReport(record);
      return [verdict?.text, verdict?.reasons.at(-1)];
    };
    expect(verdictOf(recordOf({ left: [{ what: "i-1: may be stopped" }] }))).to.deep.equal([
      "1 thing could not be started again.",
      "Next: npx failover gameday restore --stack dev",
    ]);
    expect(verdictOf(recordOf({}, 44))).to.deep.equal([
      "Everything was started again, but an objective was missed.",
      "Zone or region: downtime is 45 s, allowed 44 s",
    ]);
    expect(verdictOf(recordOf({ unseen: ["denied"] }))).to.deep.equal([
      "Everything was started again, but not everything was measured.",
      "not seen: denied",
    ]);
  });
});
