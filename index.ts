/**
 * Three tiers of DNS failover: availability zone, region, static page. The names in the route tree
 * are Route 53 records; docs/ARCHITECTURE.md shows the tree.
 */
import { FailoverRecords } from "./components";
import { currentTtlSeconds, loadSettings } from "./config";
import { certificates } from "./program/certificates";
import { holdGameDays } from "./program/gameDay";
import { failbackGate } from "./program/gate";
import { maintenanceTier } from "./program/maintenanceTier";
import { operate } from "./program/operations";
import { outputsOf } from "./program/outputs";
import { serveRegions } from "./program/regions";
import { programContextOf } from "./program/stack";
import { findZone } from "./program/zone";
import { checked, failover, weighted } from "./routing/route";

const settings = loadSettings();
const stack = programContextOf(settings);
const { providerOf, tree } = stack;
const primaryProvider = providerOf(settings.regions.primary.region);

const zone = findZone(settings.hostedZone, primaryProvider);
const certificateArnIn = certificates(stack, zone);

const gate = failbackGate(stack);
const regions = serveRegions(stack, zone, certificateArnIn, gate);
const page = maintenanceTier(stack, certificateArnIn);

const [oregon, dublin] = [regions.primary.tier, regions.standby.tier];
const oregonChecked = checked(oregon.entry, oregon.checkId);
const dublinChecked = checked(dublin.entry, dublin.checkId);

const live = failover(`live.${tree}`, oregonChecked, dublinChecked);
const reversed = failover(`reversed.${tree}`, dublinChecked, oregonChecked);
const { warmPercent } = settings.standby;
const trafficSplit =
  warmPercent === 0
    ? live
    : weighted(`split.${tree}`, [
        { key: "live", weight: 100 - warmPercent, route: live },
        { key: "reversed", weight: warmPercent, route: reversed },
      ]);
// Oregon, unchecked, comes before the maintenance page, in case the deep checks fail in both
// regions at once.
const anyRegion = failover(`any.${tree}`, trafficSplit, oregon.entry);

const published = new FailoverRecords(
  "orders",
  {
    zoneId: zone.zoneId,
    routes: settings.hostnames.map((name) => failover(name, anyRegion, page.routeOf(name))),
    ttlSeconds: currentTtlSeconds(settings.ttl),
  },
  { providers: [primaryProvider], dependsOn: [oregon.records, dublin.records] },
);

const { outside } = regions;
const operations = operate({ stack, zone, regions, outside, gate, published });
const gameDay = holdGameDays(stack, regions, operations, published);

export = outputsOf(stack, { zone, regions, page, operations, gameDay, gate });
