import { CustomResource, Output } from "@pulumi/pulumi";
import type { Resource } from "@pulumi/pulumi";
import { expect } from "chai";
import * as runtime from "@pulumi/pulumi/runtime";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import * as state from "@pulumi/pulumi/runtime/state";
import * as results from "@pulumi/pulumi/proto/resource_pb";
import { answerModules, takeAnswers } from "../../../rehearsal/engine/sdkAnswers";
import { reading, registration } from "../../../rehearsal/engine/sdkMessages";
import { sdkModules, takeShortcuts, withoutAliases } from "../../../rehearsal/engine/sdkShortcuts";
import * as wire from "../../../rehearsal/engine/wire";
import { promiseOf } from "../../components/promiseOf";

/**
 * The parts of @pulumi/pulumi beyond its public interface that the offline evaluation relies on. If
 * one of these tests fails after an upgrade, adapt rehearsal/engine first: no other result can be
 * trusted before that.
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

  it("accepts a monitor with setMockOptions, within a separate store", async () => {
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

  it("marks values on the wire with these constants", () => {
    expect(wire.unknownWire).to.equal(runtime.unknownValue);
    expect(wire.signatureKey).to.equal(runtime.specialSigKey);
    expect(wire.secretSignature).to.equal(runtime.specialSecretSig);
    expect(wire.resourceSignature).to.equal(runtime.specialResourceSig);
  });

  it("has this number for the result of a registration and a read", () => {
    for (const answer of [registration("urn", undefined, {}, {}), reading("urn", {})]) {
      expect((answer as { getResult(): number }).getResult()).to.equal(results.Result.SUCCESS);
    }
  });
});

/** A resource of an invented type. */
class Thing extends CustomResource {
  declare readonly given: Output<string>;
  declare readonly computed: Output<string | undefined>;

  constructor(name: string) {
    super("t:m:Thing", name, { given: "x", computed: undefined });
  }
}

describe("how the SDK is made to read answers", () => {
  const functions = (): readonly unknown[] => {
    const { rpc, stackReference } = answerModules();
    return [
      rpc.deserializeProperties,
      rpc.deserializeProperty,
      rpc.resolveProperties,
      rpc.containsUnknownValues,
      stackReference.StackReference.prototype.readOutputValue,
    ];
  };

  it("replaces existing functions of the SDK, and restores them", () => {
    const own = functions();
    expect(own.every((one) => typeof one === "function")).to.equal(true);
    const giveBack = takeAnswers(() => ({}));
    expect(functions().some((one) => own.includes(one))).to.equal(false);
    giveBack();
    expect(functions()).to.deep.equal(own);
  });

  it("has the argument for keeping unknown values in the place that is set", () => {
    const { resolveProperties } = answerModules().rpc;
    const names = /\((.*?)\)/.exec(String(resolveProperties))?.[1]?.split(", ");
    expect(names?.[7]).to.equal("keepUnknowns");
    expect(names).to.have.lengthOf(8);
  });
});

describe("the shortcuts through the SDK", () => {
  /** Runs a program while they are active, with mocks that compute one property. */
  async function withShortcuts<T>(program: () => Promise<T>): Promise<T> {
    const { withLocalStorage } = state as unknown as {
      withLocalStorage: <R>(callback: () => Promise<R>) => Promise<R>;
    };
    const monitor = new MockMonitor({
      call: () => ({}),
      newResource: ({ name, inputs }) => ({
        id: name,
        state: { ...(inputs as object), computed: `of ${name}` },
      }),
    });
    const giveBack = takeShortcuts();
    try {
      return await withLocalStorage(() => {
        runtime.setMockOptions(monitor, "project", "stack", false, "organization");
        return program();
      });
    } finally {
      giveBack();
    }
  }
  const isRead = (thing: Thing, property: string): boolean =>
    Object.getOwnPropertyDescriptor(thing, property)?.get === undefined;

  it("create an output of a property when it is first read, and return the same one again", async () => {
    await withShortcuts(async () => {
      const thing = new Thing("one");
      expect([isRead(thing, "given"), isRead(thing, "computed")]).to.deep.equal([false, false]);
      const early = thing.computed;
      expect(Output.isInstance(early)).to.equal(true);
      expect(thing.computed).to.equal(early);
      expect([isRead(thing, "given"), isRead(thing, "computed")]).to.deep.equal([false, true]);
      expect(await promiseOf(early)).to.equal("of one");
      // Read once it is known.
      expect(await promiseOf(thing.given)).to.equal("x");
      expect(await promiseOf(thing.id)).to.equal("one");
    });
  });

  it("keep the dependencies of an output", async () => {
    await withShortcuts(async () => {
      const thing = new Thing("one");
      const { resources } = thing.computed as unknown as { resources: () => Set<Resource> };
      expect([...resources()]).to.deep.equal([thing]);
      await promiseOf(thing.computed);
    });
  });

  it("create all resources, even if there are more than one turn starts", async () => {
    await withShortcuts(async () => {
      const things = Array.from({ length: 250 }, (_, index) => new Thing(`thing-${index}`));
      const computed = await Promise.all(things.map((thing) => promiseOf(thing.computed)));
      expect(computed.at(-1)).to.equal("of thing-249");
    });
  });

  it("replace existing functions of the SDK, and restore them", async () => {
    const { debuggable, rpc, dependsOn, resource } = sdkModules();
    const functions = (): readonly unknown[] => [
      debuggable.debuggablePromise,
      rpc.transferProperties,
      dependsOn.gatherExplicitDependencies,
      resource.Resource.callsites,
    ];
    const own = functions();
    expect(own.every((one) => typeof one === "function")).to.equal(true);
    await withShortcuts(() => {
      expect(functions().some((one) => own.includes(one))).to.equal(false);
      return Promise.resolve();
    });
    expect(functions()).to.deep.equal(own);
  });

  it("omit the aliases of a resource, and nothing else", () => {
    const opts = { aliases: [{ type: "t:m:Old" }], protect: true };
    const given = { type: "t:m:Thing", name: "one", props: { given: "x" } } as never as Parameters<
      typeof withoutAliases
    >[0];
    expect(withoutAliases({ ...given, opts })).to.deep.equal({
      props: { given: "x" },
      opts: { aliases: [], protect: true },
    });
    expect(withoutAliases({ ...given, opts: { protect: true } })).to.equal(undefined);
  });
});
