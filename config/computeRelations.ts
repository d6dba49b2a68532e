import * as rules from "../constraints/rules";
import type { Constraint } from "../constraints/rules";
import { pathOf, valueAt } from "./relations";

/**
 * What Route 53 or AWS would refuse, or what would never be healthy, of the forms of serving and the
 * static tier together. It reads the values as they were given, as `relationFaults` does.
 */
export function computeRelationFaults(raw: unknown): readonly string[] {
  const kind = given(raw, "compute", "kind") ?? "instance";
  return [
    ...familyFaults(raw),
    ...(kind === "instance" && given(raw, "checks", "endpoint", "scheme") === "https"
      ? [
          fault(
            ["checks", "endpoint", "scheme"],
            "https",
            '"http" with compute.kind instance',
            "a plain instance has no certificate, so choose another kind",
          ),
        ]
      : []),
    ...(kind === "addresses" || kind === "alias"
      ? [...machineFaults(raw, kind), ...endpointFaults(raw, kind)]
      : pathFaults(raw)),
    ...visitorFaults(raw),
  ];
}

/** A security group holds 60 rules, and the checkers' list counts as 25 of them on each port. */
const visitorNetworksMax = 5;

type Path = readonly (string | number)[];

function given(raw: unknown, ...path: Path): unknown {
  return valueAt(raw, path);
}

function fault(path: Path, value: unknown, must: string, remedy: string): string {
  return `${pathOf(path)}: ${rules.reasonOf({ must, remedy }, value)}`;
}

/** What machines of this stack's own answer checks with: `app/boot/etc/cafe.conf`. */
const servedPaths = { endpoint: "/healthcheck", region: "/health.php" };

/** A check of a path that nobody serves would keep its tier out of the answers for ever. */
function pathFaults(raw: unknown): readonly string[] {
  return Object.entries(servedPaths).flatMap(([check, served]) => {
    const path = ["checks", check, "path"];
    const value = given(raw, ...path);
    return !rules.path.holds(value) || value === served
      ? []
      : [fault(path, value, served, "machines managed by this stack serve no other health path")];
  });
}

function familyFaults(raw: unknown): readonly string[] {
  const kind = given(raw, "staticTier", "kind") ?? "s3Website";
  return given(raw, "ipv6") === true && kind === "s3Website"
    ? [
        fault(
          ["ipv6"],
          true,
          "false with staticTier.kind s3Website",
          "an S3 website has no IPv6, and a name without its last tier would answer dead addresses, so choose cloudFront",
        ),
      ]
    : [];
}

/** Settings of machines that a team's own endpoints do not have. */
function machineFaults(raw: unknown, kind: string): readonly string[] {
  const paths: readonly Path[] = [
    ["visitorNetworks"],
    ...["primary", "standby"].flatMap((side) => [
      ["regions", side, "imageId"],
      ["regions", side, "instanceType"],
    ]),
  ];
  // `{}` takes back what a shared file says.
  const sectionPaths = ["orders", "rollout"].flatMap((section) =>
    Object.keys(given(raw, section) ?? {}).map((key): Path => [section, key]),
  );
  return [...paths, ...sectionPaths]
    .filter((path) => given(raw, ...path) !== undefined)
    .map((path) =>
      fault(
        path,
        given(raw, ...path),
        `left out with compute.kind ${kind}`,
        "the endpoints exist already, and this stack does not manage what is behind them",
      ),
    );
}

function endpointFaults(raw: unknown, kind: string): readonly string[] {
  const zones = ["primary", "standby"].flatMap((side) =>
    [0, 1].flatMap((at) => {
      const zone = given(raw, "regions", side, "availabilityZones", at);
      return rules.availabilityZone.holds(zone) ? [String(zone)] : [];
    }),
  );
  const endpoints = given(raw, "compute", "endpoints");
  if (typeof endpoints !== "object" || endpoints === null) return [];
  const keys = Object.keys(endpoints);
  return [
    ...zones
      .filter((zone) => !keys.includes(zone))
      .map((zone) =>
        fault(
          ["compute", "endpoints", zone],
          undefined,
          "there",
          "every zone of the regions has an endpoint",
        ),
      ),
    ...keys
      .filter((zone) => !zones.includes(zone))
      .map((zone) =>
        fault(
          ["compute", "endpoints", zone],
          given(endpoints, zone),
          "a zone of the regions",
          `the zones are ${zones.join(", ")}`,
        ),
      ),
    ...keys.flatMap((zone) =>
      kind === "alias" ? foreignBalancer(raw, zone) : missingIpv6(raw, zone),
    ),
    ...(kind === "alias"
      ? repeated(raw, keys, "dnsName", rules.balancerName)
      : [
          ...repeated(raw, keys, "ipv4", rules.publicIpv4),
          ...repeated(raw, keys, "ipv6", rules.publicIpv6),
        ]),
  ];
}

/** Route 53 refuses an AAAA record without an address, and a name without AAAA in one branch. */
function missingIpv6(raw: unknown, zone: string): readonly string[] {
  const path = ["compute", "endpoints", zone, "ipv6"];
  return given(raw, "ipv6") === true && given(raw, ...path) === undefined
    ? [fault(path, undefined, "a public IPv6 address with ipv6", "give one, or turn ipv6 off")]
    : [];
}

/** A balancer's DNS name says its region. */
function foreignBalancer(raw: unknown, zone: string): readonly string[] {
  const path = ["compute", "endpoints", zone, "dnsName"];
  const name = given(raw, ...path);
  const region =
    typeof name === "string"
      ? /\.(?:elb\.([a-z0-9-]+)|([a-z0-9-]+-\d)\.elb)\.amazonaws\.com$/
          .exec(name)
          ?.slice(1)
          .find(Boolean)
      : undefined;
  return region === undefined || region === zone.slice(0, -1)
    ? []
    : [fault(path, name, `a balancer of ${zone.slice(0, -1)}`, "name the zone's own balancer")];
}

function repeated(
  raw: unknown,
  zones: readonly string[],
  key: string,
  rule: Constraint,
): readonly string[] {
  const found = zones.flatMap((zone) => {
    const path = ["compute", "endpoints", zone, key];
    const value = given(raw, ...path);
    return rule.holds(value) ? [{ path, value }] : [];
  });
  return found.flatMap(({ path, value }, index) => {
    const earlier = found.slice(0, index).find((one) => one.value === value);
    return earlier
      ? [
          fault(
            path,
            value,
            `different from ${pathOf(earlier.path)}`,
            "an endpoint cannot stand in for itself",
          ),
        ]
      : [];
  });
}

function visitorFaults(raw: unknown): readonly string[] {
  const networks = given(raw, "visitorNetworks");
  if (!Array.isArray(networks)) return [];
  const repeatedNetworks = networks.flatMap((network: unknown, index) =>
    networks.indexOf(network) === index
      ? []
      : [fault(["visitorNetworks", index], network, "unique", "leave out the repetition")],
  );
  return networks.length > visitorNetworksMax || networks.length === 0
    ? [
        fault(
          ["visitorNetworks"],
          networks,
          `a list of 1 to ${visitorNetworksMax} networks`,
          "the checkers' own list takes most of what a security group holds; leave it out to admit everyone",
        ),
      ]
    : repeatedNetworks;
}
