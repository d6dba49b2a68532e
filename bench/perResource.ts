/** Durations at each size, in seconds. */
export interface Series {
  readonly name: string;
  readonly seconds: readonly number[];
}

/**
 * The time per resource at each size, as a Markdown table. A run also has costs that do not grow
 * with the stack: uncompiled code, and the single request about the whole. Divided by few resources
 * they look large, and a growing cost looks flat. So the last columns show the marginal cost of a
 * resource between two sizes, and its growth in the larger step: 1 if the time is linear, 10 if it
 * is quadratic.
 */
export function perResourceTable(
  sizes: readonly number[],
  table: readonly Series[],
): readonly string[] {
  const steps = sizes.slice(1).map((size, index) => [sizes[index] ?? 0, size] as const);
  const head = [
    "µs per resource",
    ...sizes.map((size) => `of ${grouped(size)}`),
    ...steps.map(([from, to]) => `each more, ${grouped(from)} to ${grouped(to)}`),
    "dearer by",
  ];
  const rows = table.map(({ name, seconds }) => {
    const more = steps.map(([from, to], index) => {
      const [before = NaN, after = NaN] = seconds.slice(index, index + 2);
      return (1e6 * (after - before)) / (to - from);
    });
    return [
      name,
      ...seconds.map((each, index) => whole((1e6 * each) / (sizes[index] ?? NaN))),
      ...more.map(whole),
      ((more.at(-1) ?? NaN) / (more.at(0) ?? NaN)).toFixed(2),
    ];
  });
  return [head, head.map((_, column) => (column === 0 ? "---" : "---:")), ...rows].map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
}

function whole(value: number): string {
  return grouped(Math.round(value));
}

/** 10,000 and not 10000. */
function grouped(value: number): string {
  return value.toLocaleString("en-US");
}
