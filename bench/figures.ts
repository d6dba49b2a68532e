/** What a figure was promised to be. */
export interface Limit {
  readonly most: number;
}

/** Prints figures, one a line as `name value unit`, and remembers which are not as promised. */
export class Figures {
  private readonly missed: string[] = [];

  constructor(private readonly write: (line: string) => void) {}

  print(name: string, value: number, unit: string, limit?: Limit): void {
    const line = `${name} ${shown(value)} ${unit}`;
    const isMissed = limit !== undefined && !(value <= limit.most);
    if (isMissed) this.missed.push(`${line}, at most ${limit.most} promised`);
    const promise =
      limit === undefined
        ? ""
        : `  (at most ${Number(limit.most.toFixed(2))}${isMissed ? ": MISSED" : ""})`;
    this.write(`${line}${promise}`);
  }

  /** Text between the figures, such as a table. */
  say(line: string): void {
    this.write(line);
  }

  /** The figures that are not as promised, a line each. */
  get misses(): readonly string[] {
    return this.missed;
  }
}

/** Three figures behind the point are more than a run repeats. */
function shown(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 3 : 1);
}
