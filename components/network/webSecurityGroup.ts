import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagged } from "../common/tags";
import type { Tags } from "../common/tags";

/** AWS's lists of Route 53's checkers, of one region. */
export interface CheckersPrefixListIds {
  readonly ipv4?: string;
  readonly ipv6?: string;
}

/** The admitted clients. */
export interface Visitors {
  /**
   * IPv4 and IPv6 blocks to admit besides Route 53's health checkers. Absent: everyone, including
   * the checkers. Plain, because each block is a rule.
   */
  readonly networks?: readonly string[];
  /** Whether names publish IPv6 addresses. */
  readonly ipv6: boolean;
  /** The region of the servers: it decides the checkers' prefix lists. */
  readonly region: string;
  /** Ids of those lists by family. Default: looked up in the region. */
  readonly checkersPrefixListIds?: CheckersPrefixListIds;
}

/** The inbound traffic of web servers. */
export type WebIngress =
  /** Clients on port 80, for servers with public addresses. */
  | { readonly kind: "visitors"; readonly visitors: Visitors }
  /** A balancer's security group, on the ports that it forwards to. */
  | {
      readonly kind: "balancer";
      readonly securityGroupId: pulumi.Input<string>;
      readonly ports: Readonly<Record<"http" | "tls" | "health", number>>;
    };

export interface WebSecurityGroupArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly ingress: WebIngress;
  /** Whether the network has IPv6. */
  readonly ipv6: boolean;
  readonly tags: Tags;
}

/** Client ports. */
const httpPort = 80;
const tlsPort = 443;
const everyoneIpv4 = "0.0.0.0/0";
const everyoneIpv6 = "::/0";

/**
 * Inbound and outbound rules of a region's web servers. Makes `<name>` and one resource per rule:
 * `<name>-http-in…` (or `<name>-balancer-…-in`), `<name>-https-out` and `<name>-https-out-ipv6`.
 * HTTPS to anywhere: packages, Systems Manager and AWS APIs. Security groups do not apply to the
 * network's resolver, clock and metadata.
 */
export function webSecurityGroup(
  name: string,
  { vpcId, ingress, ipv6, tags }: WebSecurityGroupArgs,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  const group = securityGroup(name, vpcId, "Web servers: HTTP in, HTTPS out", tags, opts);
  if (ingress.kind === "visitors") {
    const sources = sourcesOf(ingress.visitors, opts);
    admit(name, group, { http: httpPort }, sources, tags, opts);
  } else {
    for (const [role, port] of Object.entries(ingress.ports)) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-balancer-${role}-in`,
        {
          securityGroupId: group.id,
          description: "The balancers, and their health checks",
          referencedSecurityGroupId: ingress.securityGroupId,
          ...tcp(port),
          tags: tagged(tags, "region", `${name}-balancer-${role}-in`),
        },
        opts,
      );
    }
  }
  for (const [suffix, block] of [
    ["", { cidrIpv4: everyoneIpv4 }],
    ...(ipv6 ? [["-ipv6", { cidrIpv6: everyoneIpv6 }] as const] : []),
  ] as const) {
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-https-out${suffix}`,
      {
        securityGroupId: group.id,
        description: "Packages and Systems Manager",
        ...block,
        ...tcp(tlsPort),
        tags: tagged(tags, "region", `${name}-https-out${suffix}`),
      },
      opts,
    );
  }
  return group;
}

export interface BalancerSecurityGroupArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly visitors: Visitors;
  /** Port that only the checkers use, over IPv6. */
  readonly ipv6CheckPort: number;
  readonly tags: Tags;
}

/**
 * Inbound rules of a region's balancers: clients over HTTP and HTTPS, and the checkers over IPv6 on
 * a separate port. Makes `<name>` and its rules.
 */
export function balancerSecurityGroup(
  name: string,
  { vpcId, visitors, ipv6CheckPort, tags }: BalancerSecurityGroupArgs,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  const group = securityGroup(name, vpcId, "Balancers: HTTP and HTTPS in", tags, opts);
  const sources = sourcesOf(visitors, opts);
  // A prefix list counts as many rules of a group, so a list is used only where it is needed.
  const others = sources.filter(({ suffix }) => suffix !== checkersSuffix.ipv6);
  admit(name, group, { http: httpPort, https: tlsPort }, others, tags, opts);
  if (visitors.ipv6) {
    const checkers = [checkersOf("ipv6", visitors, opts)];
    admit(name, group, { checks: ipv6CheckPort }, checkers, tags, opts);
  }
  return group;
}

/** Lets balancers reach the web servers behind them, and nothing else. */
export function balancerEgress(
  name: string,
  balancer: aws.ec2.SecurityGroup,
  web: aws.ec2.SecurityGroup,
  ports: Readonly<Record<"http" | "tls" | "health", number>>,
  tags: Tags,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [role, port] of Object.entries(ports)) {
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-${role}-out`,
      {
        securityGroupId: balancer.id,
        description: "The web servers",
        referencedSecurityGroupId: web.id,
        ...tcp(port),
        tags: tagged(tags, "region", `${name}-${role}-out`),
      },
      opts,
    );
  }
}

function securityGroup(
  name: string,
  vpcId: pulumi.Input<string>,
  description: string,
  tags: Tags,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  return new aws.ec2.SecurityGroup(
    name,
    { vpcId, description, tags: tagged(tags, "region", name) },
    opts,
  );
}

/** A rule for each port and source: everyone, a block, or the checkers' prefix list. */
function admit(
  name: string,
  group: aws.ec2.SecurityGroup,
  ports: Readonly<Record<string, number>>,
  sources: readonly Source[],
  tags: Tags,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [role, port] of Object.entries(ports)) {
    for (const { suffix, description, source } of sources) {
      const own = `${name}-${role}-in${suffix}`;
      new aws.vpc.SecurityGroupIngressRule(
        own,
        {
          securityGroupId: group.id,
          description,
          ...source,
          ...tcp(port),
          tags: tagged(tags, "region", own),
        },
        opts,
      );
    }
  }
}

interface Source {
  readonly suffix: string;
  readonly description: string;
  readonly source: Pick<
    aws.vpc.SecurityGroupIngressRuleArgs,
    "cidrIpv4" | "cidrIpv6" | "prefixListId"
  >;
}

function sourcesOf(visitors: Visitors, opts: pulumi.CustomResourceOptions): readonly Source[] {
  const { networks, ipv6 } = visitors;
  if (networks === undefined) {
    const description = "Customers and Route 53 health checkers";
    return [
      { suffix: "", description, source: { cidrIpv4: everyoneIpv4 } },
      ...(ipv6 ? [{ suffix: "-ipv6", description, source: { cidrIpv6: everyoneIpv6 } }] : []),
    ];
  }
  return [
    ...networks.map((block) => ({
      suffix: `-${block}`,
      description: "Admitted visitors",
      source: block.includes(":") ? { cidrIpv6: block } : { cidrIpv4: block },
    })),
    checkersOf("ipv4", visitors, opts),
    ...(ipv6 ? [checkersOf("ipv6", visitors, opts)] : []),
  ];
}

const checkersSuffix = { ipv4: "-checkers", ipv6: "-checkers-ipv6" };

/** AWS's list of the checkers' addresses, looked up unless its id is given. */
function checkersOf(
  family: "ipv4" | "ipv6",
  { region, checkersPrefixListIds }: Visitors,
  opts: pulumi.CustomResourceOptions,
): Source {
  const name = `com.amazonaws.${region}.${family === "ipv6" ? "ipv6." : ""}route53-healthchecks`;
  const prefixListId =
    checkersPrefixListIds?.[family] ?? aws.ec2.getManagedPrefixListOutput({ name }, opts).id;
  return {
    suffix: checkersSuffix[family],
    description: "Route 53 health checkers",
    source: { prefixListId },
  };
}

function tcp(port: number): { ipProtocol: "tcp"; fromPort: number; toPort: number } {
  return { ipProtocol: "tcp", fromPort: port, toPort: port };
}
