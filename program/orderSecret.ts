/** The secret that signs synthetic orders: the application accepts no others. */
import * as pulumi from "@pulumi/pulumi";
import { OrderSecret } from "../components";
import type { ProgramContext } from "./stack";

/** Name of the secret in each region. */
export function orderSecretName(): string {
  return `${pulumi.getProject()}-${pulumi.getStack()}-synthetic-orders`;
}

/**
 * Creates the secret in the region of the static tier, with a copy in each serving region, if any
 * synthetic orders are placed. Without it the application accepts none.
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
