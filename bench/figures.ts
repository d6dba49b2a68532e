/** The target of a figure. */
export interface Limit {
  readonly most: number;
}

/** Prints figures, one per line as `name value unit`, and records those that miss their target. */
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

  /** The figures that miss their target, a line each. */
  get misses(): readonly string[] {
    return this.missed;
  }
}

/** Further decimals differ from run to run. */
function shown(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 3 : 1);
}
