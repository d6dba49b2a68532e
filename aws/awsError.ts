/** What a call of AWS ended with, other than an answer. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  /** AWS's code, such as `AccessDenied`; the kind of error where it gave none. */
  readonly code: string;
  /** HTTP status; absent where nothing was answered. */
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

  /** One of a group of codes, which differ from service to service. */
  is(group: keyof typeof codes): boolean {
    return codes[group].test(this.code);
  }

  /** The answer of AWS in a line, without the call. */
  get said(): string {
    return this.message.slice(this.call.length + 2);
  }
}

/** What is read of an error of the SDK, or of Node below it. */
interface Thrown {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
const codes = {
  /** There are no credentials, as the SDK's own chain says. */
  noCredentials: /^(?:CredentialsProviderError|TokenProviderError)$/,
  expired: /^(?:ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/,
  /** AWS does not know the credentials. */
  refused:
    /^(?:InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|AuthFailure|InvalidAccessKeyId|InvalidSignatureException|IncompleteSignature)$/,
  denied: /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError)$/,
  /** The region has to be switched on for the account. */
  notEnabled: /^(?:OptInRequired|RegionDisabledException|SubscriptionRequiredException)$/,
  throttled:
    /^(?:Throttl\w*|TooManyRequests\w*|RequestLimitExceeded|SlowDown|PriorRequestNotComplete)$/,
  /** No answer at all. */
  unreachable:
    /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|TimeoutError)$/,
  /** What was asked for is not there. */
  absent:
    /^(?:NotFound|NoSuch\w+|ParameterNotFound|AWSOrganizationsNotInUseException|EffectivePolicyNotFoundException)$/,
} as const;

/** Where the credentials themselves are the reason, in a line for who must sign in. */
export function credentialFault(error: AwsError): string | undefined {
  const signIn = "sign in again, as with `aws sso login`, or set AWS_PROFILE";
  if (error.is("noCredentials")) {
    return "credentials: no AWS credentials; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with `aws sso login`";
  }
  if (error.is("expired")) return `credentials: expired, got ${error.code}; ${signIn}`;
  if (error.is("refused")) return `credentials: AWS rejects them, got ${error.code}; ${signIn}`;
  return undefined;
}

/** Why something is not known, in words. */
export function whyUnknown(error: AwsError): string {
  if (error.is("denied")) return `these credentials may not call ${error.call}`;
  if (error.is("throttled")) return `AWS throttles ${error.call}`;
  if (error.is("unreachable")) return `${error.call} was not answered, got ${error.code}`;
  return `${error.call} failed, got ${error.code}: ${error.said}`;
}
