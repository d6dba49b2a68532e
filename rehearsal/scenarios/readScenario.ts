import type { z } from "zod";
import type { StackModel } from "../../routing/graph/stackModel";
import { packageFile } from "../../packageDirectory";
import { InputError } from "../../routing/inputError";
import { yamlMap } from "../engine/yamlFile";
import { issueTexts, mustText, receivedText, valueBelow } from "../issueText";
import type { ClientKind, Outline, Parameter, ScenarioEvent } from "./format";
import { clientShares, eventSchema, eventWords, outlineSchema } from "./format";
import type { CompiledEvents } from "./compileEvents";
import { EventCompiler } from "./compileEvents";

/** A scenario for a name of a stack, with all parameters replaced by values. */
export interface Scenario {
  readonly name: string;
  readonly about?: string | undefined;
  readonly durationSeconds: number;
  readonly ordersPerMinute: number;
  readonly clients: Readonly<Record<ClientKind, number>>;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly played: CompiledEvents;
}

/** A scenario's text and its subject. */
export interface ScenarioOrder {
  readonly text: string;
  /** The file's path, for messages. */
  readonly path: string;
  readonly model: StackModel;
  readonly hostname: string;
  readonly type: string;
  /** Values of parameters, as `name=value`. */
  readonly set: readonly string[];
}

const schemaHint = `; see ${packageFile("docs/scenario.schema.json")}`;
/** Shares must add up to 1 within this tolerance. */
const tolerance = 1e-6;

/**
 * Reads a scenario.
 *
 * @throws InputError with one line for each error: the format, names that the stack does not have, events
 *   out of order
 */
export function readScenario(order: ScenarioOrder): Scenario {
  const { path } = order;
  const faults: string[] = [];
  const raw = yamlMap(order.text, path, "");
  const outline = outlineSchema.safeParse(raw);
  if (!outline.success) {
    throw new InputError(
      issueTexts(outline.error, raw).map((one) => `${path}: ${one}${schemaHint}`),
    );
  }
  const { events: rawEvents, clients, ...rest } = outline.data;
  const parameters = withValues(rest.parameters, order, faults);
  const events = rawEvents.flatMap((event, index): ScenarioEvent[] => {
    const at = `${path}: events[${index}]`;
    const filled = fill(event, parameters, at, faults);
    const read = eventSchema.safeParse(filled);
    if (read.success) return [read.data];
    faults.push(...eventLines(read.error, at, filled));
    return [];
  });
  const isComplete = events.length === rawEvents.length;
  const playing = new EventCompiler(order, rest.durationSeconds, faults);
  const played = playing.play(events, isComplete ? undefined : "some events were not read");
  const shares = clientsOf(clients, path, faults);
  if (faults.length > 0) throw new InputError(faults);
  return { ...rest, parameters, clients: shares, played };
}

/** Whether a scenario is to be played with the gate attached; `readScenario` reports its errors. */
export function attachesGate(text: string, path: string): boolean {
  return yamlMap(text, path, "")["gate"] === "attached";
}

/** The errors of an event for its kind, which its keyword identifies. */
function eventLines(error: z.ZodError, at: string, event: unknown): readonly string[] {
  const words: readonly string[] = eventWords;
  const said = Object.keys(event ?? {}).filter((key) => words.includes(key));
  if (said.length !== 1) {
    return [
      `${at}: must have atSeconds and one of ${words.join(", ")}, got ${receivedText(event)}${schemaHint}`,
    ];
  }
  const [issue] = error.issues;
  const isOfAll = issue?.code === "invalid_union" && issue.path.length === 0;
  const own = isOfAll ? (issue.errors[words.indexOf(said[0] as string)] ?? []) : error.issues;
  return own.map(
    ({ path, message }) =>
      `${at}${path.map((part) => `.${String(part)}`).join("")}: ${mustText(message)}, got ${receivedText(valueBelow(event, path))}${schemaHint}`,
  );
}

function withValues(
  parameters: Outline["parameters"],
  { set, path }: ScenarioOrder,
  faults: string[],
): Readonly<Record<string, Parameter>> {
  const filled: Record<string, Parameter> = { ...parameters };
  for (const one of set) {
    const at = one.indexOf("=");
    const [name, value] = at < 0 ? [one, ""] : [one.slice(0, at), one.slice(at + 1)];
    const known = filled[name];
    if (known === undefined) {
      const names = Object.keys(parameters).join(", ") || "(none)";
      faults.push(`--set ${one}: ${path} has no such parameter; it has ${names}`);
      continue;
    }
    if (value === "") {
      faults.push(`--set ${one}: must have a value, got none; for example ${name}=${known.value}`);
      continue;
    }
    const number = Number(value);
    if (typeof known.value === "number" && !Number.isFinite(number)) {
      faults.push(
        `--set ${one}: must be a number, got ${value}; for example ${name}=${known.value}`,
      );
      continue;
    }
    filled[name] = { ...known, value: typeof known.value === "number" ? number : value };
  }
  return filled;
}

/** An event with its parameters replaced by values. */
function fill(
  value: unknown,
  parameters: Readonly<Record<string, Parameter>>,
  at: string,
  faults: string[],
): unknown {
  if (Array.isArray(value)) return value.map((one) => fill(one, parameters, at, faults));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        fill(one, parameters, `${at}.${key}`, faults),
      ]),
    );
  }
  if (typeof value !== "string" || !value.startsWith("$")) return value;
  const found = parameters[value.slice(1)];
  if (found !== undefined) return found.value;
  const names = Object.keys(parameters).join(", ") || "(none)";
  faults.push(`${at}: no such parameter, got ${value}; the scenario has ${names}`);
  return value;
}

function clientsOf(given: Outline["clients"], path: string, faults: string[]): Scenario["clients"] {
  if (given === undefined) return clientShares;
  const shares = { ...clientShares, ...mapAll(0), ...given };
  const sum = Object.values(shares).reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > tolerance) {
    faults.push(`${path}: clients: the shares must add up to 1, got ${sum}; change them`);
  }
  return shares;
}

function mapAll(value: number): Record<ClientKind, number> {
  return Object.fromEntries(Object.keys(clientShares).map((kind) => [kind, value])) as Record<
    ClientKind,
    number
  >;
}
