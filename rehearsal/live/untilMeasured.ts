import type { Drill } from "./drill";

/** What an outage has beyond twice its bound before nobody waits for its end any more, in seconds. */
const graceSeconds = 60;

/**
 * Until an outage of a drill is measured. One that has not ended twice the longest bound and a minute after its fault
 * may never end, as where no check sees the fault: the drill says so, and is waited for no longer.
 *
 * @param atSeconds when the fault begins
 */
export function untilMeasured(drill: Drill, atSeconds: number): Promise<void> {
  const bounds = drill.subject.predictions.map(({ downtime }) => downtime.bound ?? 0);
  const waitedSeconds = 2 * Math.max(0, ...bounds) + graceSeconds;
  const endSeconds = atSeconds + waitedSeconds;
  const text = `the outage has not ended after ${waitedSeconds} s: the drill waits no longer`;
  return new Promise((resolve) => {
    drill.subscribe(({ kind }) => {
      if (kind === "measured") resolve();
    });
    drill.play([], [{ atSeconds: endSeconds, text }]);
    drill.at(endSeconds, resolve);
  });
}
