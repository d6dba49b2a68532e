import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyPolicyStatement } from "./encryptionKey";
import { functionCode } from "./functionCode";
import type { FunctionName } from "./functionCode";
import { serviceRole } from "./serviceRole";
import type { BoundedRoles } from "./serviceRole";
import type { Tags } from "./tags";

export interface ServiceFunctionArgs extends BoundedRoles {
  readonly description: string;
  /** What it runs; plain, as its code is read from this package. */
  readonly runs: FunctionName;
  /** What it may do beside writing to its log. */
  readonly statements: readonly KeyPolicyStatement[];
  /** Its environment. Default: nothing but what Lambda puts there. */
  readonly variables?: Readonly<Record<string, pulumi.Input<string>>>;
  /** The longest that a run may take, in seconds, 1 to 900. */
  readonly timeoutSeconds: number;
  /** Where its lines go. */
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly tags: Tags;
}

/** The least that there is; our functions wait for answers and hardly compute. */
const memoryMebibytes = 128;

/**
 * A Lambda function on Graviton, with a role of its own that writes to its log and may do what the
 * statements say. Makes `<name>-role`, `<name>-role-policy` and `<name>-function`.
 */
export function serviceFunction(
  name: string,
  args: ServiceFunctionArgs,
  opts: pulumi.CustomResourceOptions,
): aws.lambda.Function {
  const { description, runs, statements, variables, timeoutSeconds, logGroup, tags } = args;
  const writesItsLog = {
    Sid: "WritesItsLog",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: pulumi.interpolate`${logGroup.arn}:*`,
  };
  const role = serviceRole(
    `${name}-role`,
    {
      service: "lambda.amazonaws.com",
      statements: [...statements, writesItsLog],
      permissionsBoundary: args.permissionsBoundary,
      tags,
    },
    opts,
  );
  return new aws.lambda.Function(
    `${name}-function`,
    {
      description,
      runtime: aws.lambda.Runtime.NodeJS22dX,
      architectures: ["arm64"],
      handler: "index.handler",
      code: new pulumi.asset.AssetArchive({
        "index.js": new pulumi.asset.StringAsset(functionCode(runs)),
      }),
      role: role.arn,
      timeout: timeoutSeconds,
      memorySize: memoryMebibytes,
      ...(variables ? { environment: { variables } } : {}),
      loggingConfig: {
        logGroup: logGroup.name,
        logFormat: "JSON",
        applicationLogLevel: "INFO",
        // Start and end of each run would be most of the log.
        systemLogLevel: "WARN",
      },
      tags: { ...tags, Name: `${name}-function` },
    },
    // Without its permissions a first run would fail, and its line be lost.
    { ...opts, dependsOn: [role.policy] },
  );
}
