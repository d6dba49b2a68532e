import type { DrillEvent } from "./drillRun";

/** An event without its time. */
export type DrillNews = DrillEvent extends infer Each
  ? Each extends DrillEvent
    ? Omit<Each, "atSeconds">
    : never
  : never;

/** Everything that happens in a drill, and who listens. */
export class DrillLog {
  readonly events: DrillEvent[] = [];
  private readonly listeners = new Set<(event: DrillEvent) => void>();

  /** Tells a listener of every event from now on; returns how to remove it. */
  subscribe(listener: (event: DrillEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  add(news: DrillNews, atSeconds: number): void {
    const event = { ...news, atSeconds: toMilliseconds(atSeconds) } as DrillEvent;
    this.events.push(event);
    for (const listener of this.listeners) listener(event);
  }
}

/** Times are not more precise. */
export function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000;
}
