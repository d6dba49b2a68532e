import type { ServingResource } from "../../routing/graph/endpoints";
import { watchedGroup } from "../../routing/watchedName";
import type { EndpointHealthCheck } from "../../routing/model";
import type { Subject } from "../fields";
import type { Stack } from "../stack";
import { types } from "../types";

/**
 * The endpoints that a check can reach: the one at its address, or all behind the name that it probes.
 */
export function endpointsOfCheck(
  stack: Stack,
  check: EndpointHealthCheck,
): readonly ServingResource[] {
  const watched = watchedGroup(stack.model, check);
  if (watched) {
    return stack.trees.leavesFrom(watched, "A").flatMap((leaf) => stack.model.endpointsOf(leaf));
  }
  const endpoint = stack.model.endpointOfCheck(check);
  return endpoint ? [endpoint] : [];
}

/** The servers of a check that have one of the types, each once. */
export function serversOf(
  stack: Stack,
  check: EndpointHealthCheck,
  ...wanted: readonly string[]
): readonly Subject[] {
  const urns = new Set(endpointsOfCheck(stack, check).map(({ urn }) => urn));
  return [...urns].flatMap((urn) => {
    const server = stack.graph.get(urn);
    return server && wanted.includes(server.type) ? [stack.subject(server)] : [];
  });
}

/** The listeners of a balancer. */
export function listenersOf(stack: Stack, balancer: Subject): readonly Subject[] {
  return stack.referringTo(balancer, types.listener, "loadBalancerArn");
}
