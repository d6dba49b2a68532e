import { checkAsksForHealth } from "../../../policies/dns-failover/rules/checkAsksForHealth";
import { types } from "../../../policies/types";
import { cafe } from "../cafe";
import { describeRule } from "../describeRule";
import { nothing } from "../sample";

const checkNames = cafe.resources
  .filter(({ type }) => type === types.healthCheck)
  .map(({ name }) => name);

describeRule(checkAsksForHealth, {
  complies: [{ title: "with a path and a marker", sample: cafe }],
  violates: [
    {
      title: "the front page",
      sample: cafe.set("check-2a", { resourcePath: "/" }),
      finds: [
        "check-2a.resourcePath: must be a path for health checks, got /, so the front page decides the failover: a redirect or a cached copy counts as healthy; serve a page such as /healthcheck",
      ],
    },
    {
      title: "no marker",
      sample: cafe.set("check-2a", { type: "HTTP" }),
      finds: [
        "check-2a.type: must search for a marker, with HTTP_STR_MATCH or HTTPS_STR_MATCH, got HTTP, so an error page or a redirect counts as healthy, and a hanging body is never detected; serve a marker and search for it",
      ],
    },
    {
      title: "only a TCP connection",
      sample: cafe.set("check-2a", { type: "TCP" }),
      finds: [
        "check-2a.type: must search for a marker, with HTTP_STR_MATCH or HTTPS_STR_MATCH, got TCP, so a server that accepts connections and never answers always counts as healthy; serve a marker and search for it",
      ],
    },
    {
      title: "neither path nor marker",
      sample: cafe.set("check-2a", { type: "HTTPS", resourcePath: undefined }),
      finds: [
        "check-2a.type: must search for a marker, with HTTP_STR_MATCH or HTTPS_STR_MATCH, got HTTPS, so an error page or a redirect counts as healthy, and a hanging body is never detected; serve a marker and search for it",
      ],
    },
  ],
  boundary: [
    {
      title: "the shortest dedicated path",
      sample: cafe.set("check-2a", { resourcePath: "/h" }),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without checks", sample: cafe.drop(...checkNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "an unknown path",
      sample: cafe.hide("check-2a", "resourcePath"),
      finds: ["unknown: resourcePath: check-2a: it is not known before deployment"],
    },
  ],
  configuration: [],
});
