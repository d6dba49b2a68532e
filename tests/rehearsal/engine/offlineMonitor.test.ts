import { createRequire } from "node:module";
import { expect } from "chai";
import { ResourceRegistry } from "../../../rehearsal/engine/resourceRegistry";
import { OfflineMonitor } from "../../../rehearsal/engine/offlineMonitor";
import type { OutputsRequest } from "../../../rehearsal/engine/sdkMessages";

const { status } = createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js") as {
  readonly status: { readonly UNIMPLEMENTED: number };
};

describe("the monitor of the offline evaluation", () => {
  const options = { project: "p", stack: "s", preview: false, disabledDefaultProviders: [] };

  it("reports an internal error instead of answering", () => {
    const errors: unknown[] = [];
    const monitor = new OfflineMonitor(new ResourceRegistry(options), (error) =>
      errors.push(error),
    );
    const broken = new Error("broken");
    const request = {
      getUrn: () => {
        throw broken;
      },
    } as unknown as OutputsRequest;
    let answers = 0;
    monitor.registerResourceOutputs(request, () => {
      answers += 1;
    });
    expect({ errors, answers, requests: monitor.requests }).to.deep.equal({
      errors: [broken],
      answers: 0,
      requests: 1,
    });
  });

  it("has no mocks to fall back to", () => {
    const monitor = new OfflineMonitor(new ResourceRegistry(options), () => undefined);
    expect(() => monitor.mocks.call({ token: "", inputs: {} })).to.throw(
      "the offline monitor has no mocks",
    );
  });

  it("has a newer SDK ask for each feature, and refuses those that call the engine back", () => {
    const monitor = new OfflineMonitor(new ResourceRegistry(options), () => undefined);
    const answers: unknown[] = [];
    monitor.getDeploymentInfo({}, (error) => answers.push(error));
    for (const feature of ["transforms", "secrets"]) {
      monitor.supportsFeature({ getId: () => feature }, (_, answer) => {
        answers.push((answer as { getHassupport(): boolean }).getHassupport());
      });
    }
    expect(answers).to.deep.equal([{ code: status.UNIMPLEMENTED }, false, true]);
  });

  it("has no outputs without a stack, and none for an unknown URN", () => {
    const registry = new ResourceRegistry(options);
    registry.setOutputs("urn:pulumi:s::p::none::none", {});
    expect([registry.resources, registry.stackOutputs, registry.state("none")]).to.deep.equal([
      [],
      {},
      undefined,
    ]);
  });
});
