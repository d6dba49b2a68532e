/** What the names of a stack's failback gate are made from. */
export interface GateOwner {
  readonly project: string;
  readonly stack: string;
  /** The number of the AWS account. */
  readonly accountId: string;
}

/** Names of the failback gate in AWS. */
export interface GateNames {
  /** Without dots, which the certificate of S3's regional endpoint would not cover. */
  readonly bucket: string;
  readonly functionName: string;
}

/** The names of a stack's failback gate, which the program and the command line derive alike. */
export function gateNamesOf({ project, stack, accountId }: GateOwner): GateNames {
  const functionName = `${project}-${stack}-gate`;
  return { bucket: `${functionName}-${accountId}`, functionName };
}

/** The keys of the objects in the bucket of a failback gate. */
export const gateKeys = {
  /** Present while the gate is latched. */
  latch: "latch",
  /** Always present; if Route 53's checkers cannot read it, the gate is blind. */
  readable: "readable",
  /** The controller's state; the checkers cannot read it. */
  state: "state.json",
} as const;
