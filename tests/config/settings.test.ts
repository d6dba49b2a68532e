import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { parse } from "yaml";
import { currentTtlSeconds, loadSettings, parseSettings } from "../../config";
import type { Settings } from "../../config";
import { InputError } from "../../routing/inputError";
import { faults, faultsOf, least, withValues } from "./configSamples";
import type { Raw } from "./configSamples";

const stackFile = (stack: string): Raw => {
  const file = readFileSync(join(__dirname, `../../Pulumi.${stack}.yaml`), "utf8");
  return (parse(file) as { config: Raw }).config;
};

describe("parseSettings", () => {
  it("fills in the defaults", () => {
    const { regions, ttl, checks, assumptions, compute, ipv6, staticTier, alerts } =
      parseSettings(least);
    expect(alerts).to.deep.equal({
      email: "ops-team@cafe.com",
      topicName: "CafeFailoverAlerts",
      runbookUrl: "docs/runbook.md",
    });
    expect([compute, ipv6]).to.deep.equal([{ kind: "instance" }, false]);
    expect(staticTier).to.deep.equal({
      region: "us-east-2",
      kind: "s3Website",
      retryAfterSeconds: 300,
    });
    expect([regions.primary.instanceType, regions.standby.instanceType]).to.deep.equal([
      "t4g.micro",
      "t4g.micro",
    ]);
    expect(ttl).to.deep.equal({ mode: "normal", normalSeconds: 60, maintenanceSeconds: 60 });
    expect(checks).to.deep.equal({
      endpoint: {
        scheme: "http",
        path: "/healthcheck",
        intervalSeconds: 30,
        failureThreshold: 3,
        token: "cafe-orders-ok",
      },
      region: { path: "/health.php", intervalSeconds: 30, failureThreshold: 6 },
      metric: { enabled: false, failureMinutes: 4 },
    });
    expect(assumptions).to.deep.equal({ propagationSeconds: 10 });
  });

  it("keeps a stack's values", () => {
    const raw = withValues({
      hostnames: ["orders.cafe.com", "shop.cafe.com"],
      "ttl.mode": "maintenance",
      "ttl.maintenanceSeconds": 5,
      "checks.endpoint.intervalSeconds": 10,
      "assumptions.propagationSeconds": 0,
    });
    const settings = parseSettings(raw);
    expect(settings.hostnames).to.deep.equal(["orders.cafe.com", "shop.cafe.com"]);
    expect(settings.ttl).to.deep.equal({
      mode: "maintenance",
      normalSeconds: 60,
      maintenanceSeconds: 5,
    });
    expect(settings.checks.endpoint.intervalSeconds).to.equal(10);
    expect(settings.assumptions.propagationSeconds).to.equal(0);
  });

  for (const [title, values, line] of faults) {
    it(`refuses ${title}`, () => {
      expect(faultsOf(values)).to.deep.equal([line]);
    });
  }

  it("refuses a standby in the primary's region, and its zones too", () => {
    const lines = faultsOf({ "regions.standby.region": "us-west-2" });
    expect(lines).to.deep.equal([
      'regions.standby.region: must be different from regions.primary.region, got "us-west-2"; a standby must not share a failure domain with its primary',
      'regions.standby.availabilityZones[0]: must be a zone of regions.standby.region us-west-2, got "eu-west-1a"; name one of its zones',
      'regions.standby.availabilityZones[1]: must be a zone of regions.standby.region us-west-2, got "eu-west-1b"; name one of its zones',
    ]);
  });

  it("reports faults of keys, of values and between values all at once", () => {
    const lines = faultsOf({
      "checks.endpoint.interval": 10,
      "checks.endpoint.treshold": 3,
      "ttl.mode": 60,
      "regions.standby.cidrBlock": "10.10.0.0/24",
    });
    expect(lines).to.have.members([
      "checks.endpoint.interval: unknown key, got 10; did you mean intervalSeconds?",
      "checks.endpoint.treshold: unknown key, got 3; did you mean failureThreshold?",
      'ttl.mode: must be "normal" or "maintenance", got 60; write one of these words',
      'regions.standby.cidrBlock: must be apart from regions.primary.cidrBlock 10.10.0.0/16, got "10.10.0.0/24"; give it a separate block',
    ]);
  });

  it("reports everything that is missing in an empty configuration", () => {
    let lines: readonly string[] = [];
    try {
      parseSettings({});
    } catch (error) {
      lines = (error as InputError).faults;
    }
    expect(lines.map((line) => line.split(":")[0])).to.deep.equal([
      "hostedZone",
      "hostnames",
      "regions",
      "staticTier",
      "objectives",
      "alerts",
    ]);
  });

  const boundaries: readonly [path: string, values: readonly unknown[]][] = [
    ["ttl.normalSeconds", [0, 300]],
    ["checks.endpoint.intervalSeconds", [10, 30]],
    ["checks.endpoint.failureThreshold", [1, 10]],
    ["regions.primary.cidrBlock", ["10.10.0.0/16", "10.10.0.0/24", "10.19.0.0/16", "10.21.0.0/16"]],
    ["checks.metric.failureMinutes", [1, 30]],
    ["objectives.databaseDowntimeSeconds", [0, 3600]],
    ["assumptions.propagationSeconds", [0, 300]],
  ];
  for (const [path, values] of boundaries) {
    it(`accepts ${path} at its boundaries`, () => {
      expect(values.flatMap((value) => faultsOf({ [path]: value }))).to.deep.equal([]);
    });
  }
});

describe("loadSettings", () => {
  const load = (config: Record<string, string>): Settings => {
    const mocks = { call: () => ({}), newResource: () => ({ id: "", state: {} }) };
    void pulumi.runtime.setMocks(mocks, "failover", "dev");
    pulumi.runtime.setAllConfig(config);
    return loadSettings();
  };
  /** As the CLI passes it: lists and mappings as JSON. */
  const handedOver = (config: Raw): Record<string, string> =>
    Object.fromEntries(
      Object.entries(config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    );

  afterEach(() => {
    pulumi.runtime.setAllConfig({});
  });

  it("reads its own namespace, as the CLI passes it", () => {
    const settings = load(handedOver(stackFile("dev")));
    expect(settings.hostnames).to.deep.equal(["orders.dev.cafe.com"]);
    expect(settings.regions.standby.availabilityZones).to.deep.equal(["us-east-1a", "us-east-1b"]);
  });

  it("parses the text true as true", () => {
    expect(load(handedOver(stackFile("prod"))).ipv6).to.equal(true);
  });

  it("reports each fault with its file, without a stack trace in the CLI", () => {
    const config = handedOver({ ...stackFile("dev"), "failover:hostnames": "[oops" });
    let caught: unknown;
    try {
      load(config);
    } catch (error) {
      caught = error;
    }
    expect(pulumi.RunError.isInstance(caught)).to.equal(true);
    expect((caught as Error).message).to.equal(
      'Pulumi.dev.yaml: hostnames: must be a list of at least one name, got "[oops"; for example [orders.cafe.com]',
    );
  });
});

describe("currentTtlSeconds", () => {
  const ttl = { normalSeconds: 300, maintenanceSeconds: 60 };

  it("is that of the mode", () => {
    expect(currentTtlSeconds({ ...ttl, mode: "normal" })).to.equal(300);
    expect(currentTtlSeconds({ ...ttl, mode: "maintenance" })).to.equal(60);
  });
});

describe("the stack files", () => {
  const own = (stack: string): Settings =>
    parseSettings(
      Object.fromEntries(
        Object.entries(stackFile(stack))
          .filter(([key]) => key.startsWith("failover:"))
          .map(([key, value]) => [key.replace("failover:", ""), value]),
      ),
    );

  for (const stack of ["dev", "prod"]) {
    it(`${stack} has no default provider for AWS`, () => {
      expect(stackFile(stack)["pulumi:disable-default-providers"]).to.deep.equal(["aws"]);
    });
  }

  it("have the objectives of the design", () => {
    expect(own("dev").objectives).to.deep.equal({
      zoneOrRegionDetectionSeconds: 120,
      zoneOrRegionDowntimeSeconds: 190,
      databaseDowntimeSeconds: 360,
      ordersLost: 0,
    });
    expect(own("prod").objectives).to.deep.equal({
      zoneOrRegionDetectionSeconds: 45,
      zoneOrRegionDowntimeSeconds: 60,
      databaseDowntimeSeconds: 300,
      ordersLost: 0,
    });
  });

  it("serve as designed", () => {
    const serving = (stack: string): readonly unknown[] => {
      const { compute, staticTier, ipv6, checks } = own(stack);
      return [compute.kind, staticTier.kind, ipv6, checks.endpoint.scheme];
    };
    expect(serving("dev")).to.deep.equal(["instance", "s3Website", false, "http"]);
    expect(serving("prod")).to.deep.equal(["balancer", "cloudFront", true, "https"]);
  });

  it("monitor and protect as designed", () => {
    const watching = (stack: string): readonly unknown[] => {
      const { alerts, checks } = own(stack);
      return [alerts.topicName, alerts.email, checks.metric];
    };
    const email = "ops-team@cafe.com";
    expect(watching("dev")).to.deep.equal([
      "CafeFailoverAlertsDev",
      email,
      { enabled: false, failureMinutes: 4 },
    ]);
    expect(watching("prod")).to.deep.equal([
      "CafeFailoverAlerts",
      email,
      { enabled: true, failureMinutes: 4 },
    ]);
  });

  it("probe as designed", () => {
    const rhythm = (stack: string): readonly unknown[] => {
      const { checks, ttl } = own(stack);
      const { endpoint, region } = checks;
      return [
        [endpoint.intervalSeconds, endpoint.failureThreshold],
        [region.intervalSeconds, region.failureThreshold],
        currentTtlSeconds(ttl),
      ];
    };
    expect(rhythm("dev")).to.deep.equal([[30, 3], [30, 6], 60]);
    expect(rhythm("prod")).to.deep.equal([[10, 2], [30, 6], 10]);
  });
});
