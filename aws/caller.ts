import { InputError } from "../routing/inputError";
import { AwsError, credentialFault } from "./awsError";
import type { Account } from "./clients";

/** The owner of the credentials. */
export interface Caller {
  /** The number of the account. */
  readonly account: string;
  readonly arn: string;
}

/** Asks STS in a region whose credentials these are. @throws AwsError */
export async function askCaller(account: Account, region: string): Promise<Caller> {
  const sts = await account.client("sts", region);
  const { Account: number = "", Arn: arn = "" } = await sts.getCallerIdentity({});
  return { account: number, arn };
}

/**
 * The same, where nothing else can be done without an answer.
 *
 * @throws AwsError if the credentials are the cause; InputError if AWS does not answer
 */
export async function callerOf(account: Account, region: string): Promise<Caller> {
  try {
    return await askCaller(account, region);
  } catch (error) {
    if (!(error instanceof AwsError) || credentialFault(error) !== undefined) throw error;
    throw new InputError(
      `credentials: AWS does not identify the caller, got ${error.code}: ${error.said}; check that AWS is reachable, and run it again`,
      { code: "no-credentials", cause: error },
    );
  }
}

/**
 * Does some work with the credentials.
 *
 * @throws InputError in one line if there are none, or AWS rejects them
 */
export async function orCredentialFault<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const fault = error instanceof AwsError ? credentialFault(error) : undefined;
    if (fault === undefined) throw error;
    throw new InputError(fault, { code: "no-credentials", cause: error });
  }
}
