/**
 * The IPv4 ranges of Route 53's checkers: service ROUTE53_HEALTHCHECKS of ip-ranges.json, without
 * the ranges in China, whose checkers probe only for accounts there. Read on 2026-11-27 from copies
 * of the file; AWS has added one range since 2014.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/route-53-ip-addresses.html
 */
export const checkerRanges: readonly string[] = [
  "107.23.255.0/26",
  "15.177.0.0/18",
  "176.34.159.192/26",
  "177.71.207.128/26",
  "54.183.255.128/26",
  "54.228.16.0/26",
  "54.232.40.64/26",
  "54.241.32.64/26",
  "54.243.31.192/26",
  "54.244.52.192/26",
  "54.245.168.0/26",
  "54.248.220.0/26",
  "54.250.253.192/26",
  "54.251.31.128/26",
  "54.252.254.192/26",
  "54.252.79.128/26",
  "54.255.254.192/26",
];
