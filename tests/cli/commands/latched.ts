import type { Properties, Resource } from "../../../routing/graph/resource";
import { webPair } from "../../rehearsal/simulation/stacks";
import { resource } from "../../routing/graph/stack";

const check = (name: string, properties: Properties): Resource =>
  resource("aws:route53/healthCheck:HealthCheck", name, properties);

/** A web server that serves while at least some of its own check and of a latch's are healthy. */
export function latched(threshold: number): readonly Resource[] {
  return [
    ...webPair({
      type: "CALCULATED",
      childHealthchecks: ["own", "latch"],
      childHealthThreshold: threshold,
    }),
    check("own", {
      type: "HTTP",
      ipAddress: "198.51.100.1",
      requestInterval: 10,
      failureThreshold: 2,
    }),
    check("latch", {
      type: "HTTPS_STR_MATCH",
      fqdn: "stop.example.org",
      invertHealthcheck: true,
      searchString: "stop",
    }),
  ];
}
