import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { application } from "./application";
import {
  FailoverRecords,
  RegionTier,
  StaticFallbackTier,
  TlsCertificates,
  hostedZone,
} from "./components";
import type { Probe, RegionCompute } from "./components";
import { currentTtlSeconds, loadSettings } from "./config";
import type { RegionSettings } from "./config";
import { operate, outsideChecks } from "./operations";
import { schemaVersion } from "./outputs";
import type { Exported, RegionOutputs, StackOutputs } from "./outputs";
import { checked, failover } from "./routing/route";

const settings = loadSettings();
const { checks, compute, hostnames, ipv6, regions, staticTier } = settings;
const [tree] = hostnames;
const ttlSeconds = currentTtlSeconds(settings.ttl);
const tags = {
  Project: pulumi.getProject(),
  Environment: pulumi.getStack(),
  Contact: settings.alerts.email,
};

// Default providers are off, so that a resource cannot land in a region that nobody chose. Route 53
// and IAM are global: what belongs to no region is made through the primary's provider.
const providers = new Map<string, aws.Provider>();
const primary = regionProvider(regions.primary.region);
const standby = regionProvider(regions.standby.region);
const elsewhere = regionProvider(staticTier.region);
/**
 * Where Route 53 writes its metrics and finds its keys, and CloudFront its certificates, whatever
 * regions serve.
 */
const globalRegion = "us-east-1";
const northVirginia = regionProvider(globalRegion);

const zone = hostedZone(
  "zone",
  { zoneName: settings.hostedZone, comment: `Failover of ${tree}`, ...settings.zone, tags },
  { global: primary, northVirginia },
);

const certificates = tlsCertificates();

const stack = {
  settings,
  providerOf: regionProvider,
  entryNameOf: entryName,
  regionProbe: regionProbe(),
  tags,
};
const outside = outsideChecks(stack);

const machinesIn = application({ settings, providerOf: regionProvider, tags });

const oregon = regionTier(regions.primary, primary);
const dublin = regionTier(regions.standby, standby);
const maintenance = new StaticFallbackTier(
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
    pageHtml: readFileSync(join(pulumi.getRootDirectory(), "app/maintenance/index.html"), "utf8"),
    tags,
  },
  { providers: [elsewhere] },
);

// `any` answers Oregon unchecked rather than the maintenance page, so that a deep check that fails in
// both regions at once strands nobody.
const any = failover(
  `any.${tree}`,
  failover(
    `live.${tree}`,
    checked(oregon.route, oregon.checkId),
    checked(dublin.route, dublin.checkId),
  ),
  oregon.route,
);

new FailoverRecords(
  "orders",
  {
    zoneId: zone.zoneId,
    routes: hostnames.map((name) => failover(name, any, maintenance.routeOf(name))),
    ttlSeconds,
  },
  { providers: [primary], dependsOn: [oregon.records, dublin.records] },
);

const alerts = operate(stack, zone, outside, [
  { settings: regions.primary, tier: oregon },
  { settings: regions.standby, tier: dublin },
]);

const outputs: Exported<StackOutputs> = {
  schemaVersion,
  hostname: tree,
  hostnames,
  hostedZone: {
    id: zone.zoneId,
    name: settings.hostedZone,
    nameServers: zone.nameServers,
    ...(zone.dsRecord ? { dsRecord: zone.dsRecord } : {}),
  },
  regions: {
    primary: regionOutputs(regions.primary, oregon),
    standby: regionOutputs(regions.standby, dublin),
  },
  staticTier: { region: staticTier.region, websites: maintenance.websites },
  alerts,
  ttlSeconds,
  objectives: settings.objectives,
  assumptions: settings.assumptions,
};

export = outputs;

/** The provider of a region, named like it; one for all that is made there. */
function regionProvider(region: string): aws.Provider {
  const known = providers.get(region);
  if (known) return known;
  const provider = new aws.Provider(region, { region });
  providers.set(region, provider);
  return provider;
}

/** A certificate wherever TLS ends: at the regions' balancers, and at CloudFront's edges. */
function tlsCertificates(): TlsCertificates | undefined {
  const ends = [
    ...(compute.kind === "balancer" ? [regions.primary.region, regions.standby.region] : []),
    ...(staticTier.kind === "cloudFront" ? [globalRegion] : []),
  ];
  if (ends.length === 0) return undefined;
  return new TlsCertificates(
    "tls",
    {
      zoneId: zone.zoneId,
      hostnames,
      providers: Object.fromEntries(ends.map((region) => [region, regionProvider(region)])),
      tags,
    },
    { providers: [primary] },
  );
}

function certificateArnIn(region: string): pulumi.Output<string> {
  if (certificates) return certificates.arnIn(region);
  throw new Error(`${region}: must have a certificate; see where tlsCertificates makes them`);
}

function entryName(region: RegionSettings): string {
  return `${region.name}.${tree}`;
}

function regionTier(region: RegionSettings, provider: aws.Provider): RegionTier {
  const { endpoint } = checks;
  return new RegionTier(
    region.name,
    {
      entryName: entryName(region),
      zoneId: zone.zoneId,
      ttlSeconds,
      availabilityZones: region.availabilityZones,
      compute: regionCompute(region),
      ipv6,
      endpointProbe: endpoint,
      regionProbe: regionProbe(),
      furtherCheckIds: outside?.checkIdsOf(region.name) ?? [],
      tags,
    },
    { providers: [provider] },
  );
}

function regionProbe(): Probe {
  const { scheme, token } = checks.endpoint;
  return { ...checks.region, scheme, token };
}

function regionCompute(region: RegionSettings): RegionCompute {
  if (compute.kind === "addresses" || compute.kind === "alias") return compute;
  const machines = machinesIn(region);
  return compute.kind === "instance"
    ? { kind: "instance", ...machines }
    : { ...compute, certificateArn: certificateArnIn(region.region), ...machines };
}

function regionOutputs(region: RegionSettings, tier: RegionTier): Exported<RegionOutputs> {
  return {
    name: region.name,
    region: region.region,
    entryName: tier.route.name,
    checkId: tier.checkId,
    endpoints: tier.availabilityZones.map(({ availabilityZone, addresses, checkIds, dnsName }) => ({
      availabilityZone,
      ...(addresses.A ? { address: addresses.A } : {}),
      ...(addresses.AAAA ? { ipv6Address: addresses.AAAA } : {}),
      ...(dnsName ? { dnsName } : {}),
      checkId: checkIds.A,
      ...(checkIds.AAAA ? { ipv6CheckId: checkIds.AAAA } : {}),
    })),
  };
}
