const firstCapacity = 64;

/** The states that Route 53's checkers decided, each with the time from which it applied. */
export class History {
  private times = new Float64Array(firstCapacity);
  private states = new Int32Array(firstCapacity);
  count = 0;

  /** Resets to the initial state, which has always applied. */
  begin(): void {
    this.times[0] = -Infinity;
    this.states[0] = 0;
    this.count = 1;
  }

  add(time: number, state: number): void {
    if (this.count === this.times.length) this.grow();
    this.times[this.count] = time;
    this.states[this.count] = state;
    this.count += 1;
  }

  get lastTime(): number {
    return this.times[this.count - 1] as number;
  }

  get lastState(): number {
    return this.states[this.count - 1] as number;
  }

  timeOf(epoch: number): number {
    return this.times[epoch] as number;
  }

  stateOf(epoch: number): number {
    return this.states[epoch] as number;
  }

  /** The state at a time; the last one is found fastest. */
  at(time: number): number {
    let [first, last] = [0, this.count - 1];
    if ((this.times[last] as number) <= time) first = last;
    while (first < last) {
      const middle = (first + last + 1) >> 1;
      if ((this.times[middle] as number) <= time) first = middle;
      else last = middle - 1;
    }
    return this.states[first] as number;
  }

  private grow(): void {
    const { times, states } = this;
    this.times = new Float64Array(times.length * 2);
    this.times.set(times);
    this.states = new Int32Array(times.length * 2);
    this.states.set(states);
  }
}
