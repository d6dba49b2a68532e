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
    const [line = ""] = (thrown.message ?? String(cause)).split("\n");
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
