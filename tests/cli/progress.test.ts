import { expect } from "chai";
import { delayed, progressOf } from "../../cli/progress";
import { memoryIo } from "./memoryIo";

describe("progress", () => {
  it("is one line on stderr that is overwritten, and erased at the end", () => {
    const io = memoryIo({ isTerminal: true });
    const progress = progressOf(io);
    progress.show("one …");
    progress.show("two …");
    progress.done();
    expect(io.err()).to.equal("\r\u001b[Kone …\r\u001b[Ktwo …\r\u001b[K");
    expect(io.out()).to.equal("");
  });

  it("is not shown without a terminal, or where a line cannot be overwritten", () => {
    for (const io of [memoryIo(), memoryIo({ isTerminal: true, env: { TERM: "dumb" } })]) {
      const progress = progressOf(io);
      progress.show("one …");
      progress.done();
      expect(io.err()).to.equal("");
    }
  });

  it("shows nothing in the first second, if it is delayed", () => {
    const io = memoryIo({ isTerminal: true });
    let nowMs = 5_000;
    const progress = delayed(progressOf(io), { now: () => new Date(nowMs) });
    nowMs += 999;
    progress.show("one …");
    expect(io.err()).to.equal("");
    nowMs += 1;
    progress.show("two …");
    progress.done();
    expect(io.err()).to.equal("\r\u001b[Ktwo …\r\u001b[K");
  });
});
