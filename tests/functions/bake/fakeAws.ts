import type { HttpRequest, HttpResponse } from "../../../functions/http/exchange";

/** The state of a fake region, in parts that a test changes. Its answers have AWS's form. */
export interface FakeRegion {
  groups: readonly { name: string; min: number; members: readonly (readonly string[])[] }[];
  /** Refreshes of every group: version, status, reason; the latest first. */
  refreshes: readonly (readonly [version: string, status: string, reason?: string])[];
  instances: readonly (readonly [id: string, state: string, system: string, own: string])[];
  alarms: Readonly<Record<string, string>>;
  /** The reports of the checkers of each check, by its id. */
  reports: Readonly<Record<string, readonly string[]>>;
}

const success = "Success: HTTP Status Code 200, OK";

/** A healthy region, with two groups' members at version 4 and one instance. */
export const fakeRegion = (): FakeRegion => ({
  groups: [
    {
      name: "dublin-group",
      min: 2,
      members: [
        ["i-1", "InService", "Healthy", "4"],
        ["i-2", "InService", "Healthy", "4"],
        ["i-0", "Terminating:Wait", "Healthy", "3"],
      ],
    },
  ],
  refreshes: [
    ["4", "Successful"],
    ["3", "RollbackSuccessful", "of another day"],
  ],
  instances: [["i-9", "running", "ok", "ok"]],
  alarms: { "dublin-capacity": "OK", "dublin-instance": "OK" },
  reports: { "id-1a": [success, success], "id-deep": [success, "Failure: Connection timed out."] },
});

const tag = (name: string, text: string): string => `<${name}>${text}</${name}>`;
const member = (...texts: readonly string[]): string => tag("member", texts.join(""));

const answers: Readonly<Record<string, (region: FakeRegion, asked: URLSearchParams) => string>> = {
  DescribeAutoScalingGroups: ({ groups }, asked) =>
    groups
      .filter(({ name }) => [...asked.values()].includes(name))
      .map(({ name, min, members }) =>
        member(
          tag("AutoScalingGroupName", name),
          tag("MinSize", String(min)),
          tag(
            "Instances",
            members
              .map(([id = "", lifecycle = "", health = "", version = ""]) =>
                member(
                  tag("InstanceId", id),
                  tag("LifecycleState", lifecycle),
                  tag("HealthStatus", health),
                  tag("LaunchTemplate", tag("LaunchTemplateId", "lt-1") + tag("Version", version)),
                ),
              )
              .join(""),
          ),
        ),
      )
      .join(""),
  DescribeInstanceRefreshes: ({ refreshes }) =>
    refreshes
      .map(([version, status, reason]) =>
        member(
          tag("Status", status),
          reason === undefined ? "" : tag("StatusReason", reason),
          tag("DesiredConfiguration", tag("LaunchTemplate", tag("Version", version))),
        ),
      )
      .join(""),
  DescribeInstanceStatus: ({ instances }) =>
    instances
      .map(([id, state, system, own]) =>
        tag(
          "item",
          tag("instanceId", id) +
            tag("instanceState", tag("code", "16") + tag("name", state)) +
            tag("systemStatus", tag("status", system)) +
            tag("instanceStatus", tag("status", own)),
        ),
      )
      .join(""),
  DescribeAlarms: ({ alarms }, asked) =>
    Object.entries(alarms)
      .filter(([name]) => [...asked.values()].includes(name))
      .map(([name, state]) => member(tag("AlarmName", name), tag("StateValue", state)))
      .join(""),
};

/** The path of the list in each answer. */
const lists: Readonly<Record<string, readonly string[]>> = {
  DescribeAutoScalingGroups: ["DescribeAutoScalingGroupsResult", "AutoScalingGroups"],
  DescribeInstanceRefreshes: ["DescribeInstanceRefreshesResult", "InstanceRefreshes"],
  DescribeInstanceStatus: ["instanceStatusSet"],
  DescribeAlarms: ["DescribeAlarmsResult", "MetricAlarms"],
};

/** A region's answer to a request; rejects any call that is not foreseen. */
export function answerOf(
  region: FakeRegion,
  { method, url, body = "" }: HttpRequest,
): HttpResponse {
  const check = /^\/2013-04-01\/healthcheck\/([\w-]+)\/status$/.exec(new URL(url).pathname)?.[1];
  if (method === "GET" && check !== undefined) {
    const reports = (region.reports[check] ?? []).map((text) =>
      tag("HealthCheckObservation", tag("StatusReport", tag("Status", text))),
    );
    const list = tag("HealthCheckObservations", reports.join(""));
    return { status: 200, body: tag("GetHealthCheckStatusResponse", list) };
  }
  const asked = new URLSearchParams(body);
  const action = asked.get("Action") ?? "";
  const answer = answers[action];
  if (!answer) return { status: 400, body: `<Code>InvalidAction</Code>${action} ${url}` };
  const list = (lists[action] ?? []).reduceRight(
    (inner, name) => tag(name, inner),
    answer(region, asked),
  );
  return { status: 200, body: `<?xml version="1.0"?>\n${tag(`${action}Response`, list)}` };
}
