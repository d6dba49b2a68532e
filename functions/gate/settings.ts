import { InputError } from "../../routing/inputError";
import { environmentOf } from "../aws/environment";
import type { Environment, OwnAws } from "../aws/environment";
import type { GateRules } from "./blockers";
import type { GateSide } from "./observation";

/** The environment of the controller: its own variables, and Lambda's. */
export interface GateFunctionSettings extends OwnAws {
  /** Name of the function, which tells stacks apart in messages. */
  readonly functionName: string;
  /** The bucket of the gate, in the function's own region. */
  readonly bucket: string;
  /** Host names of the zone's authoritative name servers. */
  readonly nameServers: readonly string[];
  /** The record whose answer tells which region serves. */
  readonly liveName: string;
  /** Names that answer with the endpoints of the primary region, and of the standby region. */
  readonly regionNames: Readonly<Record<GateSide, readonly string[]>>;
  /** The TXT record of each signal: `healthy` or `unhealthy`, by a check. */
  readonly signalNames: Readonly<Record<string, string>>;
  /** The topic for notices, in the function's own region. */
  readonly topicArn: string;
  /** Topics whose messages start a run. */
  readonly tickTopicArns: readonly string[];
  readonly rules: GateRules;
  /** The ranges of Route 53's checkers that the bucket's policy admits. */
  readonly checkerRanges: readonly string[];
  /** Address of the runbook section on the gate. */
  readonly runbook: string;
}

const names = [
  "GATE_BUCKET",
  "NAME_SERVERS",
  "LIVE_NAME",
  "PRIMARY_NAMES",
  "STANDBY_NAMES",
  "SIGNAL_NAMES",
  "TOPIC_ARN",
  "APPROVAL",
  "APPROVERS",
  "OUTSIDE_RUNS",
  "SOAK_SECONDS",
  "REMIND_SECONDS",
  "CHECKER_RANGES",
  "RUNBOOK",
  "AWS_LAMBDA_FUNCTION_NAME",
] as const;
type Name = (typeof names)[number];

/**
 * A soak is longer than any run: a late write of an earlier run cannot reach across it. Lambda ends
 * a run after 60 s (the timeout of the function).
 */
const soakSecondsMin = 60;

/**
 * Reads the environment. `TICK_TOPIC_ARNS` (JSON list) is optional; default: only `TOPIC_ARN`.
 *
 * @throws InputError with a line for each missing or invalid variable
 */
export function gateFunctionSettingsOf(
  variables: Readonly<Record<string, string | undefined>>,
): GateFunctionSettings {
  const faults: string[] = [];
  const environment = present(variables, faults);
  const take = new Values(variables, faults);
  const settings = {
    functionName: take.text("AWS_LAMBDA_FUNCTION_NAME"),
    bucket: take.text("GATE_BUCKET", /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "a bucket without dots"),
    nameServers: take.list("NAME_SERVERS", isName, "one or more host names"),
    liveName: take.text("LIVE_NAME"),
    regionNames: {
      primary: take.list("PRIMARY_NAMES", isName, "one or more record names"),
      standby: take.list("STANDBY_NAMES", isName, "one or more record names"),
    },
    // Without a signal a release would need no sign of health.
    signalNames: take.record("SIGNAL_NAMES", isName, "one or more record names"),
    topicArn: take.text("TOPIC_ARN", topicArn, "the ARN of a topic"),
    tickTopicArns: [
      variables["TOPIC_ARN"] ?? "",
      ...take.list("TICK_TOPIC_ARNS", (arn) => topicArn.test(arn), "ARNs of topics", 0),
    ],
    rules: {
      isAutomatic:
        take.text("APPROVAL", /^(?:manual|automatic)$/, "manual or automatic") === "automatic",
      approvers: take.whole("APPROVERS", 1, 2),
      outsideRuns: take.whole("OUTSIDE_RUNS", 1, 60),
      soakSeconds: take.whole("SOAK_SECONDS", soakSecondsMin, 86_400),
      remindSeconds: take.whole("REMIND_SECONDS", 60, 604_800),
    },
    checkerRanges: take.list(
      "CHECKER_RANGES",
      (range) => cidr.test(range),
      "one or more CIDR ranges",
    ),
    runbook: take.text("RUNBOOK"),
  };
  // Nothing outside the function's own region may be needed in a failover.
  const region = variables["AWS_REGION"];
  if (region !== undefined && settings.topicArn.split(":")[3] !== region) {
    take.fault("TOPIC_ARN", `in ${region}`);
  }
  if (environment === undefined || faults.length > 0) throw new InputError([...new Set(faults)]);
  return { ...settings, ...environment.aws };
}

const topicArn = /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/;
const cidr = /^[0-9a-f:.]+\/\d{1,3}$/i;

function isName(value: string): boolean {
  return /^[\w*.-]+$/.test(value);
}

/** The required variables; the faults of missing ones are added to the others. */
function present(
  variables: Readonly<Record<string, string | undefined>>,
  faults: string[],
): Environment<Name> | undefined {
  try {
    return environmentOf(variables, names);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}

/** Reads values of variables, and collects the faults of those that are set. */
class Values {
  constructor(
    private readonly variables: Readonly<Record<string, string | undefined>>,
    private readonly faults: string[],
  ) {}

  /** Missing variables are reported as missing, and not again here. */
  fault(name: string, must: string): void {
    const value = this.variables[name];
    if (value === undefined || value === "") return;
    this.faults.push(`${name}: must be ${must}, got ${value}; deploy the function again`);
  }

  text(name: Name, form = /^/, must = "a text"): string {
    const value = this.variables[name] ?? "";
    if (!form.test(value)) this.fault(name, must);
    return value;
  }

  whole(name: Name, min: number, max: number): number {
    const value = Number(this.variables[name]);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    this.fault(name, `a whole number from ${min} to ${max}`);
    return min;
  }

  list(
    name: Name | "TICK_TOPIC_ARNS",
    holds: (item: string) => boolean,
    items: string,
    itemsMin = 1,
  ): readonly string[] {
    const value = this.json(this.variables[name] ?? "[]");
    if (
      Array.isArray(value) &&
      value.length >= itemsMin &&
      value.every((item) => typeof item === "string" && holds(item))
    ) {
      return value as readonly string[];
    }
    this.fault(name, `a JSON list of ${items}`);
    return [];
  }

  record(
    name: Name,
    holds: (value: string) => boolean,
    values: string,
  ): Readonly<Record<string, string>> {
    const value = this.json(this.variables[name] ?? "");
    if (
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      Object.keys(value).length > 0 &&
      Object.values(value).every((item) => typeof item === "string" && holds(item))
    ) {
      return value as Readonly<Record<string, string>>;
    }
    this.fault(name, `a JSON object of ${values}`);
    return {};
  }

  private json(text: string): unknown {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  }
}
