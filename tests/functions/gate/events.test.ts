import { expect } from "chai";
import { gateEventOf } from "../../../functions/gate/events";
import { InputError } from "../../../routing/inputError";

const topics = ["arn:aws:sns:eu-west-1:1:here", "arn:aws:sns:us-east-1:1:there"];
const message = (TopicArn: unknown): unknown => ({ EventSource: "aws:sns", Sns: { TopicArn } });

describe("gateEventOf", () => {
  const faultsOf = (event: unknown): readonly string[] => {
    try {
      gateEventOf(event, topics);
    } catch (error) {
      if (error instanceof InputError) return error.faults;
      throw error;
    }
    return [];
  };

  it("takes schedules and messages of its topics as the time for a run", () => {
    for (const event of [
      { source: "aws.events", "detail-type": "Scheduled Event" },
      { source: "aws.scheduler", "detail-type": "Scheduled Event" },
      { Records: [message(topics[0]), message(topics[1])] },
    ]) {
      expect(gateEventOf(event, topics)).to.deep.equal({ kind: "tick" });
    }
  });

  it("takes commands", () => {
    expect(gateEventOf({ command: "status" }, topics)).to.deep.equal({ kind: "status" });
    expect(
      gateEventOf({ command: "hold", identity: "ada", reason: "to Dublin", more: 1 }, topics),
    ).to.deep.equal({ kind: "hold", identity: "ada", reason: "to Dublin" });
  });

  it("refuses messages of other topics, and names each", () => {
    expect(
      faultsOf({
        Records: [message("arn:aws:sns:eu-west-1:2:here"), message(topics[0]), message(undefined)],
      }),
    ).to.deep.equal([
      'Records[0]: must be from arn:aws:sns:eu-west-1:1:here or arn:aws:sns:us-east-1:1:there, got "arn:aws:sns:eu-west-1:2:here"; remove the subscription',
      "Records[2]: must be from arn:aws:sns:eu-west-1:1:here or arn:aws:sns:us-east-1:1:there, got nothing; remove the subscription",
    ]);
    expect(
      faultsOf({ Records: [{ EventSource: "aws:sqs", Sns: { TopicArn: topics[0] } }] }),
    ).to.have.length(1);
  });

  it("refuses any other event by what it is", () => {
    const must =
      "event: must be a schedule's, a topic's, or a command of hold, release, status, got";
    const remedy = "use `failover hold`, `release` or `status`";
    for (const [event, shown] of [
      [undefined, "nothing"],
      [null, "null"],
      [{}, "{}"],
      [{ Records: [] }, '{"Records":[]}'],
      [{ command: "drain" }, '{"command":"drain"}'],
      [
        { source: "aws.ec2", "detail-type": "Scheduled Event" },
        '{"source":"aws.ec2","detail-type":"Scheduled Event"}',
      ],
    ] as const) {
      expect(faultsOf(event)).to.deep.equal([`${must} ${shown}; ${remedy}`]);
    }
  });

  it("refuses a command without identity and reason, and texts that break lines", () => {
    expect(faultsOf({ command: "hold", reason: " " })).to.deep.equal([
      "identity: must be one line of 1 to 700 characters, got nothing; hold again with it",
      'reason: must be one line of 1 to 500 characters, got " "; hold again with it',
    ]);
    expect(faultsOf({ command: "release", identity: "ada", reason: "a\nb" })).to.deep.equal([
      'reason: must be one line of 1 to 500 characters, got "a\\nb"; release again with it',
    ]);
    expect(faultsOf({ command: "hold", identity: "a".repeat(701), reason: "r" })).to.have.length(1);
  });
});
