import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The hosted zone for the records. */
export interface FoundZone {
  readonly zoneId: pulumi.Output<string>;
  readonly nameServers: pulumi.Output<string[]>;
}

/**
 * The public zone of a name, whoever created it
 * (docs/adr/0019-the-zone-is-a-project-of-its-own.md). Without one, or with two of the name, the
 * program fails: it never declares fewer resources.
 */
export function findZone(name: string, provider: aws.Provider): FoundZone {
  const { zoneId, nameServers } = aws.route53.getZoneOutput(
    { name, privateZone: false },
    { provider },
  );
  return { zoneId, nameServers };
}
