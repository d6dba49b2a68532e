import { z } from "zod";
import * as dataRules from "../constraints/dataRules";
import * as gameDayRules from "../constraints/gameDayRules";
import * as gateRules from "../constraints/gateRules";
import * as rules from "../constraints/rules";
import type { Constraint } from "../constraints/rules";
import { valueAt } from "./paths";
import { email, flag, leaf, section, wholeError } from "./schemaParts";
import type { ComputeSettings, Settings } from "./settings";

const objectiveSecondsMax = 3600;
const propagationSecondsMax = 300;

const wholeSeconds = (most: number): Constraint =>
  rules.wholeNumber({ least: 0, most, unit: "seconds" }, "write the bare number, such as 60");
const oneOf = (...choices: readonly string[]): Constraint => ({
  must: choices.map((choice) => JSON.stringify(choice)).join(" or "),
  remedy: "write one of these words",
  holds: (value) => typeof value === "string" && choices.includes(value),
  jsonSchema: { enum: choices },
});
const lostOrders = rules.wholeNumber({ least: 0 }, "write how many orders may be lost, such as 0");
/** External endpoints, by availability zone. */
function byAvailabilityZone<Shape extends z.ZodRawShape>(
  shape: Shape,
): z.ZodRecord<z.ZodString, z.ZodObject<Shape, z.core.$strict>> {
  return z.record(
    z.string(),
    section(shape),
    wholeError({
      must: "a mapping with a key for each availability zone",
      remedy: "write the endpoint below each zone, such as us-west-2a",
    }),
  );
}

const kind = <K extends ComputeSettings["kind"]>(name: K): z.ZodLiteral<K> => z.literal(name);
const computeKinds: readonly ComputeSettings["kind"][] = [
  "instance",
  "balancer",
  "addresses",
  "alias",
];
const computeSchema = z
  .discriminatedUnion(
    "kind",
    [
      section({ kind: kind("instance") }),
      section({
        kind: kind("balancer"),
        instancesPerZone: leaf<number>(rules.instances).default(2),
      }),
      section({
        kind: kind("addresses"),
        endpoints: byAvailabilityZone({
          ipv4: leaf<string>(rules.publicIpv4),
          ipv6: leaf<string>(rules.publicIpv6).exactOptional(),
        }),
      }),
      section({
        kind: kind("alias"),
        endpoints: byAvailabilityZone({
          dnsName: leaf<string>(rules.balancerName),
          hostedZoneId: leaf<string>(rules.hostedZoneId),
        }),
      }),
    ],
    {
      error: ({ input }) =>
        typeof input === "object" && input !== null
          ? rules.reasonOf(oneOf(...computeKinds), valueAt(input, ["kind"]))
          : rules.reasonOf(
              { must: "a mapping with a kind", remedy: "write the keys below it" },
              input,
            ),
    },
  )
  .prefault({ kind: "instance" });

const pinnedSchema = section({
  siteSha256: leaf<string>(rules.siteSha256),
  imageId: leaf<string>(rules.imageId).exactOptional(),
});

const regionSchema = section({
  name: leaf<string>(rules.regionName),
  region: leaf<string>(rules.region),
  availabilityZones: z.tuple(
    [leaf<string>(rules.availabilityZone), leaf<string>(rules.availabilityZone)],
    wholeError({
      must: "a list of two availability zones",
      remedy: "name the one that serves first, then the one that takes over",
    }),
  ),
  cidrBlock: leaf<string>(rules.cidrBlock),
  instanceType: leaf<string>(rules.instanceType).default("t4g.micro"),
  imageId: leaf<string>(rules.imageId).exactOptional(),
  release: section({
    blue: leaf<number>(rules.weight),
    green: leaf<number>(rules.weight),
    pinned: section({
      blue: pinnedSchema.exactOptional(),
      green: pinnedSchema.exactOptional(),
    }).prefault({}),
  }).exactOptional(),
  capacity: section({
    runningPerZone: leaf<number>(rules.instances),
    reservedPerZone: leaf<number>(rules.instances),
  }).exactOptional(),
});

const gameDaySchema = section({
  enabled: leaf<boolean>(flag).default(false),
  durationMinutes: leaf<number>(gameDayRules.experimentMinutes).default(30),
  timeZone: leaf<string>(gameDayRules.timeZone).default("UTC"),
  schedules: z
    .array(
      section({
        experiment: leaf<string>(gameDayRules.experimentKey),
        cron: leaf<string>(gameDayRules.cron),
      }),
      wholeError({ must: "a list of experiments", remedy: "write experiment and cron for each" }),
    )
    .default([]),
  blockedWindows: z
    .array(
      section({
        from: leaf<string>(gameDayRules.localTime),
        to: leaf<string>(gameDayRules.localTime),
        why: leaf<string>(gameDayRules.reason),
      }),
      wholeError({ must: "a list of windows", remedy: "write from, to and why for each" }),
    )
    .default([]),
}).prefault({});

const gateSchema = section({
  mode: leaf<"off" | "created" | "attached">(oneOf("off", "created", "attached")).default(
    "created",
  ),
  approval: leaf<"manual" | "automatic">(oneOf("manual", "automatic")).default("manual"),
  approvers: leaf<number>(gateRules.approvers).default(1),
  soakMinutes: leaf<number>(gateRules.soakMinutes).default(15),
  remindHours: leaf<number>(gateRules.remindHours).default(4),
}).prefault({});

const unreachableSchema = section({
  region: leaf<string>(rules.region),
  imageId: leaf<string>(rules.imageId).exactOptional(),
  ipv6Addresses: z
    .record(
      z.string(),
      leaf<string>(rules.publicIpv6),
      wholeError({
        must: "a mapping with a key for each availability zone",
        remedy: "write its balancer's address below each",
      }),
    )
    .exactOptional(),
  checkersPrefixListIds: section({
    ipv4: leaf<string>(rules.prefixListId).exactOptional(),
    ipv6: leaf<string>(rules.prefixListId).exactOptional(),
  }).exactOptional(),
});

/** The schema of a stack's configuration. `Settings` documents each default. */
export const schema = section({
  hostedZone: leaf<string>(rules.zoneName),
  hostnames: z.tuple(
    [leaf<string>(rules.hostname)],
    leaf<string>(rules.hostname),
    wholeError({
      must: "a list of at least one name",
      remedy: "for example [orders.cafe.com]",
    }),
  ),
  ipv6: leaf<boolean>(flag).default(false),
  ttl: section({
    mode: leaf<"normal" | "maintenance">(oneOf("normal", "maintenance")).default("normal"),
    normalSeconds: leaf<number>(rules.ttlSeconds).default(60),
    maintenanceSeconds: leaf<number>(rules.ttlSeconds).default(60),
  }).prefault({}),
  regions: section({ primary: regionSchema, standby: regionSchema }),
  rollout: section({
    bakeMinutes: leaf<number>(rules.bakeMinutes).default(5),
    skipBakeUntil: leaf<string>(rules.minute).exactOptional(),
  }).prefault({}),
  standby: section({ warmPercent: leaf<number>(rules.warmPercent).default(0) }).prefault({}),
  compute: computeSchema,
  visitorNetworks: z
    .array(
      leaf<string>(rules.network),
      wholeError({ must: "a list of networks", remedy: "for example [203.0.113.0/24]" }),
    )
    .exactOptional(),
  orders: section({
    database: section({
      instanceClass: leaf<string>(dataRules.databaseClass).default("db.t4g.micro"),
      storageGibibytes: leaf<number>(dataRules.databaseGibibytes).default(20),
      connectionsMax: leaf<number>(dataRules.connections).default(100),
    }).prefault({}),
    cacheNodeType: leaf<string>(dataRules.cacheNodeType).default("cache.t4g.micro"),
    inBothZones: leaf<boolean>(flag).default(false),
    isProtected: leaf<boolean>(flag).default(false),
    quietHoursMax: leaf<number>(dataRules.quietHours).exactOptional(),
    backupCopies: section({
      region: leaf<string>(rules.region),
      days: leaf<number>(dataRules.backupDays).default(35),
    }).exactOptional(),
  }).prefault({}),
  staticTier: section({
    region: leaf<string>(rules.region),
    kind: leaf<"s3Website" | "cloudFront">(oneOf("s3Website", "cloudFront")).default("s3Website"),
    retryAfterSeconds: leaf<number>(rules.retryAfterSeconds).default(300),
  }),
  checks: section({
    endpoint: section({
      scheme: leaf<"http" | "https">(oneOf("http", "https")).default("http"),
      path: leaf<string>(rules.path).default("/healthcheck"),
      intervalSeconds: leaf<10 | 30>(rules.intervalSeconds).default(30),
      failureThreshold: leaf<number>(rules.failureThreshold).default(3),
      token: leaf<string>(rules.token).default("cafe-orders-ok"),
    }).prefault({}),
    region: section({
      path: leaf<string>(rules.path).default("/health.php"),
      intervalSeconds: leaf<10 | 30>(rules.intervalSeconds).default(30),
      failureThreshold: leaf<number>(rules.failureThreshold).default(6),
    }).prefault({}),
    metric: section({
      enabled: leaf<boolean>(flag).default(false),
      failureMinutes: leaf<number>(rules.failureMinutes).default(4),
    }).prefault({}),
  }).prefault({}),
  objectives: section({
    zoneOrRegionDetectionSeconds: leaf<number>(wholeSeconds(objectiveSecondsMax)),
    zoneOrRegionDowntimeSeconds: leaf<number>(wholeSeconds(objectiveSecondsMax)),
    databaseDowntimeSeconds: leaf<number>(wholeSeconds(objectiveSecondsMax)),
    ordersLost: leaf<number>(lostOrders),
  }),
  alerts: section({
    email: leaf<string>(email),
    topicName: leaf<string>(rules.topicName).default("CafeFailoverAlerts"),
    runbookUrl: leaf<string>(rules.runbookUrl).default("docs/runbook.md"),
  }),
  gameDay: gameDaySchema,
  gate: gateSchema,
  permissionsBoundary: leaf<string>(rules.policyName).exactOptional(),
  unreachable: unreachableSchema.exactOptional(),
  assumptions: section({
    propagationSeconds: leaf<number>(wholeSeconds(propagationSecondsMax)).default(10),
  }).prefault({}),
}) satisfies z.ZodType<Settings>;
