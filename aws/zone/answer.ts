import type { Value } from "../../routing/graph/resource";
import type { AwsAnswer } from "../../sources/aws/answers";

/** An answer of AWS as plain data: dates are strings, as the AWS command line prints them. */
export function answer(about: string, output: object): AwsAnswer {
  // The metadata that the SDK adds describes the request only.
  const text = JSON.stringify({ ...output, $metadata: undefined });
  return { path: "AWS", about, value: JSON.parse(text) as Value };
}
