/**
 * What AWS does not document, as named parameters with default values. Every figure that depends on
 * one of them is printed with it.
 */
export interface Assumptions {
  /**
   * δ: from a checker's decision until every name server answers accordingly, in seconds. AWS
   * publishes no figure (T5): checkers send their status to all Route 53 locations constantly.
   */
  readonly propagationSeconds: number;
  /** Checkers per checker region (H2): 2 makes the 16 that the console lists for 8 regions. */
  readonly checkersPerRegion: number;
  /** A check is healthy while more than this share of its checkers reports it healthy (H5). */
  readonly healthyCheckerShare: number;
  /** Whether a healthy member of weight 0 keeps a branch healthy for its parent (A2). */
  readonly zeroWeightKeepsBranchHealthy: boolean;
  /**
   * Whether a target group without targets counts as healthy (A7): not according to the API
   * reference.
   */
  readonly emptyTargetGroupIsHealthy: boolean;
  /**
   * Whether a check that is disabled and inverted is unhealthy (H16): the API text inverts the
   * forced result, and octoDNS observed the same in answers.
   */
  readonly invertedDisabledIsUnhealthy: boolean;
  /**
   * Which value a checker that resolves a name dials, of several (H13). True: each equally often.
   * False: a live one while there is one. A checker dials one value; AWS does not document which.
   */
  readonly checkersDialValuesAlike: boolean;
  /**
   * Whether the metric of a lost resource stops (K6). False: it has data that puts the alarm in
   * alarm. A terminated instance reports nothing; one whose network is cut may still be reported
   * on.
   */
  readonly metricOfLostResourceIsSilent: boolean;
  /** TTL of an alias to a balancer, in seconds (T2). */
  readonly balancerTtlSeconds: number;
  /** TTL of an alias to an S3 website, in seconds (T2); 5 has been observed as well. */
  readonly s3WebsiteTtlSeconds: number;
  /** TTL of an alias to CloudFront, in seconds: not documented, assumed equal to a balancer's. */
  readonly cloudFrontTtlSeconds: number;
  /** From the end of a period until CloudWatch has the metric, in seconds. */
  readonly alarmDelaySeconds: number;
}

export const defaultAssumptions: Assumptions = {
  propagationSeconds: 10,
  checkersPerRegion: 2,
  healthyCheckerShare: 0.18,
  zeroWeightKeepsBranchHealthy: true,
  emptyTargetGroupIsHealthy: false,
  invertedDisabledIsUnhealthy: true,
  checkersDialValuesAlike: true,
  metricOfLostResourceIsSilent: true,
  balancerTtlSeconds: 60,
  s3WebsiteTtlSeconds: 60,
  cloudFrontTtlSeconds: 60,
  alarmDelaySeconds: 120,
};
