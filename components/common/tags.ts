import type * as pulumi from "@pulumi/pulumi";
import { placementTags } from "../../routing/placementTags";

/** Tags in AWS's form. */
export type Tags = Readonly<Record<string, pulumi.Input<string>>>;

/** Tag of a bucket that may be deleted with its contents. */
export const disposable: Tags = { Disposable: "an update recreates its contents" };

/** The failover tier of a resource, in the tag `Tier`. */
export type Tier = "availability-zone" | "region" | "static";

/**
 * The tags of one resource: those of the stack, its tier, and its Pulumi name as `Name`, so that
 * consoles show the same name as previews and rehearsals. Components pass tags explicitly, because
 * an offline evaluation sees neither stack transforms nor a provider's default tags.
 */
export function tagged(shared: Tags, tier: Tier, name: string): Tags {
  return { ...shared, Tier: tier, Name: name };
}

/**
 * Tags that also state a location or a dependency, read by `routing/graph/placement.ts`: for
 * resources placed by a subnet, whose id is unknown before deployment, and for a check of an
 * endpoint outside the stack.
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
