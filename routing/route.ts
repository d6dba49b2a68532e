/**
 * The route algebra: what should answer, in which order, as a value without AWS or Pulumi.
 *
 * A tier yields a route; routes compose; `compile` turns a finished route into Route 53 records.
 * `V` is the type of a value that is filled in later (an address, a zone id, a health check id):
 * `string` in tests, `pulumi.Input<string>` in components. Everything that decides how many records
 * there are, or what they are called, is a plain string, because names are identity.
 */

/** The two address families that a tree of records can serve. */
export type Family = "A" | "AAAA";

/** One value per address family; a missing family is not served. */
export type PerFamily<T> = Readonly<Partial<Record<Family, T>>>;

/** One place that serves: its own addresses, or the DNS name of an AWS resource. */
export type Target<V> =
  | { readonly kind: "addresses"; readonly addresses: PerFamily<readonly V[]> }
  | {
      readonly kind: "resource";
      /** The resource's DNS name and hosted zone id (a balancer's, a website's, a distribution's). */
      readonly dnsName: V;
      readonly zoneId: V;
      readonly families: readonly Family[];
      /** Whether Route 53 evaluates the resource's health: useful for balancers only (A7, A9, A10). */
      readonly evaluateTargetHealth: boolean;
    };

/** One target, healthy while its check is healthy. */
export interface Endpoint<V> {
  readonly kind: "endpoint";
  readonly target: Target<V>;
  readonly check?: PerFamily<V>;
}

/** A target that cannot fail and needs no check: the last tier of a tree. */
export interface Static<V> {
  readonly kind: "static";
  readonly target: Target<V>;
}

/** Two branches under one name: the secondary answers when the primary is unhealthy. */
export interface Failover<V> {
  readonly kind: "failover";
  /** Fully qualified record name, lower case, without a trailing dot. */
  readonly name: string;
  readonly primary: Route<V>;
  readonly secondary: Route<V>;
  readonly check?: PerFamily<V>;
  /** True when the records of this name exist already, so that only aliases to it are made. */
  readonly published?: boolean;
}

/** Several branches under one name, chosen by weight among the healthy ones. */
export interface Weighted<V> {
  readonly kind: "weighted";
  readonly name: string;
  readonly branches: readonly Branch<V>[];
  readonly check?: PerFamily<V>;
  readonly published?: boolean;
}

/** A share of a weighted node. */
export interface Branch<V> {
  /** Set identifier of the branch's record: what the branch is for, such as `blue`. */
  readonly key: string;
  /** A whole number from 1 to 255; the share is the weight over the sum of all healthy weights. */
  readonly weight: number;
  readonly route: Route<V>;
}

/** A node with its own name. */
export type Node<V> = Failover<V> | Weighted<V>;

export type Route<V> = Node<V> | Endpoint<V> | Static<V>;

/** A route to one target. */
export function endpoint<V>(target: Target<V>, check?: PerFamily<V>): Endpoint<V> {
  return check ? { kind: "endpoint", target, check } : { kind: "endpoint", target };
}

/** A route to a last tier. It has no check because nothing comes after it. */
export function fixed<V>(target: Target<V>): Static<V> {
  return { kind: "static", target };
}

/** Active-passive: `secondary` answers under `name` when `primary` is unhealthy. */
export function failover<V>(name: string, primary: Route<V>, secondary: Route<V>): Failover<V> {
  return { kind: "failover", name, primary, secondary };
}

/**
 * Shares by weight under `name`; omit a branch that gets no traffic, because weight 0 is refused.
 */
export function weighted<V>(name: string, branches: readonly Branch<V>[]): Weighted<V> {
  return { kind: "weighted", name, branches };
}

/**
 * The same route, healthy for its parent only while `check` is healthy too (A4). The check is on
 * the parent's record, so another parent can use the same node without it.
 */
export function checked<V, R extends Node<V> | Endpoint<V>>(route: R, check: V): R {
  return { ...route, check: { A: check, AAAA: check } };
}

/** The same node, for records that exist already. */
export function published<V, R extends Node<V>>(node: R): R {
  return { ...node, published: true };
}

/** Whether the route has its own name, to which a parent's record is an alias. */
export function isNode<V>(route: Route<V>): route is Node<V> {
  return route.kind === "failover" || route.kind === "weighted";
}

/** The address families that a route can answer: those that all its branches share. */
export function familiesOf<V>(route: Route<V>): readonly Family[] {
  switch (route.kind) {
    case "endpoint":
    case "static":
      return route.target.kind === "resource"
        ? route.target.families
        : (["A", "AAAA"] as const).filter((family) => addressesOf(route, family).length > 0);
    case "failover":
      return common([route.primary, route.secondary]);
    case "weighted":
      return common(route.branches.map((branch) => branch.route));
  }
}

function addressesOf<V>(leaf: Endpoint<V> | Static<V>, family: Family): readonly V[] {
  return leaf.target.kind === "addresses" ? (leaf.target.addresses[family] ?? []) : [];
}

function common<V>(routes: readonly Route<V>[]): readonly Family[] {
  const [first = [], ...rest] = routes.map(familiesOf);
  return first.filter((family) => rest.every((families) => families.includes(family)));
}
