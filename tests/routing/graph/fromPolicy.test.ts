import * as proxies from "@pulumi/policy/proxy";
import { expect } from "chai";
import { dnsOf } from "../../../routing/graph/dns";
import { fromExport } from "../../../routing/graph/fromExport";
import { fromPolicy } from "../../../routing/graph/fromPolicy";
import type { PolicyResource } from "../../../routing/graph/fromPolicy";
import { Unknown } from "../../../routing/graph/resource";
import { StackGraph } from "../../../routing/graph/stackGraph";

/** An internal function that is not in the package's types. */
const { unknownCheckingProxy } = proxies as unknown as {
  readonly unknownCheckingProxy: (props: object) => object;
};
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const urn = "urn:pulumi:dev::p::aws:route53/record:Record::it";

const given: PolicyResource = {
  type: "aws:route53/record:Record",
  urn,
  props: {
    name: "www",
    ttl: 60,
    on: true,
    none: null,
    list: ["a", unknownText],
    deep: { x: [unknownText] },
  },
};

describe("a resource as a policy pack receives it", () => {
  it("has its values, and marks unknown ones by their paths", () => {
    const [resource] = fromPolicy([given]);
    expect(resource?.outputs).to.deep.equal({
      name: "www",
      ttl: 60,
      on: true,
      none: null,
      list: ["a", new Unknown("computed")],
      deep: { x: [new Unknown("computed")] },
    });
    expect(resource?.inputs).to.equal(resource?.outputs);
    expect(resource?.unknown).to.deep.equal({
      "outputs.list[1]": "computed",
      "outputs.deep.x[0]": "computed",
    });
    expect([resource?.name, resource?.custom]).to.deep.equal(["it", false]);
  });

  it("has no threshold of a check where the provider computes the default", () => {
    const check: PolicyResource = {
      type: "aws:route53/healthCheck:HealthCheck",
      urn: "urn:pulumi:dev::p::aws:route53/healthCheck:HealthCheck::it",
      props: { type: "HTTP", failureThreshold: unknownText },
    };
    const dependencies = { failureThreshold: [{ urn }] };
    const [unset, given] = fromPolicy([
      check,
      { ...check, urn: `${check.urn}2`, propertyDependencies: dependencies },
    ]);
    expect(unset?.inputs).to.deep.equal({ type: "HTTP" });
    expect(given?.inputs["failureThreshold"]).to.deep.equal(new Unknown("computed"));
  });

  it("is ordered by its URN, whatever the order in which the engine passes the stack", () => {
    const [one, two, three] = ["a", "b", "c"].map((name) => ({ ...given, urn: `${urn}${name}` }));
    const told = [two, three, one].filter((each) => each !== undefined);
    expect(fromPolicy(told).map(({ name }) => name)).to.deep.equal(["ita", "itb", "itc"]);
  });

  it("is the same behind the proxy of @pulumi/policy, which throws on an unknown value", () => {
    const proxied = {
      ...given,
      props: unknownCheckingProxy(given.props) as PolicyResource["props"],
    };
    expect(fromPolicy([proxied])).to.deep.equal(fromPolicy([given]));
  });

  it("is the same behind a proxy that does not reveal its target", () => {
    const closed = (of: object): object =>
      new Proxy(of, {
        get: (target, key) => {
          if (key === "__getSpecialProxyTarget") throw new Error("closed");
          const value: unknown = Reflect.get(target, key);
          if (value === unknownText) throw new Error("unknown");
          return typeof value === "object" && value !== null ? closed(value) : value;
        },
      });
    const proxied = { ...given, props: closed(given.props) as PolicyResource["props"] };
    expect(fromPolicy([proxied])).to.deep.equal(fromPolicy([given]));
  });

  it("has its provider, region, parent, dependencies and replacement order", () => {
    const [resource] = fromPolicy([
      {
        ...given,
        props: { id: "abc" },
        provider: { urn: "urn:provider", props: { region: "us-west-2" } },
        parent: { urn: "urn:parent" },
        opts: { deleteBeforeReplace: true },
        dependencies: [{ urn: "urn:a" }],
        propertyDependencies: { zoneId: [{ urn: "urn:zone" }] },
      },
    ]);
    expect(resource).to.deep.include({
      id: "abc",
      custom: true,
      provider: "urn:provider",
      region: "us-west-2",
      parent: "urn:parent",
      deleteBeforeReplace: true,
      dependencies: ["urn:a"],
      propertyDependencies: { zoneId: ["urn:zone"] },
    });
  });

  it("is in its own region where it has one, and in none where the region is unknown", () => {
    const provider = { urn: "urn:provider", props: { region: unknownText } };
    const regionOf = (props: PolicyResource["props"]): unknown =>
      fromPolicy([{ ...given, props, provider, opts: { parent: "urn:parent" } }])[0]?.region;
    expect(regionOf({ region: "eu-west-1" })).to.equal("eu-west-1");
    expect(regionOf({})).to.equal(undefined);
    expect(fromPolicy([{ ...given, opts: { parent: "urn:parent" } }])[0]?.parent).to.equal(
      "urn:parent",
    );
  });

  it("finds a check by the id in its ARN, as an export does by its id", () => {
    const check = "aws:route53/healthCheck:HealthCheck";
    const checkUrn = `urn:pulumi:dev::p::${check}::check`;
    const props = { type: "TCP", arn: "arn:aws:route53:::healthcheck/abc" };
    const record = { name: "www.test", type: "A", ttl: 60, records: ["192.0.2.1"] };
    const told = fromPolicy([
      { type: check, urn: checkUrn, props },
      { ...given, props: { ...record, healthCheckId: "abc" } },
    ]);
    expect(dnsOf(new StackGraph(told)).records[0]?.checkId).to.equal(checkUrn);
    const exported = JSON.stringify({
      deployment: {
        resources: [
          { urn: checkUrn, type: check, custom: true, id: "abc", outputs: { type: "TCP" } },
          { ...given, custom: true, outputs: { ...record, healthCheckId: "abc" } },
        ],
      },
    });
    const read = fromExport(exported, "stack.json");
    expect(dnsOf(new StackGraph(read)).records[0]?.checkId).to.equal(checkUrn);
  });
});
