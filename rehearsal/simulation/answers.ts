/** Who answers a question: values with how often they are given, and for how long they may be kept. */
export interface AnswerList {
  readonly values: readonly number[];
  /** Share of the queries that get one of the values so far; the last one is 1 but for queries without answer. */
  readonly cumulative: readonly number[];
  readonly ttlMs: readonly number[];
}

/** What every question is answered with while signals are as they are. */
export type Answers = readonly AnswerList[];

/** What a thread needs to know of the states that can come about. */
export interface AnswersData {
  readonly signalsCount: number;
  /** From a state to the one in which one signal has a value. */
  readonly next: Int32Array;
  readonly answers: readonly Answers[];
}

const unknownState = -1;

/** With more signals that change, states are looked up one by one in the thread that has the model. */
export const tabledSignalsMax = 10;

/**
 * Each set of values of the signals as a numbered state with its answers, worked out once. State 0 is the
 * first one.
 */
export class AnswerStates {
  private readonly vectors: (readonly boolean[])[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly answers: Answers[] = [];
  private next = new Int32Array(0);

  /** @param answersFor asks the model, for the values of all signals */
  constructor(
    initial: readonly boolean[],
    private readonly answersFor: (vector: readonly boolean[]) => Answers,
  ) {
    this.numberOf(initial);
  }

  answersIn(state: number): Answers {
    return this.answers[state] as Answers;
  }

  /** The state in which one signal has a value. */
  after(state: number, signal: number, value: boolean): number {
    const vector = this.vectors[state] as readonly boolean[];
    const at = 2 * (state * vector.length + signal) + Number(value);
    const known = this.next[at] as number;
    if (known !== unknownState) return known;
    const number = this.numberOf(vector.map((one, index) => (index === signal ? value : one)));
    this.next[at] = number;
    return number;
  }

  private numberOf(vector: readonly boolean[]): number {
    const key = vector.map(Number).join("");
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.vectors.length;
      this.numbers.set(key, number);
      this.vectors.push(vector);
      this.answers.push(this.answersFor(vector));
      const grown = new Int32Array(2 * this.vectors.length * vector.length).fill(unknownState);
      grown.set(this.next);
      this.next = grown;
    }
    return number;
  }

  /** All states as data; undefined where there are too many. */
  data(): AnswersData | undefined {
    const { length: signalsCount } = this.vectors[0] as readonly boolean[];
    if (signalsCount > tabledSignalsMax) return undefined;
    for (let state = 0; state < this.vectors.length; state += 1) {
      for (let signal = 0; signal < signalsCount; signal += 1) {
        for (const value of [false, true]) this.after(state, signal, value);
      }
    }
    return { signalsCount, next: this.next, answers: this.answers };
  }
}

/** What a simulation asks of the states. */
export type States = Pick<AnswerStates, "after" | "answersIn">;

/** The same from data. */
export function statesOf({ signalsCount, next, answers }: AnswersData): States {
  return {
    after: (state, signal, value) =>
      next[2 * (state * signalsCount + signal) + Number(value)] as number,
    answersIn: (state) => answers[state] as Answers,
  };
}

/** One of the values, as often as it is given; -1 where the query gets no answer. */
export function drawValue({ values, cumulative }: AnswerList, share: number): number {
  for (let index = 0; index < cumulative.length; index += 1) {
    if (share < (cumulative[index] as number)) return index;
  }
  return values.length > 0 && (cumulative.at(-1) as number) > 1 - 1e-9 ? values.length - 1 : -1;
}
