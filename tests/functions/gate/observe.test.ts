import { expect } from "chai";
import { askNameServer } from "../../../functions/dns/askNameServer";
import { observeOutside } from "../../../functions/gate/observe";
import type { OutsideView } from "../../../functions/gate/observe";
import { gateFunctionSettingsOf } from "../../../functions/gate/settings";
import { environment } from "./samples";
import { ZoneServer } from "./zoneServer";

const settings = gateFunctionSettingsOf(environment);
const records = {
  "live.orders.cafe.com": ["192.0.2.1"],
  "oregon.orders.cafe.com": ["192.0.2.1", "192.0.2.3"],
  "dublin.orders.cafe.com": ["192.0.2.2"],
  "deep.gate.orders.cafe.com": ["healthy"],
  "zone-a.gate.orders.cafe.com": ["unhealthy"],
};

/** Route 53's name servers and the regions, on loopback. */
describe("the view of the gate", () => {
  let first: ZoneServer;
  let second: ZoneServer;

  beforeEach(async () => {
    [first, second] = await Promise.all([ZoneServer.start(), ZoneServer.start()]);
    first.records = records;
    second.records = records;
  });
  afterEach(() => {
    first.end();
    second.end();
  });

  function look(): Promise<OutsideView> {
    return observeOutside(settings, {
      askNameServer,
      findServer: (host) =>
        Promise.resolve([host === "ns-1.awsdns-01.org" ? first.address : second.address]),
    });
  }
  const both = (live: readonly string[]): void => {
    for (const server of [first, second]) {
      server.records = { ...records, "live.orders.cafe.com": live };
    }
  };

  it("is the region whose endpoints live answers with, the signals, and the orders", async () => {
    expect(await look()).to.deep.equal({
      serving: "primary",
      signals: { deep: "healthy", "zone-a": "unhealthy" },
    });
    both(["192.0.2.2"]);
    expect((await look()).serving).to.equal("standby");
  });

  it("knows endpoints by name as well", async () => {
    for (const server of [first, second]) {
      server.records = {
        ...records,
        "live.orders.cafe.com": ["Dublin.example.net"],
        "dublin.orders.cafe.com": ["dublin.example.net"],
      };
    }
    expect((await look()).serving).to.equal("standby");
  });

  it("is neither for other endpoints or none, and unknown for endpoints of both", async () => {
    for (const [live, serving] of [
      [["198.51.100.1"], "neither"],
      [[], "neither"],
      [["192.0.2.1", "192.0.2.2"], "unknown"],
    ] as const) {
      both(live);
      expect((await look()).serving).to.equal(serving);
    }
  });

  it("is that of the servers that answer: a silent, a lame and a failing one are ignored", async () => {
    for (const manner of [{ isSilent: true }, { isLame: true }, { code: 2 }]) {
      second.manner = manner;
      expect((await look()).serving, JSON.stringify(manner)).to.equal("primary");
    }
  });

  it("is unknown if no server answers, or if servers differ", async () => {
    second.records = {
      ...records,
      "live.orders.cafe.com": ["192.0.2.2"],
      "deep.gate.orders.cafe.com": ["unhealthy"],
    };
    const differing = await look();
    expect(differing.serving).to.equal("unknown");
    expect(differing.signals).to.deep.equal({ deep: "unknown", "zone-a": "unhealthy" });
    first.manner = { code: 2 };
    second.manner = { code: 5 };
    expect(await look()).to.deep.include({
      serving: "unknown",
      signals: { deep: "unknown", "zone-a": "unknown" },
    });
  });

  it("is unknown if the name servers have no address", async () => {
    const view = await observeOutside(settings, {
      askNameServer,
      findServer: () => Promise.reject(new Error("ENOTFOUND")),
    });
    expect(view.serving).to.equal("unknown");
  });

  it("counts a signal as unknown unless it is one of the two words", async () => {
    for (const values of [["Healthy"], [], ["healthy", "unhealthy"], ["healthy", "healthy"]]) {
      for (const server of [first, second]) {
        server.records = { ...records, "deep.gate.orders.cafe.com": values };
      }
      expect((await look()).signals["deep"], values.join()).to.equal("unknown");
    }
  });

  it("asks again over TCP if an answer is cut, and does without TCP otherwise", async () => {
    await look();
    expect(first.asked.filter((asked) => asked.startsWith("tcp"))).to.deep.equal([]);
    first.manner = { isTruncated: true };
    second.manner = { code: 2 };
    expect((await look()).serving).to.equal("primary");
    expect(first.asked.filter((asked) => asked.startsWith("tcp")).sort()).to.deep.equal([
      "tcp A dublin.orders.cafe.com",
      "tcp A live.orders.cafe.com",
      "tcp A oregon.orders.cafe.com",
      "tcp TXT deep.gate.orders.cafe.com",
      "tcp TXT zone-a.gate.orders.cafe.com",
    ]);
    first.manner = { isTruncated: true, closes: true };
    expect((await look()).serving).to.equal("unknown");
  });

  it("ignores packets with another id, and bytes that are no packet", async () => {
    first.manner = { isForged: true };
    second.manner = { code: 2 };
    expect((await look()).serving).to.equal("primary");
  });

  it("has messages that name server, fault and question", async () => {
    const failure = (): Promise<string> =>
      askNameServer(first.address, { name: "live.orders.cafe.com", type: "A" }).then(
        () => "none",
        (error: unknown) => (error as Error).message,
      );
    const asked = "asked for A of live.orders.cafe.com";
    first.manner = { isSilent: true };
    expect(await failure()).to.equal(`127.0.0.1 did not answer in 1500 ms, ${asked}`);
    first.manner = { isLame: true };
    expect(await failure()).to.equal(`127.0.0.1 is not authoritative, ${asked}`);
    first.manner = { code: 2 };
    expect(await failure()).to.equal(`127.0.0.1 answered SERVFAIL, ${asked}`);
    first.manner = { isTruncated: true, closes: true };
    expect(await failure()).to.equal(`127.0.0.1 closed the connection, ${asked}`);
  });
});
