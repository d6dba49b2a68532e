import { expect } from "chai";
import { reasonOf, shown } from "../../constraints/rules";
import * as rules from "../../constraints/rules";
import type { Constraint } from "../../constraints/rules";

const label = (length: number): string => "a".repeat(length);
/** A name of a given length, in labels of at most 50 characters. */
const nameOf = (length: number): string => {
  const labels = Math.ceil(length / 51);
  const rest = length - (labels - 1) * 51;
  return [...Array.from({ length: labels - 1 }, () => label(50)), label(rest)].join(".");
};

/** Values that each rule accepts and refuses, on both sides of each boundary. */
const table: readonly [string, Constraint, readonly unknown[], readonly unknown[]][] = [
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
  [
    "publicIpv4",
    rules.publicIpv4,
    ["203.0.113.1", "8.8.8.8", "172.15.255.255", "172.32.0.0"],
    ["10.0.0.1", "172.16.0.0", "172.31.255.255", "192.168.0.1", "127.0.0.1", "169.254.169.254"],
  ],
  [
    "publicIpv4",
    rules.publicIpv4,
    [],
    ["100.64.0.1", "224.0.0.1", "255.255.255.255", "0.0.0.0", "203.0.113", "203.0.113.1/32", 1],
  ],
  [
    "publicIpv6",
    rules.publicIpv6,
    ["2001:db8::1", "2600:1f14::cafe"],
    ["fe80::1", "fd00::1", "::1", "::", "ff02::1", "::ffff:10.0.0.1", "203.0.113.1", 1],
  ],
  [
    "balancerName",
    rules.balancerName,
    [
      "elb-primary.elb.amazonaws.com",
      "dualstack.team-1.us-west-2.elb.amazonaws.com",
      "team-1.elb.us-west-2.amazonaws.com",
    ],
    ["elb.amazonaws.com", "www.cafe.com", "team-1.us-west-2.elb.amazonaws.com.", 1],
  ],
  [
    "hostedZoneId",
    rules.hostedZoneId,
    ["Z1", "Z2H123EXAMPLE", `Z${"A".repeat(31)}`],
    ["Z", "z1", "A1", `Z${"A".repeat(32)}`],
  ],
  ["instances", rules.instances, [1, 100], [0, 101, 1.5, "2"]],
  [
    "imageId",
    rules.imageId,
    ["ami-01234567", "ami-0123456789abcdef0"],
    ["ami-0123456", "ami-0123456789abcdef", "ami-XYZ45678", "al2023"],
  ],
  [
    "network",
    rules.network,
    ["0.0.0.0/0", "203.0.113.7/32", "2001:db8::/32", "::/0"],
    ["203.0.113.1/24", "203.0.113.0", "2001:db8::1/32", "10.0.0.0/33", 1],
  ],
  ["retryAfterSeconds", rules.retryAfterSeconds, [1, 3600], [0, 3601, "300"]],
  ["recordName", rules.recordName, ["oregon.orders.cafe.com"], ["oregon"]],
  ["hostname", rules.hostname, ["orders.cafe.com", nameOf(63)], ["orders", nameOf(64)]],
  [
    "regionName",
    rules.regionName,
    ["oregon", "eu1", label(40)],
    ["any", "live", "green", "a.b", "Oregon", "", label(41)],
  ],
  [
    "region",
    rules.region,
    ["us-west-2", "mx-central-1", "ap-southeast-4"],
    ["oregon", "us-west-2a", "us-west", 1],
  ],
  [
    "availabilityZone",
    rules.availabilityZone,
    ["us-west-2a", "us-west-2d"],
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
    it(`${name} accepts valid values and no others`, () => {
      expect(taken.filter((value) => !rule.holds(value))).to.deep.equal([]);
      expect(refused.filter((value) => rule.holds(value))).to.deep.equal([]);
    });
  }

  it("state the condition, the value and the remedy", () => {
    expect(reasonOf(rules.failureThreshold, "3")).to.equal(
      'must be a whole number from 1 to 10, got "3"; write the number of probes in a row that decide, such as 3',
    );
  });

  it("show a missing value as nothing and cut a long one", () => {
    expect(shown(undefined)).to.equal("nothing");
    expect(shown({ a: [1] })).to.equal('{"a":[1]}');
    expect(shown(label(80))).to.equal(`"${label(79)}…`);
  });
});
