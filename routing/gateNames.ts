/** The names of a failback gate in AWS, which the program gives and the command line derives. */
export interface GateNames {
  /** The bucket of the latch; without dots, which S3's certificate does not cover. */
  readonly bucket: string;
  /** The controller's Lambda function. */
  readonly functionName: string;
}

/** A stack of a project, in an account. */
export interface GateOwner {
  readonly project: string;
  readonly stack: string;
  /** AWS account id: bucket names are unique among all accounts. */
  readonly accountId: string;
}

export function gateNamesOf({ project, stack, accountId }: GateOwner): GateNames {
  const functionName = `${project}-${stack}-gate`;
  return { bucket: `${functionName}-${accountId}`, functionName };
}

/** Keys of the objects in a gate's bucket. */
export const gateObjects = {
  /** Exists while the gate is latched; the controller writes and deletes it. */
  latch: "latch",
  /** Always exists, so that a check of it shows whether Route 53's checkers can read the bucket. */
  readable: "readable",
  /** The controller's state, which checkers cannot read. */
  state: "state.json",
} as const;

/** Bodies of the objects that checkers read: each check searches for it. */
export const gateBodies = { latch: "latched", readable: "readable" } as const;
