import { expect } from "chai";
import { observe } from "../../../functions/bake/observe";
import type { FindNameServers } from "../../../functions/bake/observe";
import type { RegionObservation } from "../../../functions/bake/observation";
import { bakeSettingsOf } from "../../../functions/bake/settings";
import type { BakeEvent, BakeSettings } from "../../../functions/bake/settings";
import type { HttpRequest } from "../../../functions/http/exchange";
import { answerOf, fakeRegion } from "./fakeAws";
import type { FakeRegion } from "./fakeAws";
import { environment } from "./samples";

const event: BakeEvent = {
  phase: "arrival",
  groups: [{ name: "dublin-group", templateVersion: "4" }],
  instances: ["i-9"],
};
const settings = bakeSettingsOf(environment);

/** The observation of a region, and the requests for it. */
async function seen(
  region: FakeRegion,
  more: { event?: BakeEvent; settings?: BakeSettings; findNameServers?: FindNameServers } = {},
): Promise<{ observation: RegionObservation; requests: readonly HttpRequest[] }> {
  const requests: HttpRequest[] = [];
  const observation = await observe(
    more.event ?? event,
    more.settings ?? settings,
    {
      region: "eu-west-1",
      credentials: settings.credentials,
      exchange: (request) => {
        requests.push(request);
        return Promise.resolve(answerOf(region, request));
      },
      now: () => new Date("2026-11-22T12:00:00Z"),
    },
    more.findNameServers ?? (() => Promise.resolve(["NS-1.awsdns-1.com."])),
  );
  return { observation, requests };
}

const actions = (requests: readonly HttpRequest[]): readonly (string | null)[] =>
  requests.map(({ body, url }) =>
    body === undefined ? new URL(url).pathname : new URLSearchParams(body).get("Action"),
  );

describe("observe", () => {
  it("observes machines, alarms and checks, without terminating instances", async () => {
    const { observation } = await seen(fakeRegion());
    expect(observation).to.deep.equal({
      groups: [
        {
          name: "dublin-group",
          templateVersion: "4",
          instancesMin: 2,
          members: ["i-1", "i-2"].map((id) => ({
            id,
            templateVersion: "4",
            lifecycle: "InService",
            isHealthy: true,
          })),
          refresh: { status: "Successful", reason: "" },
        },
      ],
      instances: [{ id: "i-9", state: "running", statuses: ["ok", "ok"] }],
      alarms: [
        { name: "dublin-capacity", state: "OK" },
        { name: "dublin-instance", state: "OK" },
      ],
      checks: [
        { name: "eu-west-1a", isByName: false, reports: 2, content: 2 },
        { name: "of orders", isByName: true, reports: 2, content: 1 },
      ],
      isDelegated: true,
    });
  });

  it("makes exactly these requests", async () => {
    const { requests } = await seen(fakeRegion());
    expect(actions(requests)).to.deep.equal([
      "/2013-04-01/healthcheck/id-1a/status",
      "/2013-04-01/healthcheck/id-deep/status",
      "DescribeAutoScalingGroups",
      "DescribeInstanceRefreshes",
      "DescribeInstanceStatus",
      "DescribeAlarms",
    ]);
    expect(requests.map(({ url }) => new URL(url).host)).to.deep.equal([
      "route53.amazonaws.com",
      "route53.amazonaws.com",
      "autoscaling.eu-west-1.amazonaws.com",
      "autoscaling.eu-west-1.amazonaws.com",
      "ec2.eu-west-1.amazonaws.com",
      "monitoring.eu-west-1.amazonaws.com",
    ]);
  });

  it("makes no requests for kinds of machines that are absent", async () => {
    const { requests, observation } = await seen(fakeRegion(), {
      event: { ...event, groups: [], instances: [] },
    });
    expect(actions(requests)).to.deep.equal([
      "/2013-04-01/healthcheck/id-1a/status",
      "/2013-04-01/healthcheck/id-deep/status",
      "DescribeAlarms",
    ]);
    expect([observation.groups, observation.instances]).to.deep.equal([[], []]);
  });

  it("uses the latest refresh to the target version, and no other", async () => {
    const again: FakeRegion = {
      ...fakeRegion(),
      refreshes: [
        ["4", "InProgress"],
        ["4", "Failed", "earlier"],
      ],
    };
    const [group] = (await seen(again)).observation.groups;
    expect(group?.refresh).to.deep.equal({ status: "InProgress", reason: "" });
    const other: FakeRegion = { ...fakeRegion(), refreshes: [["3", "Failed", "of another day"]] };
    const [fresh] = (await seen(other)).observation.groups;
    expect(fresh).not.to.have.property("refresh");
  });

  it("observes missing resources", async () => {
    const { observation } = await seen({ ...fakeRegion(), groups: [], instances: [], alarms: {} });
    expect(observation.groups).to.deep.equal([
      { name: "dublin-group", templateVersion: "4", members: [] },
    ]);
    expect(observation.instances).to.deep.equal([{ id: "i-9", state: "missing", statuses: [] }]);
    expect(observation.alarms.map(({ state }) => state)).to.deep.equal(["missing", "missing"]);
  });

  it("requests more alarms than fit in one call", async () => {
    const alarms = Array.from({ length: 150 }, (_, index) => `alarm-${index}`);
    const { observation, requests } = await seen(
      { ...fakeRegion(), alarms: Object.fromEntries(alarms.map((name) => [name, "OK"])) },
      { settings: { ...settings, alarms } },
    );
    expect(actions(requests).filter((action) => action === "DescribeAlarms")).to.have.length(2);
    expect(observation.alarms.map(({ state }) => state)).to.deep.equal(alarms.map(() => "OK"));
  });

  const lookups: readonly (readonly [string, FindNameServers, boolean])[] = [
    ["a zone that its parent delegates", () => Promise.resolve(["ns-2.awsdns-2.net"]), true],
    ["a zone with other name servers", () => Promise.resolve(["ns.example.org"]), false],
    ["a zone that its parent does not know", failing("ENOTFOUND"), false],
    ["a zone without name servers", failing("ENODATA"), false],
    ["a resolver that fails, which counts as delegated", failing("ESERVFAIL"), true],
  ];
  for (const [title, findNameServers, isDelegated] of lookups) {
    it(`determines whether the zone is delegated: ${title}`, async () => {
      const { observation } = await seen(fakeRegion(), { findNameServers });
      expect(observation.isDelegated).to.equal(isDelegated);
    });
  }

  it("looks up no name servers without a check by name", async () => {
    const { observation } = await seen(fakeRegion(), {
      settings: { ...settings, checks: settings.checks.filter(({ isByName }) => !isByName) },
      findNameServers: failing("ENOTFOUND"),
    });
    expect(observation.isDelegated).to.equal(true);
  });
});

function failing(code: string): FindNameServers {
  return () => Promise.reject(Object.assign(new Error(code), { code }));
}
