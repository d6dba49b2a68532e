import * as pulumi from "@pulumi/pulumi";

/** The value of an Output or of all Outputs within a value; rejects with their own error. */
export function promiseOf<T>(value: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  const output = pulumi.output(value);
  // Not in the public types, but `apply` alone never settles when an Output has failed.
  return (output as unknown as { promise(): Promise<pulumi.Unwrap<T>> }).promise();
}
