/**
 * What AWS does not document, as named parameters, with the values used unless told otherwise.
 * Every figure that rests on one of them is printed with it.
 */
export interface Assumptions {
  /**
   * δ: from a checker's decision to every name server answering by it, in seconds. AWS publishes
   * none (T5): checkers send their status to all Route 53 locations constantly.
   */
  readonly propagationSeconds: number;
  /** Checkers per checker region (H2): 2 makes the 16 that the console lists for 8 regions. */
  readonly checkersPerRegion: number;
  /** A check is healthy while more than this share of its checkers says so (H5). */
  readonly healthyCheckerShare: number;
  /** Whether a healthy member of weight 0 keeps a branch healthy for its parent (A2). */
  readonly zeroWeightKeepsBranchHealthy: boolean;
  /** Whether a target group without targets counts as healthy (A7): the API reference says no. */
  readonly emptyTargetGroupIsHealthy: boolean;
  /**
   * Whether a check that is disabled and inverted is unhealthy (H16): inversion comes after the forced
   * result, as the API text has it and octoDNS saw in answers.
   */
  readonly invertedDisabledIsUnhealthy: boolean;
  /**
   * Which of several values a checker dials that resolves a name (H13): each as often as the others, or,
   * if not, one that lives while there is one. A checker dials one of them; AWS does not say which.
   */
  readonly checkersDialValuesAlike: boolean;
  /**
   * Whether the metric of something that is lost has no more data (K6), or has data that puts the alarm in
   * alarm: an instance that is gone reports nothing, one whose network is cut may still be reported on.
   */
  readonly metricOfLostResourceIsSilent: boolean;
  /** TTL of an alias to a balancer, in seconds (T2). */
  readonly balancerTtlSeconds: number;
  /** TTL of an alias to an S3 website, in seconds (T2); 5 has been seen as well. */
  readonly s3WebsiteTtlSeconds: number;
  /** TTL of an alias to CloudFront, in seconds: not documented, taken to be a balancer's. */
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
