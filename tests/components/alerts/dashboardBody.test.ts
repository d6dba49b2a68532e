import { expect } from "chai";
import { dashboardBody } from "../../../components/alerts/dashboardBody";
import type { DashboardPlan, ShownRegion } from "../../../components/alerts/dashboardBody";
import { stacked } from "../../../components/alerts/dashboardWidgets";
import type { DashboardBody, Unplaced, Widget } from "../../../components/alerts/dashboardWidgets";
import { dashboardSchema } from "./dashboardSchema";

const region = (
  name: string,
  code: string,
  more: Partial<ShownRegion<string>> = {},
): ShownRegion<string> => ({
  name,
  region: code,
  availabilityZones: [
    { availabilityZone: `${code}a`, checkIds: { A: `${code}a-4`, AAAA: `${code}a-6` } },
    { availabilityZone: `${code}b`, checkIds: { A: `${code}b-4` } },
  ],
  deepCheckId: `${name}-deep`,
  checkId: `${name}-region`,
  metrics: {},
  ...more,
});

const least: DashboardPlan<string> = {
  hostname: "orders.cafe.com",
  hostedZoneId: "Z1",
  regions: [region("oregon", "us-west-2"), region("dublin", "eu-west-1")],
  warmPercent: 0,
  alarmArns: ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:one"],
  runbookUrl: "https://example.test/runbook.md",
};

const full: DashboardPlan<string> = {
  ...least,
  regions: [
    region("oregon", "us-west-2", {
      metricCheckId: "oregon-metric",
      metrics: {
        "us-west-2a-instance": {
          namespace: "AWS/EC2",
          name: "StatusCheckFailed",
          dimensions: { InstanceId: "i-1" },
          statistic: "Maximum",
          periodSeconds: 60,
        },
        "us-west-2b-no-healthy-target": {
          namespace: "AWS/NetworkELB",
          name: "HealthyHostCount",
          dimensions: { LoadBalancer: "net/a/1", TargetGroup: "targetgroup/b/2" },
          statistic: "Minimum",
          periodSeconds: 60,
        },
      },
    }),
    region("dublin", "eu-west-1", { metricCheckId: "dublin-metric" }),
  ],
  syntheticOrders: {
    region: "us-east-2",
    entryNames: ["oregon.orders.cafe.com", "dublin.orders.cafe.com"],
  },
};

const titleOf = ({ type, properties }: Widget): string =>
  type === "text" ? (properties.markdown.split("\n")[0] ?? "") : properties.title;

function widgetOf(body: DashboardBody, title: string): Widget {
  const found = body.widgets.find((widget) => titleOf(widget) === title);
  if (!found) throw new Error(`no widget ${title}`);
  return found;
}

describe("dashboardBody", () => {
  for (const [title, plan] of [
    ["a minimal plan", least],
    ["a full plan", full],
    [
      "more alarms than a widget may show",
      { ...least, alarmArns: Array.from({ length: 101 }, (_, index) => `arn:${index}`) },
    ],
  ] as const) {
    it(`matches CloudWatch's documented format, for ${title}`, () => {
      const parsed = dashboardSchema.safeParse(dashboardBody(plan));
      expect(parsed.error?.issues ?? []).to.deep.equal([]);
    });
  }

  it("shows the public name first, then the tiers in order", () => {
    expect(dashboardBody(full).widgets.map(titleOf)).to.deep.equal([
      "# Failover of orders.cafe.com",
      "Serving regions, according to the checks (IPv4)",
      "DNS queries per minute",
      "Alarms, active ones first",
      "## Region tier",
      "oregon (us-west-2): region check and its children",
      "dublin (eu-west-1): region check and its children",
      "Successful synthetic orders, placed from us-east-2",
      "## Availability-zone tier",
      "oregon: zone checks",
      "oregon: healthy checkers, in percent",
      "dublin: zone checks",
      "dublin: healthy checkers, in percent",
      "oregon: instances and stores",
      "dublin: instances and stores",
      "## Static tier",
    ]);
  });

  it("omits the widgets of absent parts", () => {
    const titles = dashboardBody(least).widgets.map(titleOf);
    expect(titles).not.to.include("Successful synthetic orders, placed from us-east-2");
    expect(titles).not.to.include("oregon: instances and stores");
  });

  it("has no overlapping widgets, and no gap in a row", () => {
    const cells = new Set<string>();
    for (const { x, y, width, height } of dashboardBody(full).widgets) {
      for (let column = x; column < x + width; column++) {
        for (let row = y; row < y + height; row++) {
          expect(cells.has(`${column} ${row}`)).to.equal(false);
          cells.add(`${column} ${row}`);
        }
      }
    }
    const rows = new Set([...cells].map((cell) => cell.split(" ")[1]));
    expect(cells.size).to.equal(rows.size * 24);
  });

  it("shows each check's status and its share of healthy checkers, by family", () => {
    const status = widgetOf(dashboardBody(full), "oregon: zone checks");
    expect(status.properties).to.deep.include({
      region: "us-east-1",
      stat: "Minimum",
      period: 60,
      metrics: [
        [
          "AWS/Route53",
          "HealthCheckStatus",
          "HealthCheckId",
          "us-west-2a-4",
          { label: "us-west-2a" },
        ],
        [
          "AWS/Route53",
          "HealthCheckStatus",
          "HealthCheckId",
          "us-west-2a-6",
          { label: "us-west-2a IPv6" },
        ],
        [
          "AWS/Route53",
          "HealthCheckStatus",
          "HealthCheckId",
          "us-west-2b-4",
          { label: "us-west-2b" },
        ],
      ],
    });
    const share = widgetOf(dashboardBody(full), "oregon: healthy checkers, in percent");
    expect(share.properties).to.deep.include({
      region: "us-east-1",
      stat: "Average",
      annotations: { horizontal: [{ label: "failover threshold", value: 18 }] },
      metrics: ["us-west-2a-4", "us-west-2a-6", "us-west-2b-4", "oregon-deep"].map((id, index) => [
        "AWS/Route53",
        "HealthCheckPercentageHealthy",
        "HealthCheckId",
        id,
        { label: ["us-west-2a", "us-west-2a IPv6", "us-west-2b", "deep check"][index] },
      ]),
    });
  });

  it("shows a region's check with its children", () => {
    const { properties } = widgetOf(
      dashboardBody(full),
      "oregon (us-west-2): region check and its children",
    );
    expect(properties).to.deep.include({
      metrics: [
        ["oregon-region", "region check"],
        ["oregon-deep", "deep check"],
        ["oregon-metric", "synthetic orders"],
      ].map(([id, label]) => ["AWS/Route53", "HealthCheckStatus", "HealthCheckId", id, { label }]),
    });
  });

  it("shows synthetic orders and machines in the regions where their metrics are", () => {
    const body = dashboardBody(full);
    expect(
      widgetOf(body, "Successful synthetic orders, placed from us-east-2").properties,
    ).to.deep.include({
      region: "us-east-2",
      metrics: ["oregon", "dublin"].map((name) => [
        "failover",
        "SyntheticOrderSucceeded",
        "EntryName",
        `${name}.orders.cafe.com`,
        { label: `${name}.orders.cafe.com` },
      ]),
    });
    expect(widgetOf(body, "oregon: instances and stores").properties).to.deep.include({
      region: "us-west-2",
      metrics: [
        [
          "AWS/EC2",
          "StatusCheckFailed",
          "InstanceId",
          "i-1",
          { label: "us-west-2a-instance", stat: "Maximum" },
        ],
        [
          "AWS/NetworkELB",
          "HealthyHostCount",
          "LoadBalancer",
          "net/a/1",
          "TargetGroup",
          "targetgroup/b/2",
          { label: "us-west-2b-no-healthy-target", stat: "Minimum" },
        ],
      ],
    });
  });

  it("shows a hundred alarms, the maximum of a widget", () => {
    const alarmArns = Array.from({ length: 101 }, (_, index) => `arn:${index}`);
    const { properties } = widgetOf(
      dashboardBody({ ...least, alarmArns }),
      "Alarms, active ones first",
    );
    expect(properties).to.deep.include({ alarms: alarmArns.slice(0, 100) });
  });

  it("treats a zone without a check as always healthy", () => {
    const zones = [
      { availabilityZone: "us-west-2a", checkIds: {} },
      { availabilityZone: "us-west-2b", checkIds: { A: "b" } },
    ] as const;
    const body = dashboardBody({
      ...least,
      regions: [region("oregon", "us-west-2", { availabilityZones: zones }), least.regions[1]],
    });
    const { properties } = widgetOf(body, "Serving regions, according to the checks (IPv4)");
    expect((properties as { metrics: readonly unknown[] }).metrics[1]).to.deep.equal([
      { expression: "1", id: "b1a", visible: false },
    ]);
    expect(dashboardSchema.safeParse(body).success).to.equal(true);
  });
});

describe("the dashboard during a release", () => {
  const zones = [
    { availabilityZone: "us-west-2a", checkIds: { A: "green-a-4", AAAA: "green-a-6" } },
    { availabilityZone: "us-west-2b", checkIds: { A: "green-b-4" } },
  ] as const;
  const bodyWith = (blue: number, green: number): DashboardBody => {
    const side = { weights: { blue, green }, availabilityZones: zones, deepCheckId: "green-deep" };
    const oregon = region("oregon", "us-west-2", { green: side });
    return dashboardBody({ ...least, regions: [oregon, least.regions[1]], warmPercent: 10 });
  };
  const rowsOf = (body: DashboardBody, title: string): readonly unknown[] =>
    (widgetOf(body, title).properties as { metrics: readonly unknown[] }).metrics;

  it("shows the checks of both sides", () => {
    const body = bodyWith(95, 5);
    expect(dashboardSchema.safeParse(body).success).to.equal(true);
    const labels = rowsOf(body, "oregon: zone checks").map(
      (row) => ((row as readonly unknown[]).at(-1) as { label: string }).label,
    );
    expect(labels).to.deep.equal([
      "us-west-2a",
      "us-west-2a IPv6",
      "us-west-2b",
      "us-west-2a green",
      "us-west-2a green IPv6",
      "us-west-2b green",
    ]);
    const title = "oregon (us-west-2): region check and its children";
    expect(rowsOf(body, title).at(-1)).to.deep.equal([
      "AWS/Route53",
      "HealthCheckStatus",
      "HealthCheckId",
      "green-deep",
      { label: "deep check of green" },
    ]);
  });

  it("draws the zones of each side that gets traffic, and of no other", () => {
    const places = (body: DashboardBody): readonly unknown[] =>
      rowsOf(body, "Serving regions, according to the checks (IPv4)").flatMap((row) => {
        const { label } = (row as readonly unknown[]).at(-1) as { label?: string };
        return label?.startsWith("us-west") ? [label] : [];
      });
    const blue = ["us-west-2a", "us-west-2b"];
    const green = blue.map((zone) => `${zone} green`);
    expect(places(bodyWith(95, 5))).to.deep.equal([...blue, ...green]);
    expect(places(bodyWith(100, 0))).to.deep.equal(blue);
    expect(places(bodyWith(0, 100))).to.deep.equal(green);
  });
});

describe("the schema of a dashboard", () => {
  const body = JSON.parse(JSON.stringify(dashboardBody(full))) as {
    widgets: { x: number; properties: Record<string, unknown> }[];
  };
  const faulty: readonly [title: string, change: (copy: typeof body) => void][] = [
    ["a widget beyond the grid", ({ widgets }) => Object.assign(widgets[3] ?? {}, { x: 20 })],
    [
      "a period of 30 s",
      ({ widgets }) => Object.assign(widgets[1]?.properties ?? {}, { period: 30 }),
    ],
    ["a metric widget without a region", ({ widgets }) => delete widgets[1]?.properties["region"]],
    [
      "an alarm widget without alarms",
      ({ widgets }) => Object.assign(widgets[3]?.properties ?? {}, { alarms: [] }),
    ],
    [
      "an unknown property",
      ({ widgets }) => Object.assign(widgets[1]?.properties ?? {}, { colour: 1 }),
    ],
    [
      "a dimension without a value",
      ({ widgets }) => Object.assign(widgets[2]?.properties ?? {}, { metrics: [["a", "b", "c"]] }),
    ],
    [
      "a widget of another type",
      ({ widgets }) => Object.assign(widgets[0] ?? {}, { type: "picture" }),
    ],
  ];
  for (const [title, change] of faulty) {
    it(`refuses ${title}`, () => {
      const copy = structuredClone(body);
      change(copy);
      expect(dashboardSchema.safeParse(copy).success).to.equal(false);
    });
  }
});

describe("stacked", () => {
  const text = (width: number, height: number): Unplaced => ({
    type: "text",
    width,
    height,
    properties: { markdown: "" },
  });

  it("puts a row below the highest widget of the row above", () => {
    const placed = stacked([[text(6, 2), text(6, 5)], [], [text(24, 1)]]);
    expect(placed.map(({ x, y }) => [x, y])).to.deep.equal([
      [0, 0],
      [6, 0],
      [0, 5],
    ]);
  });
});
