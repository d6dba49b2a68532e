/** The answers to a question: values, their shares of the queries, and their TTL. */
export interface AnswerList {
  readonly values: readonly number[];
  /** Cumulative share of the queries for each value; the last is 1 unless some queries get no answer. */
  readonly cumulative: readonly number[];
  readonly ttlMs: readonly number[];
  /** The question that each value leads to, if it is a CNAME; absent where none is. */
  readonly leadsTo?: readonly (number | undefined)[];
  /** The question for what resolvers keep, if there are CNAMEs on the way; default: these values. */
  readonly heldAs?: number;
}

/** The answers to every question in one state of the signals. */
export type Answers = readonly AnswerList[];

/** The reachable states as data for a thread. */
export interface AnswersData {
  readonly signalsCount: number;
  /** The next state for each state, signal and value. */
  readonly next: Int32Array;
  readonly answers: readonly Answers[];
}

const unknownState = -1;

/** With more changing signals, the thread that has the model looks up states one by one. */
export const tabledSignalsMax = 10;

/**
 * Each set of signal values as a numbered state with its answers, computed once. State 0 is the
 * initial state.
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

  /** The state after one signal takes a value. */
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

  /** All states as data; undefined if there are too many. */
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

/** The part of the states that a simulation uses. */
export type States = Pick<AnswerStates, "after" | "answersIn">;

/** The same from data. */
export function statesOf({ signalsCount, next, answers }: AnswersData): States {
  return {
    after: (state, signal, value) =>
      next[2 * (state * signalsCount + signal) + Number(value)] as number,
    answersIn: (state) => answers[state] as Answers,
  };
}

/** Draws a value by its share of the queries; -1 if the query gets no answer. */
export function drawValue({ values, cumulative }: AnswerList, share: number): number {
  for (let index = 0; index < cumulative.length; index += 1) {
    if (share < (cumulative[index] as number)) return index;
  }
  return values.length > 0 && (cumulative.at(-1) as number) > 1 - 1e-9 ? values.length - 1 : -1;
}
