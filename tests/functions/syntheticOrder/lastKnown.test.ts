import { expect } from "chai";
import { lastKnown } from "../../../functions/syntheticOrder/lastKnown";

describe("lastKnown", () => {
  it("returns the value read, then the last one, and fails as long as there is none", async () => {
    const answers: (string | Error)[] = [new Error("first"), "one", new Error("later"), "two"];
    const read = lastKnown(() => {
      const answer = answers.shift();
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    });
    expect(await read().catch((error: unknown) => (error as Error).message)).to.equal("first");
    expect([await read(), await read(), await read()]).to.deep.equal(["one", "one", "two"]);
  });
});
