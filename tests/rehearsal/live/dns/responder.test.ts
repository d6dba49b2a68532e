import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { decode } from "dns-packet";
import { Responder } from "../../../../rehearsal/live/dns/responder";
import type { RecordSet } from "../../../../routing/model";
import type { AnsweringView } from "../../../../routing/resolve";
import {
  address,
  alias,
  endpointCheck,
  primary,
  secondary,
  viewOf,
  weight,
} from "../../../routing/sample";
import type { World } from "../../../routing/sample";
import { itWithEveryCase } from "../../../sampled";
import { queryOf, responderFor, said, subnetOption, withEdns } from "./ask";
import { nothing, record, saidFor, soa, zoneView } from "./zones";

describe("a name server of a drill", () => {
  const www = record("www.a.test", "A", ["192.0.2.1"]);

  it("answers with authority, without recursion, and repeats the client's RD and CD", () => {
    expect(saidFor([www], "www.a.test", "A", { flags: (1 << 8) | (1 << 4) })).to.deep.equal({
      ...nothing,
      rcode: "NOERROR",
      flags: ["aa", "rd", "cd"],
      answers: ["www.a.test 300 A 192.0.2.1"],
    });
  });

  it("keeps the letter case of the question in the question and in the owner's name", () => {
    const reply = responderFor(zoneView([www]))(queryOf("wWw.A.tEsT", "A"));
    const { id, questions, answers } = decode(reply ?? Buffer.alloc(0));
    expect([id, questions?.[0]?.name, answers?.[0]?.name]).to.deep.equal([
      0x1234,
      "wWw.A.tEsT",
      "wWw.A.tEsT",
    ]);
  });

  it("answers every type that a value can be spelled for", () => {
    const values = {
      AAAA: ["2001:db8::1", "2001:db8::1"],
      MX: ["10 mail.a.test.", "10 mail.a.test"],
      TXT: [String.raw`"v=1 \"x\"" "\101b"`, 'v=1 "x"|Ab'],
      SRV: ["1 2 443 srv.a.test", "1 2 443 srv.a.test"],
      CAA: ['0 issue "amazon.com"', "0 issue amazon.com false"],
      PTR: ["host.a.test.", "host.a.test"],
      NAPTR: [
        '100 50 "u" "sip+E2U" "!^.*$!sip:i@a.test!" .',
        "100 50 u sip+E2U !^.*$!sip:i@a.test! .",
      ],
      DS: ["1 8 2 0a0b", "1 8 2 \n\v"],
      TLSA: ["3 1 1 0a0b", "3 1 1 \n\v"],
      SSHFP: [`4 1 ${"ab".repeat(20)}`, `4 1 ${"AB".repeat(20)}`],
    };
    const found = Object.entries(values).map(([type, [value = ""]]) => {
      const { answers } = saidFor([record("x.a.test", type, [value])], "x.a.test", type);
      return [type, answers[0]?.replace(`x.a.test 300 ${type} `, "")];
    });
    expect(found).to.deep.equal(Object.entries(values).map(([type, [, text]]) => [type, text]));
  });

  it("splits a text without quotes into strings of 255 bytes", () => {
    const { answers } = saidFor([record("x.a.test", "TXT", ["y".repeat(300)])], "x.a.test", "TXT", {
      ...withEdns(),
    });
    expect(answers).to.deep.equal([`x.a.test 300 TXT ${"y".repeat(255)}|${"y".repeat(45)}`]);
  });

  it("fails, and says why, where a value is none of its type", () => {
    const records = [record("x.a.test", "A", ["<eip>"])];
    const reply = responderFor(zoneView(records))(queryOf("x.a.test", "A", withEdns()));
    const { additionals } = decode(reply ?? Buffer.alloc(0));
    const [opt] = additionals as unknown as [{ options: { code: number; data: Buffer }[] }];
    expect(said(reply ?? Buffer.alloc(0))).to.deep.equal({
      ...nothing,
      rcode: "SERVFAIL",
      flags: [],
    });
    expect(opt.options.map(({ code, data }) => [code, data.toString()])).to.deep.equal([
      [15, "\0\0A <eip>: not an address to answer"],
    ]);
  });

  it("N3: says NODATA with the SOA for a name without the type, and for one only above others", () => {
    const records = [record("a.b.a.test", "A", ["192.0.2.1"])];
    const nodata = { ...nothing, rcode: "NOERROR", flags: ["aa"], authorities: [soa] };
    expect(saidFor(records, "a.b.a.test", "AAAA")).to.deep.equal(nodata);
    expect(saidFor(records, "b.a.test", "A")).to.deep.equal(nodata);
    expect(saidFor(records, "a.test", "A")).to.deep.equal(nodata);
  });

  it("says NXDOMAIN with the SOA for a name that does not exist", () => {
    expect(saidFor([www], "no.a.test", "A")).to.deep.equal({
      ...nothing,
      rcode: "NXDOMAIN",
      flags: ["aa"],
      authorities: [soa],
    });
    expect(saidFor([www], "below.www.a.test", "A").rcode).to.equal("NXDOMAIN");
  });

  it("gives a negative answer the lesser of the SOA's TTL and minimum (RFC 2308)", () => {
    const own = record("a.test", "SOA", ["ns1.a.test. me.a.test. 7 1 2 3 60"]);
    expect(saidFor([own], "no.a.test", "A").authorities).to.deep.equal([
      "a.test 60 SOA ns1.a.test me.a.test 7 1 2 3 60",
    ]);
    expect(saidFor([own], "a.test", "SOA").answers).to.deep.equal([
      "a.test 300 SOA ns1.a.test me.a.test 7 1 2 3 60",
    ]);
  });

  it("has an SOA and an NS record at the apex though none was read", () => {
    expect(saidFor([www], "a.test", "SOA").answers).to.deep.equal([soa]);
    expect(saidFor([www], "a.test", "NS").answers).to.deep.equal([
      "a.test 172800 NS ns.drill.invalid",
    ]);
  });

  it("refuses names outside its zones, other classes and zone transfers", () => {
    const refused = { ...nothing, rcode: "REFUSED", flags: [] };
    expect(saidFor([www], "www.b.test", "A")).to.deep.equal(refused);
    expect(saidFor([www], "test", "A")).to.deep.equal(refused);
    expect(saidFor([www], ".", "NS")).to.deep.equal(refused);
    expect(saidFor([www], "a.test", "AXFR")).to.deep.equal(refused);
    const questions = [{ name: "www.a.test", type: "A", class: "CH" } as const];
    expect(saidFor([www], "", "", { questions })).to.deep.equal(refused);
  });

  it("N5: answers a CNAME with the CNAME alone, and says NODATA for it under no type", () => {
    const records = [www, record("c.a.test", "CNAME", ["WWW.a.test."])];
    const cname = ["c.a.test 300 CNAME WWW.a.test"];
    expect(saidFor(records, "c.a.test", "A").answers).to.deep.equal(cname);
    expect(saidFor(records, "c.a.test", "CNAME").answers).to.deep.equal(cname);
    expect(saidFor(records, "c.a.test", "MX").answers).to.deep.equal(cname);
  });

  it("N3: answers wildcards at the closest existing parent only, under the queried name", () => {
    const records = [record("*.a.test", "A", ["192.0.2.9"]), record("b.c.a.test", "TXT", ["x"])];
    expect(saidFor(records, "x.y.a.test", "A").answers).to.deep.equal([
      "x.y.a.test 300 A 192.0.2.9",
    ]);
    expect(saidFor(records, "x.y.a.test", "TXT").rcode).to.equal("NOERROR");
    expect(saidFor(records, "c.a.test", "A")).to.include({ rcode: "NOERROR" });
    expect(saidFor(records, "c.a.test", "A").answers).to.deep.equal([]);
    expect(saidFor(records, "x.c.a.test", "A").rcode).to.equal("NXDOMAIN");
    expect(saidFor(records, "*.a.test", "A").answers).to.deep.equal(["*.a.test 300 A 192.0.2.9"]);
  });

  it("N4: refers to the servers of a delegated name, with the addresses of those in the zone", () => {
    const records = [
      record("sub.a.test", "NS", ["ns1.sub.a.test.", "ns.else.test."]),
      record("ns1.sub.a.test", "A", ["192.0.2.53"]),
    ];
    const referral = {
      rcode: "NOERROR",
      flags: [],
      answers: [],
      authorities: ["sub.a.test 300 NS ns1.sub.a.test", "sub.a.test 300 NS ns.else.test"],
      additionals: ["ns1.sub.a.test 300 A 192.0.2.53"],
    };
    expect(saidFor(records, "x.sub.a.test", "A")).to.deep.equal(referral);
    expect(saidFor(records, "sub.a.test", "NS")).to.deep.equal(referral);
    // The zone above answers for DS (RFC 4035, section 3.1.4.1).
    expect(saidFor(records, "sub.a.test", "DS")).to.deep.equal({
      ...nothing,
      rcode: "NOERROR",
      flags: ["aa"],
      authorities: [soa],
    });
  });

  it("answers ANY with one record set (RFC 8482)", () => {
    const records = [www, record("www.a.test", "TXT", ["x"])];
    expect(saidFor(records, "www.a.test", "ANY").answers).to.deep.equal([
      "www.a.test 300 A 192.0.2.1",
    ]);
  });

  it("C4, T1, T2: answers an alias with its target's values and TTL, an AWS name with an address", () => {
    const checks = [endpointCheck("check")];
    const records = [
      alias("www.a.test", "pair.a.test", primary),
      alias(
        "www.a.test",
        { kind: "balancer", dnsName: "lb.elb.amazonaws.com", region: "eu-west-1" },
        secondary,
        { evaluates: false },
      ),
      address("pair.a.test", "192.0.2.1", weight(1), "check"),
    ];
    const answersWhen = (seen: World["seen"] = {}): readonly string[] => {
      const respond = responderFor(zoneView(records, { checks, seen }), {
        addressOf: (value) =>
          ({ "192.0.2.1": "127.1.1.1", "lb.elb.amazonaws.com": "127.2.2.2" })[value],
      });
      return said(respond(queryOf("www.a.test", "A")) ?? Buffer.alloc(0)).answers;
    };
    expect(answersWhen()).to.deep.equal(["www.a.test 60 A 127.1.1.1"]);
    expect(answersWhen({ check: "unhealthy" })).to.deep.equal(["www.a.test 60 A 127.2.2.2"]);
  });

  it("C8: draws each weighted answer by its weight, from the kept reply too", () => {
    const records = [
      address("www.a.test", "192.0.2.1", weight(10)),
      address("www.a.test", "192.0.2.2", weight(30)),
    ];
    const respond = responderFor(zoneView(records));
    const query = queryOf("www.a.test", "A");
    const draws = 20_000;
    let heavy = 0;
    for (let draw = 0; draw < draws; draw += 1) {
      const { answers } = said(respond(query) ?? Buffer.alloc(0));
      expect(answers).to.have.length(1);
      if (answers[0]?.endsWith("192.0.2.2")) heavy += 1;
    }
    // Three standard deviations of 20,000 draws are 1 %.
    expect(heavy / draws).to.be.closeTo(0.75, 0.01);
  });

  it("C12: answers eight of more multivalue records, each as often, in any order", () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      address("www.a.test", `192.0.2.${index + 1}`, { kind: "multivalue" }),
    );
    const respond = responderFor(zoneView(many));
    const counts = new Map<string, number>();
    const firsts = new Set<string>();
    const draws = 5000;
    for (let draw = 0; draw < draws; draw += 1) {
      const { answers } = said(respond(queryOf("www.a.test", "A")) ?? Buffer.alloc(0));
      expect(new Set(answers).size).to.equal(8);
      firsts.add(answers[0] ?? "");
      for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
    expect(firsts.size).to.equal(20);
    for (const count of counts.values()) expect(count / draws).to.be.closeTo(8 / 20, 0.03);
  });

  it("gives no answer from before a change", () => {
    const view = (value: string): AnsweringView => zoneView([record("www.a.test", "A", [value])]);
    let value = "192.0.2.1";
    const source = { view: () => view(value), seed: 1 };
    const responder = new Responder(source);
    const ask = (): readonly string[] =>
      said(
        responder.respond(queryOf("www.a.test", "A"), {
          address: "127.0.0.1",
          transport: "udp",
        }) ?? Buffer.alloc(0),
      ).answers;
    expect(ask()).to.deep.equal(["www.a.test 300 A 192.0.2.1"]);
    value = "192.0.2.2";
    responder.changed();
    expect(ask()).to.deep.equal(["www.a.test 300 A 192.0.2.2"]);
  });

  it("serves a zone that was not read from the names of its records, below their common end", () => {
    const rcodesFor = (records: readonly RecordSet[], names: readonly string[]): unknown => {
      const respond = responderFor(viewOf({ records }));
      return names.map((name) => said(respond(queryOf(name, "A")) ?? Buffer.alloc(0)).rcode);
    };
    const below = record("x.y.www.a.test", "A", ["192.0.2.2"]);
    const names = ["www.a.test", "y.www.a.test", "no.www.a.test", "a.test"];
    expect(rcodesFor([below, www], names)).to.deep.equal([
      "NOERROR",
      "NOERROR",
      "NXDOMAIN",
      "REFUSED",
    ]);
    const other = record("*.b.a.test", "A", ["192.0.2.3"]);
    const wider = ["a.test", "no.a.test", "x.b.a.test", "test"];
    expect(rcodesFor([below, other], wider)).to.deep.equal([
      "NOERROR",
      "NXDOMAIN",
      "NOERROR",
      "REFUSED",
    ]);
    // A zone cannot begin at a CNAME; records without a common end are in several zones.
    const cname = record("c.d.test", "CNAME", ["www.a.test"]);
    expect(rcodesFor([cname], ["d.test", "test"])).to.deep.equal(["NOERROR", "REFUSED"]);
    const elsewhere = record("www.example", "A", ["192.0.2.4"]);
    expect(rcodesFor([www, elsewhere], ["www.a.test", "www.example", "test"])).to.deep.equal([
      "NOERROR",
      "NOERROR",
      "REFUSED",
    ]);
  });

  // A flood in flood.test.ts shows it in each run.
  itWithEveryCase("keeps no more for many names and networks than for few", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const byNetwork = { kind: "cidr", collection: "c", location: "*", blocks: null } as const;
    const respond = responderFor(
      zoneView([
        record("*.a.test", "A", ["192.0.2.1"]),
        address("n.a.test", "192.0.2.2", byNetwork),
      ]),
    );
    const heapAfter = (from: number, to: number): number => {
      for (let n = from; n < to; n += 1) {
        respond(queryOf(`${n}.${"x".repeat(60)}.a.test`, "A"));
        const network = subnetOption(24, [n >> 16, (n >> 8) & 0xff, n & 0xff]);
        respond(queryOf("n.a.test", "A", withEdns(1232, [network])));
      }
      collect();
      return process.memoryUsage().heapUsed;
    };
    const few = heapAfter(0, 5000);
    expect(heapAfter(5000, 25_000) - few).to.be.lessThan(8 * 2 ** 20);
  });
});
