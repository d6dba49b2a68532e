import type { GateState } from "../../functions/gate/state";
import { parseGateState } from "../../functions/gate/state";
import { gateObjects } from "../../routing/gateNames";
import { AwsError } from "../awsError";
import type { Account, Reads, Services } from "../clients";
import type { KnownOrNot } from "../known";
import { knownBy } from "../known";
import type { ControllerSettings } from "./controllerSettings";
import { controllerSettingsIn } from "./controllerSettings";
import type { GateLocation } from "./gateLocation";

/** Whether an object is in a bucket. */
export type Presence = "present" | "absent";

/** What a gate's objects and function say; each part may be unknown. */
export interface GateReading {
  /** The controller's state; null before its first run. */
  readonly state: KnownOrNot<GateState | null>;
  readonly latchObject: KnownOrNot<Presence>;
  readonly readableObject: KnownOrNot<Presence>;
  readonly settings: KnownOrNot<ControllerSettings>;
}

/** Reads a gate in the standby region only. */
export async function readGate(gate: GateLocation, account: Account): Promise<GateReading> {
  const [s3, lambda] = await Promise.all([
    account.client("s3", gate.region),
    account.client("lambda", gate.region),
  ]);
  const [state, latchObject, readableObject, settings] = await Promise.all([
    stateIn(gate, s3),
    presenceOf(gateObjects.latch, gate, s3),
    presenceOf(gateObjects.readable, gate, s3),
    knownBy(async () => {
      const found = await lambda.getFunctionConfiguration({ FunctionName: gate.functionName });
      return controllerSettingsIn(found.Environment?.Variables ?? {});
    }),
  ]);
  return { state, latchObject, readableObject, settings };
}

/** The controller's state; null before its first run. */
export async function gateStateOf(
  gate: GateLocation,
  account: Account,
): Promise<GateReading["state"]> {
  return stateIn(gate, await account.client("s3", gate.region));
}

async function stateIn(
  { bucket }: GateLocation,
  s3: Reads<Services["s3"]>,
): Promise<GateReading["state"]> {
  const text = await knownBy(async () => {
    try {
      const { Body } = await s3.getObject({ Bucket: bucket, Key: gateObjects.state });
      return (await Body?.transformToString()) ?? "";
    } catch (error) {
      if (error instanceof AwsError && error.code === "NoSuchKey") return null;
      throw error;
    }
  });
  if ("unknown" in text || text.value === null) return text as GateReading["state"];
  try {
    return { value: parseGateState(text.value) };
  } catch (error) {
    return { unknown: (error as Error).message.split("\n").join("; ") };
  }
}

async function presenceOf(
  Key: string,
  { bucket }: GateLocation,
  s3: Reads<Services["s3"]>,
): Promise<KnownOrNot<Presence>> {
  return knownBy(async () => {
    try {
      await s3.headObject({ Bucket: bucket, Key });
      return "present";
    } catch (error) {
      // A response to HEAD has no body, so it does not say whether the bucket exists.
      if (error instanceof AwsError && error.is("absent")) return "absent";
      throw error;
    }
  });
}
