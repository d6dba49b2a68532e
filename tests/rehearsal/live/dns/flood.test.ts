import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import type { QueryOrigin } from "../../../../rehearsal/live/dns/responder";
import { Responder } from "../../../../rehearsal/live/dns/responder";
import type { Asker } from "../../../../routing/asker";
import type { RecordSet } from "../../../../routing/model";
import { AnsweringView } from "../../../../routing/resolve";
import { Route53 } from "../../../../routing/route53";
import type { View } from "../../../../routing/view";
import { address, observationsOf } from "../../../routing/sample";
import { sampled } from "../../../sampled";
import { queryOf, said, subnetOption, withEdns } from "./ask";
import { record } from "./zones";

const blocks = (name: string, value: string, list: readonly string[] | null): RecordSet =>
  address(name, value, {
    ...{ kind: "cidr", collection: "c", blocks: list },
    location: list === null ? "*" : "office",
  });
const records = [
  blocks("www.a.test", "192.0.2.1", ["10.0.0.0/9"]),
  blocks("www.a.test", "192.0.2.2", null),
  record("*.wild.a.test", "A", ["192.0.2.3"]),
];
const origin: QueryOrigin = { address: "127.0.0.1", transport: "udp" };

/** A view that counts what it is asked and may keep. */
class CountedView extends AnsweringView {
  readonly askers: Asker[] = [];
  readonly names: Set<string>;

  constructor() {
    const names = new Set<string>();
    const recordsNamed = (name: string): readonly RecordSet[] => {
      names.add(name);
      return records.filter((one) => one.name === name);
    };
    const zones = [{ id: "zone", label: "zone", name: "a.test", isPrivate: false }];
    super(new Route53({ records, checks: [], zones, recordsNamed }), observationsOf({}));
    this.names = names;
  }

  override askedFrom(asker: Asker): View<boolean> {
    this.askers.push(asker);
    return super.askedFrom(asker);
  }
}

/** A query from a network of its own, for each number. */
const fromNetwork = (name: string, number: number): Buffer => {
  const network = [10, (number >> 8) & 0xff, number & 0xff];
  return queryOf(name, "A", withEdns(1232, [subnetOption(24, network)]));
};

describe("a flood of queries to a drill's name server", () => {
  const answersOf = (responder: Responder, packet: Buffer, from = origin.address): string => {
    const reply = responder.respond(packet, { ...origin, address: from });
    const { rcode, answers } = said(reply ?? Buffer.alloc(0));
    return [rcode, ...answers].join(" ");
  };

  it("from many networks and resolvers asks the model once for each place (C21)", () => {
    const view = new CountedView();
    const responder = new Responder({ view: () => view, seed: 1 });
    const networks = 0x1_0000;
    for (let number = 0; number < networks; number += 41) {
      const value = number < networks / 2 ? "192.0.2.1" : "192.0.2.2";
      const expected = `NOERROR www.a.test 60 A ${value}`;
      expect(answersOf(responder, fromNetwork("www.a.test", number))).to.equal(expected);
      const resolver = `10.${number >> 8}.${number & 0xff}.1`;
      expect(answersOf(responder, queryOf("www.a.test", "A"), resolver)).to.equal(expected);
    }
    expect(view.askers).to.have.length(2);
  });

  it("for many names asks the model for none that has no record", () => {
    const view = new CountedView();
    const responder = new Responder({ view: () => view, seed: 1 });
    for (let number = 0; number < 2_000; number += 1) {
      const wild = `n${number}.wild.a.test`;
      expect(answersOf(responder, queryOf(wild, "A"))).to.equal(`NOERROR ${wild} 300 A 192.0.2.3`);
      expect(answersOf(responder, queryOf(`n${number}.a.test`, "A"))).to.equal("NXDOMAIN");
    }
    expect([...view.names]).to.deep.equal(["*.wild.a.test"]);
  });

  it("takes no more memory when it goes on", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const heapBytes = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const view = new CountedView();
    const responder = new Responder({ view: () => view, seed: 1 });
    const flood = (from: number, count: number): void => {
      for (let number = from; number < from + count; number += 1) {
        responder.respond(fromNetwork(`n${number}.wild.a.test`, number), origin);
        responder.respond(fromNetwork(`n${number}.a.test`, number), origin);
      }
    };
    // So many that every reply that can be kept is.
    flood(0, 4_000);
    const before = heapBytes();
    const count = sampled(40_000, 2);
    flood(4_000, count);
    // What is kept of a query takes 100 bytes at least.
    expect(heapBytes() - before).to.be.below(100 * count);
  });
});
