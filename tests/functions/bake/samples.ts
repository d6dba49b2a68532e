import type { BakeJudgement } from "../../../functions/bake/judgement";
import type { RegionObservation, SeenGroup } from "../../../functions/bake/observation";

/** A group whose instances all run the target version. */
export const group: SeenGroup = {
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
};

/** A healthy region. */
export const well: RegionObservation = {
  groups: [group],
  instances: [{ id: "i-9", state: "running", statuses: ["ok", "ok"] }],
  alarms: [{ name: "dublin-capacity", state: "OK" }],
  checks: [
    { name: "eu-west-1a", isByName: false, reports: 16, content: 16 },
    { name: "of orders", isByName: true, reports: 16, content: 15 },
  ],
  isDelegated: true,
};

/** The judgement of a poll without findings. */
export const good: BakeJudgement = { lost: [], pending: [], silent: [], notes: [] };

/** A complete environment of the function. */
export const environment: Readonly<Record<string, string>> = {
  SOAK_SECONDS: "120",
  ALARM_NAMES: '["dublin-capacity","dublin-instance"]',
  CHECK_IDS: '{"eu-west-1a":"id-1a"}',
  CHECK_IDS_BY_NAME: '{"of orders":"id-deep"}',
  ZONE_NAME: "cafe.com",
  NAME_SERVERS: '["ns-1.awsdns-1.com","ns-2.awsdns-2.net"]',
  RUNBOOK: "https://cafe.com/runbook#bake-failed",
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_SESSION_TOKEN: "token",
};
