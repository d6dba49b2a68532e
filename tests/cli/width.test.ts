import { expect } from "chai";
import { main } from "../../cli/main";
import { webPair } from "../rehearsal/simulation/stacks";
import { memoryIo } from "./memoryIo";

const stackOf = (ofChecks: Parameters<typeof webPair>[0]): string =>
  JSON.stringify({ version: 3, deployment: { resources: webPair(ofChecks) } });
const scenario = `
name: a server dies
about: It refuses connections.
durationSeconds: 300
parameters: { backAt: { value: 200, low: 150, high: 250, about: "when it is back, of which nobody published anything" } }
events:
  - { atSeconds: 60, fail: web, death: refused, source: "a status page, in the words of its authors at that time" }
  - { atSeconds: $backAt, return: web }
`;

/** A name that no table of 80 columns has room for. */
const long = "exports/of-the-production-account/2026-11-28/us-west-2-and-eu-west-1.json";

const commands: readonly (readonly string[])[] = [
  ["rehearse", "--html", "page.html"],
  ["rehearse", "--verbose", "--html", "page.html"],
  ["prove", "--verbose"],
  ["repair", "--verbose"],
  ["replay", "scenario.yaml"],
  ["tune", "--name", "www.a.test", "--runs", "20"],
  ["policy"],
  ["cost", "--verbose"],
  ["diff", "before.json", "--verbose"],
];

/** What may be wider than a terminal: a word, or a command, which the terminal itself breaks. */
const whole = /^\s*(?:\S+|.*\b(?:failover|aws route53|pulumi config) \S.*)$/;

describe("a report on a terminal", () => {
  for (const [command = "", ...argv] of commands) {
    it(`of ${[command, ...argv.filter((one) => one === "--verbose")].join(" ")} is no wider than it, and cuts no name`, async () => {
      for (const columns of [80, 120]) {
        const files = {
          [long]: stackOf({ disabled: true }),
          "before.json": stackOf({ requestInterval: 10, failureThreshold: 2 }),
          "scenario.yaml": scenario,
        };
        const env = { NO_COLOR: "1" };
        const io = memoryIo({ files, env, isTerminal: true, columns });
        await main([command, ...argv, "--from", long], io);
        const out = io.out();
        expect(out, io.err()).to.contain("\n");
        const wide = out.split("\n").filter((line) => line.length > columns && !whole.test(line));
        expect(wide, `${columns} columns`).to.deep.equal([]);
        expect(out, `${columns} columns`).not.to.match(/\S…(?:\s|$)/);
      }
    });
  }
});
