import type { StackModel } from "../../routing/graph/stackModel";
import { unlessRefused } from "../../routing/inputError";
import { addressTypesOf } from "../outageBounds";

/**
 * The address types for which some query of a name gets an answer: a CNAME has any type, but its target has
 * addresses of certain types. For a name without any: A, so that the model's refusal names it.
 *
 * @param alongside another state; a type that it tells apart is told apart here too
 */
export function typesOf(
  model: StackModel,
  name: string,
  alongside?: StackModel,
): readonly string[] {
  const [first = "A", ...others] = answeredTypes(model, name);
  const apart = [
    ...apartIn(model, name),
    ...(alongside ? (unlessRefused(() => apartIn(alongside, name)) ?? []) : []),
  ];
  return [first, ...others.filter((type) => apart.includes(type))];
}

function answeredTypes(model: StackModel, name: string): readonly string[] {
  const { route53 } = model;
  return addressTypesOf(model, name).filter((type) =>
    route53
      .reachable(name, type)
      .some((record) => !route53.next(record, type) && !route53.isDeadEnd(record, type)),
  );
}

/** The types of a name that other records answer than the first type: a CNAME whose target was not read answers any. */
function apartIn(model: StackModel, name: string): readonly string[] {
  const { route53 } = model;
  const idsOf = (type: string): string =>
    JSON.stringify(route53.reachable(name, type).map(({ id }) => id));
  const [first = "A", ...others] = answeredTypes(model, name);
  return others.filter((type) => idsOf(type) !== idsOf(first));
}
