import type { StackModel } from "../routing/graph/stackModel";
import { canonicalNameOf } from "../routing/model";
import type { Root } from "../routing/trees";
import { watchedName } from "../routing/watchedName";

/** Why a check by name fails with nothing failing: checkers get no address (H13); undefined otherwise. */
export function failingNameOf(model: StackModel, checkId: string): string | undefined {
  const check = model.route53.checks.get(checkId);
  const watched = check && watchedName(model, check);
  return watched?.kind === "addressless" ? watched.why : undefined;
}

/** Notes on the names behind a name that fail already, so that the story does not play their loss. */
export function failingNotes(model: StackModel, { name, type }: Root): readonly string[] {
  const { route53 } = model;
  const records = route53.reachable(name, type);
  const checks = new Set(records.flatMap((record) => route53.checksOf(record)));
  return [
    ...records
      .filter((record) => route53.isDeadEnd(record, type))
      .map(
        (record) =>
          `Fails already: ${canonicalNameOf(record) ?? ""} has no answer for ${type}, so ${record.label} has none.`,
      ),
    ...[...checks].flatMap((check) => {
      const why = failingNameOf(model, check.id);
      const report = check.inverted ? "healthy" : "unhealthy";
      return why === undefined
        ? []
        : `Fails already: ${why} (H13), so ${check.label} is ${report}.`;
    }),
  ];
}
