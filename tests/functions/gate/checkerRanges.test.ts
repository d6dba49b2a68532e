import { expect } from "chai";
import { rangesDrift } from "../../../functions/gate/checkerRanges";

describe("rangesDrift", () => {
  const published = (
    ...ranges: readonly string[]
  ): { readonly prefixes: readonly { readonly ip_prefix: string }[] } => ({
    prefixes: ranges.map((ip_prefix) => ({
      ip_prefix,
      region: "GLOBAL",
      service: "ROUTE53_HEALTHCHECKS",
    })),
  });
  const drift = (admitted: readonly string[], file: object, status = 200): Promise<unknown> =>
    rangesDrift(admitted, () => Promise.resolve({ status, body: JSON.stringify(file) })).catch(
      (error: unknown) => (error as Error).message,
    );

  it("is what either side has alone, without ranges of IPv6", async () => {
    expect(
      await drift(["192.0.2.0/26", "198.51.100.0/26", "2600::/64"], {
        ...published("192.0.2.0/26", "203.0.113.0/26"),
        ipv6_prefixes: [{ ipv6_prefix: "2600:1::/64", service: "ROUTE53_HEALTHCHECKS" }],
      }),
    ).to.deep.equal({ missing: ["203.0.113.0/26"], stale: ["198.51.100.0/26"] });
  });

  it("lets the policy admit the checkers in China, and does not ask for them", async () => {
    const { prefixes } = published("192.0.2.0/26", "52.80.197.0/25", "52.80.198.0/25");
    const inChina = prefixes.map((one) =>
      one.ip_prefix.startsWith("52.") ? { ...one, region: "cn-north-1" } : one,
    );
    const admitted = ["192.0.2.0/26", "52.80.197.0/25", "52.83.34.0/24"];
    expect(await drift(admitted, { prefixes: inChina })).to.deep.equal({
      missing: [],
      stale: ["52.83.34.0/24"],
    });
  });

  it("is unknown if the file cannot be read, or has no checkers", async () => {
    expect(await drift(["192.0.2.0/26"], {}, 503)).to.equal("ip-ranges.json: answered 503");
    expect(await drift(["192.0.2.0/26"], {})).to.equal(
      "ip-ranges.json: has no ranges of Route 53's checkers",
    );
  });
});
