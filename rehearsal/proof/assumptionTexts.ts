import type { Assumptions } from "../../routing/assumptions";
import { faultsByRate, hasOutside, hasUnread } from "./faultKinds";
import { rateEntries } from "./faultRates";
import type { Proof } from "./prove";

/** An assumption of a proof, with its value and its source. */
export interface Statement {
  readonly name: string;
  readonly value: number | boolean | string;
  readonly source: string;
}

/** The rule in docs/route53.md that each assumption is about. */
const rules: Readonly<Record<keyof Assumptions, string>> = {
  propagationSeconds: "T5: AWS publishes no figure",
  checkersPerRegion: "H2: 16 checkers in 8 regions, as the console lists them",
  healthyCheckerShare: "H5: AWS may change it",
  zeroWeightKeepsBranchHealthy: "A2: not documented",
  emptyTargetGroupIsHealthy: "A7: the API reference says no",
  invertedDisabledIsUnhealthy: "H16: as the API reference words it",
  checkersDialValuesAlike: "H13: AWS does not say which value",
  metricOfLostResourceIsSilent: "K6: a lost resource reports nothing",
  balancerTtlSeconds: "T2",
  s3WebsiteTtlSeconds: "T2",
  cloudFrontTtlSeconds: "T2: not documented, taken to be a balancer's",
  alarmDelaySeconds: "K5: until CloudWatch has a period's data",
};

/** What is assumed of addresses and names that no resource stands for. */
const outsideText =
  "An address or name that no resource stands for fails alone, at the rate of an endpoint: what was read does not show which of them belong to one machine, and the IPv4 and the IPv6 address of one endpoint fail apart.";

/** What is assumed of statuses that were not read. */
const unreadText =
  'A status that was not read is taken to be healthy, and a latch to be released, in the answers shown and in the minutes. In the properties it may be healthy or not, and times are those of the worse: "perhaps never" says that customers may stay, not that they will.';

/** What is assumed of what no resource stands for and of what was not read, as far as a proof has any. */
export function readingAssumptions(proof: Proof): readonly string[] {
  return [...(hasOutside(proof) ? [outsideText] : []), ...(hasUnread(proof) ? [unreadText] : [])];
}

/** All assumptions of a proof: how Route 53 behaves, and what fails how often. */
export function statementsOf(proof: Proof): readonly Statement[] {
  const { model, rates } = proof;
  const { assumptions } = model.route53;
  const faults = faultsByRate(proof);
  return [
    ...(Object.keys(rules) as (keyof Assumptions)[]).map((name) => ({
      name,
      value: assumptions[name],
      source: rules[name],
    })),
    ...rateEntries(rates).map(([name, { perYear, hours, source }]) => ({
      name: `rate of ${name}`,
      value: `${perYear} a year, ${hours} h each${faults[name] === 0 ? "; applies to nothing here" : ""}`,
      source,
    })),
    ...(hasOutside(proof)
      ? [{ name: "outside addresses", value: "each fails alone", source: outsideText }]
      : []),
    ...(hasUnread(proof)
      ? [{ name: "statuses not read", value: "healthy in the minutes", source: unreadText }]
      : []),
  ];
}
