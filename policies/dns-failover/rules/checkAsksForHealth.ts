import type { Finding } from "../../finding";
import { unknownsOf, violation } from "../../finding";
import { resourceRule } from "../../rule";
import { types } from "../../types";
import { developerGuide } from "../route53";

export const checkAsksForHealth = resourceRule({
  name: "check-asks-for-health",
  description: "An endpoint check probes a dedicated path and searches the response for a marker.",
  severity: "medium",
  level: "advisory",
  why: "Any 2xx or 3xx counts as healthy: a proxy's error page, a redirect, a default page. A TCP check passes for a server that accepts connections and never answers.",
  source: "H6–H9",
  remediationSteps:
    "Set `resourcePath` to a page that only a working endpoint serves, and a type that ends in STR_MATCH with a `searchString`.",
  url: developerGuide("dns-failover-determining-health-of-endpoints"),
  types: [types.healthCheck],
  config: {},
  find: (check): readonly Finding[] => {
    const unknowns = unknownsOf(check, "type", "resourcePath");
    if (unknowns.length > 0) return unknowns;
    const type = check.text("type", "");
    if (!/^(HTTP|TCP)/.test(type)) return [];
    const path = check.text("resourcePath", "/");
    // A check without a marker must get one first, whatever its path.
    return [
      ...(type.endsWith("_STR_MATCH")
        ? []
        : [
            violation(check, "type", {
              must: "must search for a marker, with HTTP_STR_MATCH or HTTPS_STR_MATCH",
              got: type,
              so:
                type === "TCP"
                  ? "a server that accepts connections and never answers always counts as healthy"
                  : "an error page or a redirect counts as healthy, and a hanging body is never detected",
              remedy: "serve a marker and search for it",
            }),
          ]),
      ...(!type.endsWith("_STR_MATCH") || path !== "/"
        ? []
        : [
            violation(check, "resourcePath", {
              must: "must be a path for health checks",
              got: path,
              so: "the front page decides the failover: a redirect or a cached copy counts as healthy",
              remedy: "serve a page such as /healthcheck",
            }),
          ]),
    ];
  },
});
