import type { Probe } from "../../components";

/** Valid arguments, for tests that break one of them. */
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

/** Machines of a region, in any form. */
export const machines = {
  cidrBlock: "10.10.0.0/16",
  instanceType: "t4g.micro",
  userData: { "us-west-2a": "#!/bin/bash", "us-west-2b": "#!/bin/bash" },
};

/** A machine of one zone. */
export const machine = {
  instanceType: "t4g.micro",
  image: { id: "ami-1", isPinned: false },
  userData: "#!/bin/bash",
  securityGroupId: "sg-1",
  instanceProfileName: "profile-1",
};
