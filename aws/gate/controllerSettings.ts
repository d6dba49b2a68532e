/** The settings that a deployed controller runs with. */
export interface ControllerSettings {
  readonly approval: string;
  /** How many people must approve a release. */
  readonly approversCount: number;
  /** URLs of the application's status, by region role; empty without our application. */
  readonly statusUrls: ReadonlyMap<RegionRole, string>;
  /** Absent where the function does not have it. */
  readonly backlogSecondsMax?: number;
}

/** The roles of the serving regions. */
export type RegionRole = "primary" | "standby";

/** Reads the environment of the function; a malformed part is left out. */
export function controllerSettingsIn(
  environment: Readonly<Record<string, string>>,
): ControllerSettings {
  const backlogSecondsMax = Number(environment["BACKLOG_SECONDS_MAX"] ?? NaN);
  const approvers = Number(environment["APPROVERS"] ?? NaN);
  const urls = jsonIn(environment["STATUS_URLS"] ?? "{}");
  return {
    approval: environment["APPROVAL"] ?? "manual",
    approversCount: Number.isNaN(approvers) ? 1 : approvers,
    statusUrls: new Map(
      (["primary", "standby"] as const).flatMap((role): [RegionRole, string][] => {
        const url = urls[role];
        return typeof url === "string" ? [[role, url]] : [];
      }),
    ),
    ...(Number.isNaN(backlogSecondsMax) ? {} : { backlogSecondsMax }),
  };
}

function jsonIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
