import { expect } from "chai";
import { decode, encode } from "dns-packet";
import { queryOf, responderFor, said, withEdns } from "./ask";
import type { Said } from "./ask";
import { nothing, record, zoneView } from "./zones";

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

  it("gets an OPT record with an error too, for else the server would seem to have no EDNS", () => {
    const optIn = (packet: Buffer): unknown => {
      const reply = respond(packet) ?? Buffer.alloc(0);
      return [said(reply).rcode, decode(reply).additionals?.length];
    };
    expect(optIn(encode({ type: "query", ...withEdns() }))).to.deep.equal(["FORMERR", 1]);
    expect(optIn(queryOf("a.test", "A", { flags: 4 << 11, ...withEdns() }))).to.deep.equal([
      "NOTIMP",
      1,
    ]);
    expect(optIn(queryOf("b.test", "A", withEdns()))).to.deep.equal(["REFUSED", 1]);
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
