/** How long something took at each size, in seconds. */
export interface Series {
  readonly name: string;
  readonly seconds: readonly number[];
}

/**
 * The time per resource at each size, as a Markdown table. A run also pays what does not grow with
 * the stack: code that is not compiled yet, and the one request about the whole. Divided by few
 * resources that makes them look dear, and a growing cost look flat; so the last columns show what
 * each resource more has cost between two sizes, and how much dearer it is in the larger step. That
 * is 1 where the time is flat, and would be 10 if it grew with the square.
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
