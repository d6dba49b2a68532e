import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Resource } from "../../routing/graph/resource";
import { evaluated, evaluatedZone } from "./evaluated";
import { playing } from "./gameDay/playing";

const path = "docs/runbook.md";
const text = readFileSync(join(__dirname, "../..", path), "utf8");

/** The anchor that GitHub and GitLab give a heading of plain words. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");
const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => heading);
const anchors = new Set(headings.map(anchorOf));

async function alarms(): Promise<readonly Resource[]> {
  const stacks = await Promise.all([
    evaluated("dev"),
    evaluated("prod"),
    playing("prod"),
    evaluatedZone("prod"),
  ]);
  return stacks
    .flatMap(({ resources }) => resources)
    .filter(({ type }) => /^aws:cloudwatch\/(metric|composite)Alarm:/.test(type));
}

const linkOf = ({ inputs }: Resource): string =>
  /\nRunbook: (.+)$/.exec(inputs["alarmDescription"] as string)?.[1] ?? "no link";

describe("the runbook", () => {
  it("has a section for every alarm of both stacks", async () => {
    const astray = (await alarms())
      .map((alarm) => ({ name: alarm.name, link: linkOf(alarm) }))
      .filter(({ link }) => {
        const [file, anchor = ""] = link.split("#");
        return file !== path || !anchors.has(anchor);
      });
    expect(astray).to.deep.equal([]);
  });

  it("links only to its existing sections", () => {
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = ""]) => anchor);
    expect(links.filter((anchor) => !anchors.has(anchor))).to.deep.equal([]);
    expect(anchors.size).to.equal(headings.length);
  });

  it("covers only existing alarms, apart from general sections", async () => {
    const linked = new Set((await alarms()).map((alarm) => linkOf(alarm).split("#")[1]));
    const general = [
      "before-the-first-update",
      "deploy-a-new-stack",
      "an-interrupted-update",
      "destroy-a-stack",
      "deal-with-drift",
      "operate-while-a-region-is-gone",
      "keep-the-state-where-no-region-of-ours-is",
      "restore-the-orders",
      "before-the-first-alarm",
      "replace-the-secret-of-synthetic-orders",
      "check-the-current-state",
      "customers-have-moved",
      "evacuate-the-primary-region",
      "bring-customers-back",
      "the-control-plane-of-route-53-is-down",
      "restore-after-a-game-day",
      "bake-failed",
      "balancer-is-gone",
      "cache-from-two-zones-to-one",
      "another-network-for-a-region",
      "release-with-blue-and-green",
      "give-the-standby-region-a-share",
      "enter-and-leave-a-maintenance-window",
      "hold-a-game-day",
      "attach-the-gate",
      "remove-the-gate",
      "sign-the-zone-and-stop-signing-it",
    ];
    const stale = [...anchors].filter((anchor) => !linked.has(anchor) && !general.includes(anchor));
    expect(stale).to.deep.equal([]);
  });
});

describe("every alarm", () => {
  it("describes meaning, effect on customers, automatic reaction and action", async () => {
    const form = /^.+\.\nCustomers: .+\.\nAutomatic: .+\.\nAction: .+\.\nRunbook: \S+$/;
    const odd = (await alarms()).filter(
      ({ inputs }) => !form.test(inputs["alarmDescription"] as string),
    );
    expect(odd.map(({ inputs }) => inputs["alarmDescription"])).to.deep.equal([]);
  });

  it("notifies a topic of its own region when it goes on and off", async () => {
    const silent = (await alarms()).filter(({ region, inputs }) => {
      const [action, ...others] = inputs["alarmActions"] as readonly string[];
      return (
        others.length > 0 ||
        action?.startsWith(`arn:aws:sns:${region ?? ""}:`) !== true ||
        JSON.stringify(inputs["okActions"]) !== JSON.stringify([action])
      );
    });
    expect(silent.map(({ name }) => name)).to.deep.equal([]);
  });

  it("that monitors Route 53 is in us-east-1, where its metrics are", async () => {
    const watching = (await alarms()).filter(({ inputs }) => inputs["namespace"] === "AWS/Route53");
    expect(new Set(watching.map(({ region }) => region))).to.deep.equal(new Set(["us-east-1"]));
  });

  it("exists for the status of each health check", async () => {
    for (const stack of ["dev", "prod"]) {
      const { resources } = await evaluated(stack);
      const watched = resources
        .filter(({ inputs }) => inputs["metricName"] === "HealthCheckStatus")
        .map(({ inputs }) => (inputs["dimensions"] as Record<string, unknown>)["HealthCheckId"]);
      const checks = resources.filter(({ type }) => type === "aws:route53/healthCheck:HealthCheck");
      expect(watched).to.have.members(checks.map(({ id }) => id));
    }
  });
});
