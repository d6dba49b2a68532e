import { pathOf } from "../app/harness/parts";
import { Workshop } from "../../rehearsal/live/lamp/workshop";
import { freePort, untilListening } from "../../rehearsal/live/lamp/waiting";

/** A stand-in for AWS on loopback, which records its requests. It ends with this process. */
export class Moto {
  /** Started once: its first answer about EC2 takes seconds of processor time. */
  private static running: Promise<Moto> | undefined;

  private constructor(readonly endpoint: string) {}

  /** An empty account; whoever had one before has it no more. */
  static async emptied(): Promise<Moto> {
    Moto.running ??= Moto.start();
    const moto = await Moto.running;
    await moto.reset();
    return moto;
  }

  private static async start(): Promise<Moto> {
    const workshop = new Workshop();
    const port = await freePort();
    const args = ["-H", "127.0.0.1", "-p", String(port)];
    const server = workshop.start("moto", pathOf("moto_server"), args, {
      // moto may live in a home directory that "nobody" cannot read.
      asSelf: true,
      // It would load AWS's images again after each reset, which takes a second in each region.
      env: { HOME: process.env["HOME"] ?? "/", MOTO_EC2_LOAD_DEFAULT_AMIS: "false" },
    });
    await untilListening(port, "moto", server);
    return new Moto(`http://127.0.0.1:${port}`);
  }

  /** Empties the account. */
  async reset(): Promise<void> {
    await fetch(`${this.endpoint}/moto-api/reset`, { method: "POST" });
  }

  /** The requests of some work: the name of each operation, or method and path if it has none. */
  async requestsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
    await fetch(`${this.endpoint}/moto-api/recorder/reset-recording`, { method: "POST" });
    await fetch(`${this.endpoint}/moto-api/recorder/start-recording`, { method: "POST" });
    await work();
    await fetch(`${this.endpoint}/moto-api/recorder/stop-recording`, { method: "POST" });
    const recording = await fetch(`${this.endpoint}/moto-api/recorder/download-recording`);
    const lines = (await recording.text()).split("\n").filter((line) => line !== "");
    return lines.map((line) => operationOf(JSON.parse(line) as Recorded));
  }
}

/** A request as moto records it. */
interface Recorded {
  readonly headers: Readonly<Record<string, string>>;
  readonly method: string;
  readonly url: string;
  readonly body?: string;
  readonly body_encoded?: boolean;
}

function operationOf({ headers, method, url, body = "", body_encoded }: Recorded): string {
  const target = Object.entries(headers).find(([name]) => name.toLowerCase() === "x-amz-target");
  if (target !== undefined) return target[1].split(".").at(-1) ?? "";
  const text = body_encoded === true ? Buffer.from(body, "base64").toString() : body;
  return new URLSearchParams(text).get("Action") ?? `${method} ${new URL(url).pathname}`;
}
