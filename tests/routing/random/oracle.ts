import type { Balancer, Check, CheckId, DrawnAsker, Drawing, Member } from "./zone";

/**
 * A second model of Route 53, for drawings, that shares nothing with the first. It applies the rules
 * of `docs/route53.md` to one question at a time, with exact fractions.
 */

/** The losses, false statuses and unknowns of a drawing. */
export interface Event {
  readonly isLost: (thing: string) => boolean;
  /** Whether it is among the faults that may happen. */
  readonly canBeLost: (thing: string) => boolean;
  /** The status that a check reports in place of the one it sees. */
  readonly lie: (check: number) => { readonly up: boolean; readonly down: boolean };
  /** The status of an unknown; undefined if it is known, or if the diagram did not need it. */
  readonly unknown: (name: string) => boolean | undefined;
}

/** A name outside the zone that records and checks share. */
const sharedName = "elsewhere.test";

/** n/d. */
type Share = readonly [bigint, bigint];

export interface Answers {
  /** The members that at least one query gets, by name and place. */
  readonly members: ReadonlySet<string>;
  readonly lastResort: boolean;
  /** The members that are chosen on the path, including aliases. */
  readonly choices: readonly { readonly name: number; readonly place: number }[];
}

/**
 * The answer must not depend on a status that the diagram did not need: such a status is dead here,
 * and healthy in the boolean logic.
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
      const { chosen, isLast } = this.choose(name, this.drawing.asker);
      lastResort ||= isLast;
      for (const { place, member } of chosen) {
        choices.push({ name, place });
        if ("name" in member.target) visit(member.target.name);
        else members.add(`${name}-${place}`);
      }
    };
    visit(0);
    return { members, lastResort, choices };
  }

  serverLives(server: number): boolean {
    if (server < 0) return !this.event.isLost(`203.0.113.${10 + server}`);
    const { region, zone } = this.drawing.servers[server] ?? fail();
    return ![`web-${server}`, region, zone].some((thing) => this.event.isLost(thing));
  }

  sharedNameLives(): boolean {
    return !this.event.isLost(sharedName);
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
        if (check.isShared && this.event.canBeLost(sharedName)) return this.sharedNameLives();
        return this.hostAnswers(check, index);
      case "absent":
        // The name does not exist, if all of the zone is known.
        return !this.drawing.isWhole && this.hostAnswers(check, index);
      case "calculated":
        return check.children.filter((child) => this.statusOf(child)).length >= check.threshold;
      case "alarm": {
        const { region, measures, silent } = check;
        const isSilent =
          this.event.isLost(region) || (measures !== undefined && !this.serverLives(measures));
        const behind = this.behind(index);
        const works = behind.some((target) => this.works(target));
        const isOpen = measures === undefined && behind.length > 0 && (check.inverted || !works);
        const fires = isOpen && !(this.event.unknown(`check-${index}`) ?? notAsked);
        if (!isSilent) return !fires;
        return silent === "LastKnownStatus" ? !(check.inverted && fires) : silent === "Healthy";
      }
      case "name": {
        const open = this.event.unknown(`check-${index}`);
        if (open !== undefined) return open;
        if (this.asking.has(index)) return notAsked;
        this.asking.add(index);
        // Each region has as many checkers; the sum of eight shares is eight times the mean.
        const [n, d] = checkers.reduce<Share>(
          (sum, checker) => added(sum, this.livingShare(check.name, checker)),
          [0n, 1n],
        );
        this.asking.delete(index);
        return n * 100n > 18n * 8n * d;
      }
    }
  }

  /** The targets of the records about which a check decides, without another that would do the same. */
  private behind(index: number): readonly Member["target"][] {
    const above = this.drawing.checks.flatMap((check, other) => {
      if (check.kind !== "calculated" || !check.children.includes(index)) return [];
      const isSeconded = check.children.some((child) => {
        const beside = typeof child === "number" ? this.drawing.checks[child]?.kind : undefined;
        return beside !== undefined && !["alarm", "calculated"].includes(beside);
      });
      return check.threshold >= check.children.length && isSeconded ? [] : [other];
    });
    return this.drawing.names.flatMap(({ members }) =>
      members.flatMap(({ check, target }) =>
        typeof check === "number" && [index, ...above].includes(check) ? target : [],
      ),
    );
  }

  private works(target: Member["target"]): boolean {
    switch (target.kind) {
      case "values":
        return target.servers.some((server) => this.serverLives(server));
      case "balancer":
        return this.balancerLives(target.balancer);
      case "outsideName":
        return this.sharedNameLives();
      default: {
        const { members } = this.drawing.names[target.name] ?? fail();
        return members.some((member) => this.works(member.target));
      }
    }
  }

  /** Whether an unread name answers: one unknown for all of its checks, which one alone names. */
  private hostAnswers(watcher: Check, index: number): boolean {
    const host = hostOf(watcher) ?? fail();
    const isOnly = this.drawing.checks.filter((check) => hostOf(check) === host).length === 1;
    return this.event.unknown(isOnly ? `check-${index}` : host) ?? notAsked;
  }

  /** The share of queries that get a living value. */
  private livingShare(name: number, asker: DrawnAsker): Share {
    const { chosen } = this.choose(name, asker);
    if (chosen.length === 0) return [0n, 1n];
    const { policy } = this.drawing.names[name] ?? fail();
    const own = chosen.map(({ member }) => this.livingShareOf(member, asker));
    const weights = chosen.map(({ member }) => BigInt(policy === "weighted" ? member.weight : 1));
    const total = weights.reduce((sum, weight) => sum + weight, 0n);
    const sum = own.reduce<Share>(
      (sum, [m, e], index) => added(sum, [m * (total === 0n ? 1n : (weights[index] ?? 0n)), e]),
      [0n, 1n],
    );
    if (policy === "weighted")
      return [sum[0], sum[1] * (total === 0n ? BigInt(own.length) : total)];
    // A checker connects to one of the values in its answer, each with the same probability.
    return policy === "multivalue" ? [sum[0], sum[1] * BigInt(own.length)] : sum;
  }

  private livingShareOf({ target }: Member, asker: DrawnAsker): Share {
    switch (target.kind) {
      case "name":
      case "cname":
        return this.livingShare(target.name, asker);
      case "values":
        return [
          BigInt(target.servers.filter((server) => this.serverLives(server)).length),
          BigInt(target.servers.length),
        ];
      case "balancer":
        return [this.balancerLives(target.balancer) ? 1n : 0n, 1n];
      case "outsideName":
        return [this.sharedNameLives() ? 1n : 0n, 1n];
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
    if (!("evaluates" in target) || !target.evaluates) return true;
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

  private choose(
    name: number,
    asker: DrawnAsker,
  ): {
    readonly chosen: readonly { readonly place: number; readonly member: Member }[];
    readonly isLast: boolean;
  } {
    const { policy, members } = this.drawing.names[name] ?? fail();
    const all = members.map((member, place) => ({ place, member }));
    if (policy === "simple") return { chosen: all, isLast: false };
    if (policy in farness) {
      const near = all
        .map((one) => ({ ...one, far: farness[policy]?.(one.member, asker) ?? fail() }))
        .filter(({ far }) => Number.isFinite(far))
        .sort((a, b) => a.far - b.far);
      const best = near.find(({ member }) => this.isHealthy(member));
      return { chosen: best ? [best] : near.slice(0, 1), isLast: near.length > 0 && !best };
    }
    const healthy = all.filter(({ member }) => this.isHealthy(member));
    const isLast = healthy.length === 0;
    const usable = isLast ? all : healthy;
    if (policy === "failover") return { chosen: usable.slice(0, 1), isLast };
    const weighty = usable.filter(({ member }) => member.weight > 0);
    return { chosen: policy === "weighted" && weighty.length > 0 ? weighty : usable, isLast };
  }
}

/** The unread name that a check watches. */
function hostOf(check: Check): string | undefined {
  if (check.kind === "absent") return `absent-${check.host}.a.test`;
  if (check.kind !== "outside") return undefined;
  return check.isShared ? sharedName : `outside-${check.host}.test`;
}

function fail(): never {
  throw new Error("the drawing does not hold together");
}

/** n/d + m/e. */
function added([n, d]: Share, [m, e]: Share): Share {
  return [n * e + m * d, d * e];
}

/** Regions by degrees of latitude north and longitude east. */
const degrees: Readonly<Record<string, readonly [number, number]>> = {
  "us-east-1": [38.9, -77.5],
  "us-west-1": [37.4, -121.9],
  "us-west-2": [45.8, -119.7],
  "eu-west-1": [53.3, -6.3],
  "eu-central-1": [50.1, 8.7],
  "ap-southeast-1": [1.4, 103.8],
  "ap-southeast-2": [-33.9, 151.2],
  "ap-northeast-1": [35.7, 139.7],
  "sa-east-1": [-23.6, -46.6],
};

/** The angle between two regions, by the spherical law of cosines. */
function angle(a: string, b: string): number {
  const [[n1, e1], [n2, e2]] = [a, b].map((region) =>
    (degrees[region] ?? fail()).map((degree) => (degree / 180) * Math.PI),
  ) as [[number, number], [number, number]];
  const cosine = Math.sin(n1) * Math.sin(n2) + Math.cos(n1) * Math.cos(n2) * Math.cos(e1 - e2);
  return Math.acos(Math.max(-1, Math.min(1, cosine)));
}

const numberOf = (address: string): number =>
  address.split(".").reduce((number, byte) => number * 256 + Number(byte), 0);

/** The distance of a member from an asker, by policy; infinite where the member does not apply. */
const farness: Readonly<Record<string, (member: Member, asker: DrawnAsker) => number>> = {
  latency: ({ place }, { region }) => (place === region ? -1 : angle(place, region)),
  geoproximity: ({ place, bias }, { region }) =>
    bias < 0 ? angle(place, region) / (1 + bias / 100) : angle(place, region) * (1 - bias / 100),
  geolocation: ({ place }, { location }) => {
    const country = location.slice(0, 2);
    const continent = { US: "NA", MX: "NA", DE: "EU", IE: "EU" }[country];
    const order = [location, country, continent, "*"];
    const found = order.indexOf(place);
    return found < 0 ? Infinity : found;
  },
  azAffinity: ({ place }, { vpc }) => {
    const found = [...vpc.split("/"), "global"].indexOf(place);
    return found < 0 ? Infinity : found;
  },
  cidr: ({ place }, { address }) => {
    if (place === "*") return 0;
    const [network = "", bits] = place.split("/");
    const size = 2 ** (32 - Number(bits));
    const isIn = Math.floor(numberOf(address) / size) === Math.floor(numberOf(network) / size);
    return isIn ? -Number(bits) : Infinity;
  },
};

/** The locations of Route 53's checkers. */
const checkers: readonly DrawnAsker[] = [
  ["us-east-1", "US-VA"],
  ["us-west-1", "US-CA"],
  ["us-west-2", "US-OR"],
  ["eu-west-1", "IE"],
  ["ap-southeast-1", "SG"],
  ["ap-southeast-2", "AU"],
  ["ap-northeast-1", "JP"],
  ["sa-east-1", "BR"],
].map(([region = "", location = ""]) => ({ region, location, address: "", vpc: "" }));
