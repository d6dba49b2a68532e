import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { promiseOf } from "./promiseOf";

describe("promiseOf", () => {
  it("returns the value of an Output", async () => {
    expect(await promiseOf({ a: pulumi.output(1) })).to.deep.equal({ a: 1 });
  });

  it("rejects with the error of an Output that fails", async () => {
    const failing = pulumi.output(1).apply(() => {
      throw new Error("the cause");
    });
    const outcome = await promiseOf(failing).then(
      () => "settled",
      (error: unknown) => (error as Error).message,
    );
    expect(outcome).to.equal("the cause");
  });
});
