import { expect } from "chai";
import { decode, encode } from "dns-packet";
import type { RecordSet } from "../../../../routing/model";
import { AnsweringView } from "../../../../routing/resolve";
import { Route53 } from "../../../../routing/route53";
import { Responder } from "../../../../rehearsal/live/dns/responder";
import {
  address,
  alias,
  endpointCheck,
  observationsOf,
  primary,
  secondary,
  viewOf,
  weight,
} from "../../../routing/sample";
import type { World } from "../../../routing/sample";
import { queryOf, responderFor, said, subnetOption, withEdns } from "./ask";
import type { Said } from "./ask";

const simple = { kind: "simple" } as const;

/** The zone a.test with some records. */
function zoneView(records: readonly RecordSet[], world: World = {}): AnsweringView {
  const zones = [{ id: "zone", label: "zone", name: "a.test", isPrivate: false }];
  const route53 = new Route53({ records, checks: world.checks ?? [], zones });
  return new AnsweringView(route53, observationsOf(world));
}

function record(
  name: string,
  type: string,
  values: readonly string[],
  more: Partial<RecordSet> = {},
): RecordSet {
  return address(name, "", simple, undefined, {
    id: `${name} ${type}`,
    type,
    target: { kind: "values", values, ttlSeconds: 300 },
    ...more,
  });
}

const soa = "a.test 900 SOA ns.drill.invalid awsdns-hostmaster.amazon.com 1 7200 900 1209600 86400";
const nothing = { answers: [], authorities: [], additionals: [] };

/** What a zone says to one question. */
function saidFor(
  records: readonly RecordSet[],
  name: string,
  type: string,
  more: Parameters<typeof queryOf>[2] = {},
): Said {
  const reply = responderFor(zoneView(records))(queryOf(name, type, more));
  if (!reply) throw new Error(`${name} ${type}: no reply`);
  return said(reply);
}

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

  it("serves a zone that was not read from the names of its records", () => {
    const records = [www, record("x.y.www.a.test", "A", ["192.0.2.2"])];
    const respond = responderFor(viewOf({ records }));
    const rcodeOf = (name: string): string =>
      said(respond(queryOf(name, "A")) ?? Buffer.alloc(0)).rcode;
    expect(["www.a.test", "y.www.a.test", "no.www.a.test", "a.test"].map(rcodeOf)).to.deep.equal([
      "NOERROR",
      "NOERROR",
      "NXDOMAIN",
      "REFUSED",
    ]);
  });
});

describe("a query to a name server of a drill", () => {
  const respond = responderFor(zoneView([record("www.a.test", "A", ["192.0.2.1"])]));
  const saidTo = (packet: Buffer): Said | undefined => {
    const reply = respond(packet);
    return reply && said(reply);
  };
  const error = (rcode: string, ...flags: readonly string[]): Said => ({
    ...nothing,
    rcode,
    flags: [...flags],
  });

  it("gets no reply where it is a response or no message, so that no two servers answer each other", () => {
    expect(
      saidTo(encode({ type: "response", questions: [{ name: "www.a.test", type: "A" }] })),
    ).to.equal(undefined);
    expect(saidTo(Buffer.alloc(11))).to.equal(undefined);
    expect(saidTo(Buffer.alloc(0))).to.equal(undefined);
  });

  it("is refused with NOTIMP for another opcode, which the reply repeats", () => {
    const update = queryOf("www.a.test", "SOA", { flags: 5 << 11 });
    expect(saidTo(update)?.rcode).to.equal("NOTIMP");
    expect(decode(respond(update) ?? Buffer.alloc(0))).to.include({ opcode: "UPDATE" });
  });

  it("is malformed with no question, two, or records outside the additional section (RFC 9619)", () => {
    const question = { name: "www.a.test", type: "A" } as const;
    const answer = { ...question, data: "192.0.2.1" };
    for (const packet of [
      { questions: [] },
      { questions: [question, question] },
      { questions: [question], answers: [answer] },
      { questions: [question], authorities: [answer] },
    ]) {
      expect(saidTo(encode({ type: "query", ...packet }))).to.deep.equal(error("FORMERR"));
    }
  });

  it("is malformed where the question's name has a pointer, a long label or no end", () => {
    const header = encode({ type: "query", questions: [] });
    header.writeUInt16BE(1, 4);
    const packets = [
      [0xc0, 0x0c, 0, 1, 0, 1],
      [64, ...new Array<number>(64).fill(97), 0, 0, 1, 0, 1],
      [3, 97, 97],
      [0, 0, 1, 0],
      [...new Array<readonly number[]>(130).fill([1, 97]).flat(), 0, 0, 1, 0, 1],
    ];
    for (const bytes of packets) {
      expect(saidTo(Buffer.concat([header, Buffer.from(bytes)]))).to.deep.equal(error("FORMERR"));
    }
  });

  it("without EDNS gets no OPT record; with it, one that says 1232 bytes and repeats DO", () => {
    const plain = decode(respond(queryOf("www.a.test", "A")) ?? Buffer.alloc(0));
    expect(plain.additionals).to.deep.equal([]);
    const query = queryOf("www.a.test", "A", withEdns(4096));
    // The flags of the OPT record follow its name, type, size, code and version.
    query.writeUInt16BE(0x8000, query.length - 4);
    const { additionals } = decode(respond(query) ?? Buffer.alloc(0));
    expect(additionals?.[0]).to.include({
      udpPayloadSize: 1232,
      ednsVersion: 0,
      extendedRcode: 0,
      flags: 0x8000,
    });
  });

  it("with a later version of EDNS gets BADVERS and version 0", () => {
    const query = queryOf("www.a.test", "A", withEdns());
    query.writeUInt8(1, query.length - 5);
    const reply = respond(query) ?? Buffer.alloc(0);
    expect(said(reply)).to.deep.equal(error("NOERROR"));
    expect(decode(reply).additionals?.[0]).to.include({ extendedRcode: 1, ednsVersion: 0 });
  });

  it("is malformed with two OPT records, or one that is not at the root", () => {
    const two = queryOf("www.a.test", "A", {
      additionals: [...withEdns().additionals, ...withEdns().additionals],
    });
    expect(saidTo(two)).to.deep.equal(error("FORMERR"));
    const named = queryOf("a", "A", withEdns());
    const at = named.length - 11;
    const moved = Buffer.concat([
      named.subarray(0, at),
      Buffer.from([1, 97, 0]),
      named.subarray(at + 1),
    ]);
    expect(saidTo(moved)).to.deep.equal(error("FORMERR"));
  });

  it("over UDP gets TC and no records where they are too many, over TCP all of them", () => {
    const many = Array.from({ length: 200 }, (_, index) => `192.0.2.${index}`);
    const ask = responderFor(zoneView([record("www.a.test", "A", many)]));
    const counts = ([packet, transport]: readonly [Buffer, "udp" | "tcp"]): unknown => {
      const reply = ask(packet, transport) ?? Buffer.alloc(0);
      const { flags, answers } = said(reply);
      return [flags.includes("tc"), answers.length];
    };
    const [small, large] = [queryOf("www.a.test", "A"), queryOf("www.a.test", "A", withEdns(4096))];
    expect(counts([small, "udp"])).to.deep.equal([true, 0]);
    expect(counts([large, "udp"])).to.deep.equal([true, 0]);
    expect(counts([small, "tcp"])).to.deep.equal([false, 200]);
  });

  it("gets up to 512 bytes without EDNS, and as many as it says with it, up to 1232", () => {
    const sized = (count: number): ((packet: Buffer) => Buffer | undefined) =>
      responderFor(
        zoneView([
          record(
            "www.a.test",
            "A",
            Array.from({ length: count }, (_, index) => `192.0.2.${index}`),
          ),
        ]),
      );
    const isCut = (count: number, more: object): boolean =>
      said(sized(count)(queryOf("www.a.test", "A", more)) ?? Buffer.alloc(0)).flags.includes("tc");
    // 12 bytes of header, 16 of question, 16 for each record; 11 for the OPT record.
    expect([isCut(30, {}), isCut(31, {})]).to.deep.equal([false, true]);
    expect([isCut(30, withEdns(100)), isCut(29, withEdns(100))]).to.deep.equal([true, false]);
    expect([isCut(74, withEdns(4096)), isCut(75, withEdns(4096))]).to.deep.equal([false, true]);
  });
});

describe("EDNS client subnet, at a name server of a drill", () => {
  const blocks = (place: string, value: string, list: readonly string[] | null): RecordSet =>
    address("www.a.test", value, { kind: "cidr", collection: "c", location: place, blocks: list });
  const records = [
    blocks("office", "192.0.2.1", ["198.51.100.0/24"]),
    blocks("*", "192.0.2.2", null),
    record("plain.a.test", "A", ["192.0.2.3"]),
  ];
  const respond = responderFor(zoneView(records));
  const asked = (name: string, option: ReturnType<typeof subnetOption>): unknown => {
    const reply = respond(queryOf(name, "A", withEdns(1232, [option]))) ?? Buffer.alloc(0);
    const { additionals } = decode(reply);
    const [opt] = additionals as unknown as [{ options: { data: Buffer }[] } | undefined];
    const { rcode, answers } = said(reply);
    return [
      rcode,
      answers.map((line) => line.split(" ").at(-1)),
      opt?.options[0]?.data.toJSON().data,
    ];
  };

  it("C21: chooses by the client's network, and says that the answer is for that network only", () => {
    expect(asked("www.a.test", subnetOption(24, [198, 51, 100]))).to.deep.equal([
      "NOERROR",
      ["192.0.2.1"],
      [0, 1, 24, 24, 198, 51, 100],
    ]);
    expect(asked("www.a.test", subnetOption(24, [203, 0, 113]))).to.deep.equal([
      "NOERROR",
      ["192.0.2.2"],
      [0, 1, 24, 24, 203, 0, 113],
    ]);
  });

  it("says that an answer is for every network where it depends on none", () => {
    expect(asked("plain.a.test", subnetOption(24, [198, 51, 100]))).to.deep.equal([
      "NOERROR",
      ["192.0.2.3"],
      [0, 1, 24, 0, 198, 51, 100],
    ]);
    expect(asked("www.a.test", subnetOption(0, []))).to.deep.equal([
      "NOERROR",
      ["192.0.2.2"],
      [0, 1, 0, 0],
    ]);
    expect(asked("www.a.test", subnetOption(0, [], { family: 0 }))).to.deep.equal([
      "NOERROR",
      ["192.0.2.2"],
      [0, 0, 0, 0],
    ]);
  });

  it("without it chooses by the resolver's own address, also where another resolver asked before", () => {
    const answer = (from: string): readonly string[] =>
      said(respond(queryOf("www.a.test", "A"), "udp", from) ?? Buffer.alloc(0)).answers;
    expect(answer("198.51.100.7")).to.deep.equal(["www.a.test 60 A 192.0.2.1"]);
    expect(answer("127.0.0.1")).to.deep.equal(["www.a.test 60 A 192.0.2.2"]);
  });

  it("is malformed with a wrong length, bits beyond its prefix, a scope or an unknown family", () => {
    for (const option of [
      subnetOption(24, [198, 51]),
      subnetOption(24, [198, 51, 100, 0]),
      subnetOption(23, [198, 51, 101]),
      subnetOption(24, [198, 51, 100], { scopeBits: 24 }),
      subnetOption(33, [198, 51, 100, 1, 1]),
      subnetOption(24, [198, 51, 100], { family: 3 }),
    ]) {
      expect(asked("www.a.test", option)).to.deep.equal(["FORMERR", [], undefined]);
    }
  });

  it("C18: fails, and says what is missing, where only the place decides and none is known", () => {
    const latency = [
      address("www.a.test", "192.0.2.1", { kind: "latency", region: "eu-west-1" }),
      address("www.a.test", "192.0.2.2", { kind: "latency", region: "us-west-2" }),
    ];
    const view = zoneView(latency);
    const query = queryOf("www.a.test", "A", withEdns());
    expect(said(responderFor(view)(query) ?? Buffer.alloc(0)).rcode).to.equal("SERVFAIL");
    const placed = responderFor(view, { askerOf: () => ({ region: "us-west-2" }) });
    expect(said(placed(query) ?? Buffer.alloc(0)).answers).to.deep.equal([
      "www.a.test 60 A 192.0.2.2",
    ]);
  });

  it("C19: says NODATA where no record is for the place", () => {
    const view = zoneView([
      address("www.a.test", "192.0.2.1", { kind: "geolocation", place: { continent: "EU" } }),
    ]);
    const ask = responderFor(view, { askerOf: () => ({ location: null }) });
    expect(said(ask(queryOf("www.a.test", "A")) ?? Buffer.alloc(0))).to.deep.equal({
      ...nothing,
      rcode: "NOERROR",
      flags: ["aa"],
      authorities: [soa],
    });
  });
});
