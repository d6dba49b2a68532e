import { createSocket } from "node:dgram";
import { setMaxListeners } from "node:events";
import { probeLimitsOf } from "../../routing/checker";

/**
 * A step of the clock is at most this share of the shortest limit of a probe. Node accepts one connection of a
 * listener in a step: a dozen orders and probes in a second of the drill arrive in 20 steps.
 */
const stepShare = 0.025;
/** Milliseconds between two looks at the plan, if steps may be that long. */
const tickMsMax = 5;
/** Real seconds of standing still that are worth a note. */
const lostSecondsMin = 0.1;

interface Planned {
  readonly dueSeconds: number;
  readonly act: () => void;
}

/**
 * The time of a drill: seconds since its start, `speed` of them in a real second. While the machine keeps this
 * process or its packets waiting, the drill stands still: each step waits for the echo of a packet.
 */
export class DrillClock {
  private readonly stepMsMax: number;
  private startMs = performance.now();
  private seconds = 0;
  private lookedMs = this.startMs;
  private readonly planned = new Set<Planned>();
  private readonly ending = new AbortController();
  private ticking: NodeJS.Timeout | undefined;
  private readonly echo = createSocket("udp4");
  private isEchoed = true;

  constructor(readonly speed: number) {
    const { statusSeconds } = probeLimitsOf("HTTP");
    this.stepMsMax = ((statusSeconds * stepShare) / speed) * 1_000;
    this.echo.on("message", () => {
      this.isEchoed = true;
    });
    // Without its echo the clock stands still, and the drill says so.
    this.echo.on("error", () => undefined);
    this.echo.bind(0, "127.0.0.1", () => {
      this.echo.connect(this.echo.address().port, "127.0.0.1");
    });
    // Every request of the drill listens to it.
    setMaxListeners(0, this.ending.signal);
  }

  /** Aborted when the clock stops. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Lets the time pass from now on. */
  start(): void {
    this.startMs = performance.now();
    this.lookedMs = this.startMs;
    this.ticking = setInterval(
      () => {
        this.tick();
      },
      Math.max(1, Math.min(tickMsMax, this.stepMsMax / 2)),
    );
  }

  nowSeconds(): number {
    return this.seconds;
  }

  /** Real seconds that the machine kept the drill waiting. */
  get lostSeconds(): number {
    const realSeconds = (performance.now() - this.startMs) / 1_000;
    return Math.max(0, realSeconds - this.nowSeconds() / this.speed);
  }

  /**
   * Does something after some seconds of drill time, unless the clock stops before.
   *
   * @returns cancels it
   */
  after(seconds: number, act: () => void): () => void {
    const planned = { dueSeconds: this.nowSeconds() + seconds, act };
    if (!this.signal.aborted) this.planned.add(planned);
    return () => this.planned.delete(planned);
  }

  /** Does something at intervals of drill time that do not drift; the first time after `firstSeconds`. */
  every(seconds: number, act: () => void, firstSeconds = seconds): void {
    const from = this.nowSeconds() + firstSeconds;
    const next = (round: number): void => {
      this.after(from + round * seconds - this.nowSeconds(), () => {
        act();
        next(round + 1);
      });
    };
    next(0);
  }

  /** Nothing that was planned happens any more, and requests under way are aborted. */
  stop(): void {
    clearInterval(this.ticking);
    if (!this.signal.aborted) this.echo.close();
    this.planned.clear();
    this.ending.abort();
  }

  private tick(): void {
    const elapsedMs = Math.min(this.stepMsMax, performance.now() - this.lookedMs);
    this.lookedMs = performance.now();
    if (!this.isEchoed) return;
    this.seconds += (elapsedMs / 1_000) * this.speed;
    this.sendEcho();
    const due = [...this.planned].filter(({ dueSeconds }) => dueSeconds <= this.seconds);
    for (const one of due.sort((a, b) => a.dueSeconds - b.dueSeconds)) {
      // What is done first may cancel the rest.
      if (this.planned.delete(one)) one.act();
    }
  }

  /** Until the socket is connected, there is nothing that could be late. */
  private sendEcho(): void {
    try {
      this.echo.send("tick");
      this.isEchoed = false;
    } catch {
      this.isEchoed = true;
    }
  }
}

/** How long the machine kept a drill waiting, in words; undefined for no time worth a note. */
export function stoodStillText({
  lostSeconds,
}: Pick<DrillClock, "lostSeconds">): string | undefined {
  return lostSeconds < lostSecondsMin
    ? undefined
    : `the drill stood still for ${lostSeconds.toFixed(1)} real seconds, in which this machine was busy`;
}
