import { expect } from "chai";
import { DrillClock } from "../../../rehearsal/live/clock";
import type { LiveDeath, Listening } from "../../../rehearsal/live/endpointServer";
import { EndpointServer } from "../../../rehearsal/live/endpointServer";
import { probeLive } from "../../../rehearsal/live/probe";
import type { ProbeResult } from "../../../routing/checker";
import type { EndpointCheckType } from "../../../routing/model";
import { refusalBy } from "./refusal";

/** Fast, and far from the limits of what one process can do. */
const speed = 20;
const address = "127.53.9.1";

describe("a probe of a server of the drill", () => {
  let clock: DrillClock;
  let server: EndpointServer;
  let death: LiveDeath | undefined;
  let body: string;

  beforeEach(async () => {
    [death, body] = [undefined, "OK token"];
    clock = new DrillClock(speed);
    clock.start();
    server = new EndpointServer(address, clock, () => ({
      ...{ status: 200, body },
      ...(death === undefined ? {} : { death }),
    }));
    await server.open(0);
  });
  afterEach(async () => {
    clock.stop();
    await server.stop();
  });

  function probed(
    type: EndpointCheckType = "HTTP_STR_MATCH",
    connectSeconds = 0,
  ): Promise<ProbeResult> {
    const check = { type, path: "/healthcheck", searchString: "token" };
    const from = "127.53.9.2";
    return probeLive({ check, address, port: server.port, from, connectSeconds }, clock);
  }

  async function listens(listening: Listening): Promise<void> {
    await server.prepare(listening);
    await server.become(listening, false);
  }

  it("passes while the server answers with the string, and fails without it (H8)", async () => {
    expect((await probed()).passed).to.equal(true);
    body = "OK";
    expect((await probed()).passed).to.equal(false);
    expect((await probed("HTTP")).passed).to.equal(true);
  });

  it("finds the string only within the first 5,120 bytes (H8)", async () => {
    body = `${" ".repeat(5_115)}token`;
    expect((await probed()).passed).to.equal(true);
    body = `${" ".repeat(5_116)}token`;
    expect((await probed()).passed).to.equal(false);
  });

  it("fails at once where the connection is refused, and passes when the server returns", async () => {
    await listens("refuses");
    expect(await probed()).to.deep.equal({ passed: false, seconds: 0 });
    await listens("accepts");
    expect((await probed()).passed).to.equal(true);
  });

  it("waits four seconds for a connection where every SYN is dropped (H6)", async () => {
    await listens("drops");
    expect(await probed()).to.deep.equal({ passed: false, seconds: 4 });
    expect(await probed("TCP")).to.deep.equal({ passed: false, seconds: 10 });
    await listens("accepts");
    expect((await probed()).passed).to.equal(true);
  });

  it("waits two seconds for the status, and two for the body (H6, H8)", async () => {
    death = "connectsThenHangs";
    const silent = await probed();
    expect(silent.passed).to.equal(false);
    expect(silent.seconds).to.be.within(2, 3);
    death = "hangsInBody";
    const hanging = await probed();
    expect(hanging.passed).to.equal(false);
    expect(hanging.seconds).to.be.within(2, 4);
    expect((await probed("HTTP")).passed).to.equal(true);
    expect((await probed("TCP")).passed).to.equal(true);
  });

  it("fails on an error, and on steps that take longer than their limits", async () => {
    death = "errors";
    expect((await probed()).passed).to.equal(false);
    death = { firstByteSeconds: 3 };
    expect((await probed()).passed).to.equal(false);
    death = { bodySeconds: 3 };
    expect((await probed()).passed).to.equal(false);
    death = undefined;
    expect((await probed("HTTP", 5)).passed).to.equal(false);
    expect((await probed("HTTP", 1)).passed).to.equal(true);
  });

  it("leaves no listener behind, even where SYNs were dropped", async () => {
    await listens("drops");
    const { port } = server;
    await server.stop();
    expect(await refusalBy({ address, port })).to.equal("ECONNREFUSED");
  });
});
