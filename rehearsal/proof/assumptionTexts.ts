import type { Assumptions } from "../../routing/assumptions";
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
  invertedDisabledIsUnhealthy: "H16: as the API text has it",
  checkersDialValuesAlike: "H13: AWS does not say which value",
  metricOfLostResourceIsSilent: "K6: what is gone reports nothing",
  balancerTtlSeconds: "T2",
  s3WebsiteTtlSeconds: "T2",
  cloudFrontTtlSeconds: "T2: not documented, taken to be a balancer's",
  alarmDelaySeconds: "K5: until CloudWatch has a period's data",
};

/** All assumptions of a proof: how Route 53 behaves, and how often things fail. */
export function statementsOf({ model, rates }: Proof): readonly Statement[] {
  const { assumptions } = model.route53;
  return [
    ...(Object.keys(rules) as (keyof Assumptions)[]).map((name) => ({
      name,
      value: assumptions[name],
      source: rules[name],
    })),
    ...Object.entries(rates).map(([name, { perYear, hours, source }]) => ({
      name: `rate of ${name}`,
      value: `${perYear} a year, ${hours} h each`,
      source,
    })),
  ];
}
