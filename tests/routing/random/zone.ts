import type { Draws } from "./draws";

/** A zone as a drawing: what resources are made of it, and what the second model answers by. */
export interface Drawing {
  readonly servers: readonly Server[];
  readonly balancers: readonly Balancer[];
  readonly checks: readonly Check[];
  /** The first is the one that is asked for; each alias leads to a later one. */
  readonly names: readonly Name[];
}

export interface Server {
  readonly region: string;
  readonly zone: string;
}

export interface Balancer {
  readonly region: string;
  /** Servers of its one target group; none where its targets are not part of what is read. */
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
    /** Watches a name that is nowhere in the zone. */
    | { readonly kind: "outside" }
    | {
        readonly kind: "calculated";
        readonly children: readonly CheckId[];
        readonly threshold: number;
      }
    | { readonly kind: "alarm"; readonly region: string; readonly silent: AlarmMode }
  );

export type AlarmMode = "Healthy" | "Unhealthy" | "LastKnownStatus";

/** The place of a check, or the id of one that the stack does not have. */
export type CheckId = number | string;

export interface Name {
  readonly policy: "simple" | "failover" | "weighted" | "multivalue";
  readonly members: readonly Member[];
}

export interface Member {
  readonly weight: number;
  readonly check: CheckId | undefined;
  readonly target:
    /** Servers by their places; -1 is an address outside. */
    | { readonly kind: "values"; readonly servers: readonly number[] }
    | { readonly kind: "name"; readonly name: number; readonly evaluates: boolean }
    | { readonly kind: "balancer"; readonly balancer: number; readonly evaluates: boolean };
}

/** The last is enough for the others to be less than 18 % beside it. */
const weights = [0, 1, 2, 3, 20];

/** So many values that one of them is less than 18 % of the eight that are answered (C12). */
const manyValues = 48;

export const regions = ["us-west-2", "eu-west-1"] as const;

export function drawZone(draws: Draws): Drawing {
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
    // The same child twice is one child.
    const own = [...new Set(children)];
    return {
      kind: "calculated",
      children: own,
      threshold: draws.below(own.length + 2),
      ...turned(draws),
    };
  });
  const checks = [...simple, ...calculated];
  const names = draws.times(namesCount, (index) =>
    drawName(draws, {
      index,
      namesCount,
      servers: servers.length,
      balancers: balancers.length,
      checks: checks.length,
    }),
  );
  return { servers, balancers, checks, names };
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
      return { kind, server: draws.below(serversCount), ...turned(draws) };
    case "name":
      return { kind, name: draws.below(namesCount), ...turned(draws) };
    case "outside":
      return draws.isIn(50)
        ? { kind, ...turned(draws) }
        : { kind: "address", server: 0, ...turned(draws) };
    case "alarm":
      return {
        kind,
        region: draws.of(regions),
        silent: draws.of(["Healthy", "Unhealthy", "LastKnownStatus"] as const),
        ...turned(draws),
      };
  }
}

interface Room {
  readonly index: number;
  readonly namesCount: number;
  readonly servers: number;
  readonly balancers: number;
  readonly checks: number;
}

function drawName(draws: Draws, room: Room): Name {
  const policy = draws.of(["failover", "failover", "weighted", "multivalue", "simple"] as const);
  const most = policy === "failover" ? 2 : policy === "simple" ? 1 : 4;
  const isMany = policy === "multivalue" && draws.isIn(5);
  const some = policy === "failover" && draws.isIn(95) ? 2 : 1 + draws.below(most);
  const count = isMany ? manyValues : some;
  return { policy, members: draws.times(count, (place) => drawMember(draws, room, policy, place)) };
}

function drawMember(draws: Draws, room: Room, policy: Name["policy"], place: number): Member {
  const target = drawTarget(draws, room, policy);
  // Route 53 refuses a primary with addresses and without a check (C6).
  const mustHaveCheck = policy === "failover" && place === 0 && target.kind === "values";
  const check = draws.isIn(4) ? `foreign-${draws.below(2)}` : draws.below(room.checks);
  return {
    weight: draws.of(weights),
    check: mustHaveCheck || draws.isIn(60) ? check : undefined,
    target,
  };
}

function drawTarget(draws: Draws, room: Room, policy: Name["policy"]): Member["target"] {
  const below = room.namesCount - room.index - 1;
  if (policy !== "multivalue" && below > 0 && draws.isIn(65)) {
    return { kind: "name", name: room.index + 1 + draws.below(below), evaluates: draws.isIn(80) };
  }
  if (policy !== "multivalue" && room.balancers > 0 && draws.isIn(30)) {
    return { kind: "balancer", balancer: draws.below(room.balancers), evaluates: draws.isIn(80) };
  }
  // A weighted record has one value (C16).
  const count = policy === "weighted" || draws.isIn(80) ? 1 : 2;
  const servers = draws.times(count, () => (draws.isIn(15) ? -1 : draws.below(room.servers)));
  return { kind: "values", servers: [...new Set(servers)] };
}
