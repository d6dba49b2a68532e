/**
 * The region of AWS's global services, whichever regions serve. Route 53 has its control plane, its
 * metrics, and its query logs and signing keys there alone, and CloudFront its certificates (DG
 * disaster-recovery-resiliency, monitoring-health-checks, query-logs, dns-configuring-dnssec;
 * CloudFront DG cnames-and-https-requirements). Requests to a global service are signed for it.
 */
export const globalRegion = "us-east-1";
