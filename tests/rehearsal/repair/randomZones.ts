import { Draws } from "../../routing/random/draws";
import type { ForeignZone } from "./zones";
import { listedRecords } from "./zones";

/** A sound zone of plain addresses, and the mistakes that were made in it. */
export interface BrokenZone extends ForeignZone {
  readonly mistakes: readonly string[];
}

/** A check as `aws route53 list-health-checks` prints it. */
interface ListedCheck {
  readonly Id: string;
  readonly HealthCheckConfig: Readonly<Record<string, unknown>>;
}

interface ListedZone {
  readonly records: readonly ListedRecord[];
  readonly checks: readonly ListedCheck[];
}

interface ListedRecord {
  readonly SetIdentifier: string;
  readonly HealthCheckId?: string;
  readonly [property: string]: unknown;
}

interface Mistake {
  readonly title: string;
  readonly of: (zone: ListedZone) => ListedZone;
}

/** Policies of a group of plain addresses, by the place of a record in it. */
const policies: readonly ((index: number) => object)[] = [
  (index) => ({ Failover: index === 0 ? "PRIMARY" : "SECONDARY" }),
  () => ({ Weight: 10 }),
  () => ({ MultiValueAnswer: true }),
];

/**
 * A name with a choice of two or three addresses, or two such names below a failover of aliases. The check of
 * a record probes its address; every third record has a calculated check of that one above it.
 */
function soundZone(draws: Draws): ListedZone {
  const names = draws.isIn(50) ? ["app"] : ["west", "east"];
  const records: ListedRecord[] = [];
  const checks: ListedCheck[] = [];
  const added = (HealthCheckConfig: ListedCheck["HealthCheckConfig"]): string => {
    const Id = `00000000-0000-4000-8000-${String(checks.length + 1).padStart(12, "0")}`;
    checks.push({ Id, HealthCheckConfig });
    return Id;
  };
  for (const name of names) {
    const policy = draws.of(policies);
    const count = policy === policies[0] ? 2 : 2 + draws.below(2);
    for (let index = 0; index < count; index += 1) {
      const IPAddress = `8.8.4.${records.length + 1}`;
      const probe = added({
        Type: "HTTP_STR_MATCH",
        SearchString: "ok",
        IPAddress,
        Port: 80,
        ResourcePath: "/",
        RequestInterval: 10,
        FailureThreshold: 3,
      });
      records.push({
        Name: `${name}.example.org.`,
        SetIdentifier: `${name}-${index + 1}`,
        TTL: 60,
        ResourceRecords: [{ Value: IPAddress }],
        HealthCheckId: draws.isIn(33)
          ? added({ Type: "CALCULATED", HealthThreshold: 1, ChildHealthChecks: [probe] })
          : probe,
        ...policy(index),
      });
    }
  }
  const tiers = names.length === 1 ? [] : names;
  const aliases = tiers.map((name, index) => ({
    SetIdentifier: `app-${name}`,
    Failover: index === 0 ? "PRIMARY" : "SECONDARY",
    AliasTarget: {
      HostedZoneId: "Z222",
      DNSName: `${name}.example.org.`,
      EvaluateTargetHealth: true,
    },
  }));
  return { records: [...records, ...aliases], checks };
}

/** All mistakes with the checks of a zone. */
function mistakesIn({ records, checks }: ListedZone): readonly Mistake[] {
  const addresses = checks.flatMap(({ HealthCheckConfig }) => HealthCheckConfig["IPAddress"] ?? []);
  const withCheck = (id: string, change: ListedCheck["HealthCheckConfig"]): Mistake["of"] => {
    return (zone) => ({
      ...zone,
      checks: zone.checks.map((one) =>
        one.Id === id
          ? { ...one, HealthCheckConfig: { ...one.HealthCheckConfig, ...change } }
          : one,
      ),
    });
  };
  return [
    ...checks.flatMap(({ Id, HealthCheckConfig }): readonly Mistake[] => {
      const address = HealthCheckConfig["IPAddress"];
      const place = addresses.indexOf(address ?? "");
      const other = addresses[(place + 1) % addresses.length];
      return [
        { title: `${Id} inverted`, of: withCheck(Id, { Inverted: true }) },
        { title: `${Id} disabled`, of: withCheck(Id, { Disabled: true }) },
        ...(address === undefined
          ? []
          : [{ title: `${Id} probes another address`, of: withCheck(Id, { IPAddress: other }) }]),
      ];
    }),
    ...records
      .filter(({ HealthCheckId }) => HealthCheckId !== undefined)
      .map(({ SetIdentifier }) => ({
        title: `${SetIdentifier} without its check`,
        of: (zone: ListedZone): ListedZone => ({
          ...zone,
          records: zone.records.map(({ HealthCheckId, ...one }) =>
            one.SetIdentifier === SetIdentifier || HealthCheckId === undefined
              ? one
              : { ...one, HealthCheckId },
          ),
        }),
      })),
  ];
}

/** A zone with some mistakes, the same for the same seed. */
export function brokenZone(seed: number, mistakesCount: number): BrokenZone {
  const draws = new Draws(seed);
  const sound = soundZone(draws);
  const left = [...mistakesIn(sound)];
  const mistakes = draws.times(mistakesCount, () =>
    draws.of(left.splice(draws.below(left.length), 1)),
  );
  const { records, checks } = mistakes.reduce((zone, { of }) => of(zone), sound);
  return {
    title: `zone ${seed}`,
    name: "app.example.org",
    mistakes: mistakes.map(({ title }) => title),
    files: {
      "records.json": listedRecords(records),
      "checks.json": {
        HealthChecks: checks.map((one) => ({ ...one, CallerReference: one.Id })),
      },
    },
  };
}
