import type { Io } from "./io";

/** Requests to end, which a command obeys in its own way. */
export interface Interrupts {
  /** Why to end; undefined while nobody asked. */
  readonly interruption: () => string | undefined;
  /** Whether it was asked a second time. */
  readonly isHurried: () => boolean;
  /** Tells a listener of each request, at once if there was one before; returns how to remove it. */
  readonly onRequest: (listener: () => void) => () => void;
  /** Waits, or until the next request. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Lets the process end by itself again. */
  readonly end: () => void;
}

/** A first request ends the work, a second one also the cleaning up. */
export function interruptsOf(io: Pick<Io, "onInterrupt" | "stderr" | "wait">): Interrupts {
  const heard: string[] = [];
  const listeners = new Set<() => void>();
  const onNext = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const end = io.onInterrupt((why) => {
    heard.push(why);
    io.stderr.write(
      heard.length === 1 ? `${why}: cleaning up; once more to give up.\n` : `${why}: giving up.\n`,
    );
    for (const listener of listeners) listener();
  });
  return {
    interruption: () => heard[0],
    isHurried: () => heard.length > 1,
    onRequest: (listener) => {
      if (heard.length > 0) listener();
      return onNext(listener);
    },
    wait: async (milliseconds) => {
      const controller = new AbortController();
      const remove = onNext(() => {
        controller.abort();
      });
      try {
        await io.wait(milliseconds, controller.signal);
      } catch (error) {
        if (!controller.signal.aborted) throw error;
      } finally {
        remove();
      }
    },
    end,
  };
}
