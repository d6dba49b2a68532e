import type { FaultClass } from "../../routing/graph/faultClass";
import { InputError } from "../../routing/inputError";

/** How often something fails, and for how long. */
export interface FaultRate {
  readonly perYear: number;
  readonly hours: number;
  /** The source of the figures, or a note that they are assumed. */
  readonly source: string;
}

export type FaultRates = Readonly<Record<FaultClass, FaultRate>>;

/** 365 days. */
export const minutesPerYear = 365 * 24 * 60;

/**
 * The rates assumed by default. AWS publishes commitments, not rates: an EC2 region is
 * promised for 99.99 % of a month and a single instance for 99.5 % (Amazon Compute Service Level
 * Agreement), an RDS instance in several zones for 99.95 % (Amazon RDS Service Level Agreement). Each of
 * these figures stays within its commitment, and `--rate` sets others.
 */
export const defaultFaultRates: FaultRates = {
  region: { perYear: 0.2, hours: 4, source: "assumed: one outage of 4 h in five years" },
  availabilityZone: { perYear: 0.5, hours: 2, source: "assumed: one outage of 2 h in two years" },
  endpoint: { perYear: 2, hours: 0.5, source: "assumed: two outages of half an hour a year" },
  database: { perYear: 0.5, hours: 1, source: "assumed: one outage of 1 h in two years" },
  check: { perYear: 0.1, hours: 1, source: "assumed: one wrong hour in ten years, each way" },
};

/** The rates with their classes, in the order of a report. */
export function rateEntries(rates: FaultRates): readonly (readonly [FaultClass, FaultRate])[] {
  return Object.entries(rates) as [FaultClass, FaultRate][];
}

/** The share of time during which a fault lasts, 0 to 1. */
export function unavailabilityOf({ perYear, hours }: FaultRate): number {
  return Math.min(1, (perYear * hours * 60) / minutesPerYear);
}

/** The fields of a rate that can be set, each with its largest meaningful value. */
const fields = { perYear: 365 * 24, hours: 365 * 24 } as const;

const rateForm = /^(\w+)\.(\w+)=(.*)$/;

/**
 * The default rates with some figures replaced.
 *
 * @param given each as `class.field=value`, such as `region.hours=8`; if one is repeated, the last one
 *   counts
 * @throws InputError with one line for each unknown rate or impossible value
 */
export function faultRatesFrom(given: readonly string[]): FaultRates {
  const faults: string[] = [];
  const rates: Record<FaultClass, FaultRate> = { ...defaultFaultRates };
  for (const one of given) {
    const [, name = "", field = "", text = ""] = rateForm.exec(one) ?? [];
    const value = text.trim() === "" ? NaN : Number(text);
    if (!isClass(name) || !isField(field)) {
      faults.push(
        `--rate: no such rate, got ${one}; write <what>.<figure>=<number>, with what of ${Object.keys(rates).join(", ")} and figure of ${Object.keys(fields).join(", ")}`,
      );
    } else if (!(value >= 0 && value <= fields[field])) {
      faults.push(
        `--rate ${name}.${field}: must be a number from 0 to ${fields[field]}, got ${one}; for example ${name}.${field}=${defaultFaultRates[name][field]}`,
      );
    } else {
      rates[name] = { ...rates[name], [field]: value, source: "set by --rate" };
    }
  }
  if (faults.length > 0) throw new InputError(faults);
  return rates;
}

function isClass(name: string): name is FaultClass {
  return Object.hasOwn(defaultFaultRates, name);
}

function isField(name: string): name is keyof typeof fields {
  return Object.hasOwn(fields, name);
}
