import type { Properties } from "../../../../routing/graph/resource";
import type { Made } from "../../sample";
import {
  alb,
  aliasTo,
  aliasToAlb,
  balancerCheck,
  check,
  fargate,
  made,
  pager,
  record,
  scaled,
  server,
} from "../parts";
import type { Scenario } from "../scenario";
import { fault, scenario } from "../scenario";

const east = "us-east-1";
const west = "us-west-2";
const api = "api.example.com";

const weighted = (name: string, weight: number, properties: Properties): Made =>
  record(name, {
    name: "shop.example.com",
    setIdentifier: name,
    weightedRoutingPolicies: [{ weight }],
    ...properties,
  });
const nearest = (name: string, region: string, properties: Properties): Made =>
  record(name, {
    name: api,
    setIdentifier: name,
    latencyRoutingPolicies: [{ region }],
    ...properties,
  });
const located = (name: string, place: Properties, properties: Properties): Made =>
  record(name, {
    name: "www.example.com",
    setIdentifier: name,
    geolocationRoutingPolicies: [place],
    ...properties,
  });

/** A regional domain of API Gateway with its own execute-api name. */
const gateway = (id: string, region: string, zone: string): readonly Made[] => [
  made(
    "apigateway/domainName:DomainName",
    `${id}-domain`,
    {
      domainName: api,
      regionalDomainName: `d-${id}.execute-api.${region}.amazonaws.com`,
      regionalZoneId: zone,
      securityPolicy: "TLS_1_2",
    },
    region,
  ),
  ...check(`${id}-check`, {
    type: "HTTPS_STR_MATCH",
    fqdn: `${id}api.execute-api.${region}.amazonaws.com`,
    port: 443,
    resourcePath: "/prod/healthz",
  }),
];
const gateways: Readonly<Record<string, string>> = {
  [east]: "Z1UJRXOUMOOFQ8",
  [west]: "Z2OJLYMUO9EFXC",
};
const aliasToGateway = (id: string, region: string): Properties =>
  aliasTo(`d-${id}.execute-api.${region}.amazonaws.com`, gateways[region] ?? "", true);

/** Names that choose among several places. */
export const choiceStacks: readonly Scenario[] = [
  scenario(
    "blue and green behind balancers, weighted nine to one",
    [
      alb("blue", east),
      scaled("blue", east),
      alb("green", east),
      scaled("green", east),
      weighted("blue", 90, aliasToAlb("blue", east)),
      weighted("green", 10, aliasToAlb("green", east)),
    ],
    fault(
      "green does not evaluate its balancer",
      (sample) => sample.set("green", aliasToAlb("green", east, false)),
      "tree-alias-evaluates-target at green",
    ),
    fault(
      "both have weight 0",
      (sample) =>
        sample
          .set("blue", { weightedRoutingPolicies: [{ weight: 0 }] })
          .set("green", { weightedRoutingPolicies: [{ weight: 0 }] }),
      "weighted-record-has-weight at blue",
    ),
    fault(
      "a weight is larger than Route 53 accepts",
      (sample) => sample.set("blue", { weightedRoutingPolicies: [{ weight: 900 }] }),
      "weighted-record-has-weight at blue",
    ),
    fault(
      "both have the same set identifier",
      (sample) => sample.set("green", { setIdentifier: "blue" }),
      "record-has-own-set-identifier at green",
      "record-has-own-set-identifier at blue",
    ),
    fault(
      "a plain record has the same name",
      (sample) =>
        sample.add(
          record("plain", { name: "shop.example.com", ttl: 60, records: ["203.0.113.9"] }),
        ),
      "record-name-has-one-routing-policy at blue",
      "record-name-has-one-routing-policy at plain",
    ),
  ),
  scenario(
    "an ECS canary with weighted CNAMEs",
    [
      pager,
      alb("stable", east),
      fargate("stable", east, 4),
      alb("canary", east),
      fargate("canary", east, 1),
      balancerCheck("stable-check", "stable", east),
      balancerCheck("canary-check", "canary", east),
      ...["stable", "canary"].map((id) =>
        record(id, {
          name: "shop.example.com",
          type: "CNAME",
          ttl: 30,
          setIdentifier: id,
          records: [`${id}-1234567890.us-east-1.elb.amazonaws.com`],
          healthCheckId: `${id}-check`,
          weightedRoutingPolicies: [{ weight: id === "stable" ? 95 : 5 }],
        }),
      ),
    ],
    fault(
      "the canary has no check",
      (sample) => sample.set("canary", { healthCheckId: undefined }),
      "every-choice-has-a-check at canary",
    ),
    fault(
      "the canary has the check of the stable one",
      (sample) => sample.set("canary", { healthCheckId: "stable-check" }),
      "record-is-checked-at-its-own-endpoint at canary",
    ),
  ),
  scenario(
    "API Gateway in two regions with latency routing",
    [
      pager,
      gateway("east", east, "Z1UJRXOUMOOFQ8"),
      gateway("west", west, "Z2OJLYMUO9EFXC"),
      nearest("api-east", east, {
        ...aliasToGateway("east", east),
        healthCheckId: "east-check",
      }),
      nearest("api-west", west, {
        ...aliasToGateway("west", west),
        healthCheckId: "west-check",
      }),
    ],
    fault(
      "one region has no check, and its alias is always healthy",
      (sample) => sample.set("api-west", { healthCheckId: undefined }),
      "every-choice-has-a-check at api-west",
    ),
    fault(
      "the checks are disabled",
      (sample) => sample.set("east-check", { disabled: true }),
      "check-is-enabled at east-check",
    ),
    fault(
      "the alias names the zone of another region",
      (sample) =>
        sample.set(
          "api-west",
          aliasTo("d-west.execute-api.us-west-2.amazonaws.com", "Z1UJRXOUMOOFQ8"),
        ),
      "alias-names-its-targets-zone at api-west",
    ),
  ),
  scenario(
    "balancers in three regions with latency routing",
    [
      ...[east, west, "eu-west-1"].flatMap((region) => [
        ...alb(region, region),
        ...scaled(region, region),
        nearest(`near-${region}`, region, aliasToAlb(region, region)),
      ]),
    ],
    fault(
      "one does not evaluate its balancer",
      (sample) => sample.set(`near-${west}`, aliasToAlb(west, west, false)),
      `tree-alias-evaluates-target at near-${west}`,
    ),
    fault(
      "two records are for one region",
      (sample) => sample.set(`near-${west}`, { latencyRoutingPolicies: [{ region: east }] }),
      `record-is-accepted-by-route53 at near-${west}`,
      `record-is-accepted-by-route53 at near-${east}`,
    ),
    fault(
      "a region does not exist",
      (sample) => sample.set(`near-${west}`, { latencyRoutingPolicies: [{ region: "us-west-9" }] }),
      `record-is-accepted-by-route53 at near-${west}`,
    ),
  ),
  scenario(
    "two continents and a default",
    [
      pager,
      server("europe", "eu-west-1a", "192.0.2.1"),
      server("america", "us-east-1a", "192.0.2.2"),
      check("check-europe", { type: "HTTP_STR_MATCH", ipAddress: "192.0.2.1", port: 80 }),
      check("check-america", { type: "HTTP_STR_MATCH", ipAddress: "192.0.2.2", port: 80 }),
      located(
        "in-europe",
        { continent: "EU" },
        {
          ttl: 60,
          records: ["192.0.2.1"],
          healthCheckId: "check-europe",
        },
      ),
      located(
        "elsewhere",
        { country: "*" },
        {
          ttl: 60,
          records: ["192.0.2.2"],
          healthCheckId: "check-america",
        },
      ),
    ],
    fault(
      "there is no default",
      (sample) => sample.set("elsewhere", { geolocationRoutingPolicies: [{ continent: "NA" }] }),
      "geolocation-has-default at in-europe",
    ),
    fault(
      "Europe has no check",
      (sample) => sample.set("in-europe", { healthCheckId: undefined }),
      "every-choice-has-a-check at in-europe",
    ),
  ),
  scenario(
    "three servers under one multivalue name",
    [
      pager,
      ...["a", "b", "c"].flatMap((zone, index) => [
        ...server(`web-${zone}`, `us-east-1${zone}`, `192.0.2.${index + 1}`),
        ...check(`check-${zone}`, {
          type: "HTTP_STR_MATCH",
          ipAddress: `192.0.2.${index + 1}`,
          port: 80,
        }),
        record(`many-${zone}`, {
          name: "many.example.com",
          ttl: 60,
          setIdentifier: zone,
          multivalueAnswerRoutingPolicy: true,
          records: [`192.0.2.${index + 1}`],
          healthCheckId: `check-${zone}`,
        }),
      ]),
    ],
    fault(
      "one has no check",
      (sample) => sample.set("many-b", { healthCheckId: undefined }),
      "every-choice-has-a-check at many-b",
    ),
    fault(
      "one is checked at another's address",
      (sample) => sample.set("many-b", { healthCheckId: "check-c" }),
      "record-is-checked-at-its-own-endpoint at many-b",
    ),
  ),
];
