import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { RegionAlerts, hostedZone } from "../components";
import { refusable, stackValues } from "../config/stackValues";
import type { Exported } from "../outputs";
import { globalRegion } from "../routing/globalRegion";
import { nextStepOf } from "./outputs";
import type { ZoneOutputs } from "./outputs";
import { parseZoneSettings } from "./settings";

const settings = refusable(() => parseZoneSettings(stackValues()));
const { hostedZone: zoneName, alerts, ...options } = settings;
const tags = {
  Project: pulumi.getProject(),
  Environment: pulumi.getStack(),
  Contact: alerts.email,
};

// Route 53 accepts log groups, keys and alarms in no other region.
const northVirginia = new aws.Provider(globalRegion, { region: globalRegion });

const zone = hostedZone(
  "zone",
  { zoneName, comment: `Failover of names below ${zoneName}`, ...options, tags },
  northVirginia,
);

// The project that signs the zone also monitors it: the main program does not know whether it is
// signed.
const signing =
  zone.alarms.length === 0
    ? undefined
    : new RegionAlerts(
        "zone-alerts",
        { ...alerts, alarms: zone.alarms, tags },
        { providers: [northVirginia] },
      );

const { dsRecord, nameServers, zoneId } = zone;
const outputs: Exported<ZoneOutputs> = {
  zoneId,
  name: zoneName,
  nameServers,
  ...(dsRecord ? { dsRecord } : {}),
  ...(signing ? { alertTopicArn: signing.topicArn } : {}),
  nextStep: pulumi
    .all([nameServers, dsRecord ?? pulumi.output(undefined)])
    .apply(([servers, record]) =>
      nextStepOf({
        name: zoneName,
        nameServers: servers,
        ...(record === undefined ? {} : { dsRecord: record }),
      }),
    ),
};

export = outputs;
