import { expect } from "chai";
import { reasonOf, shown } from "../../components/rules";
import * as rules from "../../components/rules";
import type { Rule } from "../../components/rules";

const label = (length: number): string => "a".repeat(length);
/** A name of so many characters, in labels of at most 50. */
const nameOf = (length: number): string => {
  const labels = Math.ceil(length / 51);
  const rest = length - (labels - 1) * 51;
  return [...Array.from({ length: labels - 1 }, () => label(50)), label(rest)].join(".");
};

/** What each rule takes and refuses, on both sides of each boundary. */
const table: readonly [string, Rule, readonly unknown[], readonly unknown[]][] = [
  [
    "intervalSeconds",
    rules.intervalSeconds,
    [10, 30],
    [9, 11, 20, 29, 31, 10_000, "10", undefined],
  ],
  ["failureThreshold", rules.failureThreshold, [1, 10], [0, 11, 1.5, "3", NaN]],
  ["port", rules.port, [1, 65_535], [0, 65_536]],
  [
    "path",
    rules.path,
    ["/a", "/health.php", "/a/b", `/${label(254)}`],
    ["", "/", "a", "/a/", "//a", "/../a", "/a b", "/a'b", `/${label(255)}`, 1],
  ],
  ["token", rules.token, ["a", "cafe-orders-ok", label(255)], ["", "a b", "a'", label(256), 1]],
  ["ttlSeconds", rules.ttlSeconds, [0, 300], [-1, 301, 60_000, "60", "60s", 0.5]],
  [
    "zoneName",
    rules.zoneName,
    ["cafe.com", "xn--caf-dma.com", `${label(63)}.com`, nameOf(253)],
    [
      "cafe",
      "cafe.com.",
      "Cafe.com",
      "-a.com",
      "a-.com",
      "a..com",
      "a_b.com",
      `${label(64)}.com`,
      nameOf(254),
      1,
    ],
  ],
  ["recordName", rules.recordName, ["oregon.orders.cafe.com"], ["oregon"]],
  ["hostname", rules.hostname, ["orders.cafe.com", nameOf(63)], ["orders", nameOf(64)]],
  [
    "regionName",
    rules.regionName,
    ["oregon", "eu1", label(63)],
    ["any", "live", "green", "a.b", "Oregon", "", label(64)],
  ],
  [
    "region",
    rules.region,
    ["us-west-2", "us-gov-west-1", "ap-southeast-4"],
    ["oregon", "us-west-2a", "us-west", 1],
  ],
  [
    "availabilityZone",
    rules.availabilityZone,
    ["us-west-2a", "us-gov-west-1b"],
    ["us-west-2", "us-west-2-lax-1a", "usw2-az1"],
  ],
  [
    "cidrBlock",
    rules.cidrBlock,
    ["10.0.0.0/16", "10.1.2.0/24"],
    ["10.0.0.0/15", "10.0.0.0/25", "10.0.0.1/16", "10.0.0.0", "10.0/16", "2001:db8::/32", 1],
  ],
  [
    "instanceType",
    rules.instanceType,
    ["t4g.micro", "c7gn.large", "a1.medium", "g5g.xlarge", "m7gd.metal"],
    ["t3.micro", "g5.xlarge", "t4g", "micro", 1],
  ],
];

describe("rules", () => {
  for (const [name, rule, taken, refused] of table) {
    it(`${name} takes what is right and nothing beside it`, () => {
      expect(taken.filter((value) => !rule.holds(value))).to.deep.equal([]);
      expect(refused.filter((value) => rule.holds(value))).to.deep.equal([]);
    });
  }

  it("say what a value must be, what it is, and what to do", () => {
    expect(reasonOf(rules.failureThreshold, "3")).to.equal(
      'must be a whole number from 1 to 10, got "3"; write how many probes in a row decide, such as 3',
    );
  });

  it("show a missing value as nothing and cut a long one", () => {
    expect(shown(undefined)).to.equal("nothing");
    expect(shown({ a: [1] })).to.equal('{"a":[1]}');
    expect(shown(label(80))).to.equal(`"${label(79)}…`);
  });
});
