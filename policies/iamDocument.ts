import type { Value } from "../routing/graph/resource";
import { isObject } from "../routing/graph/values";

/** A statement of an IAM policy; single values are lists of one. */
export interface IamStatement {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  /** Actions that it excludes; it covers all others. */
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  /** Whether the principal is everyone. */
  readonly isForAnyone: boolean;
  /** Keys of its conditions, such as `aws:SourceIp`, in lower case. */
  readonly conditionKeys: readonly string[];
  /** The ranges that it is limited to by `IpAddress` of `aws:SourceIp`; absent if it is not. */
  readonly sourceRanges?: readonly string[];
}

/** A policy document, from an object or from JSON text; undefined if the text is not JSON. */
export function parseDocument(value: Value | undefined): Value | undefined {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return undefined;
  }
}

export function iamStatementsOf(document: Value | undefined): readonly IamStatement[] {
  if (!isObject(document)) return [];
  return list(document["Statement"]).flatMap((statement) =>
    isObject(statement)
      ? [
          {
            sid: texts(statement["Sid"])[0] ?? "",
            effect: texts(statement["Effect"])[0] ?? "",
            actions: texts(statement["Action"]),
            notActions: texts(statement["NotAction"]),
            resources: texts(statement["Resource"]),
            isForAnyone: isAnyone(statement["Principal"]),
            conditionKeys: conditionKeysOf(statement["Condition"]),
            ...sourceRangesOf(statement["Condition"]),
          },
        ]
      : [],
  );
}

/** Whether a statement allows anything to everyone without a condition. */
export function isOpen({ effect, isForAnyone, conditionKeys }: IamStatement): boolean {
  return effect === "Allow" && isForAnyone && conditionKeys.length === 0;
}

function isAnyone(principal: Value | undefined): boolean {
  if (principal === "*") return true;
  return isObject(principal) && texts(principal["AWS"]).includes("*");
}

function conditionKeysOf(condition: Value | undefined): readonly string[] {
  if (!isObject(condition)) return [];
  return Object.values(condition).flatMap((operands) =>
    isObject(operands) ? Object.keys(operands).map((key) => key.toLowerCase()) : [],
  );
}

function sourceRangesOf(condition: Value | undefined): Pick<IamStatement, "sourceRanges"> {
  const operands = isObject(condition) ? condition["IpAddress"] : undefined;
  if (!isObject(operands)) return {};
  // The names of condition keys are not case-sensitive.
  const [, ranges] =
    Object.entries(operands).find(([key]) => key.toLowerCase() === "aws:sourceip") ?? [];
  return ranges === undefined ? {} : { sourceRanges: texts(ranges) };
}

function list(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Value[]) : [value];
}

function texts(value: Value | undefined): readonly string[] {
  return list(value).filter((item) => typeof item === "string");
}
