/** What signs synthetic orders, so that the application takes them from nobody else. */
import * as pulumi from "@pulumi/pulumi";
import { OrderSecret } from "../components";
import type { Settings } from "../config";
import type { ProgramContext } from "./stack";

/** Whether anybody places synthetic orders: without the application takes none. */
export function placesSyntheticOrders({ checks, gameDay }: Settings): boolean {
  return checks.metric.enabled || gameDay.enabled;
}

/** Name of the secret in each region. */
export function orderSecretName(): string {
  return `${pulumi.getProject()}-${pulumi.getStack()}-synthetic-orders`;
}

/** Makes it in the region of the static tier, with a copy in each region that takes orders. */
export function orderSecret({ settings, providerOf, tags }: ProgramContext): void {
  if (!placesSyntheticOrders(settings)) return;
  const { regions, staticTier } = settings;
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
