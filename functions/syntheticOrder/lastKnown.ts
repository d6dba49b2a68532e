/**
 * What `read` gives, or gave last where it fails now. A function that stays warm so goes on with a secret while
 * nobody can tell it anew: that a secret cannot be read says nothing of the orders.
 *
 * @throws what `read` throws, as long as it has never given anything
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
