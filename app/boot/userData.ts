import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { InputError } from "../../routing/inputError";

/** The settings of an instance at its first boot. They contain no secret. */
export interface UserDataOptions {
  /** This repository's `app/`, which contains `boot/boot.sh`; compiled code may be elsewhere. */
  readonly appDirectory: string;
  /** The deployment of the instance: the dimension of its metrics, one per region of each stack. */
  readonly deployment: string;
  readonly region: string;
  readonly availabilityZone: string;
  /** The region whose journal replica protects this region's orders. */
  readonly otherRegion: string;
  /** Name of the release: `siteArchive(...).sha256`. */
  readonly releaseSha256: string;
  /** Private bucket in the instance's own region with `<releaseSha256>.tar.gz`. */
  readonly releaseBucket: string;
  /** The token in the body of /healthcheck, for the endpoint checks. */
  readonly healthToken: string;
  /** The token in the body of /health.php, while orders can be taken, for the region check. */
  readonly deepHealthToken: string;
  /** Whether customers use https; decides cookies and redirects. */
  readonly https: boolean;
  /**
   * Port to which the balancer forwards decrypted TLS; port 80 then redirects to https, except the
   * health paths. Default none: port 80 serves everything.
   */
  readonly tlsPort?: number;
  /** Port only for health checks, which customers cannot reach; needs `tlsPort`. Default none. */
  readonly healthPort?: number;
  /** CloudWatch Logs group of the region. Default none: logs stay on the instance. */
  readonly logGroup?: string;
  /** True if the image already contains packages and release (a prebuilt AMI). Default false. */
  readonly prebuilt?: boolean;
  /** The stores for orders. Default none: only the page and the shallow check. */
  readonly orders?: OrdersOptions;
}

/** The stores for the orders of a region. */
export interface OrdersOptions {
  readonly database: {
    readonly host: string;
    /** Default 3306. */
    readonly port?: number;
    readonly name: string;
    /** ARN of the secret with `username` and `password`. */
    readonly secretId: string;
  };
  readonly redis: {
    readonly host: string;
    /** Default 6379. */
    readonly port?: number;
  };
  readonly journalTable: string;
  readonly sessionsTable: string;
  /** Name of the secret that signs synthetic orders. Default none: they are refused. */
  readonly syntheticSecretId?: string;
}

/**
 * EC2 accepts 16 KB of user data before base64.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
 */
export const USER_DATA_LIMIT_BYTES = 16 * 1024;

/**
 * The user data of an instance: a cloud-config that writes the instance's settings and runs
 * `boot.sh`. It is plain text; where it is too long, use `gzipBase64`, which cloud-init unpacks.
 *
 * The application itself comes from the release bucket: it is larger than the limit of user data,
 * and an instance that fetches by content hash runs exactly the deployed release.
 *
 * @throws InputError with a line for each bad option.
 */
export function userData(options: UserDataOptions): string {
  const faults = faultsOf(options);
  if (faults.length > 0) throw new InputError(faults);
  const script = readFileSync(join(options.appDirectory, "boot", "boot.sh"), "utf8");
  // JSON is valid YAML, and avoids YAML's rules for plain text.
  const config = {
    package_update: false,
    write_files: [
      file("/etc/cafe/app.json", "0640", `${JSON.stringify(appConfig(options), null, 2)}\n`),
      file("/etc/cafe/boot.env", "0644", bootEnvironment(options)),
      file("/opt/cafe/boot.sh", "0755", script),
    ],
    runcmd: [["/opt/cafe/boot.sh"]],
  };
  const text = `#cloud-config\n${JSON.stringify(config, null, 1)}\n`;
  const bytes = gzipSync(text).length;
  if (bytes >= USER_DATA_LIMIT_BYTES) {
    throw new InputError(
      `userData: does not fit, got ${bytes} bytes of ${USER_DATA_LIMIT_BYTES}; shorten app/boot/boot.sh`,
    );
  }
  return text;
}

/** User data in the form of EC2's `userDataBase64`, which cloud-init unpacks: gzip, then base64. */
export function gzipBase64(text: string): string {
  return gzipSync(text, { level: 9 }).toString("base64");
}

/** The instance's `/etc/cafe/app.json`, as `app/src/Config.php` reads it. */
function appConfig(options: UserDataOptions): object {
  const { orders } = options;
  return {
    deployment: options.deployment,
    region: options.region,
    availabilityZone: options.availabilityZone,
    otherRegion: options.otherRegion,
    release: options.releaseSha256,
    healthToken: options.healthToken,
    deepHealthToken: options.deepHealthToken,
    https: options.https,
    ...(orders && {
      orders: {
        database: { ...orders.database, caFile: "/etc/cafe/database-ca.pem" },
        redis: { ...orders.redis, tls: true },
        journalTable: orders.journalTable,
        sessionsTable: orders.sessionsTable,
        ...(orders.syntheticSecretId === undefined
          ? {}
          : { syntheticSecretId: orders.syntheticSecretId }),
      },
    }),
  };
}

function bootEnvironment(options: UserDataOptions): string {
  const { region, orders } = options;
  const key = `${options.releaseSha256}.tar.gz`;
  const variables = {
    PREBUILT: options.prebuilt === true ? "yes" : "no",
    REGION: region,
    RELEASE_URL: `https://${options.releaseBucket}.s3.${region}.amazonaws.com/${key}`,
    RELEASE_SHA256: options.releaseSha256,
    // RDS has its own authorities, which no distribution trusts; a prebuilt image has them.
    DATABASE_CA_URL:
      orders && options.prebuilt !== true
        ? `https://truststore.pki.rds.amazonaws.com/${region}/${region}-bundle.pem`
        : "",
    TLS_PORT: options.tlsPort === undefined ? "" : String(options.tlsPort),
    HEALTH_PORT: options.healthPort === undefined ? "" : String(options.healthPort),
    LOG_GROUP: options.logGroup ?? "",
    METADATA_ENDPOINT: "http://169.254.169.254",
  };
  return Object.entries(variables)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join("");
}

function file(path: string, permissions: string, content: string): object {
  return { path, permissions, owner: "root:root", content };
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const ZONE = /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/;
const DEPLOYMENT = /^[\w.-]{1,255}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const BUCKET = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
/** The longest string that Route 53 searches for (route53.md H8). */
const TOKEN = /^[\x21-\x7e]{1,255}$/;
const LOG_GROUP = /^[\w./#-]{1,512}$/;

/** These texts become shell variables and URLs, so they are restricted instead of escaped. */
function faultsOf(options: UserDataOptions): string[] {
  const texts: readonly (readonly [string, string | undefined, RegExp, string])[] = [
    ["deployment", options.deployment, DEPLOYMENT, "must be a name such as failover-prod-oregon"],
    ["region", options.region, REGION, "must be a region such as us-west-2"],
    ["otherRegion", options.otherRegion, REGION, "must be a region such as eu-west-1"],
    ["availabilityZone", options.availabilityZone, ZONE, "must be a zone such as us-west-2a"],
    ["releaseSha256", options.releaseSha256, SHA256, "must be siteArchive(...).sha256"],
    ["releaseBucket", options.releaseBucket, BUCKET, "must be a bucket name without dots"],
    ["healthToken", options.healthToken, TOKEN, "must be 1 to 255 visible characters"],
    ["deepHealthToken", options.deepHealthToken, TOKEN, "must be 1 to 255 visible characters"],
    ["logGroup", options.logGroup, LOG_GROUP, "must be the name of a CloudWatch Logs group"],
  ];
  const faults = texts.flatMap(([option, value, pattern, rule]) =>
    value === undefined || pattern.test(value)
      ? []
      : [`userData.${option}: ${rule}, got ${JSON.stringify(value)}`],
  );
  if (options.otherRegion === options.region) {
    faults.push(
      `userData.otherRegion: must be a different region from the first, got ${options.region}`,
    );
  }
  for (const option of ["tlsPort", "healthPort"] as const) {
    const port = options[option];
    if (port !== undefined && !(Number.isInteger(port) && port > 1023 && port < 65536)) {
      faults.push(`userData.${option}: must be a port from 1024 to 65535, got ${port}`);
    }
  }
  const { tlsPort, healthPort } = options;
  if (healthPort !== undefined && (tlsPort === undefined || healthPort === tlsPort)) {
    faults.push(
      `userData.healthPort: must be another port than userData.tlsPort, which it needs, got ${healthPort}`,
    );
  }
  return faults;
}
