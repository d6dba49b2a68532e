import { expect } from "chai";
import { InputError } from "../../../routing/inputError";
import { errorOf, evaluateFixture, faultsOf } from "./fixtureProgram";

describe("an error of the program", function () {
  for (const [program, message] of [
    ["throws", "the oven is cold"],
    ["rejects", "the milk is sour"],
  ] as const) {
    it(`is thrown with its own message and a trace to its line (${program})`, async () => {
      const error = await errorOf(evaluateFixture(program));
      expect(error).not.to.be.instanceOf(InputError);
      expect(error.message).to.equal(message);
      expect(error.stack).to.include(`fixtures/programs/${program}.ts:`);
    });
  }

  it("is thrown from an apply through the input that needs it, even if nothing awaits it", async () => {
    const error = await errorOf(evaluateFixture("applyThrows"));
    expect(error.message).to.match(/the till is locked$/);
    expect(error.stack).to.include("fixtures/programs/applyThrows.ts:");
  });

  it("is wrapped if the program throws something other than an Error", async () => {
    const error = await errorOf(evaluateFixture("throwsText"));
    expect(error.message).to.equal("no error at all");
  });

  it("is thrown also if the second run, for its cause, succeeds", async () => {
    const error = await errorOf(evaluateFixture("throwsOnce"));
    expect(error.message).to.equal("only once");
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
