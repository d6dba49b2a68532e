/** What ends the DNS names that AWS gives to its resources. */
const awsDomains =
  /\.(amazonaws\.com(\.cn)?|elasticbeanstalk\.com(\.cn)?|awsapprunner\.com|amazonlightsail\.com|on\.aws)$/;

/** Codes of regions, such as `us-west-2`, `us-gov-east-1` and `ap-southeast-5`. */
const region = /(?:^|[.-])([a-z]{2}(?:-[a-z]+){1,2}-\d)(?=\.)/;

/**
 * The region that a DNS name of AWS tells, such as that of a balancer or of a database; undefined for any
 * other name, and for one of a global service.
 */
export function regionIn(dnsName: string): string | undefined {
  if (!awsDomains.test(dnsName)) return undefined;
  // The first region's machines have a name of their own (EC2 User Guide, "Instance hostname types").
  if (/\.compute-1\.amazonaws\.com$/.test(dnsName)) return "us-east-1";
  return region.exec(dnsName)?.[1];
}

/** The address in the public name of an instance, such as `ec2-198-51-100-1.us-west-2.compute.amazonaws.com`. */
export function addressIn(dnsName: string): string | undefined {
  const [, address] =
    /^ec2-(\d+-\d+-\d+-\d+)\.([a-z0-9-]+\.compute|compute-1)\.amazonaws\.com(\.cn)?$/.exec(
      dnsName,
    ) ?? [];
  return address?.replaceAll("-", ".");
}
