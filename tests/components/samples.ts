import type { Probe } from "../../components";

/** Arguments that are right, for tests that break one of them. */
export const probe: Probe = {
  scheme: "http",
  path: "/healthcheck",
  token: "cafe-orders-ok",
  intervalSeconds: 10,
  failureThreshold: 2,
};

export const regionProbe: Probe = {
  ...probe,
  path: "/health.php",
  intervalSeconds: 30,
  failureThreshold: 6,
};

export const tags = { Project: "failover" };
