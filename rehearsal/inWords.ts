/** A count as people write it: 12,500. */
export function inWords(count: number): string {
  return count.toLocaleString("en-US");
}
