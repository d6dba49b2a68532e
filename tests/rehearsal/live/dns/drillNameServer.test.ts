import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { expect } from "chai";
import { sampled } from "../../../sampled";
import { decode } from "dns-packet";
import { DrillNameServer } from "../../../../rehearsal/live/dns/drillNameServer";
import type { AnsweringView } from "../../../../routing/resolve";
import { address, viewOf } from "../../../routing/sample";
import { Draws } from "../../../routing/random/draws";
import { framed, overTcp, overUdp, queryOf, said, subnetOption, withEdns } from "./ask";

const www = (value: string): AnsweringView =>
  viewOf({
    records: [
      address("www.a.test", value, { kind: "simple" }),
      address("a.test", "192.0.2.9", { kind: "simple" }),
      address("large.a.test", "", { kind: "simple" }, undefined, {
        target: {
          kind: "values",
          values: Array.from({ length: 200 }, (_, index) => `192.0.2.${index}`),
          ttlSeconds: 60,
        },
      }),
      address("*.wild.a.test", "192.0.2.8", { kind: "simple" }),
      address("place.a.test", "192.0.2.7", {
        kind: "cidr",
        collection: "c",
        location: "*",
        blocks: null,
      }),
    ],
  });

const query = queryOf("www.a.test", "A");
const idleMs = 1500;
const loopback = { address: "127.0.0.1", port: 0 };

/** The value in a reply to the query above. */
function valueIn(reply: Buffer | undefined): string | undefined {
  return reply && said(reply).answers[0]?.split(" ").at(-1);
}

describe("the sockets of a drill's name server", () => {
  let value = "192.0.2.1";
  let server: DrillNameServer;

  before(async () => {
    server = await DrillNameServer.start(
      loopback,
      { view: () => www(value), seed: 1 },
      { idleMs, connectionsMax: 100 },
    );
  });

  after(() => server.stop());

  const isAnswering = async (): Promise<void> => {
    expect(valueIn(await overUdp(server.port, query))).to.equal(value);
    const [reply] = await overTcp(server.port, framed(query));
    expect(valueIn(reply)).to.equal(value);
  };

  it("answer over UDP and TCP at one port", isAnswering);

  it("stop while queries wait for an answer", async () => {
    for (let tries = 0; tries < 20; tries += 1) {
      const own = await DrillNameServer.start(loopback, { view: () => www(value), seed: 1 });
      const client = createSocket("udp4");
      // Each answer sends more queries, some of which the server has read when it stops.
      let answers = 0;
      const stopped = new Promise<void>((resolve) => {
        client.on("message", () => {
          answers += 1;
          for (const again of [query, query]) client.send(again, own.port, "127.0.0.1");
          if (answers === 100 + tries) void own.stop().then(resolve);
        });
      });
      client.send(query, own.port, "127.0.0.1");
      await stopped;
      client.close();
    }
  });

  it("say where the served zones begin", () => {
    expect(server.apexes).to.deep.equal(["a.test"]);
  });

  it("are on loopback only, and anything else is refused in a line", async () => {
    const started = async (at: { address: string; port: number }): Promise<string> => {
      try {
        const other = await DrillNameServer.start(at, { view: () => www(value), seed: 1 });
        await other.stop();
        return "started";
      } catch (error) {
        return (error as Error).message;
      }
    };
    const remedy = "not on loopback; use 127.0.0.1, or another address in 127.0.0.0/8";
    for (const at of ["0.0.0.0", "::", "192.0.2.1", "localhost", "128.0.0.1", "::ffff:10.0.0.1"]) {
      expect(await started({ address: at, port: 0 })).to.equal(
        `name server address ${at}: ${remedy}`,
      );
    }
    expect(await started({ address: "127.0.0.1", port: server.port })).to.equal(
      `name server address 127.0.0.1, port ${server.port}: cannot be used, got EADDRINUSE; use a free port`,
    );
  });

  it("listen at an address of IPv6 too", async () => {
    const own = await DrillNameServer.start(
      { address: "::1", port: 0 },
      { view: () => www(value), seed: 1 },
    );
    const socket = connect(own.port, "::1");
    socket.write(framed(query));
    const [chunk] = (await once(socket, "data")) as [Buffer];
    expect(valueIn(chunk.subarray(2))).to.equal(value);
    socket.destroy();
    await own.stop();
  });

  it("answer many queries of a TCP connection in their order, also where they come in pieces", async () => {
    const count = 50;
    const all = Buffer.concat(
      Array.from({ length: count }, (_, id) => framed(queryOf("www.a.test", "A", { id }))),
    );
    const replies = await overTcp(server.port, all, count);
    expect(replies.map((reply) => decode(reply).id)).to.deep.equal([...Array(count).keys()]);
    const socket = connect({ port: server.port, host: "127.0.0.1", noDelay: true });
    const reply = once(socket, "data") as Promise<[Buffer]>;
    for (const byte of framed(query)) {
      socket.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    expect(valueIn((await reply)[0].subarray(2))).to.equal(value);
    socket.destroy();
  });

  it("close a TCP connection that lies about a length, sends no query, or says nothing", async () => {
    const response = Buffer.from(query);
    response[2] = 0x80;
    const closedAfterMs = async (sent: Buffer): Promise<number> => {
      const startedAt = performance.now();
      expect(await overTcp(server.port, sent)).to.deep.equal([]);
      return performance.now() - startedAt;
    };
    const lies = [Buffer.from([0xff, 0xff, 1]), framed(Buffer.alloc(3)), framed(response)];
    for (const sent of [...lies, framed(Buffer.alloc(0))]) {
      expect(await closedAfterMs(sent)).to.be.lessThan(idleMs);
    }
    for (const sent of [Buffer.alloc(0), Buffer.from([0, 40, 1])]) {
      expect(await closedAfterMs(sent)).to.be.greaterThan(idleMs - 100);
    }
    await isAnswering();
  });

  it("answer with 1,000 idle TCP connections, and keep the connections that were used last", async () => {
    const sockets: Socket[] = [];
    for (let count = 0; count < 1000; count += 1) {
      const socket = connect(server.port, "127.0.0.1");
      socket.on("error", () => socket.destroy());
      sockets.push(socket);
      if (count % 50 === 0) await once(socket, "connect");
    }
    await isAnswering();
    const last = sockets.at(-1);
    last?.write(framed(query));
    const [chunk] = (await once(last as Socket, "data")) as [Buffer];
    expect(valueIn(chunk.subarray(2))).to.equal(value);
    const open = (): number => sockets.filter(({ closed }) => !closed).length;
    // Every socket that the server closed gets its end.
    for (let tries = 0; tries < 50 && open() > 100; tries += 1) await pause(20);
    expect(open()).to.be.at.most(100);
    for (const socket of sockets) socket.destroy();
  });

  it("do not keep the answers of a client that takes none", async () => {
    const socket = connect(server.port, "127.0.0.1");
    socket.on("error", () => socket.destroy());
    socket.pause();
    // Each of 3 kB: 300 MB of answers in all.
    const large = framed(queryOf("large.a.test", "A"));
    const many = Buffer.concat(new Array<Buffer>(1000).fill(large));
    const before = process.memoryUsage().rss;
    for (let count = 0; count < 100 && !socket.destroyed; count += 1) {
      socket.write(many);
      await new Promise(setImmediate);
    }
    expect(process.memoryUsage().rss - before).to.be.lessThan(100 * 2 ** 20);
    await isAnswering();
    socket.destroy();
  });

  it("give no answer from before a change, under load", async () => {
    let stale = 0;
    for (let change = 0; change < 50; change += 1) {
      const old = value;
      value = `192.0.2.${(change % 5) + 1}`;
      const busy = Array.from({ length: 20 }, () => overUdp(server.port, query));
      server.changed();
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => overUdp(server.port, query)),
      );
      stale += replies.map(valueIn).filter((one) => one === old && old !== value).length;
      await Promise.all(busy);
    }
    expect(stale).to.equal(0);
  });

  it("go on answering through hostile packets, in the same memory", async () => {
    const draws = new Draws(20);
    const valid = [
      query,
      queryOf("x.wild.a.test", "A", withEdns()),
      queryOf("place.a.test", "A", withEdns(4096, [subnetOption(24, [198, 51, 100])])),
      queryOf("a.test", "SOA", withEdns()),
    ];
    const { createSocket } = await import("node:dgram");
    const socket = createSocket("udp4");
    let replies = 0;
    let responses = 0;
    socket.on("message", (reply) => {
      replies += 1;
      if ((reply[2] ?? 0) >= 0x80) responses += 1;
    });
    const sendAll = async (count: number): Promise<void> => {
      for (let sent = 0; sent < count; sent += 1) {
        socket.send(hostile(draws, valid), server.port, "127.0.0.1");
        // Packets of a loaded socket are lost: a pause lets the server read them all.
        if (sent % 50 === 49) await overUdp(server.port, query);
      }
      await isAnswering();
    };
    await sendAll(20_000);
    const before = process.memoryUsage();
    await sendAll(sampled(80_000, 4));
    const after = process.memoryUsage();
    socket.close();
    expect(after.rss - before.rss).to.be.lessThan(64 * 2 ** 20);
    expect(replies).to.be.greaterThan(10_000);
    expect(responses).to.equal(replies);
  });
});

/** A packet that no honest resolver sends. */
function hostile(draws: Draws, valid: readonly Buffer[]): Buffer {
  const random = (length: number): Buffer =>
    Buffer.from(draws.times(length, () => draws.below(256)));
  const packet = Buffer.from(draws.of(valid));
  switch (draws.below(8)) {
    case 0:
      return random(draws.below(64));
    case 1:
      // A response: it must not be answered.
      packet[2] = (packet[2] ?? 0) | 0x80;
      return packet;
    case 2:
      return packet.subarray(0, draws.below(packet.length));
    case 3:
      return Buffer.concat([packet, random(draws.below(1400))]);
    case 4: {
      // A pointer to itself, and counts that lie.
      const at = 12 + draws.below(packet.length - 13);
      packet.writeUInt16BE(0xc000 | at, at);
      packet.writeUInt16BE(draws.below(0x1_0000), 4 + 2 * draws.below(4));
      return packet;
    }
    case 5:
      // A name that has never been asked for, with letters that no name has.
      return queryOf(`${random(draws.below(60)).toString("latin1")}.wild.a.test`, "A", withEdns());
    case 6:
      // A network that has never been asked for.
      return queryOf(
        "place.a.test",
        "A",
        withEdns(draws.below(0x1_0000), [subnetOption(32, [...random(4)])]),
      );
    default:
      for (let count = 0; count <= draws.below(6); count += 1) {
        packet[draws.below(packet.length)] = draws.below(256);
      }
      return packet;
  }
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
