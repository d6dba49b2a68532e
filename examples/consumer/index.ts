import * as pulumi from "@pulumi/pulumi";
import { readOutputs } from "@cafe/failover/outputs";

const orders = readOutputs(new pulumi.StackReference("cafe/failover/prod"));
export const oregon = orders.regions.primary.entryName; // oregon.orders.cafe.com
export const nameServers = orders.hostedZone.nameServers;
export const gate = orders.apply(({ gate }) => gate?.mode ?? "off"); // created
