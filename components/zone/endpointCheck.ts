import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import { check, refuse } from "../common/argumentFaults";
import type { ArgumentFault } from "../common/argumentFaults";
import type { Tags } from "../common/tags";

/** What a health check probes, and how often. All plain: it decides the duration of a failover. */
export interface Probe {
  /**
   * A 301 counts as healthy (H9), so probe the customers' scheme. `https` does not verify
   * certificates (H10).
   */
  readonly scheme: "http" | "https";
  /** TCP port; default 80 for `http`, 443 for `https`. */
  readonly port?: number;
  /** Absolute path; the answer must be 2xx or 3xx, within 2 s of connecting (H6). */
  readonly path: string;
  /** Marker in the first 5,120 bytes of the body, within another 2 s (H8). Not a secret. */
  readonly token: string;
  /**
   * Seconds from one answer to the next probe of the same checker; cannot change in place (H18).
   */
  readonly intervalSeconds: 10 | 30;
  /**
   * Probes in a row, 1 to 10, that must agree before a checker changes its result, either way (H4).
   */
  readonly failureThreshold: number;
}

/** The target of a probe. */
export type ProbeTarget =
  | {
      /** IPv4 or IPv6 address to connect to: one endpoint, whatever DNS says. */
      readonly address: pulumi.Input<string>;
      /** Host header, and server name where the scheme is `https`; default: the address. */
      readonly host?: pulumi.Input<string>;
    }
  | {
      /**
       * Name that is resolved at every probe, IPv4 only (H13), and so follows the failover of its
       * records. Never the name of a record that this check guards.
       */
      readonly name: pulumi.Input<string>;
    };

export interface EndpointCheckArgs {
  readonly target: ProbeTarget;
  readonly probe: Probe;
  /** Whether it is healthy while the probe fails (H16): only for a latch. Default false. */
  readonly isInverted?: boolean;
  readonly tags: Tags;
}

/**
 * A Route 53 health check that probes one address, or one name, from the internet.
 * It counts as healthy until there is data (H15), also after a replacement. The console shows its
 * `Name` tag. A reference name is not set, because it has at most 27 characters and changing it
 * replaces the check.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when Route 53 does not support the
 * probe.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
 */
export class EndpointCheck extends aws.route53.HealthCheck {
  constructor(name: string, args: EndpointCheckArgs, opts?: pulumi.CustomResourceOptions) {
    refuse(`EndpointCheck "${name}"`, probeFaults("probe", args.probe));
    super(name, healthCheckArgs(args), opts);
  }
}

/** Faults of a probe, under the path that its owner gives. */
export function probeFaults(at: string, probe: Probe): readonly ArgumentFault[] {
  return [
    ...(probe.port === undefined ? [] : check(`${at}.port`, probe.port, rules.port)),
    ...check(`${at}.path`, probe.path, rules.path),
    ...check(`${at}.token`, probe.token, rules.token),
    ...check(`${at}.intervalSeconds`, probe.intervalSeconds, rules.intervalSeconds),
    ...check(`${at}.failureThreshold`, probe.failureThreshold, rules.failureThreshold),
  ];
}

function healthCheckArgs({
  target,
  probe,
  isInverted = false,
  tags,
}: EndpointCheckArgs): aws.route53.HealthCheckArgs {
  const https = probe.scheme === "https";
  return {
    type: https ? "HTTPS_STR_MATCH" : "HTTP_STR_MATCH",
    ...targetArgs(target),
    port: probe.port ?? (https ? 443 : 80),
    resourcePath: probe.path,
    searchString: probe.token,
    requestInterval: probe.intervalSeconds,
    failureThreshold: probe.failureThreshold,
    ...(https ? { enableSni: true } : {}),
    ...(isInverted ? { invertHealthcheck: true } : {}),
    tags,
  };
}

function targetArgs(target: ProbeTarget): Pick<aws.route53.HealthCheckArgs, "ipAddress" | "fqdn"> {
  if ("name" in target) return { fqdn: target.name };
  // With both, Route 53 connects to the address, and the name is the Host header only (H12).
  return target.host === undefined
    ? { ipAddress: target.address }
    : { ipAddress: target.address, fqdn: target.host };
}
