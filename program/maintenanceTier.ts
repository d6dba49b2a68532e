/** The last tier: a static page, in a separate region. */
import { maintenancePage as maintenancePageHtml } from "../app";
import { StaticFallbackTier } from "../components";
import { globalRegion } from "../routing/globalRegion";
import type { CertificateArnIn } from "./certificates";
import type { ProgramContext } from "./stack";

export function maintenanceTier(
  { settings, providerOf, tags }: ProgramContext,
  certificateArnIn: CertificateArnIn,
): StaticFallbackTier {
  const { checks, hostnames, staticTier } = settings;
  return new StaticFallbackTier(
    "maintenance",
    {
      hostnames,
      form:
        staticTier.kind === "cloudFront"
          ? {
              kind: "cloudFront",
              certificateArn: certificateArnIn(globalRegion),
              retryAfterSeconds: staticTier.retryAfterSeconds,
              isHttps: checks.endpoint.scheme === "https",
            }
          : { kind: "s3Website" },
      pageHtml: maintenancePageHtml(),
      tags,
    },
    { providers: [providerOf(staticTier.region)] },
  );
}
