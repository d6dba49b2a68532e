import { expect } from "chai";
import type { Fault } from "../../../routing/graph/faults";
import { StackModel } from "../../../routing/graph/stackModel";
import { pair, resource, urnOf } from "./stack";

const checkType = "aws:route53/healthCheck:HealthCheck";
const unread = (name: string): Fault => ({
  kind: "check",
  name: `check:${name}`,
  urns: [urnOf(checkType, name)],
  says: { unknownBecause: "nobody asked" },
});

describe("a check whose status is unknown", () => {
  const model = new StackModel([
    ...pair({ records: ["198.51.100.7"] }),
    resource(checkType, "unused", { type: "HTTP", ipAddress: "198.51.100.8", port: 80 }),
  ]);
  const asked = ["www.a.test", "A"] as const;

  it("makes the answer depend on it, with its own reason, and on no other check", () => {
    const state = model.under([unread("check"), unread("unused")]);
    expect(state.unknownsOf(...asked)).to.deep.equal([{ name: "check", why: "nobody asked" }]);
    expect(state.unreadBy(...asked)).to.deep.equal([{ name: "check", why: "nobody asked" }]);
  });

  it("is healthy or unhealthy by assumption, whatever it watches", () => {
    const valuesIf = (healthy: boolean): readonly string[] =>
      model
        .under([unread("check")], new Map([["check", healthy]]))
        .resolve(...asked)
        .answers.map(({ value }) => value);
    expect(valuesIf(true)).to.deep.equal(["198.51.100.7"]);
    expect(valuesIf(false)).to.deep.equal(["203.0.113.99"]);
  });

  it("has the reason of the fault where what it watches is unknown as well", () => {
    const outside = new StackModel(
      pair({ records: ["198.51.100.7"] }, { fqdn: "www.example.net", resourcePath: "/" }),
    );
    expect(outside.under([unread("check")]).unknownsOf(...asked)).to.deep.equal([
      { name: "check", why: "nobody asked" },
    ]);
  });
});
