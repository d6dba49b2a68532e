import type { StackModel } from "../routing/graph/stackModel";
import { watchedGroup } from "../routing/watchedName";
import type { EndpointHealthCheck } from "../routing/model";

/** What a check watches: the endpoint that was found, else its address or name. */
export function watchedText(model: StackModel, check: EndpointHealthCheck): string {
  const endpoint = model.endpointOfCheck(check);
  const isRead = endpoint && model.outsideOfCheck(check) === undefined;
  if (isRead && !watchedGroup(model, check)) return resourceName(model, endpoint.urn);
  return check.ipAddress ?? check.fullyQualifiedDomainName ?? "an address that is not known yet";
}

/** The name of a resource for reports. */
export function resourceName({ graph }: StackModel, urn: string): string {
  return graph.get(urn)?.name ?? urn;
}
