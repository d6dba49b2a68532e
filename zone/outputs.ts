/** What the stack of a zone says to whoever delegates it. */
export interface ZoneOutputs {
  /** Id of the hosted zone. */
  readonly zoneId: string;
  /** Its name. */
  readonly name: string;
  /** What the parent zone, or the registrar, has to delegate to. */
  readonly nameServers: readonly string[];
  /** What it has to publish as DS record for a zone that is signed; absent for one that is not. */
  readonly dsRecord?: string;
  /** ARN of the topic of the alarms on signing, in us-east-1; absent for a zone that is not signed. */
  readonly alertTopicArn?: string;
  /** What is to be done at the parent zone before the failover itself can be deployed, in a sentence. */
  readonly nextStep: string;
}

/** The sentence, from what is known of the zone. */
export function nextStepOf({
  name,
  nameServers,
  dsRecord,
}: Pick<ZoneOutputs, "name" | "nameServers" | "dsRecord">): string {
  return [
    `Delegate ${name} in the zone above it, or at the registrar: NS ${nameServers.join(", ")}.`,
    `Deploy the failover when \`dig +short NS ${name}\` answers with them.`,
    ...(dsRecord === undefined
      ? []
      : [`Then publish DS ${dsRecord} there as well: docs/runbook.md, "Sign the zone".`]),
  ].join(" ");
}
