import type { RemediateResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Properties, Resource } from "../../routing/graph/resource";
import type { WireProperties } from "../engine/wire";
import { toProperties } from "../engine/wire";

/** A policy's change to a resource before its creation. */
export interface Remediation {
  readonly policy: string;
  readonly urn: string;
}

/** A resource after remediation, and the policies that changed it. */
export interface Remediated {
  readonly resource: Resource;
  readonly remediations: readonly Remediation[];
}

/**
 * Applies a pack's answer about one resource. The engine creates the resource with the properties
 * of the last remediation; messages, such as those of a policy that failed to run, change nothing.
 *
 * @param sent the inputs sent to the pack, in wire format
 */
export function remediated(
  resource: Resource,
  sent: WireProperties,
  response: RemediateResponse,
): Remediated {
  const applied = response.getRemediationsList().filter((each) => each.hasProperties());
  const answer = applied.at(-1)?.getProperties()?.toJavaScript();
  if (answer === undefined) return { resource, remediations: [] };
  const changed = changesOf(sent, answer);
  return {
    resource: {
      ...resource,
      inputs: { ...resource.inputs, ...changed },
      outputs: { ...resource.outputs, ...changed },
    },
    remediations: applied.map((each) => ({ policy: each.getPolicyname(), urn: resource.urn })),
  };
}

/** The changed properties; the others keep their known values. */
function changesOf(sent: WireProperties, answer: WireProperties): Properties {
  const changed = Object.entries(answer).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(sent[key]),
  );
  return toProperties(Object.fromEntries(changed), "inputs", {});
}
