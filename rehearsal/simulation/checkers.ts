import type { AnswerList, States } from "./answers";
import { drawValue } from "./answers";
import type { History } from "./history";
import { Opinions } from "./opinions";
import type { CheckPlan, Plan } from "./plan";
import { isLoss } from "./plan";
import { drawLatency, probeOutcomeOf } from "./probes";
import type { RunKind } from "./probes";
import type { Draws } from "./random";

/** A probe of a name without an address fails immediately (H13). */
const noBehaviour = -1;
const lives = 0;
/** In a burst of an extreme run, all checkers send their probes within this time. */
const burstMs = 100;
/** The share of extreme runs with such a burst. */
const burstShare = 0.7;
/** A share of at least this counts as 1. */
const certain = 1 - 1e-9;

/** The end of a probe, possibly brought forward. */
export interface Ending {
  readonly checker: number;
  readonly atMs: number;
}

/**
 * All checkers of all checks of a plan in flat arrays: the opinion of each, its current probe, and how many
 * checkers of a check consider it healthy.
 */
export class Checkers {
  readonly count: number;
  /** By checker. */
  private readonly checkOf: Int32Array;
  private readonly regionOf: Uint8Array;
  private readonly opinion: Uint8Array;
  private readonly begunMs: Float64Array;
  private readonly meets: Int8Array;
  private readonly asking: Uint8Array;
  private readonly valueOf: Int32Array;
  /** By check. */
  private readonly opinions: readonly Opinions[];
  private readonly healthy: Int32Array;
  /** By check and behaviour. */
  private readonly passed: Uint8Array;
  private readonly tookMs: Float64Array;
  private readonly behavioursCount: number;
  private readonly lastPhase: number;
  private phase = 0;
  private hasLatch = false;
  /** The checker that was not settled when last asked, and most likely is not yet. */
  private unsettled = 0;
  /** The delay until each region's name servers learn a decision of the checkers. */
  private delaysMs: readonly number[] = [];

  constructor(
    private readonly plan: Plan,
    private readonly states: States,
    private readonly history: History,
  ) {
    const { checks, deaths, phaseStartsMs } = plan;
    this.lastPhase = phaseStartsMs.length - 1;
    this.behavioursCount = deaths.length + 1;
    this.count = checks.reduce((sum, { checkersCount }) => sum + checkersCount, 0);
    this.checkOf = new Int32Array(this.count);
    this.regionOf = new Uint8Array(this.count);
    let checker = 0;
    checks.forEach(({ checkersCount, regionsCount }, check) => {
      for (let n = 0; n < checkersCount; n += 1) {
        this.checkOf[checker] = check;
        this.regionOf[checker] = n % regionsCount;
        checker += 1;
      }
    });
    this.opinion = new Uint8Array(this.count);
    this.begunMs = new Float64Array(this.count);
    this.meets = new Int8Array(this.count);
    this.asking = new Uint8Array(this.count);
    this.valueOf = new Int32Array(this.count);
    this.opinions = checks.map(({ threshold }) => new Opinions(threshold));
    this.healthy = new Int32Array(checks.length);
    this.passed = new Uint8Array(checks.length * this.behavioursCount);
    this.tookMs = new Float64Array(checks.length * this.behavioursCount);
  }

  /** Draws the conditions of a run; returns when each checker begins its first probe, at most one round ago. */
  begin(kind: RunKind, draws: Draws, delaysMs: readonly number[]): Float64Array {
    this.delaysMs = delaysMs;
    this.phase = 0;
    this.hasLatch = false;
    const starts = new Float64Array(this.count);
    let checker = 0;
    this.plan.checks.forEach((check, number) => {
      this.drawOutcomes(check, number, kind, draws);
      const initial = this.plan.signals[check.signal]?.initial === true;
      const usual = initial ? lives : this.firstFailure(number);
      const before = this.tookMs[number * this.behavioursCount + usual] as number;
      const round = before + check.intervalMs;
      const isBurst = kind === "extreme" && draws.isIn(burstShare);
      // The last checkers to notice have just begun a probe or just ended one; those of a
      // name may be at any point of a round when its answer changes.
      const at = draws.below(round);
      const first = check.questions ? at : ([0, before, at][draws.below(3)] as number);
      const width = 1 + draws.below(burstMs);
      for (let n = 0; n < check.checkersCount; n += 1) {
        const place = isBurst ? (first + draws.below(width)) % round : draws.below(round);
        starts[checker] = -place;
        this.opinion[checker] = (this.opinions[number] as Opinions).settled(initial);
        this.asking[checker] = 0;
        checker += 1;
      }
      this.healthy[number] = initial ? check.checkersCount : 0;
    });
    return starts;
  }

  private drawOutcomes(check: CheckPlan, number: number, kind: RunKind, draws: Draws): void {
    const latency = drawLatency(check.type, kind, draws);
    for (let behaviour = 0; behaviour < this.behavioursCount; behaviour += 1) {
      const death = behaviour === lives ? undefined : this.plan.deaths[behaviour - 1];
      const { passed, ms } = probeOutcomeOf(check.type, death, latency);
      this.passed[number * this.behavioursCount + behaviour] = Number(passed);
      this.tookMs[number * this.behavioursCount + behaviour] = ms;
    }
  }

  /** The behaviour that explains why a check is unhealthy from the start. */
  private firstFailure(number: number): number {
    const { meets, whileAbsent } = this.plan.checks[number] as CheckPlan;
    if (whileAbsent !== undefined) return whileAbsent;
    const at = number * this.behavioursCount;
    return meets.find((behaviour) => this.passed[at + behaviour] === 0) ?? lives;
  }

  /** A checker sends its probe; returns when the probe ends. */
  ask(checker: number, nowMs: number, draws: Draws): number {
    const number = this.checkOf[checker] as number;
    const check = this.plan.checks[number] as CheckPlan;
    const value = check.questions === undefined ? 0 : this.resolve(check, checker, nowMs, draws);
    this.valueOf[checker] = value;
    const met = value < 0 ? noBehaviour : this.met(check, checker, value);
    const death = this.plan.deaths[met - 1];
    const behaviour = isLoss(death) && !draws.isIn(death.lossShare) ? lives : met;
    this.meets[checker] = behaviour;
    this.begunMs[checker] = nowMs;
    this.asking[checker] = 1;
    return nowMs + this.took(number, behaviour);
  }

  private isLossy(behaviour: number): boolean {
    return isLoss(this.plan.deaths[behaviour - 1]);
  }

  private took(number: number, behaviour: number): number {
    return behaviour === noBehaviour
      ? 0
      : (this.tookMs[number * this.behavioursCount + behaviour] as number);
  }

  private passes(number: number, behaviour: number): boolean {
    return (
      behaviour !== noBehaviour && this.passed[number * this.behavioursCount + behaviour] === 1
    );
  }

  private met(
    { meets, regionsCount, valuesCount, whileAbsent }: CheckPlan,
    checker: number,
    value: number,
  ): number {
    const region = this.regionOf[checker] as number;
    const met = meets[(this.phase * regionsCount + region) * valuesCount + value] as number;
    return met === lives && whileAbsent !== undefined && !this.hasLatch ? whileAbsent : met;
  }

  /** The object of the latch is put or removed: probes that are sent later find it so. */
  setLatch(isPresent: boolean): void {
    this.hasLatch = isPresent;
  }

  /** The answer of a name for a checker: its region's name servers learn decisions with a delay. */
  private resolve(check: CheckPlan, checker: number, nowMs: number, draws: Draws): number {
    const region = this.regionOf[checker] as number;
    const state = this.history.at(nowMs - (this.delaysMs[region] as number));
    const question = check.questions?.[region] as number;
    const list = this.states.answersIn(state)[question] as AnswerList;
    const drawn = drawValue(list, draws.share());
    return drawn < 0 ? noBehaviour : (list.values[drawn] as number);
  }

  /**
   * Takes the result of a checker's probe.
   *
   * @returns its check's number if the check changes between healthy and unhealthy, else undefined
   */
  end(checker: number): number | undefined {
    const number = this.checkOf[checker] as number;
    const opinions = this.opinions[number] as Opinions;
    const before = this.opinion[checker] as number;
    const after = opinions.after(before, this.passes(number, this.meets[checker] as number));
    this.asking[checker] = 0;
    this.opinion[checker] = after;
    if (opinions.isHealthy(before) === opinions.isHealthy(after)) return undefined;
    const { healthyMin } = this.plan.checks[number] as CheckPlan;
    const count = this.healthy[number] as number;
    const now = count + (opinions.isHealthy(after) ? 1 : -1);
    this.healthy[number] = now;
    return count >= healthyMin === now >= healthyMin ? undefined : number;
  }

  /** Whether a checker asks an endpoint, and not a name or a latch, which change within a phase. */
  asksEndpoint(checker: number): boolean {
    const check = this.plan.checks[this.checkOf[checker] as number] as CheckPlan;
    return check.questions === undefined && check.whileAbsent === undefined;
  }

  intervalOf(checker: number): number {
    return (this.plan.checks[this.checkOf[checker] as number] as CheckPlan).intervalMs;
  }

  isHealthy(number: number): boolean {
    return (this.healthy[number] as number) >= (this.plan.checks[number] as CheckPlan).healthyMin;
  }

  /**
   * A phase begins: probes in flight to an endpoint that dies end with it, unless it drains.
   *
   * @returns the probes whose end has moved, and the checks that are new
   */
  enter(
    phase: number,
    nowMs: number,
  ): { readonly cut: readonly Ending[]; readonly renewed: readonly number[] } {
    this.phase = phase;
    const cut: Ending[] = [];
    for (let checker = 0; checker < this.count; checker += 1) {
      if (this.asking[checker] === 0 || this.meets[checker] !== lives) continue;
      const number = this.checkOf[checker] as number;
      const check = this.plan.checks[number] as CheckPlan;
      const behaviour = this.met(check, checker, this.valueOf[checker] as number);
      if (behaviour === lives || this.isLossy(behaviour)) continue;
      if (this.plan.deaths[behaviour - 1] === "drains") continue;
      this.meets[checker] = behaviour;
      const begun = this.begunMs[checker] as number;
      cut.push({ checker, atMs: Math.max(nowMs, begun + this.took(number, behaviour)) });
    }
    return { cut, renewed: this.renew(phase) };
  }

  /** A check that is replaced counts as healthy until there is enough data (H15, H18). */
  private renew(phase: number): readonly number[] {
    const renewed = this.plan.checks.flatMap(({ newAt }, number) =>
      newAt.includes(phase) ? [number] : [],
    );
    for (let checker = 0; renewed.length > 0 && checker < this.count; checker += 1) {
      const number = this.checkOf[checker] as number;
      if (!renewed.includes(number)) continue;
      this.opinion[checker] = (this.opinions[number] as Opinions).settled(true);
    }
    for (const number of renewed) {
      this.healthy[number] = (this.plan.checks[number] as CheckPlan).checkersCount;
    }
    return renewed;
  }

  /** Whether all further probes of an endpoint's checker confirm its opinion. */
  isSettled(checker: number): boolean {
    const number = this.checkOf[checker] as number;
    const check = this.plan.checks[number] as CheckPlan;
    const opinions = this.opinions[number] as Opinions;
    const opinion = this.opinion[checker] as number;
    if (this.phase !== this.lastPhase || !opinions.isSettled(opinion)) return false;
    if (check.questions !== undefined || check.whileAbsent !== undefined) return false;
    const behaviour = this.met(check, checker, 0);
    return (
      !this.isLossy(behaviour) && opinions.isHealthy(opinion) === this.passes(number, behaviour)
    );
  }

  /** Whether all further probes of names confirm their checkers' opinions while the state stays. */
  areNamesSettled(): boolean {
    for (let tried = 0; tried < this.count; tried += 1) {
      if (!this.isNameSettled(this.unsettled)) return false;
      this.unsettled = (this.unsettled + 1) % this.count;
    }
    return true;
  }

  private isNameSettled(checker: number): boolean {
    const number = this.checkOf[checker] as number;
    const check = this.plan.checks[number] as CheckPlan;
    if (check.questions === undefined) return true;
    const opinions = this.opinions[number] as Opinions;
    const opinion = this.opinion[checker] as number;
    return (
      opinions.isSettled(opinion) &&
      this.outlook(check, number, checker) === opinions.isHealthy(opinion)
    );
  }

  /** The result of every probe of a checker in the current state; undefined if it depends on chance. */
  private outlook(check: CheckPlan, number: number, checker: number): boolean | undefined {
    const question = check.questions?.[this.regionOf[checker] as number] as number;
    const list = this.states.answersIn(this.history.lastState)[question] as AnswerList;
    if (list.values.length === 0) return false;
    const [first = false, ...others] = list.values.map((value) =>
      this.passes(number, this.met(check, checker, value)),
    );
    if (others.some((other) => other !== first)) return undefined;
    return first && (list.cumulative.at(-1) as number) < certain ? undefined : first;
  }
}
