import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyPolicyStatement } from "../common/encryptionKey";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

export interface OrderSecretArgs {
  /** Name in Secrets Manager, the same in each region; plain, as it is in ARNs. */
  readonly secretName: string;
  /** Regions beside that of the provider in which it is read; plain, as each is a replica. */
  readonly replicaRegions: readonly string[];
  readonly tags: Tags;
}

/** 64 letters and digits are more than 256 bits, which is all that HMAC-SHA-256 can use. */
const characters = 64;

/**
 * What signs synthetic orders: a random text that AWS makes, kept in Secrets Manager with a copy in each region
 * that reads it. The value is written once and is in no output: the provider sends it and does not keep it, and
 * a later value is set past the program (docs/runbook.md). The provider comes by `providers`.
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
        // Random and replaceable: a stack that is made again must not wait for its old name.
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
 * Reading the secret in one region, and no other secret. Secrets Manager adds six characters to a name in ARNs.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
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
