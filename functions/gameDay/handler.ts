import { exchange } from "../http/exchange";
import { drillEvent } from "./drillEvent";
import { settingsOf } from "./settings";
import { startDrill } from "./startDrill";

/** What Lambda calls with what the schedule of a drill says. */
export async function handler(event: unknown): Promise<void> {
  await startDrill(drillEvent(event), {
    ...settingsOf(process.env),
    exchange,
    now: () => new Date(),
    write: (line) => process.stdout.write(`${line}\n`),
  });
}
