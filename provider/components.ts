/** The components that programs in every language of Pulumi can use. */
import { AddressCheck } from "./addressCheck";
import { AddressFailover, BalancerFailover } from "./failoverTree";
import { HealthCheckAlarms } from "./healthCheckAlarms";
import { MaintenancePage } from "./maintenancePage";

export const providerName = "cafe-failover";

export const providedComponents = [
  AddressCheck,
  AddressFailover,
  BalancerFailover,
  HealthCheckAlarms,
  MaintenancePage,
];
