import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

const { alone } = createRequire(__filename)("../../scripts/lock.mjs") as {
  readonly alone: <T>(
    path: string,
    say: (line: string) => void,
    work: () => Promise<T>,
  ) => Promise<T>;
};

describe("the lock of a checkout", () => {
  let folder: string;
  let path: string;
  const lines: string[] = [];
  const say = (line: string): void => {
    lines.push(line);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lock-"));
    path = join(folder, "dist", ".lock");
    lines.length = 0;
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is held during the work, and gone after it", async () => {
    const held = await alone(path, say, () => Promise.resolve(existsSync(path)));
    expect(held).to.equal(true);
    expect(existsSync(path)).to.equal(false);
    expect(lines).to.deep.equal([]);
  });

  it("is gone when the work fails, too", async () => {
    const failure = await alone(path, say, () => Promise.reject(new Error("no"))).catch(
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(Error);
    expect(existsSync(path)).to.equal(false);
  });

  it("makes a second process wait for the first, and print that once", async () => {
    const order: string[] = [];
    let finish: () => void = () => undefined;
    const first = alone(path, say, async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      order.push("first");
    });
    const second = alone(path, say, () => Promise.resolve(order.push("second")));
    finish();
    await Promise.all([first, second]);
    expect(order).to.deep.equal(["first", "second"]);
    expect(lines).to.deep.equal([
      `process ${process.pid} is installing or compiling here; waiting for it`,
    ]);
  });

  it("is taken over from a process that is gone", async () => {
    await alone(path, say, () => Promise.resolve());
    // Linux and macOS give no process this number.
    writeFileSync(path, "2147483646");
    expect(await alone(path, say, () => Promise.resolve("done"))).to.equal("done");
    expect(lines).to.deep.equal([]);
  });
});
