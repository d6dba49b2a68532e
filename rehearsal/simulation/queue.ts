const firstCapacity = 256;

/**
 * Events ordered by time, then by insertion: a binary heap in flat
 * arrays, which later runs reuse.
 */
export class EventQueue {
  private times = new Float64Array(firstCapacity);
  private sequences = new Float64Array(firstCapacity);
  private events = new Int32Array(firstCapacity);
  private nextSequence = 0;
  private count = 0;
  /** Time and number of the last event taken. */
  time = 0;
  sequence = 0;

  get isEmpty(): boolean {
    return this.count === 0;
  }

  clear(): void {
    this.count = 0;
    this.nextSequence = 0;
  }

  /** Adds an event and returns its number. */
  push(time: number, event: number): number {
    if (this.count === this.times.length) this.grow();
    const sequence = this.nextSequence;
    this.nextSequence += 1;
    let at = this.count;
    this.count += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.times[parent] as number) <= time) break;
      this.copy(parent, at);
      at = parent;
    }
    this.times[at] = time;
    this.sequences[at] = sequence;
    this.events[at] = event;
    return sequence;
  }

  /** Takes the first event; the queue must not be empty. */
  pop(): number {
    const event = this.events[0] as number;
    this.time = this.times[0] as number;
    this.sequence = this.sequences[0] as number;
    this.count -= 1;
    const last = this.count;
    const time = this.times[last] as number;
    const sequence = this.sequences[last] as number;
    const moved = this.events[last] as number;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (child + 1 < last && this.isBefore(child + 1, child)) child += 1;
      const childTime = this.times[child] as number;
      if (time < childTime) break;
      if (time === childTime && sequence < (this.sequences[child] as number)) break;
      this.copy(child, at);
      at = child;
    }
    this.times[at] = time;
    this.sequences[at] = sequence;
    this.events[at] = moved;
    return event;
  }

  private isBefore(one: number, other: number): boolean {
    const [a, b] = [this.times[one] as number, this.times[other] as number];
    return a === b ? (this.sequences[one] as number) < (this.sequences[other] as number) : a < b;
  }

  private copy(from: number, to: number): void {
    this.times[to] = this.times[from] as number;
    this.sequences[to] = this.sequences[from] as number;
    this.events[to] = this.events[from] as number;
  }

  private grow(): void {
    const { times, sequences, events } = this;
    this.times = new Float64Array(times.length * 2);
    this.times.set(times);
    this.sequences = new Float64Array(times.length * 2);
    this.sequences.set(sequences);
    this.events = new Int32Array(times.length * 2);
    this.events.set(events);
  }
}
