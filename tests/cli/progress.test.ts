import { expect } from "chai";
import { progressOf } from "../../cli/progress";
import { memoryIo } from "./memoryIo";

describe("progress", () => {
  it("is a line on stderr that is written over, and gone in the end", () => {
    const io = memoryIo({ isTerminal: true });
    const progress = progressOf(io);
    progress.show("one …");
    progress.show("two …");
    progress.done();
    expect(io.err()).to.equal("\r\u001b[Kone …\r\u001b[Ktwo …\r\u001b[K");
    expect(io.out()).to.equal("");
  });

  it("is not shown where nobody watches, or where a line cannot be written over", () => {
    for (const io of [memoryIo(), memoryIo({ isTerminal: true, env: { TERM: "dumb" } })]) {
      const progress = progressOf(io);
      progress.show("one …");
      progress.done();
      expect(io.err()).to.equal("");
    }
  });
});
