import type { Value } from "../../routing/graph/resource";
import type { AwsAnswer } from "../../sources/aws/answers";

/** An answer of AWS as plain data: dates are texts, as its command line prints them. */
export function answer(about: string, output: object): AwsAnswer {
  const { $metadata: _, ...said } = output as { readonly $metadata?: unknown };
  return { path: "AWS", about, value: JSON.parse(JSON.stringify(said)) as Value };
}
