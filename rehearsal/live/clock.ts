import { setMaxListeners } from "node:events";

/** The time of a drill: seconds since its start, `speed` of them in a real second. */
export class DrillClock {
  private readonly startMs = performance.now();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly ending = new AbortController();

  constructor(readonly speed: number) {
    // Every request of the drill listens to it.
    setMaxListeners(0, this.ending.signal);
  }

  /** Aborted when the clock stops. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  nowSeconds(): number {
    return ((performance.now() - this.startMs) / 1_000) * this.speed;
  }

  /**
   * Does something after some seconds of drill time, unless the clock stops before.
   *
   * @returns cancels it
   */
  after(seconds: number, act: () => void): () => void {
    if (this.signal.aborted) return () => undefined;
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        act();
      },
      Math.max(0, (seconds / this.speed) * 1_000),
    );
    this.timers.add(timer);
    return () => {
      this.timers.delete(timer);
      clearTimeout(timer);
    };
  }

  /** Does something at intervals of drill time that do not drift; the first time after `firstSeconds`. */
  every(seconds: number, act: () => void, firstSeconds = seconds): void {
    const from = this.nowSeconds() + firstSeconds;
    const next = (round: number): void => {
      this.after(from + round * seconds - this.nowSeconds(), () => {
        act();
        // Rounds that a busy machine missed are left out.
        const due = Math.ceil((this.nowSeconds() - from) / seconds);
        next(Math.max(round + 1, due));
      });
    };
    next(0);
  }

  /** Nothing that was planned happens any more, and requests under way are aborted. */
  stop(): void {
    this.ending.abort();
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
