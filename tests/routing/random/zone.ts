import type { Draws } from "./draws";

/** A zone as a drawing: the source of the resources, and the input of the second model. */
export interface Drawing {
  readonly servers: readonly Server[];
  readonly balancers: readonly Balancer[];
  readonly checks: readonly Check[];
  /** The first is the name in the question; each alias leads to a later one. */
  readonly names: readonly Name[];
  readonly asker: DrawnAsker;
  /** Whether all of the zone's records were read. */
  readonly isWhole: boolean;
}

/** Where the query comes from, in the drawing's own notation. */
export interface DrawnAsker {
  readonly region: string;
  readonly location: string;
  readonly address: string;
  /** Its AWS zone, then the containing locations, smallest first, separated by slashes. */
  readonly vpc: string;
}

export interface Server {
  readonly region: string;
  readonly zone: string;
}

export interface Balancer {
  readonly region: string;
  /** Servers of its one target group; none where its targets were not read. */
  readonly targets: readonly number[];
  readonly isUnread: boolean;
  readonly minimum: { readonly count?: number; readonly percentage?: number } | undefined;
}

interface Turned {
  readonly inverted: boolean;
  readonly disabled: boolean;
}

export type Check = Turned &
  (
    | { readonly kind: "address"; readonly server: number }
    | { readonly kind: "name"; readonly name: number }
    /** Watches a name outside the zone; a record may lead to a shared one. */
    | { readonly kind: "outside"; readonly isShared: boolean; readonly host: number }
    /** Watches a name of the zone that has no record. */
    | { readonly kind: "absent"; readonly host: number }
    | {
        readonly kind: "calculated";
        readonly children: readonly CheckId[];
        readonly threshold: number;
      }
    | {
        readonly kind: "alarm";
        readonly region: string;
        readonly silent: AlarmMode;
        /** The server that its metric measures; absent: something that was not read. */
        readonly measures?: number;
      }
  );

export type AlarmMode = "Healthy" | "Unhealthy" | "LastKnownStatus";

/** The index of a check, or the id of one that the stack does not have. */
export type CheckId = number | string;

export interface Name {
  readonly policy: Policy;
  /** Whether its records are CNAMEs, each to a later name. */
  readonly isCname: boolean;
  readonly members: readonly Member[];
}

export type Policy =
  | "simple"
  | "failover"
  | "weighted"
  | "multivalue"
  | "latency"
  | "geolocation"
  | "geoproximity"
  | "azAffinity"
  | "cidr";

export interface Member {
  readonly weight: number;
  /** The region, location or block that it serves, where its policy has one. */
  readonly place: string;
  readonly bias: number;
  readonly check: CheckId | undefined;
  readonly target:
    /** Servers by index; a negative one is an address outside. */
    | { readonly kind: "values"; readonly servers: readonly number[] }
    | { readonly kind: "name"; readonly name: number; readonly evaluates: boolean }
    | { readonly kind: "cname"; readonly name: number }
    /** A CNAME to the shared name that is not in the zone. */
    | { readonly kind: "outsideName" }
    | { readonly kind: "balancer"; readonly balancer: number; readonly evaluates: boolean };
}

/** The last weight makes the share of the others less than 18 %. */
const weights = [0, 1, 2, 3, 20];

/** The places that members of a group by place can serve. */
export const placesOf: Readonly<Record<string, readonly string[]>> = {
  latency: ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1"],
  geoproximity: ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1"],
  geolocation: ["US-CA", "US", "NA", "EU", "*"],
  azAffinity: ["usw2-az1", "us-west-2-zg-1", "us-west-2", "aws", "global"],
  cidr: ["198.51.100.0/24", "198.51.0.0/16", "203.0.113.128/25", "*"],
};

/** The places that queries come from; no member serves some of them. */
const askers = {
  region: ["us-west-2", "us-east-1", "eu-west-1", "eu-central-1", "sa-east-1", "ap-northeast-1"],
  location: ["US-CA", "US-OR", "US", "MX", "DE", "JP", "nowhere"],
  vpc: [
    "usw2-az1/us-west-2-zg-1/us-west-2/aws",
    "usw2-az1//us-west-2/aws",
    "usw2-az2/us-west-2-zg-1/us-west-2/aws",
    "euw1-az1//eu-west-1/aws",
    "",
  ],
  address: ["198.51.100.7", "198.51.7.7", "203.0.113.200", "203.0.113.7", "192.0.2.7"],
};

const biases = [0, 0, 25, 75, -50];

/** A policy that is listed twice is drawn twice as often. */
const plainPolicies: readonly Policy[] = [
  "failover",
  "failover",
  "weighted",
  "multivalue",
  "simple",
];
const placePolicies: readonly Policy[] = [
  "latency",
  "geolocation",
  "geoproximity",
  "azAffinity",
  "cidr",
];

/** With this many values, each is in less than 18 % of the answers, which contain eight (C12). */
const manyValues = 48;

export const regions = ["us-west-2", "eu-west-1"] as const;

/**
 * @param kinds "all", or "plain" for answers that do not depend on the asker: no places, no CNAMEs
 */
export function drawZone(draws: Draws, kinds: "all" | "plain" = "plain"): Drawing {
  const servers = draws.times(1 + draws.below(6), () => {
    const region = draws.of(regions);
    return { region, zone: `${region}${draws.of(["a", "b"])}` };
  });
  const balancers = draws.times(draws.below(2), () => drawBalancer(draws, servers.length));
  const namesCount = 1 + draws.below(6);
  const simple = draws.times(1 + draws.below(6), () =>
    drawCheck(draws, servers.length, namesCount),
  );
  const calculated = draws.times(draws.below(2), (): Check => {
    const children = draws.times(1 + draws.below(4), () =>
      draws.isIn(8) ? "foreign-child" : draws.below(simple.length),
    );
    // A child that is drawn twice counts once.
    const own = [...new Set(children)];
    return {
      kind: "calculated",
      children: own,
      threshold: draws.below(own.length + 2),
      ...turned(draws),
    };
  });
  const checks = [...simple, ...calculated];
  // The last name has no later name to lead to.
  const isCname = draws.times(
    namesCount,
    (index) => kinds === "all" && index < namesCount - 1 && draws.isIn(25),
  );
  const names = draws.times(namesCount, (index) =>
    drawName(draws, {
      index,
      isCname,
      policies: kinds === "all" ? [...plainPolicies, ...placePolicies] : plainPolicies,
      servers: servers.length,
      balancers: balancers.length,
      checks: checks.length,
    }),
  );
  const asker = {
    region: draws.of(askers.region),
    location: draws.of(askers.location),
    address: draws.of(askers.address),
    vpc: draws.of(askers.vpc),
  };
  return { servers, balancers, checks, names, asker, isWhole: draws.isIn(50) };
}

/** A server, or one of two addresses outside. */
function drawServer(draws: Draws, serversCount: number): number {
  return draws.isIn(18) ? draws.of([-1, -2]) : draws.below(serversCount);
}

function turned(draws: Draws): Turned {
  return { inverted: draws.isIn(12), disabled: draws.isIn(6) };
}

function drawBalancer(draws: Draws, serversCount: number): Balancer {
  const isUnread = draws.isIn(30);
  const targets = draws.times(1 + draws.below(3), () => draws.below(serversCount));
  const minimum = draws.of([undefined, { count: 2 }, { percentage: 60 }] as const);
  return {
    region: draws.of(regions),
    targets: isUnread ? [] : [...new Set(targets)],
    isUnread,
    minimum,
  };
}

function drawCheck(draws: Draws, serversCount: number, namesCount: number): Check {
  const kind = draws.of(["address", "address", "address", "name", "outside", "alarm"] as const);
  switch (kind) {
    case "address":
      return { kind, server: drawServer(draws, serversCount), ...turned(draws) };
    case "name":
      return { kind, name: draws.below(namesCount), ...turned(draws) };
    case "outside":
      return draws.isIn(50) ? drawUnread(draws) : { kind: "address", server: 0, ...turned(draws) };
    case "alarm":
      return {
        kind,
        region: draws.of(regions),
        silent: draws.of(["Healthy", "Unhealthy", "LastKnownStatus"] as const),
        ...(draws.isIn(70) ? { measures: draws.below(serversCount) } : {}),
        ...turned(draws),
      };
  }
}

/** A check of a name that was not read, which others may watch too. */
function drawUnread(draws: Draws): Check {
  const host = draws.below(2);
  return draws.isIn(25)
    ? { kind: "absent", host, ...turned(draws) }
    : { kind: "outside", isShared: draws.isIn(60), host, ...turned(draws) };
}

interface Room {
  readonly index: number;
  readonly isCname: readonly boolean[];
  readonly policies: readonly Policy[];
  readonly servers: number;
  readonly balancers: number;
  readonly checks: number;
}

function drawName(draws: Draws, room: Room): Name {
  const drawn = draws.of(room.policies);
  const isCname = room.isCname[room.index] === true;
  const policy = isCname && drawn === "multivalue" ? "weighted" : drawn;
  const most = policy === "failover" ? 2 : policy === "simple" ? 1 : 4;
  const isMany = policy === "multivalue" && draws.isIn(5);
  const some = policy === "failover" && draws.isIn(95) ? 2 : 1 + draws.below(most);
  const count = isMany ? manyValues : some;
  const places = shuffled(draws, placesOf[policy] ?? []);
  const members = draws.times(count, (index) => ({
    ...drawMember(draws, room, policy, index),
    place: places[index] ?? "",
  }));
  return { policy, isCname, members };
}

function shuffled<T>(draws: Draws, items: readonly T[]): readonly T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(draws.below(left.length), 1));
}

function drawMember(
  draws: Draws,
  room: Room,
  policy: Policy,
  index: number,
): Omit<Member, "place"> {
  const target = drawTarget(draws, room, policy);
  // Route 53 refuses a primary with addresses and without a check (C6).
  const isAlias = target.kind === "name" || target.kind === "balancer";
  const mustHaveCheck = policy === "failover" && index === 0 && !isAlias;
  const check = draws.isIn(4) ? `foreign-${draws.below(2)}` : draws.below(room.checks);
  return {
    weight: draws.of(weights),
    bias: draws.of(biases),
    check: mustHaveCheck || draws.isIn(60) ? check : undefined,
    target,
  };
}

function drawTarget(draws: Draws, room: Room, policy: Policy): Member["target"] {
  const below = room.isCname.map((_, index) => index).slice(room.index + 1);
  if (room.isCname[room.index]) {
    return draws.isIn(60) ? { kind: "outsideName" } : { kind: "cname", name: draws.of(below) };
  }
  // An alias leads to records of the same type (A12).
  const aliasable = below.filter((index) => !room.isCname[index]);
  if (policy !== "multivalue" && aliasable.length > 0 && draws.isIn(65)) {
    return { kind: "name", name: draws.of(aliasable), evaluates: draws.isIn(80) };
  }
  if (policy !== "multivalue" && room.balancers > 0 && draws.isIn(30)) {
    return { kind: "balancer", balancer: draws.below(room.balancers), evaluates: draws.isIn(80) };
  }
  // A weighted record and a latency record have one value (C16, C18).
  const count = policy === "weighted" || policy === "latency" || draws.isIn(80) ? 1 : 2;
  const servers = draws.times(count, () => drawServer(draws, room.servers));
  return { kind: "values", servers: [...new Set(servers)] };
}
