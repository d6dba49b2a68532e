/** A failed call to AWS. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  /** AWS's code, such as `AccessDenied`; the kind of error if it has no code. */
  readonly code: string;
  /** HTTP status; absent if there was no response. */
  readonly status: number | undefined;

  constructor(
    /** Service, operation and region: `ec2 describeVpcs in us-west-2`. */
    readonly call: string,
    cause: unknown,
  ) {
    const thrown = cause as Thrown;
    const [line = ""] = saidBy(thrown, String(cause)).split("\n");
    super(`${call}: ${line}`, { cause });
    this.code = thrown.code ?? thrown.name ?? "Error";
    this.status = thrown.$metadata?.httpStatusCode;
  }

  /** Whether the code is in a group. Codes differ between services. */
  is(group: keyof typeof codes): boolean {
    return codes[group].test(this.code);
  }

  /** AWS's message as one line, without the call. */
  get said(): string {
    return this.message.slice(this.call.length + 2);
  }
}

/** The properties read from an error of the SDK, or of Node below it. */
interface Thrown {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** What AWS says; of an answer that is none of AWS's, as a proxy gives, the SDK's message has pieces only. */
function saidBy({ name = "", message, $metadata }: Thrown, otherwise: string): string {
  const status = $metadata?.httpStatusCode;
  if (status === undefined || message === undefined) return message ?? otherwise;
  if (name === "SyntaxError" || message.startsWith("@aws-sdk XML parse error")) {
    return `an answer that is none of AWS's, with HTTP status ${status}`;
  }
  return /^Unknown(?:Error)?$/.test(message) ? `HTTP status ${status} without a reason` : message;
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
const codes = {
  /** The SDK's credential chain found no credentials. */
  noCredentials: /^(?:CredentialsProviderError|TokenProviderError)$/,
  expired: /^(?:ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/,
  /** AWS does not know the credentials. */
  refused:
    /^(?:InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|AuthFailure|InvalidAccessKeyId|InvalidSignatureException|IncompleteSignature)$/,
  denied: /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError)$/,
  /** The region is not enabled for the account. */
  notEnabled: /^(?:OptInRequired|RegionDisabledException|SubscriptionRequiredException)$/,
  throttled:
    /^(?:Throttl\w*|TooManyRequests\w*|RequestLimitExceeded|SlowDown|PriorRequestNotComplete)$/,
  /** There was no response. */
  unreachable:
    /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|TimeoutError)$/,
  /** What was requested does not exist. */
  absent:
    /^(?:NotFound|NoSuch\w+|ParameterNotFound|AWSOrganizationsNotInUseException|EffectivePolicyNotFoundException)$/,
} as const;

/** A one-line message for the user if the credentials themselves are the cause. */
export function credentialFault(error: AwsError): string | undefined {
  const signIn = "sign in again, as with `aws sso login`, or set AWS_PROFILE";
  if (error.is("noCredentials")) {
    return "credentials: no AWS credentials; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with `aws sso login`";
  }
  if (error.is("expired")) return `credentials: expired, got ${error.code}; ${signIn}`;
  if (error.is("refused")) return `credentials: AWS rejects them, got ${error.code}; ${signIn}`;
  return undefined;
}

/** The reason, in words, why something is not known. */
export function whyUnknown(error: AwsError): string {
  if (error.is("denied")) return `these credentials may not call ${error.call}`;
  if (error.is("throttled")) return `AWS throttles ${error.call}`;
  if (error.is("unreachable")) return `${error.call} was not answered, got ${error.code}`;
  return `${error.call} failed, got ${error.code}: ${error.said}`;
}

/**
 * A one-line message on a call without which nothing can be done: what was asked, in which account, and the way out.
 *
 * @param account the number of the account; undefined if AWS did not tell it
 */
export function callFault(error: AwsError, account: string | undefined): string {
  const asked = account === undefined ? error.call : `${error.call} for account ${account}`;
  const got = `got ${error.code}: ${error.said}`;
  if (error.is("denied")) {
    return `${asked}: these credentials may not call it, ${got}; ${allowedBy(error)}, or use other credentials`;
  }
  if (error.is("throttled")) return `${asked}: AWS throttles it, ${got}; wait, and run it again`;
  if (error.is("unreachable")) {
    return `${asked}: was not answered, ${got}; check that AWS is reachable, and run it again`;
  }
  if (error.is("absent")) {
    return `${asked}: does not exist, ${got}; check the account of the credentials, and the name`;
  }
  if (error.is("notEnabled")) return `${asked}: ${got}; enable the region for the account`;
  return `${asked}: failed, ${got}; mend what it says, or run it again`;
}

/** How a call is allowed, by the action that AWS names: `route53:GetHostedZone` for `getHostedZone` of Route 53. */
function allowedBy({ said, call }: AwsError): string {
  const [, action] = /perform: ([\w-]+:\w+)/.exec(said) ?? [];
  return action === undefined ? `allow ${call} by IAM` : `allow ${action} by IAM`;
}
