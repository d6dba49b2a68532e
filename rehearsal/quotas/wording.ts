import { withThousands } from "../report/figures";
import type { QuotaUse } from "./quota";

/** A quota that a stack exceeds or approaches in one or several scopes. */
export interface QuotaRow {
  /** The worse of its scopes. */
  readonly state: QuotaUse["state"];
  readonly what: string;
  /** The numbers by scope: "us-west-2 6, eu-west-1 4". */
  readonly used: string;
  readonly default: string;
  readonly remedy: string;
}

/** The number of scopes of a quota that are named. */
const placesMax = 3;

/** The note below the quotas of a stack. */
export const quotaNote =
  "These are defaults: the account may have higher quotas, and other stacks share them.";

/** A row for each quota, the most exceeded first. */
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
