import { expect } from "chai";
import { progressOf } from "../../cli/progress";
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
});
