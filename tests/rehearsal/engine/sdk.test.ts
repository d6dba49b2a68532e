import { expect } from "chai";
import * as runtime from "@pulumi/pulumi/runtime";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import * as state from "@pulumi/pulumi/runtime/state";
import * as results from "@pulumi/pulumi/proto/resource_pb";
import { registration } from "../../../rehearsal/engine/sdkMessages";
import * as wire from "../../../rehearsal/engine/wire";

/**
 * What the offline evaluation relies on in @pulumi/pulumi beyond its public interface. When one of
 * these fails after an upgrade, rehearsal/engine has to follow before anything else is believed.
 */
describe("the parts of the SDK that the offline evaluation relies on", () => {
  it("has a MockMonitor whose methods the evaluation overrides", () => {
    const own = Object.getOwnPropertyNames(MockMonitor.prototype);
    expect(own).to.include.members([
      "invoke",
      "readResource",
      "registerResource",
      "registerResourceOutputs",
      "supportsFeature",
      "registerPackage",
    ]);
  });

  it("takes a monitor by setMockOptions, within a store of its own", async () => {
    const { withLocalStorage, getStore } = state as unknown as {
      withLocalStorage: <T>(callback: () => T) => T;
      getStore: () => { settings: { options: object } };
    };
    const outside = getStore();
    const unused = () => {
      throw new Error("not used");
    };
    const monitor = new MockMonitor({ call: unused, newResource: unused });
    await withLocalStorage(async () => {
      runtime.setMockOptions(monitor, "project", "stack", true, "organization");
      await Promise.resolve();
      expect(getStore()).not.to.equal(outside);
      expect(getStore().settings.options).to.include({ project: "project", dryRun: true });
      expect(runtime.getMonitor()).to.equal(monitor);
    });
    expect(getStore()).to.equal(outside);
    expect(runtime.isDryRun()).to.equal(false);
  });

  it("marks values on the wire by these constants", () => {
    expect(wire.unknownWire).to.equal(runtime.unknownValue);
    expect(wire.signatureKey).to.equal(runtime.specialSigKey);
    expect(wire.secretSignature).to.equal(runtime.specialSecretSig);
    expect(wire.resourceSignature).to.equal(runtime.specialResourceSig);
  });

  it("calls the result of a skipped registration by this number", () => {
    const answer = registration("urn", undefined, {}, {}) as { getResult(): number };
    expect(answer.getResult()).to.equal(results.Result.SKIP);
  });
});
