import type * as pulumi from "@pulumi/pulumi";
import { placementTags } from "../../routing/placementTags";

/** Tags as AWS takes them. */
export type Tags = Readonly<Record<string, pulumi.Input<string>>>;

/** Tag of a bucket that may be deleted with what is in it. */
export const disposable: Tags = { Disposable: "an update makes anew what is in it" };

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

/**
 * Tags that also say where a resource is, or what it watches, as in `routing/graph/placement.ts`: for
 * what AWS places by a subnet, whose id is unknown before deployment, and for a check of an endpoint
 * that is no part of the stack.
 */
export function placed(tags: Tags, availabilityZone: string): Tags {
  return {
    ...tags,
    [placementTags.availabilityZone]: availabilityZone,
    [placementTags.region]: regionOf(availabilityZone),
  };
}

/** The region of an availability zone: its name without the last letter. */
export function regionOf(availabilityZone: string): string {
  return availabilityZone.slice(0, -1);
}
