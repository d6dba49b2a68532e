import { expect } from "chai";
import { EndpointCheck } from "../../../components";
import type { Probe } from "../../../components";
import { refusalOf, resourcesOf } from "../pulumiMocks";
import { probe, tags } from "../samples";

const address = { address: "192.0.2.1" };

async function inputsOf(args: ConstructorParameters<typeof EndpointCheck>[1]): Promise<unknown> {
  const made = await resourcesOf(() => new EndpointCheck("a-check", args));
  expect(made.map(({ type, name }) => ({ type, name }))).to.deep.equal([
    { type: "aws:route53/healthCheck:HealthCheck", name: "a-check" },
  ]);
  return made[0]?.inputs;
}

describe("EndpointCheck", () => {
  it("probes an address over HTTP for a token in the body", async () => {
    expect(await inputsOf({ target: address, probe, tags })).to.deep.equal({
      type: "HTTP_STR_MATCH",
      ipAddress: "192.0.2.1",
      port: 80,
      resourcePath: "/healthcheck",
      searchString: "cafe-orders-ok",
      requestInterval: 10,
      failureThreshold: 2,
      tags,
    });
  });

  it("connects to the address over HTTPS and names the host", async () => {
    const target = { ...address, host: "orders.cafe.com" };
    expect(await inputsOf({ target, probe: { ...probe, scheme: "https" }, tags })).to.deep.equal({
      type: "HTTPS_STR_MATCH",
      ipAddress: "192.0.2.1",
      fqdn: "orders.cafe.com",
      port: 443,
      resourcePath: "/healthcheck",
      searchString: "cafe-orders-ok",
      requestInterval: 10,
      failureThreshold: 2,
      enableSni: true,
      tags,
    });
  });

  it("probes a name on a given port", async () => {
    const target = { name: "oregon.orders.cafe.com" };
    expect(await inputsOf({ target, probe: { ...probe, port: 8080 }, tags })).to.deep.equal({
      type: "HTTP_STR_MATCH",
      fqdn: "oregon.orders.cafe.com",
      port: 8080,
      resourcePath: "/healthcheck",
      searchString: "cafe-orders-ok",
      requestInterval: 10,
      failureThreshold: 2,
      tags,
    });
  });

  const faults: readonly [string, Partial<Record<keyof Probe, unknown>>, string][] = [
    [
      "port",
      { port: 0 },
      "must be a whole number from 1 to 65535, got 0; omit it for 80 (http) or 443 (https)",
    ],
    [
      "path",
      { path: "/" },
      'must be a path below / of letters, digits, dots, hyphens and underscores, at most 255 characters, got "/"; for example /healthcheck',
    ],
    [
      "token",
      { token: "" },
      'must be 1 to 255 letters, digits, dots, hyphens or underscores, got ""; write a marker such as cafe-orders-ok',
    ],
    [
      "intervalSeconds",
      { intervalSeconds: 20 },
      "must be 10 or 30 (seconds), got 20; Route 53 supports no other interval",
    ],
    [
      "failureThreshold",
      { failureThreshold: 11 },
      "must be a whole number from 1 to 10, got 11; write the number of probes in a row that decide, such as 3",
    ],
  ];
  for (const [field, change, reason] of faults) {
    it(`refuses a wrong ${field} by its path`, () => {
      const wrong = { ...probe, ...change } as Probe;
      const refusal = refusalOf(
        () => new EndpointCheck("x", { target: address, probe: wrong, tags }),
      );
      expect(refusal).to.deep.equal({
        message: reason,
        errors: [{ propertyPath: `probe.${field}`, reason }],
      });
    });
  }

  it("refuses two faults together, all in its message", () => {
    const wrong = { ...probe, intervalSeconds: 20, failureThreshold: 0 } as unknown as Probe;
    const { message } = refusalOf(
      () => new EndpointCheck("x", { target: address, probe: wrong, tags }),
    );
    expect(message.split("\n")).to.deep.equal([
      'EndpointCheck "x" cannot be made:',
      "probe.intervalSeconds: must be 10 or 30 (seconds), got 20; Route 53 supports no other interval",
      "probe.failureThreshold: must be a whole number from 1 to 10, got 0; write the number of probes in a row that decide, such as 3",
    ]);
  });
});
