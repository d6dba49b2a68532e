import { expect } from "chai";
import { decode } from "dns-packet";
import type { RecordSet } from "../../../../routing/model";
import { address } from "../../../routing/sample";
import { queryOf, responderFor, said, subnetOption, withEdns } from "./ask";
import { nothing, record, soa, zoneView } from "./zones";

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
      subnetOption(0, [], { family: 3 }),
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
