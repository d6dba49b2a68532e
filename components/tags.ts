import type * as pulumi from "@pulumi/pulumi";

/** Tags as AWS takes them. */
export type Tags = Readonly<Record<string, pulumi.Input<string>>>;

/** The tier of the failover that a resource belongs to, in the tag `Tier`. */
export type Tier = "availability-zone" | "region" | "static";

/**
 * The tags of one resource: those of the whole stack, its tier, and its Pulumi name as `Name`, so
 * that consoles show the name that previews and rehearsals show. Components pass tags explicitly,
 * because neither stack transforms nor a provider's default tags are seen by an offline evaluation.
 */
export function tagged(shared: Tags, tier: Tier, name: string): Tags {
  return { ...shared, Tier: tier, Name: name };
}
