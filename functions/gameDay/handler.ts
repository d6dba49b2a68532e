import { environmentOf } from "../aws/environment";
import { exchange } from "../http/exchange";
import { drillEvent } from "./drillEvent";
import { startDrill } from "./startDrill";

/** What Lambda calls with what the schedule of a drill says. */
export async function handler(event: unknown): Promise<void> {
  await startDrill(drillEvent(event), {
    ...environmentOf(process.env, []).aws,
    exchange,
    now: () => new Date(),
    write: (line) => process.stdout.write(`${line}\n`),
  });
}
