import { expect } from "chai";
import type { Properties } from "../../../routing/graph/resource";
import { pair, resource } from "../../routing/graph/stack";
import { main } from "../../../cli/main";
import { memoryIo } from "../memoryIo";
import { exportOf } from "./proving";

async function run(
  command: string,
  check: Properties,
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const stack = exportOf([
    ...pair({ records: ["8.8.4.1"] }, { ipAddress: "8.8.4.1", ...check }),
    resource("aws:route53/healthCheck:HealthCheck", "unused", { type: "TCP", requestInterval: 1 }),
  ]);
  const io = memoryIo({ files: { "stack.json": stack } });
  const code = await main([...command.split(" "), "--from", "stack.json"], io);
  return { code, out: io.out(), err: io.err() };
}

const refusal = (what: string, must: string, got: string): string =>
  `check.${what}: ${must}, got ${got}; Route 53 refuses the check, so correct it`;

const cases: readonly (readonly [string, Properties, readonly string[]])[] = [
  [
    "H3 an interval",
    { requestInterval: 15 },
    [refusal("requestInterval", "must be 10 or 30 s (H3)", "15")],
  ],
  ...[0, 11].map(
    (failureThreshold) =>
      [
        `H4 a threshold of ${failureThreshold}`,
        { failureThreshold },
        [
          refusal(
            "failureThreshold",
            "must be a whole number from 1 to 10 (H4)",
            `${failureThreshold}`,
          ),
        ],
      ] as const,
  ),
  [
    "H8, H21 every other argument",
    {
      type: "HTTP_STR_MATCH",
      requestInterval: 9,
      failureThreshold: 1.5,
      port: 65_536,
      resourcePath: `/${"x".repeat(255)}`,
      searchString: "x".repeat(256),
    },
    [
      refusal("requestInterval", "must be 10 or 30 s (H3)", "9"),
      refusal("failureThreshold", "must be a whole number from 1 to 10 (H4)", "1.5"),
      refusal("port", "must be a port from 1 to 65535 (H21)", "65536"),
      refusal("resourcePath", "must have at most 255 characters (H21)", "256"),
      refusal("searchString", "must have at most 255 characters (H8)", "256"),
    ],
  ],
];

describe("a check with arguments that Route 53 refuses", () => {
  for (const command of ["prove", "resolve www.a.test", "rehearse"]) {
    for (const [what, check, faults] of cases) {
      it(`${what}: is refused by \`failover ${command}\` with all faults`, async () => {
        const { code, out, err } = await run(command, check);
        expect(err.trim().split("\n")).to.deep.equal(faults);
        expect([code, out]).to.deep.equal([2, ""]);
      });
    }

    it(`H3, H4, H8, H21 is accepted by \`failover ${command}\` at each limit`, async () => {
      for (const check of [
        { requestInterval: 10, failureThreshold: 1, port: 1 },
        { requestInterval: 30, failureThreshold: 10, port: 65_535 },
        { port: 0, resourcePath: `/${"x".repeat(254)}` },
        { type: "HTTP_STR_MATCH", searchString: "x".repeat(255) },
      ]) {
        const { code, err } = await run(command, check);
        expect(err).to.equal("");
        // A pack may find something.
        expect(code).to.be.oneOf([0, 1]);
      }
    });
  }
});

describe("an argument of a check that must be a number and is none", () => {
  it("leaves its status unknown, and is no default", async () => {
    const { code, out } = await run("prove", { requestInterval: "ten", port: "http" });
    expect(code).to.equal(2);
    expect(out).to.include("Not proven: it depends on what was not read.");
    for (const [property, got] of [
      ["requestInterval", "ten"],
      ["port", "http"],
    ] as const) {
      expect(out).to.include(
        `check.${property}: must be a number, got "${got}"; Route 53 refuses the check, so correct it`,
      );
    }
    expect((await run("prove", { requestInterval: "30" })).out).to.not.include("must be a number");
  });
});
