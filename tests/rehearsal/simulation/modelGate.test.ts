import { expect } from "chai";
import {
  attachedGateOf,
  modelGateOf,
  withGateAttached,
} from "../../../rehearsal/simulation/modelGate";
import { StackModel } from "../../../routing/graph/stackModel";
import { evaluated } from "../../program/evaluated";
import { settingOf } from "../../program/settingOf";

const modelWith = async (stack: string, mode: string): Promise<StackModel> => {
  const gate = { ...settingOf(stack, "gate"), mode };
  return new StackModel((await evaluated(stack, false, { "failover:gate": gate })).resources);
};

describe("the gate of a stack as the simulation reads it", () => {
  it("has the rules and names of the deployed controller", async () => {
    const gate = modelGateOf(await modelWith("prod", "created"));
    expect(gate).to.deep.include({
      region: "eu-west-1",
      alertRegion: "us-east-1",
      rules: {
        isAutomatic: false,
        approvers: 1,
        outsideRuns: 3,
        soakSeconds: 900,
        remindSeconds: 14_400,
      },
      liveName: "live.orders.cafe.com",
      regionNames: { primary: ["oregon.orders.cafe.com"], standby: ["dublin.orders.cafe.com"] },
    });
    expect(Object.keys(gate?.signalNames ?? {})).to.include.members(["deep", "orders-dublin"]);
  });

  it("decides about a name only when it is attached", async () => {
    for (const [mode, isAttached] of [
      ["off", false],
      ["created", false],
      ["attached", true],
    ] as const) {
      const gate = attachedGateOf(await modelWith("prod", mode), "orders.cafe.com", "A");
      expect(gate !== undefined, mode).to.equal(isAttached);
    }
  });
});

for (const stack of ["dev", "prod"]) {
  describe(`the gate of ${stack} that a scenario attaches`, () => {
    it("is the gate that the setting attaches", async () => {
      const attached = withGateAttached(await modelWith(stack, "created"), stack);
      const byUrn = new Map(attached.map((resource) => [resource.urn, resource]));
      const { graph } = await modelWith(stack, "attached");
      for (const { urn, name, inputs } of graph.resources) {
        // The output of the stack has the mode.
        if (!name.endsWith("-region-check")) continue;
        const { childHealthchecks, childHealthThreshold } = byUrn.get(urn)?.inputs ?? {};
        expect([childHealthchecks, childHealthThreshold], name).to.deep.equal([
          inputs["childHealthchecks"],
          inputs["childHealthThreshold"],
        ]);
      }
    });

    it("stays as it is when it is attached already, and is refused where there is none", async () => {
      const model = await modelWith(stack, "attached");
      expect(withGateAttached(model, stack)).to.equal(model.graph.resources);
      const without = await modelWith(stack, "off");
      expect(() => withGateAttached(without, stack)).to.throw(
        `${stack}: must have a failback gate for this scenario, got none; play a scenario without \`gate\`, or in a stack of this package's program set its gate`,
      );
    });
  });
}
