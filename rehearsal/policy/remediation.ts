import type { RemediateResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Properties, Resource } from "../../routing/graph/resource";
import type { WireProperties } from "../engine/wire";
import { toProperties } from "../engine/wire";

/** A policy's change of a resource, before it is made. */
export interface Remediation {
  readonly policy: string;
  readonly urn: string;
}

/** A resource as it will be made after what policies changed, and which policies did. */
export interface Remediated {
  readonly resource: Resource;
  readonly remediations: readonly Remediation[];
}

/**
 * Applies what a pack answers about one resource. The engine makes the resource with the properties
 * of the last remediation; what a policy only says, such as that it could not do its work, changes
 * nothing.
 *
 * @param sent the inputs that the pack was told, in the form in which they went over the wire
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

/** The properties that are not as they were; the others keep what is known of them. */
function changesOf(sent: WireProperties, answer: WireProperties): Properties {
  const changed = Object.entries(answer).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(sent[key]),
  );
  return toProperties(Object.fromEntries(changed), "inputs", {});
}
