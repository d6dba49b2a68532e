import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyPolicyStatement } from "../common/encryptionKey";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

export interface OrderSecretArgs {
  /** Name in Secrets Manager, the same in each region; plain, because ARNs contain it. */
  readonly secretName: string;
  /** Regions other than the provider's that read it; plain, because each is a replica. */
  readonly replicaRegions: readonly string[];
  readonly tags: Tags;
}

/** 64 letters and digits have more than 256 bits, the most that HMAC-SHA-256 can use. */
const characters = 64;

/**
 * The secret that signs synthetic orders: a random text that AWS generates, kept in Secrets Manager
 * with a copy in each region that reads it. The value is written once and is in no output: the
 * provider sends it and does not store it. A later value is set outside the program
 * (docs/runbook.md). The provider is given by `providers`.
 *
 * Children: `<name>-secret` and `<name>-value`.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export class OrderSecret extends pulumi.ComponentResource {
  constructor(name: string, args: OrderSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super("failover:index:OrderSecret", name, {}, opts);
    const parent = { parent: this };
    const { secretName, replicaRegions, tags } = args;
    const secret = new aws.secretsmanager.Secret(
      `${name}-secret`,
      {
        name: secretName,
        description: "Signs synthetic orders, so that nobody else can mark an order as one",
        replicas: replicaRegions.map((region) => ({ region })),
        // Random and replaceable: a recreated stack must not wait until its old name is free.
        recoveryWindowInDays: 0,
        forceOverwriteReplicaSecret: true,
        tags: tagged(tags, "region", `${name}-secret`),
      },
      parent,
    );
    const { randomPassword } = aws.secretsmanager.getRandomPasswordOutput(
      { passwordLength: characters, excludePunctuation: true },
      parent,
    );
    new aws.secretsmanager.SecretVersion(
      `${name}-value`,
      {
        secretId: secret.id,
        secretStringWo: pulumi.secret(randomPassword),
        secretStringWoVersion: 1,
      },
      parent,
    );
    this.registerOutputs({});
  }
}

/**
 * Permission to read this secret in one region, and no other secret. In ARNs, Secrets Manager adds
 * six characters to a name.
 *
 * @see
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
 */
export function readsOrderSecret(
  secretName: string,
  region: pulumi.Input<string>,
  accountId: pulumi.Input<string>,
): KeyPolicyStatement {
  return {
    Sid: "OrderSecret",
    Effect: "Allow",
    Action: ["secretsmanager:GetSecretValue"],
    Resource: pulumi.interpolate`arn:aws:secretsmanager:${region}:${accountId}:secret:${secretName}-??????`,
  };
}
