import type { Balancer, Check, CheckId, Drawing, Member } from "./zone";

/**
 * A second model of Route 53, of drawings, that shares nothing with the first: rules as they stand in
 * `docs/route53.md`, worked out one question after another, with exact fractions.
 */

/** What has happened to a drawing. */
export interface Event {
  readonly isLost: (thing: string) => boolean;
  /** What a check says instead of what it sees. */
  readonly lie: (check: number) => { readonly up: boolean; readonly down: boolean };
  /** The status of what cannot be known; undefined for what can, or what the diagram did not ask for. */
  readonly unknown: (name: string) => boolean | undefined;
}

/** n/d. */
type Share = readonly [bigint, bigint];

export interface Answers {
  /** The members that some query gets, by name and place. */
  readonly members: ReadonlySet<string>;
  readonly lastResort: boolean;
  /** The members that are chosen on the way, aliases among them. */
  readonly choices: readonly { readonly name: number; readonly place: number }[];
}

/**
 * Of what the diagram did not ask for, nothing may depend: it is dead here, and healthy for the boolean
 * logic.
 */
const notAsked = false;

export class Oracle {
  private readonly asking = new Set<number>();

  constructor(
    private readonly drawing: Drawing,
    private readonly event: Event,
  ) {}

  answers(): Answers {
    const members = new Set<string>();
    const choices: { name: number; place: number }[] = [];
    let lastResort = false;
    const visit = (name: number): void => {
      const { chosen, isLast } = this.choose(name);
      lastResort ||= isLast;
      for (const { place, member } of chosen) {
        choices.push({ name, place });
        if (member.target.kind === "name") visit(member.target.name);
        else members.add(`${name}-${place}`);
      }
    };
    visit(0);
    return { members, lastResort, choices };
  }

  serverLives(server: number): boolean {
    if (server < 0) return true;
    const { region, zone } = this.drawing.servers[server] ?? fail();
    return ![`web-${server}`, region, zone].some((thing) => this.event.isLost(thing));
  }

  private statusOf(id: CheckId): boolean {
    if (typeof id === "string") return this.event.unknown(id) ?? notAsked;
    const check = this.drawing.checks[id] ?? fail();
    if (check.disabled) return !check.inverted;
    const { up, down } = this.event.lie(id);
    if (down) return false;
    return up || this.sees(check, id) !== check.inverted;
  }

  private sees(check: Check, index: number): boolean {
    switch (check.kind) {
      case "address":
        return this.serverLives(check.server);
      case "outside":
        return this.event.unknown(`check-${index}`) ?? notAsked;
      case "calculated":
        return check.children.filter((child) => this.statusOf(child)).length >= check.threshold;
      case "alarm":
        return !this.event.isLost(check.region) || check.silent !== "Unhealthy";
      case "name": {
        const open = this.event.unknown(`check-${index}`);
        if (open !== undefined) return open;
        if (this.asking.has(index)) return notAsked;
        this.asking.add(index);
        const [n, d] = this.livingShare(check.name);
        this.asking.delete(index);
        return n * 100n > 18n * d;
      }
    }
  }

  /** The share of the queries that a living value answers. */
  private livingShare(name: number): Share {
    const { chosen } = this.choose(name);
    const { policy } = this.drawing.names[name] ?? fail();
    const own = chosen.map(({ member }) => this.livingShareOf(member));
    const weights = chosen.map(({ member }) => BigInt(policy === "weighted" ? member.weight : 1));
    const total = weights.reduce((sum, weight) => sum + weight, 0n);
    const sum = own.reduce<Share>(
      ([n, d], [m, e], index) => {
        const weight = total === 0n ? 1n : (weights[index] ?? 0n);
        return [n * e + m * weight * d, d * e];
      },
      [0n, 1n],
    );
    if (policy === "weighted")
      return [sum[0], sum[1] * (total === 0n ? BigInt(own.length) : total)];
    // A checker dials one of the values that it is answered, each alike.
    return policy === "multivalue" ? [sum[0], sum[1] * BigInt(own.length)] : sum;
  }

  private livingShareOf({ target }: Member): Share {
    switch (target.kind) {
      case "name":
        return this.livingShare(target.name);
      case "values":
        return [
          BigInt(target.servers.filter((server) => this.serverLives(server)).length),
          BigInt(target.servers.length),
        ];
      case "balancer":
        return [this.balancerLives(target.balancer) ? 1n : 0n, 1n];
    }
  }

  private balancerOf(index: number): Balancer {
    return this.drawing.balancers[index] ?? fail();
  }

  balancerLives(balancer: number): boolean {
    const { targets } = this.balancerOf(balancer);
    const anyTarget = targets.length === 0 || targets.some((target) => this.serverLives(target));
    return this.balancerStands(balancer) && anyTarget;
  }

  private balancerStands(balancer: number): boolean {
    const { region } = this.balancerOf(balancer);
    const zonesLost = ["a", "b"].every((letter) => this.event.isLost(region + letter));
    return ![`balancer-${balancer}`, region].some((one) => this.event.isLost(one)) && !zonesLost;
  }

  private isHealthy({ check, target }: Member): boolean {
    if (check !== undefined && !this.statusOf(check)) return false;
    if (target.kind === "values" || !target.evaluates) return true;
    if (target.kind === "name") {
      const { members } = this.drawing.names[target.name] ?? fail();
      return members.some((member) => this.isHealthy(member));
    }
    const { targets, isUnread, minimum } = this.balancerOf(target.balancer);
    if (!this.balancerStands(target.balancer)) return false;
    if (isUnread) return this.event.unknown(`group-${target.balancer}`) ?? notAsked;
    const living = targets.filter((server) => this.serverLives(server)).length;
    return (
      living >= (minimum?.count ?? 1) && living * 100 >= (minimum?.percentage ?? 0) * targets.length
    );
  }

  private choose(name: number): {
    readonly chosen: readonly { readonly place: number; readonly member: Member }[];
    readonly isLast: boolean;
  } {
    const { policy, members } = this.drawing.names[name] ?? fail();
    const all = members.map((member, place) => ({ place, member }));
    if (policy === "simple") return { chosen: all, isLast: false };
    const healthy = all.filter(({ member }) => this.isHealthy(member));
    const isLast = healthy.length === 0;
    const usable = isLast ? all : healthy;
    if (policy === "failover") return { chosen: usable.slice(0, 1), isLast };
    const weighty = usable.filter(({ member }) => member.weight > 0);
    return { chosen: policy === "weighted" && weighty.length > 0 ? weighty : usable, isLast };
  }
}

function fail(): never {
  throw new Error("the drawing does not hold together");
}
