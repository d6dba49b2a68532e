import { withThousands } from "../report/figures";
import type { QuotaUse } from "./quota";

/** A quota that a stack is over or near in one or several places. */
export interface QuotaRow {
  /** The worse of its places. */
  readonly state: QuotaUse["state"];
  readonly what: string;
  /** How many, place by place: "us-west-2 6, eu-west-1 4". */
  readonly used: string;
  readonly default: string;
  readonly remedy: string;
}

/** So many places of a quota are named. */
const placesMax = 3;

/** What stands below the quotas of a stack. */
export const quotaNote =
  "These are defaults: the account may have higher quotas, and other stacks share them.";

/** A row for each quota, the one that a stack is furthest over first. */
export function quotaRows(uses: readonly QuotaUse[]): readonly QuotaRow[] {
  const byQuota = new Map<string, QuotaUse[]>();
  for (const use of uses) byQuota.set(use.what, [...(byQuota.get(use.what) ?? []), use]);
  return [...byQuota.values()].flatMap(([worst, ...others]) =>
    worst ? [rowOf(worst, others)] : [],
  );
}

function rowOf(worst: QuotaUse, others: readonly QuotaUse[]): QuotaRow {
  const places = [worst, ...others].map(({ of, used }) => `${of} ${withThousands(used)}`);
  const more = places.length - placesMax;
  return {
    state: worst.state,
    what: worst.what,
    used: [
      ...places.slice(0, placesMax),
      ...(more > 0 ? [`${withThousands(more)} more`] : []),
    ].join(", "),
    default: withThousands(worst.default),
    remedy: worst.remedy,
  };
}
