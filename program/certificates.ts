/** A certificate for every TLS endpoint: the regions' balancers and CloudFront. */
import type * as pulumi from "@pulumi/pulumi";
import { TlsCertificates } from "../components";
import { globalRegion } from "../routing/globalRegion";
import type { ProgramContext } from "./stack";
import type { FoundZone } from "./zone";

/** The ARN of the certificate in a region, once it is issued. */
export type CertificateArnIn = (region: string) => pulumi.Output<string>;

export function certificates(stack: ProgramContext, zone: FoundZone): CertificateArnIn {
  const { settings, providerOf, tags } = stack;
  const { compute, hostnames, regions, staticTier } = settings;
  const ends = [
    ...(compute.kind === "balancer" ? [regions.primary.region, regions.standby.region] : []),
    ...(staticTier.kind === "cloudFront" ? [globalRegion] : []),
  ];
  if (ends.length === 0) {
    return (region) => {
      throw new Error(
        `${region}: there is no certificate in this region; add the region in certificates.ts`,
      );
    };
  }
  const made = new TlsCertificates(
    "tls",
    {
      zoneId: zone.zoneId,
      hostnames,
      providers: Object.fromEntries(ends.map((region) => [region, providerOf(region)])),
      tags,
    },
    { providers: [providerOf(regions.primary.region)] },
  );
  return (region) => made.arnIn(region);
}
