import { InputError } from "../../routing/inputError";
import type { GateCommand } from "./decision";

/** An event of the controller: the time for a run, a question, or a person's command. */
export type GateEvent = { readonly kind: "tick" } | { readonly kind: "status" } | GateCommand;

/** Longest identity: an ARN of a session (IAM: names of 64, a path of 512). */
const identityLengthMax = 700;
/** A sentence or two: SNS and the state carry it. */
const reasonLengthMax = 500;

const commands: readonly unknown[] = ["hold", "release", "status"];
/** Sources of EventBridge's schedules: rules, and the scheduler. */
const schedules: readonly unknown[] = ["aws.events", "aws.scheduler"];

/**
 * Reads an event: a schedule's, messages of a known topic, or a command.
 *
 * @param topicArns topics whose messages start a run
 * @throws InputError with a line for each fault
 */
export function gateEventOf(event: unknown, topicArns: readonly string[]): GateEvent {
  const records = fieldOf(event, "Records");
  if (Array.isArray(records) && records.length > 0) return messages(records, topicArns);
  const isSchedule =
    fieldOf(event, "detail-type") === "Scheduled Event" &&
    schedules.includes(fieldOf(event, "source"));
  if (isSchedule) return { kind: "tick" };
  const command = fieldOf(event, "command");
  if (commands.includes(command))
    return commanded(command as GateCommand["kind"] | "status", event);
  throw new InputError([
    `event: must be a schedule's, a topic's, or a command of hold, release, status, got ${shown(event)}; use \`failover hold\`, \`release\` or \`status\``,
  ]);
}

function messages(records: readonly unknown[], topicArns: readonly string[]): GateEvent {
  const faults = records.flatMap((record, index) => {
    const arn = fieldOf(fieldOf(record, "Sns"), "TopicArn");
    return fieldOf(record, "EventSource") === "aws:sns" && topicArns.some((one) => one === arn)
      ? []
      : [
          `Records[${index}]: must be from ${topicArns.join(" or ")}, got ${shown(arn)}; remove the subscription`,
        ];
  });
  if (faults.length > 0) throw new InputError(faults);
  return { kind: "tick" };
}

function commanded(kind: GateCommand["kind"] | "status", event: unknown): GateEvent {
  if (kind === "status") return { kind };
  const faults: string[] = [];
  const text = (key: string, lengthMax: number): string => {
    const value = fieldOf(event, key);
    // Control characters would break the lines of messages and of the log.
    if (typeof value === "string" && value.trim() !== "" && !/\p{Cc}/u.test(value)) {
      if (value.length <= lengthMax) return value;
    }
    faults.push(
      `${key}: must be one line of 1 to ${lengthMax} characters, got ${shown(value)}; ${kind} again with it`,
    );
    return "";
  };
  const command = {
    kind,
    identity: text("identity", identityLengthMax),
    reason: text("reason", reasonLengthMax),
  };
  if (faults.length > 0) throw new InputError(faults);
  return command;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value).slice(0, 200);
}
