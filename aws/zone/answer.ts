import type { Value } from "../../routing/graph/resource";
import type { AwsAnswer } from "../../sources/aws/answers";

/** An answer of AWS as plain data: dates are texts, as its command line prints them. */
export function answer(about: string, output: object): AwsAnswer {
  // What the SDK adds to each answer is about the request.
  const text = JSON.stringify({ ...output, $metadata: undefined });
  return { path: "AWS", about, value: JSON.parse(text) as Value };
}
