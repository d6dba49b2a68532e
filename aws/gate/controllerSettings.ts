/** The settings that a deployed controller runs with. */
export interface ControllerSettings {
  /** Whether a latch that Route 53 caused is released without an approval. */
  readonly isAutomatic: boolean;
  /** How many people must approve a release. */
  readonly approvers: number;
  /**
   * What a release waits for, by name: checks of the primary region, and the orders of both. Absent
   * where it cannot be read, since every controller has some.
   */
  readonly signals?: readonly string[];
}

/** Reads the environment of the function; a malformed part is left out. */
export function controllerSettingsIn(
  environment: Readonly<Record<string, string>>,
): ControllerSettings {
  const approvers = Number(environment["APPROVERS"] ?? NaN);
  const signals = Object.keys(jsonIn(environment["SIGNAL_NAMES"] ?? "{}"));
  return {
    isAutomatic: environment["APPROVAL"] === "automatic",
    approvers: Number.isNaN(approvers) ? 1 : approvers,
    ...(signals.length === 0 ? {} : { signals }),
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
