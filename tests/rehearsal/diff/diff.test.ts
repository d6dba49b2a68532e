import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { FailoverDiff } from "../../../rehearsal/diff/diff";
import { diffOf } from "../../../rehearsal/diff/diff";
import { changeText } from "../../../rehearsal/diff/declaredChange";
import { diffReport } from "../../../rehearsal/diff/report";
import { asMarkdown } from "../../../rehearsal/report/asMarkdown";
import { defaultFaultRates } from "../../../rehearsal/proof/faultRates";
import { fromExport } from "../../../routing/graph/fromExport";
import type { Resource, Value } from "../../../routing/graph/resource";
import { withProperty } from "../../program/mutations";
import { pair, record, resource, subnets, zone } from "../../routing/graph/stack";

const path = join(__dirname, "../../fixtures/dev-export.json");
const dev = fromExport(readFileSync(path, "utf8"), path);
const settings = { names: [], rates: defaultFaultRates, objectives: new Map() };

type Change = (resources: readonly Resource[]) => readonly Resource[];

function diffed(change: Change, before: readonly Resource[] = dev): FailoverDiff {
  return diffOf(
    { title: "main", resources: before },
    { title: "dev", resources: change(before) },
    settings,
  );
}

/** The start of the comment, of as many lines as a reader sees first. */
function firstLines(diff: FailoverDiff): string {
  return asMarkdown(diffReport(diff)).split("\n").slice(0, 3).join("\n");
}

function urnOf(name: string): string {
  const found = dev.find((one) => one.name === name && one.custom);
  if (!found) throw new Error(`${name}: no such resource`);
  return found.urn;
}

const set = (name: string, property: string, value?: Value): Change =>
  withProperty(urnOf(name), property, value);

const inOhio = (role: string): string => `ohio-records-ohio.orders.dev.cafe.com-A-${role}`;
const role = (type: string): Value => [{ type }];
const alias = (evaluateTargetHealth: boolean): Value => [
  { evaluateTargetHealth, name: "live.orders.dev.cafe.com", zoneId: "Z1EDA3635BAFE" },
];

/** A second hostname with the tiers of the first, but for the page. */
const withHostname: Change = (resources) => {
  const copies = resources
    .filter(({ name }) => name.startsWith("orders-any.orders.dev.cafe.com-A-"))
    .map((one): Resource => ({
      ...one,
      name: one.name.replace("any.orders", "shop"),
      urn: one.urn.replace("any.orders", "shop"),
      inputs: { ...one.inputs, name: "shop.dev.cafe.com" },
      outputs: { ...one.outputs, name: "shop.dev.cafe.com", fqdn: "shop.dev.cafe.com" },
    }));
  return [
    ...resources.map((one) =>
      one.type === "pulumi:pulumi:Stack"
        ? {
            ...one,
            outputs: { ...one.outputs, hostnames: ["orders.dev.cafe.com", "shop.dev.cafe.com"] },
          }
        : one,
    ),
    ...copies,
  ];
};

/** Two places by weight. */
const weighted = (first: number): readonly Resource[] => [
  zone,
  ...subnets,
  ...[first, 10].map((weight, index) =>
    record(`www-${index}`, {
      setIdentifier: `side-${index}`,
      weightedRoutingPolicies: [{ weight }],
      records: [`198.51.100.${index + 1}`],
    }),
  ),
];

/** A distribution of CloudFront behind two servers. */
const distributed = (properties: Readonly<Record<string, Value>>): readonly Resource[] => [
  ...pair({ records: ["198.51.100.1"] }, { ipAddress: "198.51.100.1" }),
  record("page", { name: "page.a.test", aliases: [{ name: "d1.cloudfront.net", zoneId: "Z2" }] }),
  resource("aws:cloudfront/distribution:Distribution", "cdn", {
    ...{ domainName: "d1.cloudfront.net", enabled: true, aliases: ["page.a.test"] },
    ...properties,
  }),
];

/** A check of an alarm, and another alarm with the same threshold. */
const alarmed = (threshold: number): readonly Resource[] => [
  ...pair(
    { records: ["198.51.100.1"] },
    { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "alarm" },
  ),
  ...["alarm", "other"].map((name) =>
    resource("aws:cloudwatch/metricAlarm:MetricAlarm", name, {
      ...{ name, threshold, period: 60, evaluationPeriods: 1 },
    }),
  ),
];

/** Each mutation, and what the first three lines have to name. */
const mutations: readonly (readonly [string, () => FailoverDiff, named: RegExp])[] = [
  [
    "a longer TTL",
    () =>
      diffed((all) =>
        set(inOhio("secondary"), "ttl", 300)(set(inOhio("primary"), "ttl", 300)(all)),
      ),
    /TTL 60 → 300 s .*ohio\.orders/,
  ],
  [
    "a higher threshold",
    () => diffed(set("ohio-us-east-2a-check", "failureThreshold", 10)),
    /Failure threshold 3 → 10 .*ohio-us-east-2a-check/,
  ],
  [
    "a dropped check",
    () => diffed(set(inOhio("primary"), "healthCheckId")),
    /Health check ohio-us-east-2a-check → none .*ohio\.orders/,
  ],
  [
    "an alias that no longer evaluates its target",
    () => diffed(set("orders-any.orders.dev.cafe.com-A-primary", "aliases", alias(false))),
    /Evaluate target health on → off .*any\.orders/,
  ],
  [
    "a removed tier",
    () =>
      diffed((all) =>
        all.filter(({ name }) => name !== "orders-any.orders.dev.cafe.com-A-secondary"),
      ),
    /Tier removed .*any\.orders\.dev\.cafe\.com A .*secondary/,
  ],
  [
    "another weight",
    () => diffed(() => weighted(90), weighted(50)),
    /weight 50 → weight 90 .*www\.a\.test/,
  ],
  [
    "regions in another order",
    () =>
      diffed((all) =>
        set(
          "orders-live.orders.dev.cafe.com-A-secondary",
          "failoverRoutingPolicies",
          role("PRIMARY"),
        )(
          set(
            "orders-live.orders.dev.cafe.com-A-primary",
            "failoverRoutingPolicies",
            role("SECONDARY"),
          )(all),
        ),
      ),
    /PRIMARY → SECONDARY .*live\.orders/,
  ],
  [
    "an inverted check",
    () => diffed(set("virginia-deep-check", "invertHealthcheck", true)),
    /Inverted no → yes .*virginia-deep-check/,
  ],
  [
    "a larger machine",
    () => diffed(set("ohio-us-east-2a-instance", "instanceType", "t4g.large")),
    /Instance type t4g\.micro → t4g\.large .*ohio-us-east-2a-instance.*\+\d+\.\d\d USD/,
  ],
  [
    "other names of a distribution, which are not judged",
    () => diffed(() => distributed({ aliases: ["other.a.test"] }), distributed({})),
    /no worse than main in what is judged\n\n.*Aliases page\.a\.test → other\.a\.test \(cdn\)/,
  ],
  [
    "a disabled distribution",
    () => diffed(() => distributed({ enabled: false }), distributed({})),
    /worse than main\n\n.*Enabled yes → no \(cdn\): page\.a\.test A: a dead answer while all is well, with nothing failed; page\.a\.test A: with nothing failed, cdn → cdn DEAD/,
  ],
  [
    "another origin of a distribution",
    () =>
      diffed(
        () => distributed({ origins: [{ domainName: "b.test" }] }),
        distributed({ origins: [{ domainName: "A.test." }] }),
      ),
    /Origins a\.test → b\.test \(cdn\)/,
  ],
  [
    "another port of a check, whose answer is not judged",
    () => diffed(set("virginia-deep-check", "port", 8443)),
    /no worse than main in what is judged\n\n.*Port \d+ → 8443 \(virginia-deep-check\).*; not judged: what virginia-deep-check then reports/,
  ],
  [
    "K5: another threshold of an alarm that a check watches",
    () => diffed(() => alarmed(1000), alarmed(10)),
    /no worse than main in what is judged\n\n.*Threshold 10 → 1000 \(alarm\): .*; not judged: what alarm then reports/,
  ],
  ["one more hostname", () => diffed(withHostname), /Hostname added .*shop\.dev\.cafe\.com/],
];

describe("the comparison of two states", () => {
  it("says nothing of an alarm that no check watches", () => {
    const subjects = diffed(() => alarmed(1000), alarmed(10)).declared.map(
      ({ subject }) => subject,
    );
    expect(subjects).to.deep.equal(["alarm"]);
  });

  it("names another alarm of a check", () => {
    const other = (all: readonly Resource[]): readonly Resource[] =>
      withProperty(
        all.find(({ name }) => name === "check")?.urn ?? "",
        "cloudwatchAlarmName",
        "other",
      )(all);
    expect(diffed(other, alarmed(10)).declared).to.deep.equal([
      { kind: "watched", what: "alarm alarm → other", subject: "check", resource: "check" },
    ]);
  });

  it("writes a unit after the last figure", () => {
    const texts = [
      ["60", "300"],
      ["60", ""],
      ["", "60"],
    ].map(([from = "", to = ""]) => changeText("TTL", from, to, "s"));
    expect(texts).to.deep.equal(["TTL 60 → 300 s", "TTL 60 s → none", "TTL none → 60 s"]);
  });

  it("says first that nothing changes", () => {
    const diff = diffed((all) => all);
    expect(diff.outcome).to.equal("same");
    expect(asMarkdown(diffReport(diff))).to.equal(
      "### No change: failover of dev, compared with main\n\n**✓ No change to records, checks, answers, seconds or cost.**\n",
    );
  });

  it("counts a name with a tree that Route 53 rejects on neither side, and finds no saving", () => {
    const diff = diffed(set(inOhio("primary"), "healthCheckId"));
    expect(diff.cost?.uncounted?.map(({ name }) => name)).to.deep.equal(["orders.dev.cafe.com"]);
    expect(diff.cost?.totals.difference).to.deep.equal({ steady: 0, failedOver: 0, gameDays: 0 });
    const report = diffReport(diff);
    expect(report.verdict?.text).not.to.include("USD");
    expect(asMarkdown(report)).to.include(
      "Monthly cost: unknown, 0.00 USD of what can be compared",
    );
  });

  it("says that the cost of a resource is unknown whose price is known on one side only", () => {
    const diff = diffed(set("ohio-us-east-2a-instance", "instanceType", "t4g.imagined"));
    const report = diffReport(diff);
    expect(report.verdict?.text).to.match(/; not compared: the cost of ohio-us-east-2a-instance$/);
    expect(asMarkdown(report)).to.include(
      "Monthly cost: unknown, 0.00 USD of what can be compared",
    );
  });

  for (const [title, diff, named] of mutations) {
    it(`names ${title} in the first three lines`, () => {
      expect(firstLines(diff()).replaceAll("\\", "")).to.match(named);
    });
  }

  it("takes a longer time within a looser objective for worse, and within the same one for slower", () => {
    const longer = (all: readonly Resource[]): readonly Resource[] =>
      set(inOhio("secondary"), "ttl", 70)(set(inOhio("primary"), "ttl", 70)(all));
    const promising = (
      seconds: number | undefined,
      resources: readonly Resource[],
    ): readonly Resource[] =>
      resources.map((one) =>
        one.type === "pulumi:pulumi:Stack"
          ? {
              ...one,
              outputs: {
                ...one.outputs,
                objectives: seconds === undefined ? {} : { zoneOrRegionDowntimeSeconds: seconds },
              },
            }
          : one,
      );
    const from = promising(300, dev);
    const [same, looser, first] = [
      diffed((all) => promising(300, longer(all)), from),
      diffed((all) => promising(301, longer(all)), from),
      diffed((all) => promising(300, longer(all)), promising(undefined, dev)),
    ];
    expect([same.outcome, diffReport(same).title]).to.deep.equal([
      "changed",
      "Failover of dev: slower than main, within the objectives",
    ]);
    expect([looser.outcome, looser.worse[0]?.text]).to.deep.equal([
      "worse",
      "downtime of us-east-2 when it hangs in the body 184 s → 194 s (orders.dev.cafe.com A)",
    ]);
    expect(first.outcome).to.equal("changed");
  });
});
