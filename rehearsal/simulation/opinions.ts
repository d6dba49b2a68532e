import { afterProbe } from "../../routing/checker";

/**
 * The model's rule for a checker's opinion (H4) as a table, for the flat arrays of a simulation: an
 * opinion is a number, below the threshold where it is "healthy", with the results that contradict it.
 */
export class Opinions {
  private readonly next: Uint8Array;

  constructor(private readonly threshold: number) {
    this.next = new Uint8Array(4 * threshold);
    for (let opinion = 0; opinion < 2 * threshold; opinion += 1) {
      const state = {
        healthy: this.isHealthy(opinion),
        contradictions: opinion % threshold,
      };
      for (const passed of [false, true]) {
        const { healthy, contradictions } = afterProbe(state, passed, threshold);
        this.next[2 * opinion + Number(passed)] = contradictions + (healthy ? 0 : threshold);
      }
    }
  }

  settled(healthy: boolean): number {
    return healthy ? 0 : this.threshold;
  }

  isHealthy(opinion: number): boolean {
    return opinion < this.threshold;
  }

  /** Whether no result has contradicted the opinion since it was formed. */
  isSettled(opinion: number): boolean {
    return opinion % this.threshold === 0;
  }

  after(opinion: number, passed: boolean): number {
    return this.next[2 * opinion + Number(passed)] as number;
  }
}
