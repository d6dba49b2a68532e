/** What signs synthetic orders, so that the application takes them from nobody else. */
import * as pulumi from "@pulumi/pulumi";
import { OrderSecret } from "../components";
import type { ProgramContext } from "./stack";

/** Name of the secret in each region. */
export function orderSecretName(): string {
  return `${pulumi.getProject()}-${pulumi.getStack()}-synthetic-orders`;
}

/**
 * Makes it in the region of the static tier, with a copy in each region that takes orders, where anybody places
 * synthetic orders. Elsewhere the application takes none.
 */
export function orderSecret({ settings, providerOf, tags }: ProgramContext): void {
  const { checks, gameDay, regions, staticTier } = settings;
  if (!checks.metric.enabled && !gameDay.enabled) return;
  new OrderSecret(
    "synthetic-orders",
    {
      secretName: orderSecretName(),
      replicaRegions: [regions.primary.region, regions.standby.region],
      tags,
    },
    { providers: [providerOf(staticTier.region)] },
  );
}
