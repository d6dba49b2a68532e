import type { Aws } from "../aws/readAws";
import type { Exchange } from "../http/exchange";
import { decide, lookEverySeconds } from "./decision";
import type { Look, Phase } from "./decision";
import { judgeRegion } from "./judgement";
import { observe } from "./observe";
import type { FindNameServers } from "./observe";
import type { BakeEvent, BakeSettings } from "./settings";

/** The function's access to the outside, besides its settings. */
export interface BakeDependencies {
  readonly exchange: Exchange;
  readonly findNameServers: FindNameServers;
  readonly now: () => Date;
  readonly sleep: (seconds: number) => Promise<void>;
  /** Remaining time of the Lambda run, in seconds. */
  readonly secondsLeft: () => number;
  /** Writes a line to the log. */
  readonly write: (line: string) => void;
}

/** The result of a passed bake in the state of the stack. */
export interface Baked {
  readonly phase: Phase;
  readonly seconds: number;
  /** Items that were skipped. */
  readonly notes: readonly string[];
}

/** A failed bake. Lambda returns name and message to the caller. */
export class BakeFailed extends Error {
  override readonly name = "BakeFailed";
}

/** Reserved for the last poll and the answer: calls have their own timeouts. */
const reserveSeconds = 15;

/**
 * Polls the region until a phase of the bake has passed. It only reads: two concurrent runs, for
 * example after a retry, do not disturb each other.
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
    return {
      kind: "seen",
      judgement: judgeRegion(await observe(event, settings, aws, findNameServers)),
    };
  } catch (error) {
    return { kind: "blind", reason: error instanceof Error ? error.message : String(error) };
  }
}
