import type { PolicyDocument, AllowStatement } from "../../../aws/permissions/policyDocument";

/** The question that IAM decides for a call. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request and the resource; a list if a key has several values. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Whether policies without denials allow a request, by IAM's evaluation logic.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allows(policies: readonly PolicyDocument[], request: Request): boolean {
  return policies.some(({ Statement: statements }) =>
    statements.some((statement) => matches(statement, request)),
  );
}

function matches({ Action, Resource, Condition = {} }: AllowStatement, request: Request): boolean {
  return (
    Action.includes(request.action) &&
    Resource.some((pattern) => isLike(pattern, request.resource)) &&
    Object.entries(Condition).every(([operator, tests]) =>
      Object.entries(tests).every(([key, wanted]) =>
        holds(operator, [request.context[key] ?? []].flat(), [wanted].flat()),
      ),
    )
  );
}

function holds(operator: string, values: readonly string[], wanted: readonly string[]): boolean {
  const isOne = (value: string): boolean =>
    wanted.some((one) => (operator.includes("Like") ? isLike(one, value) : one === value));
  switch (operator) {
    case "StringEquals":
    case "ArnLike":
      return values.length > 0 && values.every(isOne);
    case "StringEqualsIfExists":
    case "ForAllValues:StringEquals":
    case "ForAllValues:StringLike":
      return values.every(isOne);
    default:
      throw new Error(`${operator}: must be an operator that this evaluation knows, got another`);
  }
}

/**
 * Whether a value matches a pattern with stars and question marks. A star matches any text, also
 * across the parts of an ARN.
 */
function isLike(pattern: string, value: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${escaped}$`).test(value);
}
