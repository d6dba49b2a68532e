import { expect } from "chai";
import { ResourceRegistry } from "../../../rehearsal/engine/resourceRegistry";
import { InputError } from "../../../routing/inputError";
import { errorOf, evaluateFixture, faultsOf } from "./fixtureProgram";

describe("an error of the program", function () {
  const fixture = (program: string) => `tests/rehearsal/engine/fixtures/programs/${program}.ts`;
  const remedy = "correct it, or run this again with --debug for the stack trace";

  for (const [program, line, message] of [
    ["throws", 1, "Error: the oven is cold"],
    ["rejects", 5, "Error: the milk is sour"],
    ["applyThrows", 6, 'Error: error serializing property "tags": the till is locked'],
  ] as const) {
    it(`is told by its line, with its stack as the cause (${program})`, async () => {
      const error = await errorOf(evaluateFixture(program));
      expect(error.message).to.equal(
        `${fixture(program)}:${line}: the program fails with ${message}; ${remedy}`,
      );
      expect(error).to.have.property("code", "program-failed");
      expect((error.cause as Error).stack).to.include(`fixtures/programs/${program}.ts:${line}:`);
    });
  }

  it("has no line if the program throws something other than an Error", async () => {
    expect(await faultsOf(evaluateFixture("throwsText"))).to.deep.equal([
      `${fixture("throwsText")}: throws 'no error at all', which is no Error and so has no line; throw an Error instead`,
    ]);
  });

  it("is told also if the second run, for its line, succeeds", async () => {
    expect(await faultsOf(evaluateFixture("throwsOnce"))).to.deep.equal([
      `${fixture("throwsOnce")}: the program fails with Error: only once, in no line of its own; ${remedy}`,
    ]);
  });

  it("is none if a line of the tool lies further in: a fault of the tool remains one", async () => {
    const { prototype } = ResourceRegistry;
    const register: unknown = Reflect.get(prototype, "register");
    // Throws without a line of its own.
    Reflect.set(prototype, "register", JSON.parse);
    try {
      const error = await errorOf(evaluateFixture("oregon"));
      expect(error).to.be.instanceOf(SyntaxError).and.not.instanceOf(InputError);
    } finally {
      Reflect.set(prototype, "register", register);
    }
  });

  it("remains an input error if the program throws one, of any class", async () => {
    const faults = (program: string) => faultsOf(evaluateFixture(program));
    expect(await faults("inputError")).to.deep.equal([
      "Pulumi.dev.yaml: ttl: is odd",
      "Pulumi.dev.yaml: zone: is odd",
    ]);
    expect(await faults("runError")).to.deep.equal(["the stack is not for eating"]);
    expect(await faults("propertyError")).to.deep.equal(["ttlSeconds: is negative, got -1"]);
    expect(await faults("propertiesError")).to.deep.equal([
      "ttlSeconds: is negative, got -1",
      "zones: is empty, got []",
    ]);
  });

  it("is to end the process, which would look like a success", async () => {
    const exit: unknown = Reflect.get(process, "exit");
    const [fault] = await faultsOf(evaluateFixture("exits"));
    expect(fault).to.match(
      /fixtures\/programs\/exits\.ts: ends its process by process\.exit\(0\) before all of it is declared; leave that out$/,
    );
    expect(Reflect.get(process, "exit")).to.equal(exit);
  });

  it("leaves the process as it was", async () => {
    const globals = globalThis as { globalStore?: unknown; stackResource?: unknown };
    const look = () => ({
      directory: process.cwd(),
      limit: Error.stackTraceLimit,
      listeners: process.rawListeners("unhandledRejection"),
      parsers: [Reflect.get(JSON, "parse"), Reflect.get(Number, "parseInt"), parseInt],
      beforeExit: process.listenerCount("beforeExit"),
      environment: { ...process.env },
      // The SDK adds to its registry of packages; its deployment must be unchanged.
      sdk: globals.globalStore,
      stack: globals.stackResource,
      modules: Object.keys(require.cache).filter((path) => !path.includes("/node_modules/")),
    });
    await errorOf(evaluateFixture("throws"));
    const before = look();
    for (const program of ["applyThrows", "throws", "sameUrn", "late"]) {
      await evaluateFixture(program).catch(() => undefined);
    }
    expect(look()).to.deep.equal(before);
  });
});
