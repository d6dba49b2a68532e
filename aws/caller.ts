import { globalRegion } from "../routing/globalRegion";
import { InputError } from "../routing/inputError";
import { AwsError, callFault, credentialFault } from "./awsError";
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
 * Does some work with an account.
 *
 * @throws InputError in one line if there are no credentials, AWS rejects them, or a call fails that the work
 *   cannot do without
 */
export async function orAwsFault<T>(account: Account, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const credentials = credentialFault(error);
    if (credentials !== undefined) {
      throw new InputError(credentials, { code: "no-credentials", cause: error });
    }
    throw new InputError(callFault(error, await numberFor(error, account)), { cause: error });
  }
}

/** The number of the account that a call was for; who cannot be reached is not asked once more. */
async function numberFor(error: AwsError, account: Account): Promise<string | undefined> {
  if (error.is("unreachable")) return undefined;
  try {
    return (await askCaller(account, globalRegion)).account;
  } catch (failed) {
    if (failed instanceof AwsError) return undefined;
    throw failed;
  }
}
