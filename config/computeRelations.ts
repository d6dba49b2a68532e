import type { Conflict, Known } from "./parse";
import type { Path } from "./paths";
import { valueAt } from "./paths";
import type { TextAt } from "./relations";
import { repetitions, sides, textsAt, textsIn } from "./relations";
import type { ComputeSettings, Settings } from "./settings";

/**
 * Conflicts between the kind of compute and the static tier: combinations that Route 53 or AWS
 * would refuse, or that would never be healthy.
 */
export function computeConflicts(known: Known<Settings>, raw: unknown): readonly Conflict[] {
  const { compute } = known;
  return [
    ...familyFaults(known),
    ...schemeFaults(known),
    ...(compute?.kind === "addresses" || compute?.kind === "alias"
      ? [...machineFaults(raw, compute.kind), ...endpointFaults(known, compute, raw)]
      : pathFaults(known)),
    ...visitorFaults(known),
  ];
}

/**
 * A security group has at most 60 rules, and the checkers' list counts as 25 of them on each port.
 */
const visitorNetworksMax = 5;

/** The health paths that this stack's machines serve: `app/boot/etc/cafe.conf`. */
const servedPaths = { endpoint: "/healthcheck", region: "/health.php" } as const;

/** A check of a path that is not served would exclude its tier permanently. */
function pathFaults({ checks }: Known<Settings>): readonly Conflict[] {
  const remedy = "machines of this stack serve no other health path";
  return (["endpoint", "region"] as const).flatMap((check) => {
    const [given, must] = [checks?.[check]?.path, servedPaths[check]];
    return given === undefined || given === must
      ? []
      : [{ path: ["checks", check, "path"], must, remedy }];
  });
}

function familyFaults({ ipv6, staticTier }: Known<Settings>): readonly Conflict[] {
  if (ipv6 !== true || staticTier?.kind !== "s3Website") return [];
  const must = "false with staticTier.kind s3Website";
  const remedy =
    "an S3 website has no IPv6, and without its last tier a name would answer dead addresses; choose cloudFront";
  return [{ path: ["ipv6"], must, remedy }];
}

function schemeFaults({ checks, compute }: Known<Settings>): readonly Conflict[] {
  if (compute?.kind !== "instance" || checks?.endpoint?.scheme !== "https") return [];
  const must = '"http" with compute.kind instance';
  const remedy = "a plain instance has no certificate; choose another kind";
  return [{ path: ["checks", "endpoint", "scheme"], must, remedy }];
}

/** Settings of machines, which do not apply to external endpoints. */
function machineFaults(raw: unknown, kind: string): readonly Conflict[] {
  const paths: readonly Path[] = [
    ["visitorNetworks"],
    ...sides.flatMap((side) => [
      ["regions", side, "imageId"],
      ["regions", side, "instanceType"],
    ]),
  ];
  // An empty section is allowed: it overrides that of a shared file.
  const sectionPaths = ["orders", "rollout"].flatMap((section) =>
    Object.keys(valueAt(raw, [section]) ?? {}).map((key): Path => [section, key]),
  );
  const must = `omitted with compute.kind ${kind}`;
  const remedy =
    "the endpoints are external, and this stack does not manage the servers behind them";
  return [...paths, ...sectionPaths]
    .filter((path) => valueAt(raw, path) !== undefined)
    .map((path) => ({ path, must, remedy }));
}

type OwnEndpoints = Extract<ComputeSettings, { readonly endpoints: unknown }>;

function endpointFaults(
  known: Known<Settings>,
  { endpoints, kind }: Known<OwnEndpoints>,
  raw: unknown,
): readonly Conflict[] {
  if (endpoints === undefined) return [];
  const zones = sides.flatMap((side) =>
    textsIn(known, "regions", side, "availabilityZones").map(({ value }) => value),
  );
  const keys = Object.keys(endpoints);
  const all = (key: string): readonly TextAt[] =>
    keys.flatMap((zone) => textsAt(known, ...endpointPath(zone), key));
  const unlike = (key: string): readonly Conflict[] =>
    repetitions(all(key), "an endpoint cannot be its own standby");
  return [
    ...zones
      .filter((zone) => !keys.includes(zone))
      .map((zone) => ({
        path: endpointPath(zone),
        must: "there",
        remedy: "give an endpoint for every zone of the regions",
      })),
    ...keys
      .filter((zone) => !zones.includes(zone))
      .map((zone) => ({
        path: endpointPath(zone),
        must: "a zone of the regions",
        remedy: `the zones are ${zones.join(", ")}`,
      })),
    ...(kind === "alias"
      ? [...all("dnsName").flatMap(foreignBalancer), ...unlike("dnsName")]
      : [
          ...(known.ipv6 === true ? keys.flatMap((zone) => missingIpv6(raw, zone)) : []),
          ...unlike("ipv4"),
          ...unlike("ipv6"),
        ]),
  ];
}

function endpointPath(zone: string): Path {
  return ["compute", "endpoints", zone];
}

/** Route 53 refuses an AAAA record without an address, and a name without AAAA in one branch. */
function missingIpv6(raw: unknown, zone: string): readonly Conflict[] {
  const path = [...endpointPath(zone), "ipv6"];
  return valueAt(raw, path) === undefined
    ? [{ path, must: "a public IPv6 address with ipv6", remedy: "give one, or disable ipv6" }]
    : [];
}

/** A balancer's DNS name contains its region. */
function foreignBalancer({ path, value }: TextAt): readonly Conflict[] {
  const region = /\.(?:elb\.([a-z0-9-]+)|([a-z0-9-]+-\d)\.elb)\.amazonaws\.com$/
    .exec(value)
    ?.slice(1)
    .find(Boolean);
  const own = String(path[2]).slice(0, -1);
  return region === undefined || region === own
    ? []
    : [{ path, must: `a balancer of ${own}`, remedy: "name the zone's own balancer" }];
}

function visitorFaults({ visitorNetworks: networks }: Known<Settings>): readonly Conflict[] {
  if (networks === undefined) return [];
  if (networks.length === 0 || networks.length > visitorNetworksMax) {
    const must = `a list of 1 to ${visitorNetworksMax} networks`;
    const remedy =
      "the checkers' prefix list uses most of a security group's quota; omit the setting to admit everyone";
    return [{ path: ["visitorNetworks"], must, remedy }];
  }
  return networks.flatMap((network, index) =>
    network === undefined || networks.indexOf(network) === index
      ? []
      : [{ path: ["visitorNetworks", index], must: "unique", remedy: "remove the duplicate" }],
  );
}
