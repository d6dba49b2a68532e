import type { StoredObject } from "../../../functions/aws/objects";
import type { GateStore } from "../../../functions/gate/store";

/** The bucket of a gate in memory, with the conditional writes of S3. */
export class GateBucket implements GateStore {
  state: StoredObject | undefined;
  /** Whether the latch object is there. */
  isLatched = false;
  private writes = 0;

  readState(): Promise<StoredObject | undefined> {
    return Promise.resolve(this.state);
  }

  writeState(
    text: string,
    read: Pick<StoredObject, "etag"> | undefined,
  ): ReturnType<GateStore["writeState"]> {
    if (this.state?.etag !== read?.etag) return Promise.resolve("lost");
    this.writes += 1;
    this.state = { text, etag: `"${this.writes}"` };
    return Promise.resolve(this.state);
  }

  hasLatch(): Promise<boolean> {
    return Promise.resolve(this.isLatched);
  }

  putLatch(): Promise<void> {
    this.isLatched = true;
    return Promise.resolve();
  }

  removeLatch(): Promise<void> {
    this.isLatched = false;
    return Promise.resolve();
  }
}
