import { startLamp } from "../../../../rehearsal/live/lamp/lamp";
import { Redis } from "../../../../rehearsal/live/lamp/redis";
import { Workshop } from "../../../../rehearsal/live/lamp/workshop";

/**
 * A drill for tests of its end (lifetime.test.ts). The first argument is what it starts:
 *
 * - `redis`: a cache, and a process with a child in its group; then it says its port and waits
 * - `spawning`: processes without a pause, until it is killed
 * - `lamp`: the whole application, at the port of the second argument
 *
 * A signal that it can handle ends it as it ends any program; `close` on its input ends it in order.
 */
async function main(): Promise<void> {
  const [what = "", port = ""] = process.argv.slice(2);
  const workshop = what === "lamp" ? undefined : new Workshop();
  const lamp =
    what === "lamp"
      ? await startLamp({
          tokens: { shallow: "a", deep: "b" },
          zones: ["us-west-2", "eu-west-1"].map((region, index) => ({
            ...{ region, availabilityZone: `${region}a`, port: Number(port) },
            address: `127.78.0.${index + 1}`,
          })),
        })
      : undefined;
  if (workshop && what === "redis") {
    workshop.start("family", "/bin/sh", ["-c", "sleep 1000 & sleep 1000"]);
    say({ port: (await Redis.create(workshop, "cache")).port });
  } else if (workshop) {
    setInterval(() => workshop.start("sleep", "/bin/sleep", ["1000"]), 1);
    say({ port: 0 });
  } else say({ port: Number(port) });
  process.stdin.once("data", (word) => {
    if (word.toString() === "throw") throw new Error("a fault");
    process.stdin.destroy();
    void (workshop ?? lamp)?.close();
  });
}

function say(what: { readonly port: number }): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

void main();
