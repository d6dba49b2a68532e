import type * as pulumi from "@pulumi/pulumi";

/**
 * What a stack tells other teams: its contract, with no secret in it. All of it is known when an
 * update has finished. A change that could break a consumer raises `schemaVersion`.
 */
export interface StackOutputs {
  /** Version of this shape. */
  readonly schemaVersion: typeof schemaVersion;
  /** The name that customers use; the first of `hostnames`. */
  readonly hostname: string;
  /** All public names. */
  readonly hostnames: readonly string[];
  readonly hostedZone: {
    /** Id of the hosted zone, for records of other teams in it. */
    readonly id: string;
    readonly name: string;
    /** What the parent zone, or the registrar, delegates to. */
    readonly nameServers: readonly string[];
  };
  /** The regions that serve. */
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
  /** Where alarms go, for subscriptions and alarms of other teams. */
  readonly alerts: {
    /** ARN of the topic for Route 53's view, in us-east-1. */
    readonly topicArn: string;
    /** ARNs of the topics of the regions, by AWS region. */
    readonly regionalTopicArns: Readonly<Record<string, string>>;
    /** Name of the dashboard in CloudWatch. */
    readonly dashboard: string;
  };
  /** Drills of the primary region; absent where there are none. */
  readonly gameDay?: {
    /** Ids of experiment templates of FIS in the primary region, by what they take away. */
    readonly templateIds: Readonly<Record<string, string>>;
    /** Bucket of their logs and reports. */
    readonly reportBucket: string;
  };
  /** The TTL in force on records that hold addresses, in seconds. */
  readonly ttlSeconds: number;
  /** The TTLs of both modes, and which one is in force. */
  readonly ttl: TtlOutputs;
  /** What an update brings to machines of this stack's own; absent for endpoints of a team's own. */
  readonly release?: {
    /** Name of the release in the buckets, to pin a side of a region to it later. */
    readonly siteSha256: string;
  };
  /** What is promised. */
  readonly objectives: ObjectiveOutputs;
  /** What the promises rest on and AWS does not publish. */
  readonly assumptions: {
    /** From the checkers' agreement until every name server answers by it, in seconds. */
    readonly propagationSeconds: number;
  };
}

/** A region that serves. */
export interface RegionOutputs {
  /** What people call it. */
  readonly name: string;
  /** AWS region code. */
  readonly region: string;
  /**
   * Record name that answers with this region's healthy endpoint. It is another one during a release,
   * so read it anew and do not copy it.
   */
  readonly entryName: string;
  /** Id of the region's calculated health check. */
  readonly checkId: string;
  /** One per availability zone, the one that serves first. */
  readonly endpoints: readonly EndpointOutputs[];
  /** The second side of a release, which may get no traffic; absent where there is no release. */
  readonly green?: {
    /** Record name that answers with this side's healthy endpoint. */
    readonly recordName: string;
    /** One per availability zone, the one that serves first. */
    readonly endpoints: readonly EndpointOutputs[];
  };
}

/** How long resolvers may keep an answer. */
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
  /** IPv4 address; absent for a team's own balancer, which goes by its name. */
  readonly address?: string;
  /** IPv6 address, where names publish it. */
  readonly ipv6Address?: string;
  /** DNS name of a team's own balancer. */
  readonly dnsName?: string;
  /** Id of the endpoint's health check, over IPv4. */
  readonly checkId: string;
  /** Id of its check over IPv6; for a team's own balancer the same one. */
  readonly ipv6CheckId?: string;
}

/** The maintenance page of a hostname. */
export interface WebsiteOutputs {
  readonly hostname: string;
  readonly bucket: string;
  /** DNS name of the website endpoint. */
  readonly domain: string;
}

/** Worst cases that are promised, for clients that obey the TTL. */
export interface ObjectiveOutputs {
  /** From the death of a zone or region until its checks agree, in seconds. */
  readonly zoneOrRegionDetectionSeconds: number;
  /** From the death of a zone or region until the last client has moved, in seconds. */
  readonly zoneOrRegionDowntimeSeconds: number;
  /** The same where a region's database dies and its web servers live. */
  readonly databaseDowntimeSeconds: number;
  /** Orders lost among those that were answered 201. */
  readonly ordersLost: number;
}

/** The version of `StackOutputs` that this file describes. */
export const schemaVersion = 1;

/** Outputs as a program exports them: any part may still be an `Output`. */
export type Exported<T> = {
  readonly [Key in keyof T]: pulumi.Input<ExportedPart<T[Key]>>;
};

type ExportedPart<T> = T extends object ? Exported<T> : T;

/** What every stack has, in the order in which a reader would miss it. */
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
 * The outputs of a stack of this project, typed, for a program that uses them.
 *
 * @throws Error, by the Output, in one line, when the stack has another version of the outputs (its
 *   `code` is `outputs-of-another-version`), or has not all of them because its first update has not
 *   finished (`outputs-incomplete`).
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
        message: `${stack}: must have all outputs, got no ${missing.join(", ")}; its first update has not finished, so run pulumi up there until it has`,
      };
}

/** Where something inside a value is not there. */
function emptyPaths(path: string, value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    return inner === null || inner === undefined ? [at] : emptyPaths(at, inner);
  });
}
