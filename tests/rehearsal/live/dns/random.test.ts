import { expect } from "chai";
import { booleans } from "../../../../routing/logic";
import { everyFaultOf } from "../../../../routing/graph/everyFault";
import { StackModel } from "../../../../routing/graph/stackModel";
import { InputError } from "../../../../routing/inputError";
import type { Asker } from "../../../../routing/asker";
import { AnsweringView } from "../../../../routing/resolve";
import { Route53 } from "../../../../routing/route53";
import { ServedZones } from "../../../../rehearsal/live/dns/servedZones";
import { askerOf } from "../../../routing/random/compare";
import { Draws } from "../../../routing/random/draws";
import { nameOf, resourcesOf } from "../../../routing/random/resources";
import { drawZone } from "../../../routing/random/zone";
import { sampled } from "../../../sampled";
import { queryOf, responderFor, said } from "./ask";

const zonesCount = sampled(300);
/** An answer with a larger share is seen among so many queries, but for one case in a thousand. */
const queriesCount = 60;
const shareMin = 0.12;

/** Values with the TTL of each; `nothing` where some queries get no answer. */
type Values = ReadonlyMap<string, number>;

describe("the answers of a name server of a drill, for random zones", () => {
  it("are those of the model, with their TTLs, from anywhere and under any faults", () => {
    let [compared, ofSeveral] = [0, 0];
    for (let seed = 1; seed <= zonesCount; seed += 1) {
      const draws = new Draws(seed);
      const drawing = drawZone(draws, "all");
      const model = new StackModel(resourcesOf(drawing));
      const faults = [...everyFaultOf(model, nameOf(0), "A")].filter(() => draws.isIn(30));
      const observed = model.under(faults).under(booleans, () => true);
      const view = new AnsweringView(model.route53, observed);
      const asker = askerOf(drawing.asker);
      drawing.names.forEach((_, index) => {
        const name = nameOf(index);
        const expected = expectedOf(view, name, asker);
        const found = answered(view, name, asker);
        const title = `seed ${seed}, ${name}`;
        if (expected === undefined) {
          expect(found, title).to.equal(undefined);
          return;
        }
        compared += 1;
        if (expected.all.size > 1) ofSeveral += 1;
        expect(found, title).to.not.equal(undefined);
        // Each value that was answered is possible, and each likely one was answered.
        expect([...expected.all], title).to.include.deep.members([...(found ?? [])]);
        expect([...(found?.keys() ?? [])], title).to.include.members([...expected.likely]);
      });
    }
    expect(compared).to.be.greaterThan(zonesCount * 2);
    expect(ofSeveral).to.be.greaterThan(zonesCount / 4);
  });

  it("N3, N4: come from the records that the model finds, wildcards and delegations included", () => {
    let found = 0;
    for (let seed = 1; seed <= zonesCount; seed += 1) {
      const draws = new Draws(seed);
      const labels = ["a", "b", "*", "c"];
      const drawName = (): string =>
        [...draws.times(draws.below(4), () => draws.of(labels)), "a.test"].join(".");
      const zones = [
        { id: "Z1", label: "Z1", name: "a.test", isPrivate: false },
        { id: "Z2", label: "Z2", name: "b.a.test", isPrivate: draws.isIn(50) },
        { id: "Z3", label: "Z3", name: "a.test", isPrivate: true },
      ];
      const records = draws.times(1 + draws.below(8), (index) => ({
        id: `r${index}`,
        label: `r${index}`,
        zoneId: "",
        name: drawName(),
        type: draws.of(["A", "A", "TXT", "NS"]),
        policy: { kind: "simple" } as const,
        target: { kind: "values", values: ["192.0.2.1"], ttlSeconds: 60 } as const,
      }));
      const placed = records.map((record) => {
        const isBelow = record.name === "b.a.test" || record.name.endsWith(".b.a.test");
        const zoneId = draws.of(isBelow ? ["Z1", "Z2", "Z3"] : ["Z1", "Z3"]);
        const isApex = ["a.test", "b.a.test"].includes(record.name);
        return { ...record, zoneId, type: isApex && record.type === "NS" ? "A" : record.type };
      });
      const dns = { records: placed, checks: [], zones };
      const route53 = new Route53(dns);
      const served = new ServedZones(dns);
      draws.times(20, () => {
        const name = drawName();
        const group = route53.group(name, "A");
        const node = served.find(name);
        const record = node?.kind === "node" ? node.node.get("A") : undefined;
        if (group) found += 1;
        expect(record && route53.groupOf(record), `seed ${seed}, ${name}`).to.equal(group);
      });
    }
    expect(found).to.be.greaterThan(zonesCount * 3);
  });
});

/** What the model says, and the values that every resolver soon sees. */
function expectedOf(
  view: AnsweringView,
  name: string,
  asker: Asker,
): { readonly all: Values; readonly likely: ReadonlySet<string> } | undefined {
  try {
    const { answers, unanswered } = view.resolve(name, "A", asker);
    const none = { value: "nothing", ttlSeconds: 0, probability: unanswered };
    const all = unanswered > 0 ? [...answers, none] : answers;
    return {
      all: new Map(all.map(({ value, ttlSeconds }) => [value, ttlSeconds])),
      likely: new Set(
        all.filter(({ probability }) => probability > shareMin).map(({ value }) => value),
      ),
    };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Addresses for the AWS names of balancers, and back. */
const balancerAddress = (value: string): string | undefined => {
  const index = /^balancer-(\d+)\./.exec(value)?.[1];
  return index === undefined ? undefined : `127.0.1.${index}`;
};
const declared = (address: string): string =>
  address.replace(/^127\.0\.1\.(\d+)$/, "balancer-$1.us-west-2.elb.amazonaws.com");

/** All values that a resolver gets with many queries; undefined where the server fails. */
function answered(view: AnsweringView, name: string, asker: Asker): Values | undefined {
  const respond = responderFor(view, { addressOf: balancerAddress, askerOf: () => asker });
  const values = new Map<string, number>();
  for (let query = 0; query < queriesCount; query += 1) {
    const answer = followed(respond, name);
    if (answer === undefined) return undefined;
    for (const [value, ttl] of answer) {
      values.set(value, Math.max(ttl, values.get(value) ?? 0));
    }
  }
  return values;
}

/** One answer, with a CNAME followed as a resolver follows it. */
function followed(respond: ReturnType<typeof responderFor>, name: string): Values | undefined {
  let keptSeconds = 0;
  for (let at = name; ;) {
    const { rcode, answers } = said(respond(queryOf(at, "A")) ?? Buffer.alloc(0));
    if (rcode === "SERVFAIL") return undefined;
    // A name outside the zone is where a resolver leaves this server.
    if (rcode === "REFUSED") return new Map([[at, keptSeconds]]);
    const records = answers.map((line) => line.split(" ") as [string, string, string, string]);
    const [first] = records;
    if (!first) return new Map([["nothing", 0]]);
    const [, ttl, type, data] = first;
    keptSeconds = Math.max(keptSeconds, Number(ttl));
    if (type !== "CNAME") {
      return new Map(records.map(([, , , value]) => [declared(value), keptSeconds]));
    }
    at = data;
  }
}
