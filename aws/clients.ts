import type { ACM } from "@aws-sdk/client-acm";
import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { ElasticLoadBalancing } from "@aws-sdk/client-elastic-load-balancing";
import type { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ElastiCache } from "@aws-sdk/client-elasticache";
import type { IAM } from "@aws-sdk/client-iam";
import type { Lambda } from "@aws-sdk/client-lambda";
import type { Organizations } from "@aws-sdk/client-organizations";
import type { RDS } from "@aws-sdk/client-rds";
import type { Route53 } from "@aws-sdk/client-route-53";
import type { S3 } from "@aws-sdk/client-s3";
import type { ServiceQuotas } from "@aws-sdk/client-service-quotas";
import type { SSM } from "@aws-sdk/client-ssm";
import type { STS } from "@aws-sdk/client-sts";
import { globalRegion } from "../routing/globalRegion";
import { AwsError } from "./awsError";

/** The services that commands call, with the SDK's client of each. */
export interface Services {
  readonly acm: ACM;
  readonly cloudwatch: CloudWatch;
  readonly ec2: EC2;
  readonly elasticache: ElastiCache;
  readonly elb: ElasticLoadBalancing;
  readonly elbv2: ElasticLoadBalancingV2;
  readonly iam: IAM;
  readonly lambda: Lambda;
  readonly organizations: Organizations;
  readonly quotas: ServiceQuotas;
  readonly rds: RDS;
  readonly route53: Route53;
  readonly s3: S3;
  readonly ssm: SSM;
  readonly sts: STS;
}

/** Names of read operations. */
type ReadName = `${"describe" | "get" | "head" | "list" | "simulate"}${string}` | "testDNSAnswer";

/** A client without the operations that change anything: a call of one does not compile. */
export type Reads<Client> = Pick<Client, Extract<keyof Client, ReadName>>;

/** How long the credentials are valid. */
export interface CredentialLife {
  /** Absent if they do not expire, or if the expiry is not known. */
  readonly expiresAt?: Date;
  readonly isTemporary: boolean;
}

/**
 * An AWS account as commands see it: read-only. A client is made, and its module loaded, on first
 * use. Every failure is an `AwsError`.
 */
export interface Account {
  client<S extends keyof Services>(service: S, region: string): Promise<Reads<Services[S]>>;
  credentialLife(): Promise<CredentialLife>;
}

/** Options of every client. */
interface ClientOptions {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: Credentials;
  readonly forcePathStyle?: boolean;
  readonly requestHandler: {
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
    readonly socketTimeout: number;
    readonly connectionTimeout: number;
  };
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/**
 * A call to AWS takes a second at most. The result of one that takes longer is reported as
 * unknown.
 */
const answerTimeoutMs = 15_000;
/** Longer than any function of ours runs: an invocation is answered when the function ends. */
const invocationTimeoutMs = 60_000;
const connectionTimeoutMs = 5_000;

/**
 * Makes a client, by service. Each module has some megabytes and is loaded only when a command
 * needs it.
 */
const makers: {
  readonly [S in keyof Services]: (options: ClientOptions) => Promise<Services[S]>;
} = {
  acm: async (options) => new (await import("@aws-sdk/client-acm")).ACM(options),
  cloudwatch: async (options) =>
    new (await import("@aws-sdk/client-cloudwatch")).CloudWatch(options),
  ec2: async (options) => new (await import("@aws-sdk/client-ec2")).EC2(options),
  elasticache: async (options) =>
    new (await import("@aws-sdk/client-elasticache")).ElastiCache(options),
  elb: async (options) =>
    new (await import("@aws-sdk/client-elastic-load-balancing")).ElasticLoadBalancing(options),
  elbv2: async (options) =>
    new (await import("@aws-sdk/client-elastic-load-balancing-v2")).ElasticLoadBalancingV2(options),
  iam: async (options) => new (await import("@aws-sdk/client-iam")).IAM(options),
  lambda: async (options) => new (await import("@aws-sdk/client-lambda")).Lambda(options),
  organizations: async (options) =>
    new (await import("@aws-sdk/client-organizations")).Organizations(options),
  quotas: async (options) =>
    new (await import("@aws-sdk/client-service-quotas")).ServiceQuotas(options),
  rds: async (options) => new (await import("@aws-sdk/client-rds")).RDS(options),
  route53: async (options) => new (await import("@aws-sdk/client-route-53")).Route53(options),
  s3: async (options) => new (await import("@aws-sdk/client-s3")).S3(options),
  ssm: async (options) => new (await import("@aws-sdk/client-ssm")).SSM(options),
  sts: async (options) => new (await import("@aws-sdk/client-sts")).STS(options),
};

/**
 * The account that the environment's credentials belong to; `AWS_ENDPOINT_URL` selects another
 * endpoint.
 */
export function accountOf(env: Environment): Account {
  const made = new Map<string, Promise<object>>();
  return {
    client<S extends keyof Services>(service: S, region: string): Promise<Reads<Services[S]>> {
      const key = `${service} ${region}`;
      const known = made.get(key) ?? fullClient(service, region, env);
      made.set(key, known);
      return known as Promise<Reads<Services[S]>>;
    },
    async credentialLife() {
      const sts = await makers.sts(optionsOf(globalRegion, env, answerTimeoutMs));
      try {
        const { expiration, sessionToken } = await sts.config.credentials();
        return {
          ...(expiration ? { expiresAt: expiration } : {}),
          isTemporary: sessionToken !== undefined,
        };
      } catch (cause) {
        throw new AwsError("credentials", cause);
      }
    },
  };
}

/**
 * A client with all its operations, also those that change something; every failure is an
 * `AwsError`. Reading commands use `accountOf`.
 */
export async function fullClient<S extends keyof Services>(
  service: S,
  region: string,
  env: Environment,
): Promise<Services[S]> {
  const timeoutMs = service === "lambda" ? invocationTimeoutMs : answerTimeoutMs;
  return guarded(await makers[service](optionsOf(region, env, timeoutMs)), service, region);
}

type Environment = Readonly<Record<string, string | undefined>>;

function optionsOf(region: string, env: Environment, timeoutMs: number): ClientOptions {
  // The versions are pinned here, so the warning does not concern the reader of a report.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const endpoint = env["AWS_ENDPOINT_URL"];
  const credentials = credentialsOf(env);
  return {
    region,
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(credentials ? { credentials } : {}),
    // Without the second the SDK only warns, and waits on; the third is for an answer that stalls.
    requestHandler: {
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: timeoutMs,
      connectionTimeout: connectionTimeoutMs,
    },
  };
}

/**
 * Credentials in environment variables have precedence, as in the SDK, unless a profile is named.
 */
function credentialsOf(env: Environment): Credentials | undefined {
  const accessKeyId = env["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = env["AWS_SECRET_ACCESS_KEY"];
  if (!accessKeyId || !secretAccessKey || env["AWS_PROFILE"]) return undefined;
  const sessionToken = env["AWS_SESSION_TOKEN"];
  const expiration = env["AWS_CREDENTIAL_EXPIRATION"];
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
    ...(expiration ? { expiration: new Date(expiration) } : {}),
  };
}

/** The client, with calls that reject with `AwsError` only. */
function guarded<Client extends object>(client: Client, service: string, region: string): Client {
  return new Proxy(client, {
    get(target, property): unknown {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== "function" || typeof property === "symbol") return value;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        try {
          return await (Reflect.apply(value, target, args) as Promise<unknown>);
        } catch (cause) {
          throw new AwsError(`${service} ${property} in ${region}`, cause);
        }
      };
    },
  });
}

/** All items of a paginated list. */
export async function allOf<Page, Item>(
  pageAfter: (token: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
  tokenOf: (page: Page) => string | undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const page = await pageAfter(token);
    items.push(...(itemsOf(page) ?? []));
    token = tokenOf(page) || undefined;
  } while (token !== undefined);
  return items;
}
