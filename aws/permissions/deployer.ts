import { handlerActions } from "./handlerActions";
import { schemaTypes } from "./schemaTypes";

/** Actions that a type of resource takes, each with the service's prefix. */
export interface TypeActions {
  readonly reads: readonly string[];
  readonly changes: readonly string[];
}

/** Types that make nothing in AWS. */
const nothing: TypeActions = { reads: [], changes: [] };

/**
 * Types without a schema of AWS's, or whose provider calls more than it says, by the provider's source.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/object.go
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/lambda/invocation.go
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/acm/certificate_validation.go
 */
const ownActions: Readonly<Record<string, TypeActions>> = {
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    reads: ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket"],
    changes: [
      "s3:DeleteObject",
      "s3:DeleteObjectVersion",
      "s3:ListBucketVersions",
      "s3:PutObject",
      "s3:PutObjectTagging",
    ],
  },
  "aws:lambda/invocation:Invocation": { reads: [], changes: ["lambda:InvokeFunction"] },
  "aws:acm/certificateValidation:CertificateValidation": {
    reads: ["acm:DescribeCertificate"],
    changes: [],
  },
  "pulumi:providers:aws": { reads: ["sts:GetCallerIdentity"], changes: [] },
};

/** What a type takes; undefined for one that nobody has looked at. */
export function actionsOf(type: string): TypeActions | undefined {
  const own = ownActions[type];
  if (own !== undefined) return own;
  if (!type.startsWith("aws:")) return nothing;
  const schemaType = schemaTypes[type];
  const text = schemaType === undefined ? undefined : handlerActions[schemaType];
  if (text === undefined) return undefined;
  return { reads: actionsIn(text, "reads"), changes: actionsIn(text, "changes") };
}

/** All actions that an update of resources of these types takes, in the order of the alphabet. */
export function actionsFor(types: readonly string[]): readonly string[] {
  const all = [...new Set(types)].flatMap((type) => {
    const { reads, changes } = actionsOf(type) ?? nothing;
    return [...reads, ...changes];
  });
  return [...new Set(all)].sort();
}

/** The actions of one kind; the table has a line for each service, which may go on below. */
function actionsIn(text: string, kind: keyof TypeActions): readonly string[] {
  const lines = text.trim().split(/\n(?=\s*(?:reads|changes) )/);
  return lines.flatMap((line) => {
    const [word, service, ...names] = line.trim().split(/\s+/);
    return word === kind ? names.map((name) => `${service ?? ""}:${name}`) : [];
  });
}
