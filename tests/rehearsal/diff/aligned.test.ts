import { expect } from "chai";
import { diffOf } from "../../../rehearsal/diff/diff";
import { defaultFaultRates } from "../../../rehearsal/proof/faultRates";
import type { Resource } from "../../../routing/graph/resource";
import { pair, resource } from "../../routing/graph/stack";

const settings = { names: [], rates: defaultFaultRates, objectives: new Map() };
const server = resource("aws:ec2/instance:Instance", "web", { instanceType: "t3.micro" });
const address = resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.1", instance: "web" });
const stack = [
  ...pair({ records: ["198.51.100.1"] }, { ipAddress: "198.51.100.1" }),
  server,
  address,
];

/** The resources with a URN from elsewhere, and some with another name; AWS knows them by the same ids. */
function readElsewhere(names: Readonly<Record<string, string>>): readonly Resource[] {
  return stack.map((one) => {
    const name = names[one.name] ?? one.name;
    return { ...one, name, urn: `urn:pulumi:plan.json::terraform::${one.type}::${name}` };
  });
}

describe("two states that were read from two places", () => {
  const outcome = (after: readonly Resource[]) => {
    const { outcome, cost } = diffOf(
      { title: "state.json", resources: stack },
      { title: "plan.json", resources: after },
      settings,
    );
    return [outcome, cost?.added, cost?.removed];
  };

  it("differ in nothing where only their URNs do", () => {
    expect(outcome(readElsewhere({}))).to.deep.equal(["same", [], []]);
  });

  it("differ in nothing where a tool calls records and checks by other names", () => {
    const names = { check: "module.dns.check", "www-primary": "module.dns.www[0]" };
    expect(outcome(readElsewhere(names))).to.deep.equal(["same", [], []]);
  });

  it("keep resources apart that have one type and name", () => {
    const twin = { ...server, id: "other", urn: server.urn.replace("graph", "graph2") };
    const [first, added] = outcome([...stack, twin]) as [
      string,
      readonly { readonly urn: string }[],
    ];
    expect([first, added.map(({ urn }) => urn)]).to.deep.equal(["changed", [twin.urn]]);
  });
});
