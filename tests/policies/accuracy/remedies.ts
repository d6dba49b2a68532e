import type { Finding } from "../../../policies/finding";
import type { Properties, Value } from "../../../routing/graph/resource";
import { isList, isObject } from "../../../routing/graph/values";
import type { Sample } from "../sample";

type Violation = Extract<Finding, { kind: "violation" }>;

/** The value that a message requires, if it names a single one. */
function wantedBy({ must }: Violation): { readonly value: Value | undefined } | undefined {
  if (/^must be true\b/.test(must)) return { value: true };
  if (/^must not be set\b/.test(must)) return { value: undefined };
  const bound = /^must be at (?:most|least) (\d+)/.exec(must)?.[1];
  if (bound !== undefined) return { value: Number(bound) };
  const literal = /^must be "([^"]+)"$/.exec(must)?.[1];
  return literal === undefined ? undefined : { value: literal };
}

/**
 * A stack after its owner has followed the messages of a rule; undefined if one of them names no single
 * value.
 */
export function obeyed(sample: Sample, findings: readonly Violation[]): Sample | undefined {
  return findings.reduce<Sample | undefined>(
    (before, finding) => before && obeyedOnce(before, finding),
    sample,
  );
}

function obeyedOnce(sample: Sample, finding: Violation): Sample | undefined {
  const wanted = wantedBy(finding);
  const steps = finding.property.split(/[.[\]]+/).filter((step) => step !== "");
  const resource = sample.resources.find(({ name }) => name === finding.name);
  // A message may also require a number of items, which is not a single value.
  const isCount =
    typeof wanted?.value === "number" && typeof valueAt(resource?.inputs, steps) !== "number";
  if (!wanted || isCount) return undefined;
  const changed = (properties: Properties): Properties =>
    withAt(properties, steps, wanted.value) as Properties;
  return sample.change(finding.name, (one) => ({
    ...one,
    inputs: changed(one.inputs),
    outputs: changed(one.outputs),
  }));
}

function valueAt(at: Value | undefined, steps: readonly string[]): Value | undefined {
  return steps.reduce<Value | undefined>((value, step) => {
    if (isList(value)) return value[Number(step)];
    return isObject(value) ? value[step] : undefined;
  }, at);
}

function withAt(
  at: Value | undefined,
  [step, ...way]: readonly string[],
  value: Value | undefined,
): Value | undefined {
  if (step === undefined) return value;
  if (isList(at)) {
    return at.map((item, index) =>
      `${index}` === step ? (withAt(item, way, value) ?? null) : item,
    );
  }
  const inner = isObject(at) ? at : {};
  const { [step]: old, ...others } = inner;
  const changed = withAt(old, way, value);
  return changed === undefined ? others : { ...others, [step]: changed };
}
