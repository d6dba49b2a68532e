/**
 * The result of `read`, or its last result if it fails now. A warm function can thus use a secret
 * that cannot be read at the moment: a failed read is no evidence about the orders.
 *
 * @throws the error of `read`, if it has never succeeded
 */
export function lastKnown<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let known: { readonly value: Value } | undefined;
  return async () => {
    try {
      known = { value: await read() };
    } catch (error) {
      if (known === undefined) throw error;
    }
    return known.value;
  };
}
