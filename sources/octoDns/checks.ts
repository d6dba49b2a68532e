import { isIP } from "node:net";
import { awsTypes } from "../../routing/graph/types";
import type { Value } from "../../routing/graph/resource";
import type { Declaration } from "../declare";
import { asNumber, memberOf, textIn } from "../fields";
import type { OctoRecord, PoolValue } from "./records";

/** octoDNS's defaults for a health check (octodns: record/base.py, `healthcheck_*`). */
const defaults = { protocol: "HTTPS", path: "/_dns", port: 443 };

/** octodns-route53's defaults for a health check (provider.py, `_healthcheck_*`). */
const route53Defaults = { requestInterval: 10, failureThreshold: 6, measureLatency: true };

/**
 * The check of a value in a pool, with the name from octodns-route53's tag; undefined for a value
 * that is always up. For a value that is down, the check is disabled and inverted (provider.py,
 * `get_health_check_id`).
 */
export function checkOf(record: OctoRecord, { value, status }: PoolValue): Declaration | undefined {
  if (status === "up") return undefined;
  const octodns = memberOf(record.written, "octodns");
  const asked = memberOf(octodns, "healthcheck");
  const tuned = memberOf(memberOf(octodns, "route53"), "healthcheck");
  const protocol = textIn(asked, "protocol") ?? defaults.protocol;
  const isAddress = isIP(value) !== 0;
  const ownHost = textIn(asked, "host") ?? record.fqdn.replace(/\.$/, "");
  const isHttp = protocol !== "TCP";
  const host = isAddress ? ownHost : value;
  const isDown = status === "down";
  const id = `${record.fqdn}:${record.type} - ${value}`;
  const option = (from: Value | undefined, name: string, standard: Value): Value =>
    asNumber(memberOf(from, name) ?? standard);
  return {
    type: awsTypes.healthCheck,
    name: id,
    id,
    properties: {
      type: protocol,
      port: option(asked, "port", defaults.port),
      ...(isAddress ? { ipAddress: value } : {}),
      ...(isHttp || !isAddress ? { fqdn: host } : {}),
      ...(isHttp ? { resourcePath: textIn(asked, "path") ?? defaults.path } : {}),
      requestInterval: option(tuned, "request_interval", route53Defaults.requestInterval),
      failureThreshold: option(tuned, "failure_threshold", route53Defaults.failureThreshold),
      measureLatency: option(tuned, "measure_latency", route53Defaults.measureLatency),
      enableSni: protocol === "HTTPS",
      disabled: isDown,
      invertHealthcheck: isDown,
    },
  };
}
