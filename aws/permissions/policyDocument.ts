/** A statement of an identity's policy that allows something: these deny nothing. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/** Tests by operator and key. */
export type Condition = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/**
 * Characters of a managed policy, without whitespace.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const policyCharactersMax = 6_144;

/** Allows actions of resources; nothing where there is none of either. */
export function allow(
  Sid: string,
  actions: readonly string[],
  resources: readonly string[],
  Condition?: Condition,
): readonly Statement[] {
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

/** Statements in as few documents as may be attached, in their order. */
export function documentsOf(statements: readonly Statement[]): readonly PolicyDocument[] {
  const documents: PolicyDocument[] = [];
  let last: readonly Statement[] = [];
  for (const statement of statements) {
    if (last.length > 0 && charactersOf(documentOf([...last, statement])) > policyCharactersMax) {
      documents.push(documentOf(last));
      last = [];
    }
    last = [...last, statement];
  }
  return last.length === 0 ? documents : [...documents, documentOf(last)];
}

/** What IAM counts of a policy; names have no whitespace. */
export function charactersOf(document: PolicyDocument): number {
  return JSON.stringify(document).length;
}

function documentOf(statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}
