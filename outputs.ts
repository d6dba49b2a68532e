import type * as pulumi from "@pulumi/pulumi";

/**
 * The outputs of a stack for other teams: a contract without secrets. All values are known when an
 * update has finished. A change that could break a consumer increments `schemaVersion`.
 */
export interface StackOutputs {
  /** Version of this format. */
  readonly schemaVersion: typeof schemaVersion;
  /** The primary public name; the first of `hostnames`. */
  readonly hostname: string;
  /** All public names. */
  readonly hostnames: readonly string[];
  readonly hostedZone: {
    /** Id of the hosted zone, for records of other teams. */
    readonly id: string;
    readonly name: string;
    /** The name servers for the parent zone, or the registrar. */
    readonly nameServers: readonly string[];
  };
  /** The serving regions. */
  readonly regions: {
    readonly primary: RegionOutputs;
    readonly standby: RegionOutputs;
  };
  /** The last tier. */
  readonly staticTier: {
    /** AWS region. */
    readonly region: string;
    /** A website for each hostname, in their order. */
    readonly websites: readonly WebsiteOutputs[];
  };
  /** Alert topics, for subscriptions and alarms of other teams. */
  readonly alerts: {
    /** ARN of the topic for Route 53's view, in us-east-1. */
    readonly topicArn: string;
    /** ARNs of the topics of the regions, by AWS region. */
    readonly regionalTopicArns: Readonly<Record<string, string>>;
    /** Name of the dashboard in CloudWatch. */
    readonly dashboard: string;
  };
  /** Experiments of the primary region; absent if game days are off. */
  readonly gameDay?: {
    /** Ids of the FIS experiment templates in the primary region, by experiment. */
    readonly templateIds: Readonly<Record<string, string>>;
    /** Bucket of their logs and reports. */
    readonly reportBucket: string;
  };
  /** The failback gate; absent if it is off. */
  readonly gate?: GateOutputs;
  /** The TTL in force of records with addresses, in seconds. */
  readonly ttlSeconds: number;
  /** The TTLs of both modes, and the mode in force. */
  readonly ttl: TtlOutputs;
  /** The release that an update deploys to this stack's machines; absent for external endpoints. */
  readonly release?: {
    /** Id of the release in the buckets, for pinning a side of a region to it later. */
    readonly siteSha256: string;
  };
  /** The objectives. */
  readonly objectives: ObjectiveOutputs;
  /** Assumptions of the objectives that AWS does not publish. */
  readonly assumptions: {
    /** From the checkers' agreement until every name server answers accordingly, in seconds. */
    readonly propagationSeconds: number;
  };
}

/** The failback gate, in the standby region. */
export interface GateOutputs {
  /** Bucket of the latch. */
  readonly bucket: string;
  /** AWS region code of bucket and controller. */
  readonly region: string;
  /** Name of the controller's Lambda function. */
  readonly functionName: string;
  /** Id of the check that is healthy while the latch is released. */
  readonly latchCheckId: string;
  /** Id of the check that is unhealthy while the checkers cannot read the bucket. */
  readonly readableCheckId: string;
  /** `attached`: the latch holds traffic in the standby region. `created`: it moves none. */
  readonly mode: "created" | "attached";
}

/** A serving region. */
export interface RegionOutputs {
  /** Its name. */
  readonly name: string;
  /** AWS region code. */
  readonly region: string;
  /**
   * Record name that answers with this region's healthy endpoint. It differs during a release, so
   * always read it and do not copy it.
   */
  readonly entryName: string;
  /** Id of the region's calculated health check. */
  readonly checkId: string;
  /** One per availability zone, the one that serves first. */
  readonly endpoints: readonly EndpointOutputs[];
  /** The second side of a release, which may get no traffic; absent without a release. */
  readonly green?: {
    /** Record name that answers with this side's healthy endpoint. */
    readonly recordName: string;
    /** One per availability zone, the one that serves first. */
    readonly endpoints: readonly EndpointOutputs[];
  };
}

/** The TTL modes. */
export interface TtlOutputs {
  /** The mode in force. */
  readonly mode: "normal" | "maintenance";
  /** In seconds. */
  readonly normalSeconds: number;
  readonly maintenanceSeconds: number;
}

/** The endpoint of an availability zone. */
export interface EndpointOutputs {
  readonly availabilityZone: string;
  /** IPv4 address; absent for an external balancer, which has a DNS name. */
  readonly address?: string;
  /** IPv6 address, if names publish it. */
  readonly ipv6Address?: string;
  /** DNS name of an external balancer. */
  readonly dnsName?: string;
  /** Id of the endpoint's health check, over IPv4. */
  readonly checkId: string;
  /** Id of its check over IPv6; for an external balancer the same one. */
  readonly ipv6CheckId?: string;
}

/** The maintenance page of a hostname. */
export interface WebsiteOutputs {
  readonly hostname: string;
  readonly bucket: string;
  /** DNS name of the website endpoint. */
  readonly domain: string;
}

/** Worst cases in the objectives, for clients that honour the TTL. */
export interface ObjectiveOutputs {
  /** From the failure of a zone or region until its checks agree, in seconds. */
  readonly zoneOrRegionDetectionSeconds: number;
  /** From the failure of a zone or region until the last client has moved, in seconds. */
  readonly zoneOrRegionDowntimeSeconds: number;
  /** The same if a region's database dies and its web servers live. */
  readonly databaseDowntimeSeconds: number;
  /** Lost orders among those answered 201. */
  readonly ordersLost: number;
}

/** The version of `StackOutputs` that this file describes. */
export const schemaVersion = 1;

/** Outputs as a program exports them: any part may be an `Output`. */
export type Exported<T> = {
  readonly [Key in keyof T]: pulumi.Input<ExportedPart<T[Key]>>;
};

type ExportedPart<T> = T extends object ? Exported<T> : T;

/** The outputs of every stack, the most important first. */
const required: Readonly<Record<RequiredKey<StackOutputs>, true>> = {
  schemaVersion: true,
  hostname: true,
  hostnames: true,
  hostedZone: true,
  regions: true,
  staticTier: true,
  alerts: true,
  ttlSeconds: true,
  ttl: true,
  objectives: true,
  assumptions: true,
};

type RequiredKey<T> = {
  [Key in keyof T]-?: undefined extends T[Key] ? never : Key;
}[keyof T];

/**
 * The typed outputs of a stack of this project, for other programs.
 *
 * @throws Error, through the Output, in one line, if the stack has another version of the outputs
 * (`code` is `outputs-of-another-version`), or lacks some because its first update has not finished
 * (`outputs-incomplete`).
 * @example
 * const orders = readOutputs(new pulumi.StackReference("cafe/failover/prod"));
 * export const nameServers = orders.hostedZone.nameServers;
 */
export function readOutputs(reference: pulumi.StackReference): pulumi.Output<StackOutputs> {
  return reference.name.apply((stack) =>
    reference.outputs.apply((outputs) => {
      const fault = outputsFault(stack, outputs);
      if (fault !== undefined) throw Object.assign(new Error(fault.message), { code: fault.code });
      return outputs as unknown as StackOutputs;
    }),
  );
}

function outputsFault(
  stack: string,
  outputs: Readonly<Record<string, unknown>>,
): { readonly code: string; readonly message: string } | undefined {
  const version = outputs["schemaVersion"] as string | number | undefined;
  if (version !== undefined && version !== schemaVersion) {
    return {
      code: "outputs-of-another-version",
      message: `schemaVersion: must be ${schemaVersion}, got ${version}; deploy the stack with this version of the project, or read it with the one that deployed it`,
    };
  }
  const missing = [
    ...Object.keys(required).filter((key) => outputs[key] === undefined || outputs[key] === null),
    ...Object.entries(outputs).flatMap(([key, value]) => emptyPaths(key, value)),
  ];
  return missing.length === 0
    ? undefined
    : {
        code: "outputs-incomplete",
        message: `${stack}: must have all outputs, got no ${missing.join(", ")}; its first update has not finished; run pulumi up there until it has`,
      };
}

/** The paths of missing values. */
function emptyPaths(path: string, value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    return inner === null || inner === undefined ? [at] : emptyPaths(at, inner);
  });
}
