import { gateBodies, gateObjects } from "../../routing/gateNames";
import { deleteObject, getObject, putObject } from "../aws/objects";
import type { Bucket, StoredObject } from "../aws/objects";

/** The bucket of the gate, as the controller uses it. */
export interface GateStore {
  /** The stored state; undefined before the first run. */
  readState(): Promise<StoredObject | undefined>;
  /**
   * Writes the state if it is still the one that was read.
   *
   * @param read what was read; undefined: no state
   * @returns "lost" if another run wrote first
   */
  writeState(
    text: string,
    read: Pick<StoredObject, "etag"> | undefined,
  ): Promise<Pick<StoredObject, "etag"> | "lost">;
  /** Whether the latch object exists. */
  hasLatch(): Promise<boolean>;
  putLatch(): Promise<void>;
  removeLatch(): Promise<void>;
}

/**
 * The API operations of the controller with the actions that its role needs for them. GetObject of
 * a missing object needs s3:ListBucket as well: without it S3 answers 403 instead of 404. A write
 * with If-Match needs s3:GetObject.
 */
export const gateCalls = [
  { operation: "GetObject", key: gateObjects.state, actions: ["s3:GetObject", "s3:ListBucket"] },
  { operation: "GetObject", key: gateObjects.latch, actions: ["s3:GetObject", "s3:ListBucket"] },
  { operation: "PutObject", key: gateObjects.state, actions: ["s3:PutObject", "s3:GetObject"] },
  { operation: "PutObject", key: gateObjects.latch, actions: ["s3:PutObject"] },
  { operation: "DeleteObject", key: gateObjects.latch, actions: ["s3:DeleteObject"] },
  { operation: "Publish", actions: ["sns:Publish"] },
] as const;

/** The store in S3. */
export function gateStoreIn(bucket: Bucket): GateStore {
  return {
    readState: () => getObject(gateObjects.state, bucket),
    writeState: (text, read) => putObject(gateObjects.state, text, read ?? "nothing", bucket),
    hasLatch: async () => (await getObject(gateObjects.latch, bucket)) !== undefined,
    putLatch: async () => {
      await putObject(gateObjects.latch, gateBodies.latch, "anything", bucket);
    },
    removeLatch: () => deleteObject(gateObjects.latch, bucket),
  };
}
