import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FailoverRecords, RegionTier, StaticFallbackTier } from "./components";
import { currentTtlSeconds, loadSettings } from "./config";
import type { RegionSettings } from "./config";
import { schemaVersion } from "./outputs";
import type { Exported, RegionOutputs, StackOutputs } from "./outputs";
import { checked, failover } from "./routing/route";

const settings = loadSettings();
const { checks, hostnames, regions } = settings;
const [tree] = hostnames;
const ttlSeconds = currentTtlSeconds(settings.ttl);
const tags = {
  Project: pulumi.getProject(),
  Environment: pulumi.getStack(),
  Contact: settings.alerts.email,
};

// Default providers are off, so that a resource cannot land in a region that nobody chose. Route 53
// and IAM are global: what belongs to no region is made through the primary's provider.
const primary = regionProvider(regions.primary.region);
const standby = regionProvider(regions.standby.region);
const elsewhere = regionProvider(settings.staticTier.region);

const zone = new aws.route53.Zone(
  "zone",
  {
    name: settings.hostedZone,
    comment: `Failover of ${tree}`,
    tags: { ...tags, Name: "zone" },
  },
  { provider: primary },
);

const oregon = regionTier(regions.primary, primary);
const dublin = regionTier(regions.standby, standby);
const maintenance = new StaticFallbackTier(
  "maintenance",
  {
    hostnames,
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

const outputs: Exported<StackOutputs> = {
  schemaVersion,
  hostname: tree,
  hostnames,
  hostedZone: { id: zone.zoneId, name: settings.hostedZone, nameServers: zone.nameServers },
  regions: {
    primary: regionOutputs(regions.primary, oregon),
    standby: regionOutputs(regions.standby, dublin),
  },
  staticTier: { region: settings.staticTier.region, websites: maintenance.websites },
  ttlSeconds,
  objectives: settings.objectives,
  assumptions: settings.assumptions,
};

export = outputs;

function regionProvider(region: string): aws.Provider {
  return new aws.Provider(region, { region });
}

function regionTier(region: RegionSettings, provider: aws.Provider): RegionTier {
  const { endpoint } = checks;
  return new RegionTier(
    region.name,
    {
      entryName: `${region.name}.${tree}`,
      zoneId: zone.zoneId,
      ttlSeconds,
      availabilityZones: region.availabilityZones,
      cidrBlock: region.cidrBlock,
      instanceType: region.instanceType,
      endpointProbe: endpoint,
      regionProbe: { ...checks.region, scheme: endpoint.scheme, token: endpoint.token },
      tags,
    },
    { providers: [provider] },
  );
}

function regionOutputs(region: RegionSettings, tier: RegionTier): Exported<RegionOutputs> {
  return {
    name: region.name,
    region: region.region,
    entryName: tier.route.name,
    checkId: tier.checkId,
    endpoints: tier.availabilityZones.map(({ availabilityZone, address, checkId }) => ({
      availabilityZone,
      address,
      checkId,
    })),
  };
}
