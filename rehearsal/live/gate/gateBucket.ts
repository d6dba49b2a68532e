import type { StoredObject } from "../../../functions/aws/objects";
import type { GateStore } from "../../../functions/gate/store";

/** The bucket of a gate in a drill: in memory, with the conditional writes of S3. */
export class GateBucket implements GateStore {
  private state: StoredObject | undefined;
  private writes = 0;
  private latch = false;

  /** Whether the latch object is there now. */
  get isLatched(): boolean {
    return this.latch;
  }

  readState(): Promise<StoredObject | undefined> {
    return Promise.resolve(this.state);
  }

  writeState(
    text: string,
    read: Pick<StoredObject, "etag"> | undefined,
  ): ReturnType<GateStore["writeState"]> {
    if (this.state?.etag !== read?.etag) return Promise.resolve("lost");
    this.writes += 1;
    const written = { text, etag: `"${this.writes}"` };
    this.state = written;
    return Promise.resolve(written);
  }

  hasLatch(): Promise<boolean> {
    return Promise.resolve(this.latch);
  }

  putLatch(): Promise<void> {
    this.latch = true;
    return Promise.resolve();
  }

  removeLatch(): Promise<void> {
    this.latch = false;
    return Promise.resolve();
  }
}
