/** The outputs of a zone's stack, for the person who delegates it. */
export interface ZoneOutputs {
  /** Id of the hosted zone. */
  readonly zoneId: string;
  /** Its name. */
  readonly name: string;
  /** The name servers for the parent zone, or the registrar. */
  readonly nameServers: readonly string[];
  /** The DS record to publish for a signed zone; absent for an unsigned one. */
  readonly dsRecord?: string;
  /** ARN of the topic of the alarms on signing, in us-east-1; absent for an unsigned zone. */
  readonly alertTopicArn?: string;
  /** The action at the parent zone before the main program can be deployed, in words. */
  readonly nextStep: string;
}

/** The next step in words, from the properties of the zone. */
export function nextStepOf({
  name,
  nameServers,
  dsRecord,
}: Pick<ZoneOutputs, "name" | "nameServers" | "dsRecord">): string {
  return [
    `Delegate ${name} in its parent zone, or at the registrar: NS ${nameServers.join(", ")}.`,
    `Deploy the failover once \`dig +short NS ${name}\` returns them.`,
    ...(dsRecord === undefined
      ? []
      : [`Then publish DS ${dsRecord} there as well: docs/runbook.md, "Sign the zone".`]),
  ].join(" ");
}
