import { InputPropertiesError, InputPropertyError } from "@pulumi/pulumi";
import { expect } from "chai";
import { refuse } from "../../../components/common/argumentFaults";

const fault = { propertyPath: "a", reason: "must be 1, got 2; write 1" };

function thrownBy(work: () => void): Error & { readonly code?: unknown } {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("it threw nothing");
}

describe("the refusal of a component's arguments", () => {
  it("is Pulumi's own error, for one fault and for several, with a code for programs", () => {
    const one = thrownBy(() => {
      refuse("Tier", [fault]);
    });
    const several = thrownBy(() => {
      refuse("Tier", [fault, { ...fault, propertyPath: "b" }]);
    });
    expect(InputPropertyError.isInstance(one)).to.equal(true);
    expect(InputPropertiesError.isInstance(several)).to.equal(true);
    expect([one.code, several.code]).to.deep.equal(["bad-arguments", "bad-arguments"]);
    expect(several.message).to.equal(
      `Tier cannot be made:\na: ${fault.reason}\nb: ${fault.reason}`,
    );
  });

  it("throws nothing without a fault", () => {
    refuse("Tier", []);
  });
});
