/** A statement of an identity policy. All statements allow; none denies. */
export interface AllowStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/** Conditions by operator and key. */
export type Condition = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly AllowStatement[];
}

/**
 * The maximum size of a managed policy in characters, without whitespace.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const policyCharactersMax = 6_144;

/** Allows actions on resources; empty if there are no actions or no resources. */
export function allow(
  Sid: string,
  actions: readonly string[],
  resources: readonly string[],
  Condition?: Condition,
): readonly AllowStatement[] {
  if (actions.length === 0 || resources.length === 0) return [];
  return [
    {
      Sid,
      Effect: "Allow",
      Action: [...new Set(actions)].sort(),
      Resource: resources,
      ...(Condition === undefined ? {} : { Condition }),
    },
  ];
}

/** Puts statements, in order, into as few documents as their size permits. */
export function documentsOf(statements: readonly AllowStatement[]): readonly PolicyDocument[] {
  const documents: PolicyDocument[] = [];
  let last: readonly AllowStatement[] = [];
  for (const statement of statements) {
    if (last.length > 0 && charactersOf(documentOf([...last, statement])) > policyCharactersMax) {
      documents.push(documentOf(last));
      last = [];
    }
    last = [...last, statement];
  }
  return last.length === 0 ? documents : [...documents, documentOf(last)];
}

/** The size of a policy as IAM counts it; names have no whitespace. */
export function charactersOf(document: PolicyDocument): number {
  return JSON.stringify(document).length;
}

function documentOf(statements: readonly AllowStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}
