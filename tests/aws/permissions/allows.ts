import type { PolicyDocument, Statement } from "../../../aws/permissions/policyDocument";

/** What IAM is asked when somebody calls something. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Keys of the request and the resource; several values where the key has several. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Whether policies that deny nothing allow a request, as IAM decides it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allows(policies: readonly PolicyDocument[], request: Request): boolean {
  return policies.some(({ Statement: statements }) =>
    statements.some((statement) => matches(statement, request)),
  );
}

function matches({ Action, Resource, Condition = {} }: Statement, request: Request): boolean {
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

/** A pattern with stars and question marks, of which none stands for a part of an ARN before the resource alone. */
function isLike(pattern: string, value: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${escaped}$`).test(value);
}
