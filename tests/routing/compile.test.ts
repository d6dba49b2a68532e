import { expect } from "chai";
import * as fc from "fast-check";
import type { RecordSpec } from "../../routing/compile";
import { compile } from "../../routing/compile";
import type { Node, Route, Target } from "../../routing/route";
import {
  checked,
  endpoint,
  failover,
  familiesOf,
  fixed,
  published,
  weighted,
} from "../../routing/route";

const at = (a: string, aaaa?: string): Target<string> => ({
  kind: "addresses",
  addresses: { A: [a], ...(aaaa === undefined ? {} : { AAAA: [aaaa] }) },
});
const website: Target<string> = {
  kind: "resource",
  dnsName: "s3-website-us-east-2.amazonaws.com",
  zoneId: "ZWEB",
  families: ["A"],
  evaluateTargetHealth: false,
};
const region = (name: string): Node<string> =>
  failover(
    `${name}.orders.test`,
    endpoint(at(`${name}-a`), { A: `${name}-a-check` }),
    endpoint(at(`${name}-b`), { A: `${name}-b-check` }),
  );

/** The tree of the design: a live region, else any region, else the page. */
function tree(): Node<string> {
  const [west, east] = [region("west"), region("east")];
  return failover(
    "orders.test",
    failover(
      "any.orders.test",
      failover("live.orders.test", checked(west, "west-check"), checked(east, "east-check")),
      west,
    ),
    fixed(website),
  );
}

function lines(records: readonly RecordSpec<string>[]): readonly string[] {
  return records.map(({ name, type, setIdentifier, policy, target, checkId }) =>
    [
      name,
      type,
      setIdentifier,
      policy.kind === "failover" ? policy.role : policy.weight,
      target.kind === "addresses"
        ? `${target.addresses.join()} ttl ${target.ttlSeconds}`
        : target.kind === "record"
          ? `→ ${target.name}`
          : `→ ${target.dnsName}`,
      checkId ?? "-",
    ].join(" "),
  );
}

describe("compiling a route", () => {
  it("makes the records of the design, targets before their aliases", () => {
    expect(lines(compile([tree()], { ttlSeconds: 10 }))).to.deep.equal([
      "west.orders.test A primary PRIMARY west-a ttl 10 west-a-check",
      "west.orders.test A secondary SECONDARY west-b ttl 10 west-b-check",
      "east.orders.test A primary PRIMARY east-a ttl 10 east-a-check",
      "east.orders.test A secondary SECONDARY east-b ttl 10 east-b-check",
      "live.orders.test A primary PRIMARY → west.orders.test west-check",
      "live.orders.test A secondary SECONDARY → east.orders.test east-check",
      "any.orders.test A primary PRIMARY → live.orders.test -",
      "any.orders.test A secondary SECONDARY → west.orders.test -",
      "orders.test A primary PRIMARY → any.orders.test -",
      "orders.test A secondary SECONDARY → s3-website-us-east-2.amazonaws.com -",
    ]);
  });

  it("makes only aliases to a node that is published", () => {
    const west = published(region("west"));
    const records = compile([failover("live.test", west, region("east"))], { ttlSeconds: 10 });
    expect(records.map(({ name }) => name)).to.deep.equal([
      "east.orders.test",
      "east.orders.test",
      "live.test",
      "live.test",
    ]);
  });

  it("makes the records of a shared node once for several hostnames", () => {
    const shared = region("west");
    const roots = ["a.test", "b.test"].map((name) => failover(name, shared, fixed(website)));
    const names = compile(roots, { ttlSeconds: 10 }).map(({ key }) => key);
    expect(names).to.deep.equal([
      "west.orders.test-A-primary",
      "west.orders.test-A-secondary",
      "a.test-A-primary",
      "a.test-A-secondary",
      "b.test-A-primary",
      "b.test-A-secondary",
    ]);
  });

  it("makes AAAA twins with separate checks where every branch can answer AAAA", () => {
    const pair = failover(
      "pair.test",
      endpoint(at("192.0.2.1", "2001:db8::1"), { A: "v4", AAAA: "v6" }),
      endpoint(at("192.0.2.2", "2001:db8::2")),
    );
    expect(lines(compile([pair], { ttlSeconds: 60 }))).to.deep.equal([
      "pair.test A primary PRIMARY 192.0.2.1 ttl 60 v4",
      "pair.test A secondary SECONDARY 192.0.2.2 ttl 60 -",
      "pair.test AAAA primary PRIMARY 2001:db8::1 ttl 60 v6",
      "pair.test AAAA secondary SECONDARY 2001:db8::2 ttl 60 -",
    ]);
    expect(familiesOf(failover("top.test", pair, fixed(website)))).to.deep.equal(["A"]);
  });

  it("keeps a member's set identifier whatever the member leads to", () => {
    const identifiers = (primary: Route<string>): readonly string[] =>
      compile([failover("live.test", primary, region("east"))], { ttlSeconds: 10 })
        .filter(({ name }) => name === "live.test")
        .map(({ key }) => key);
    const release = weighted("release.west.test", [
      { key: "blue", weight: 95, route: region("west") },
      { key: "green", weight: 5, route: region("green") },
    ]);
    expect(identifiers(release)).to.deep.equal(identifiers(region("west")));
  });

  it("gives weighted branches their weights under a separate name", () => {
    const release = weighted("release.test", [
      { key: "blue", weight: 95, route: region("west") },
      { key: "green", weight: 5, route: region("green") },
    ]);
    expect(lines(compile([release], { ttlSeconds: 10 })).slice(-2)).to.deep.equal([
      "release.test A blue 95 → west.orders.test -",
      "release.test A green 5 → green.orders.test -",
    ]);
  });

  const refusal = (root: Node<string>, families?: readonly ("A" | "AAAA")[]): string => {
    try {
      compile([root], { ttlSeconds: 10, ...(families ? { families } : {}) });
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };

  it("C6 refuses a primary with addresses and no check", () => {
    expect(refusal(failover("a.test", endpoint(at("192.0.2.1")), fixed(website)))).to.equal(
      "a.test: the primary A record has addresses and no health check; Route 53 rejects that (C6), so add one",
    );
  });

  it("C15 refuses two branches with one key, and weights outside 1 to 255", () => {
    const branch = (weight: number): { key: string; weight: number; route: Route<string> } => ({
      key: "blue",
      weight,
      route: fixed(website),
    });
    expect(refusal(weighted("a.test", [branch(0), branch(256)]))).to.equal(
      [
        'a.test: two branches have the set identifier "blue"; give each its own (C15)',
        'a.test: the weight of "blue" is 0; use a whole number from 1 to 255, and omit a branch that gets no traffic',
        'a.test: the weight of "blue" is 256; use a whole number from 1 to 255, and omit a branch that gets no traffic',
      ].join("\n"),
    );
  });

  it("refuses a hundred-and-first weighted record of a name", () => {
    const branches = Array.from({ length: 101 }, (_, n) => ({
      key: `${n}`,
      weight: 1,
      route: fixed(website),
    }));
    expect(refusal(weighted("a.test", branches))).to.equal(
      "a.test: 101 weighted records; a name and type has at most 100",
    );
  });

  it("refuses two different nodes with one name, and a node within itself", () => {
    const twice = failover("top.test", region("west"), {
      ...region("east"),
      name: "west.orders.test",
    });
    expect(refusal(twice)).to.equal(
      "west.orders.test: two different routes have this name; give one another name",
    );
    const inner = failover("top.test", fixed(website), fixed(website));
    expect(refusal(failover("top.test", inner, fixed(website)))).to.equal(
      "top.test: a route cannot contain itself; give the inner node another name",
    );
  });

  it("refuses a shared node whose inner alias is checked in one place only", () => {
    const outer = (inner: Node<string>): Node<string> =>
      failover("outer.test", inner, fixed(website));
    const west = region("west");
    const both = failover("top.test", outer(checked(west, "x")), {
      ...outer(west),
    });
    expect(refusal(both)).to.equal(
      "outer.test: two different routes have this name; give one another name",
    );
    const heavier = (weight: number): Node<string> =>
      weighted("share.test", [{ key: "a", weight, route: fixed(website) }]);
    expect(refusal(failover("top.test", heavier(1), heavier(2)))).to.contain(
      "two different routes",
    );
  });

  it("refuses a family that a branch cannot answer", () => {
    expect(refusal(tree(), ["A", "AAAA"])).to.contain(
      "orders.test: not every branch can answer AAAA; leave AAAA out, or give each branch AAAA addresses",
    );
  });

  it("never gives one name and type two policies, or a record twice", () => {
    const leaf = fc.constant(fixed(website));
    const { node } = fc.letrec<{ node: Route<string> }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc
          .tuple(fc.integer({ min: 0, max: 50 }), fc.boolean(), tie("node"), tie("node"))
          .map(([n, isWeighted, a, b]): Route<string> =>
            isWeighted
              ? weighted(`n${n}.test`, [
                  { key: "blue", weight: 1, route: a },
                  { key: "green", weight: 2, route: b },
                ])
              : failover(`n${n}.test`, a, b),
          ),
      ),
    }));
    fc.assert(
      fc.property(node, (inner) => {
        const root = failover("root.test", inner, fixed(website));
        let records: readonly RecordSpec<string>[];
        try {
          records = compile([root], { ttlSeconds: 10 });
        } catch {
          return; // A refusal is the other correct outcome.
        }
        const policies = new Map<string, string>();
        for (const { name, type, policy } of records) {
          expect(policies.get(name + type) ?? policy.kind).to.equal(policy.kind);
          policies.set(name + type, policy.kind);
        }
        expect(new Set(records.map(({ key }) => key)).size).to.equal(records.length);
      }),
    );
  });
});
