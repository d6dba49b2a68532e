import { expect } from "chai";
import { rules } from "../../policies/dns-failover/pack";
import { findAll } from "../../policies/inProcess";
import { messageOf } from "../../policies/message";
import { guide, guideObjectives } from "./guide";

describe("the guide's own example", () => {
  const found = findAll(rules, guide.resources, guideObjectives);
  const messages = (rule: string): readonly string[] =>
    found.filter(({ rule: { name } }) => name === rule).map(({ finding }) => messageOf(finding));

  it("has a check that probes the name whose answer it decides", () => {
    expect(messages("check-watches-no-name-above-it")).to.deep.equal([
      "CafeHealthCheck.fqdn: must be below web.orders.cafe.com, whose record web-primary uses it, got orders.cafe.com, so once orders.cafe.com has failed over, the check finds the standby healthy and sends everyone back to a dead web-primary, over and over; probe the endpoint's own address instead",
    ]);
  });

  it("has a secondary that hides the page", () => {
    expect(messages("tree-leaf-has-health-check")).to.deep.equal([
      "web-secondary.healthCheckId: must be set on a record inside a failover tree, got none, so orders.cafe.com answers with 192.0.2.2 when the others are dead, even if it is dead itself, and no later tier is ever reached; add a check of its own endpoint",
    ]);
  });

  it("has an alias that does not evaluate its target", () => {
    expect(messages("tree-alias-evaluates-target")).to.deep.equal([
      "orders-primary.aliases[0].evaluateTargetHealth: must be true on an alias to web.orders.cafe.com, got false, so orders.cafe.com keeps answering from web.orders.cafe.com when all of it is dead; set it",
    ]);
    expect(messages("primary-record-has-health-check")).to.have.length(1);
  });

  it("has a topic that no alarm of Route 53 can reach", () => {
    expect(messages("route53-alarm-is-where-its-metric-is")).to.deep.equal([
      "CafeFailoverAlerts.region: must be us-east-1, the region of its alarm, got us-west-2, so the alarm cannot reach it, and no one is notified of a failover; create the topic with a provider of us-east-1",
    ]);
  });

  it("takes 178 s, not 90 s", () => {
    expect(messages("endpoint-check-detects-in-time")).to.deep.equal([
      "CafeHealthCheck.failureThreshold: must detect every failure of its endpoint within 60 s, got 108 s when it connects, then hangs (3 × (30 s + 6 s) of CafeHealthCheck), so orders.cafe.com is down for up to 178 s: 108 s to detect, 10 s to propagate (δ), 60 s of TTL; lower requestInterval or failureThreshold",
    ]);
  });

  it("has a worst case once its check probes the endpoint itself: 184 s instead of the promised 90 s", () => {
    const mended = guide
      .set("CafeHealthCheck", {
        fqdn: "orders.cafe.com",
        ipAddress: "192.0.2.1",
        type: "HTTP_STR_MATCH",
        searchString: "OK",
      })
      .set("orders-primary", {
        aliases: [{ name: "web.orders.cafe.com", zoneId: "Z1", evaluateTargetHealth: true }],
      })
      .set("web-secondary", { healthCheckId: "CafeHealthCheck" });
    const budget = findAll(rules, mended.resources, guideObjectives)
      .filter(({ rule }) => rule.name === "failover-budget-is-kept")
      .map(({ finding }) => messageOf(finding));
    expect(budget[0]).to.match(/within 60 s .* got 114 s \(detection 114 s = 3 × \(30 s \+ 8 s\)/);
    expect(budget[1]).to.match(
      /within 90 s .* got 184 s \(detection 114 s .* propagation 10 s .* ttl 60 s/,
    );
  });

  it("violates only the rules about these faults", () => {
    const names = new Set(found.map(({ rule }) => rule.name));
    expect([...names].sort()).to.deep.equal([
      "alarm-topic-is-encrypted-and-heard",
      "check-asks-for-health",
      "check-watches-no-name-above-it",
      "endpoint-check-detects-in-time",
      "primary-record-has-health-check",
      "record-address-is-held",
      "route53-alarm-is-where-its-metric-is",
      "tree-alias-evaluates-target",
      "tree-leaf-has-health-check",
      "zone-is-signed-and-logged",
    ]);
  });
});
