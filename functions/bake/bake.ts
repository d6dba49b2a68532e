import type { Aws } from "../aws/readAws";
import type { Exchange } from "../http/exchange";
import { decide, lookEverySeconds } from "./decision";
import type { Look, Phase } from "./decision";
import { judge } from "./judgement";
import { observe } from "./observe";
import type { FindNameServers } from "./observe";
import type { BakeEvent, BakeSettings } from "./settings";

/** What the function touches beyond its settings. */
export interface BakeDependencies {
  readonly exchange: Exchange;
  readonly findNameServers: FindNameServers;
  readonly now: () => Date;
  readonly sleep: (seconds: number) => Promise<void>;
  /** Until Lambda stops the function, in seconds. */
  readonly secondsLeft: () => number;
  /** Takes a line for the log. */
  readonly write: (line: string) => void;
}

/** What a bake that passed leaves in the state of the stack. */
export interface Baked {
  readonly phase: Phase;
  readonly seconds: number;
  /** What was not held against the change. */
  readonly notes: readonly string[];
}

/** A bake that did not pass. Lambda hands name and message to whoever called. */
export class BakeFailed extends Error {
  override readonly name = "BakeFailed";
}

/** Kept back for the last look and the answer: calls have time limits of their own. */
const reserveSeconds = 15;

/**
 * Looks at the region until a half of the bake has passed. It only reads: two at the same time, as
 * when a caller tries again, do not disturb each other.
 *
 * @throws BakeFailed when it has not passed
 */
export async function bake(
  event: BakeEvent,
  settings: BakeSettings,
  surroundings: BakeDependencies,
): Promise<Baked> {
  const { now, sleep, secondsLeft, write } = surroundings;
  const { phase } = event;
  const startedMs = now().getTime();
  let blindLooks = 0;
  for (;;) {
    const look = await lookAt(event, settings, surroundings);
    blindLooks = look.kind === "blind" ? blindLooks + 1 : 0;
    const elapsedSeconds = Math.floor((now().getTime() - startedMs) / 1000);
    const { kind, reasons } = decide(
      {
        phase,
        soakSeconds: settings.soakSeconds,
        elapsedSeconds,
        secondsLeft: secondsLeft() - reserveSeconds,
        blindLooks,
      },
      look,
    );
    const level = kind === "failed" ? "ERROR" : "INFO";
    const line = { timestamp: now().toISOString(), level, phase, elapsedSeconds, kind, reasons };
    write(JSON.stringify(line));
    if (kind === "passed") return { phase, seconds: elapsedSeconds, notes: reasons };
    if (kind === "failed") {
      throw new BakeFailed(
        `${phase} failed after ${elapsedSeconds} s, so the rollout ends here: ${reasons.join("; ")}. Runbook: ${settings.runbook}`,
      );
    }
    await sleep(lookEverySeconds);
  }
}

async function lookAt(
  event: BakeEvent,
  settings: BakeSettings,
  { exchange, now, findNameServers }: BakeDependencies,
): Promise<Look> {
  const { region, credentials, endpoint } = settings;
  const aws: Aws = {
    region,
    credentials,
    exchange,
    now,
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  try {
    return { kind: "seen", judgement: judge(await observe(event, settings, aws, findNameServers)) };
  } catch (error) {
    return { kind: "blind", reason: error instanceof Error ? error.message : String(error) };
  }
}
