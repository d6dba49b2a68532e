import { expect } from "chai";
import { freePort, ServerEnded, untilListening } from "../../../../rehearsal/live/lamp/waiting";
import { Workshop } from "../../../../rehearsal/live/lamp/workshop";

describe("ports of servers", () => {
  it("are given once", async () => {
    const ports = new Set<number>();
    // By chance alone, ten of so many would be the same.
    for (let count = 0; count < 500; count++) ports.add(await freePort());
    expect(ports).to.have.lengthOf(500);
  });

  it("are none that the system gives to a listener on port 0 or to a connection", async () => {
    expect(await freePort()).to.be.within(20_000, 32_767);
  });
});

describe("a wait for a server", () => {
  const workshop = new Workshop();

  after(async () => workshop.close());

  it("ends with what the server said when it ends instead", async () => {
    const server = workshop.start("taken", "/bin/sh", ["-c", "echo 'address in use' >&2; exit 1"]);
    const error: unknown = await untilListening(await freePort(), "it", server).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(ServerEnded);
    expect(String(error)).to.match(
      /^Error: not it listens on 127\.0\.0\.1:\d+: the server ended: address in use$/,
    );
  });
});
