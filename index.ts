import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { application } from "./program/application";
import {
  FailoverRecords,
  RegionTier,
  StaticFallbackTier,
  TlsCertificates,
  hostedZone,
} from "./components";
import type { AvailabilityZoneTier, Capacity, Probe, RegionCompute } from "./components";
import { currentTtlSeconds, loadSettings } from "./config";
import type { CapacitySettings, RegionSettings } from "./config";
import { drillTags, holdGameDays } from "./program/gameDay";
import { operate, outsideChecks, regionAlerts } from "./program/operations";
import type { Served } from "./program/operations";
import { schemaVersion } from "./outputs";
import type { EndpointOutputs, Exported, RegionOutputs, StackOutputs } from "./outputs";
import { standbyFirst } from "./program/rollout";
import { checked, failover, weighted } from "./routing/route";
import type { Node } from "./routing/route";

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
  recordNameOf: recordName,
  regionProbe: regionProbe(),
  tags,
};
const outside = outsideChecks(stack);

const { machinesIn, siteSha256 } = application({ settings, providerOf: regionProvider, tags });

// A change comes to the region that stands by first; the primary gets it when it has done well there.
const standing = serve(regions.standby, standby, []);
const serving = serve(regions.primary, primary, standbyFirst(stack, zone, standing));
const [oregon, dublin] = [serving.tier, standing.tier];
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

const [first, second] = [
  checked(oregon.entry, oregon.checkId),
  checked(dublin.entry, dublin.checkId),
];
const live = failover(`live.${tree}`, first, second);
// `any` answers Oregon unchecked rather than the maintenance page, so that a deep check that fails in
// both regions at once strands nobody.
const any = failover(`any.${tree}`, warmed(live), oregon.entry);

const published = new FailoverRecords(
  "orders",
  {
    zoneId: zone.zoneId,
    routes: hostnames.map((name) => failover(name, any, maintenance.routeOf(name))),
    ttlSeconds,
  },
  { providers: [primary], dependsOn: [oregon.records, dublin.records] },
);

const operations = operate(stack, zone, outside, [serving, standing]);
const gameDays = holdGameDays(stack, [serving, standing], operations, published);

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
  alerts: operations.alerts,
  ...(gameDays ? { gameDay: gameDays } : {}),
  ttlSeconds,
  ttl: settings.ttl,
  ...(siteSha256 === undefined ? {} : { release: { siteSha256 } }),
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

function recordName(region: RegionSettings): string {
  return `${region.name}.${tree}`;
}

/** `live`, or a node above it that gives the standby region its share of the traffic. */
function warmed(live: Node<pulumi.Output<string>>): Node<pulumi.Output<string>> {
  const { warmPercent } = settings.standby;
  if (warmPercent === 0) return live;
  return weighted(`share.${tree}`, [
    { key: "live", weight: 100 - warmPercent, route: live },
    { key: "turned", weight: warmPercent, route: failover(`turned.${tree}`, second, first) },
  ]);
}

/** A region with its alerts; all of it is made after what it is to wait for. */
function serve(
  region: RegionSettings,
  provider: aws.Provider,
  waitsFor: pulumi.Resource[],
): Served {
  const { endpoint } = checks;
  const tier = new RegionTier(
    region.name,
    {
      recordName: recordName(region),
      zoneId: zone.zoneId,
      ttlSeconds,
      availabilityZones: region.availabilityZones,
      compute: regionCompute(region, waitsFor),
      ipv6,
      endpointProbe: endpoint,
      regionProbe: regionProbe(),
      furtherCheckIds: outside?.watch(region, waitsFor) ?? [],
      tags: drillTags(settings, region, tags),
    },
    { providers: [provider], dependsOn: waitsFor },
  );
  const alerts = regionAlerts(stack, { settings: region, tier }, waitsFor);
  return { settings: region, tier, alerts };
}

function regionProbe(): Probe {
  const { scheme, token } = checks.endpoint;
  return { ...checks.region, scheme, token };
}

function regionCompute(region: RegionSettings, waitsFor: pulumi.Resource[]): RegionCompute {
  if (compute.kind === "addresses" || compute.kind === "alias") return compute;
  const machines = machinesIn(region, waitsFor);
  return compute.kind === "instance"
    ? { kind: "instance", ...machines }
    : {
        ...compute,
        ...(region.capacity ? { capacity: capacityOf(region.capacity) } : {}),
        certificateArn: certificateArnIn(region.region),
        ...machines,
      };
}

function capacityOf({ runningPerZone, reservedPerZone }: CapacitySettings): Capacity {
  return { running: runningPerZone, reserved: reservedPerZone };
}

function regionOutputs(region: RegionSettings, tier: RegionTier): Exported<RegionOutputs> {
  const { green, entry, checkId, availabilityZones } = tier;
  return {
    name: region.name,
    region: region.region,
    entryName: entry.name,
    checkId,
    endpoints: availabilityZones.map(endpointOutputs),
    ...(green
      ? {
          green: {
            recordName: green.recordName,
            endpoints: green.availabilityZones.map(endpointOutputs),
          },
        }
      : {}),
  };
}

function endpointOutputs({
  availabilityZone,
  addresses,
  checkIds,
  dnsName,
}: AvailabilityZoneTier): Exported<EndpointOutputs> {
  return {
    availabilityZone,
    ...(addresses.A ? { address: addresses.A } : {}),
    ...(addresses.AAAA ? { ipv6Address: addresses.AAAA } : {}),
    ...(dnsName ? { dnsName } : {}),
    checkId: checkIds.A,
    ...(checkIds.AAAA ? { ipv6CheckId: checkIds.AAAA } : {}),
  };
}
