import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyPolicyStatement } from "./encryptionKey";
import { functionCode } from "./functionCode";
import type { FunctionName } from "./functionCode";
import { serviceRole } from "./serviceRole";
import type { BoundedRoles } from "./serviceRole";
import type { Tags } from "./tags";

export interface ServiceFunctionArgs extends BoundedRoles {
  /** Its name in AWS, if others must know it. Default: Pulumi's. */
  readonly functionName?: string;
  readonly description: string;
  /** The function to run; plain, because its code is read from this package. */
  readonly runs: FunctionName;
  /** Permissions besides writing to its log. */
  readonly statements: readonly KeyPolicyStatement[];
  /** Its environment. Default: only Lambda's own variables. */
  readonly variables?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Timeout in seconds, 1 to 900. */
  readonly timeoutSeconds: number;
  /** The log group for its output. */
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly tags: Tags;
}

/** Lambda's minimum; our functions wait for responses and hardly compute. */
const memoryMebibytes = 128;

/**
 * A Lambda function on Graviton, with its own role that may write to its log and has the given
 * statements. Makes `<name>-role`, `<name>-role-policy` and `<name>-function`.
 */
export function serviceFunction(
  name: string,
  args: ServiceFunctionArgs,
  opts: pulumi.CustomResourceOptions,
): aws.lambda.Function {
  const { functionName, description, runs, statements, variables, timeoutSeconds, logGroup, tags } =
    args;
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
      ...(functionName === undefined ? {} : { name: functionName }),
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
        // Otherwise start and end of each run would be most of the log.
        systemLogLevel: "WARN",
      },
      tags: { ...tags, Name: `${name}-function` },
    },
    // Without its permissions the first run would fail, and its log be lost.
    { ...opts, dependsOn: [role.policy] },
  );
}
