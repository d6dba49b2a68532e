import * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import type { Static } from "../../routing/route";
import { check, refuse } from "../common/argumentFaults";
import type { ArgumentFault } from "../common/argumentFaults";
import type { Tags } from "../common/tags";
import { cloudFrontFallback } from "./cloudFrontFallback";
import type { CloudFrontFallbackArgs } from "./cloudFrontFallback";
import type { HostnameFallback } from "./hostnameFallback";
import { s3WebsiteFallback } from "./s3WebsiteFallback";
import type { S3WebsiteFallbackArgs } from "./s3WebsiteFallback";

export interface StaticFallbackTierArgs {
  /** Public names that fall back to this tier; plain, because they name buckets. */
  readonly hostnames: readonly string[];
  /** How the page is served; plain, because it decides which resources there are. */
  readonly form: S3WebsiteFallbackArgs | CloudFrontFallbackArgs;
  /** The self-contained maintenance page: HTML in UTF-8. */
  readonly pageHtml: pulumi.Input<string>;
  readonly tags: Tags;
}

/** The website of one hostname. */
export interface StaticWebsite {
  readonly hostname: string;
  /** Name of the bucket: the hostname if S3 serves it (A11). */
  readonly bucket: pulumi.Output<string>;
  /** DNS name that the alias of the hostname points to. */
  readonly domain: pulumi.Output<string>;
}

/**
 * The static tier: a maintenance page without a check, because it is the last tier. Either S3
 * serves it as a website, over HTTP and IPv4 with 200 or 404, or CloudFront serves it from a
 * private bucket, over HTTPS and IPv6 with 503.
 * Its provider is given by `providers` and should be of a region that no other tier uses. Children:
 * those of `s3WebsiteFallback` for each hostname, or those of `cloudFrontFallback`. The two share
 * no names, so switching creates the new form before it deletes the old one.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when a hostname cannot name a bucket.
 */
export class StaticFallbackTier extends pulumi.ComponentResource {
  /** The websites, in the order of the hostnames. */
  readonly websites: readonly StaticWebsite[];
  private readonly routes: ReadonlyMap<string, Static<pulumi.Output<string>>>;

  constructor(name: string, args: StaticFallbackTierArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`StaticFallbackTier "${name}"`, argumentFaults(args));
    super("failover:index:StaticFallbackTier", name, {}, opts);

    const made = fallbacks(name, args, { parent: this });
    this.websites = made.map(({ hostname, bucket, domain }) => ({ hostname, bucket, domain }));
    this.routes = new Map(made.map(({ hostname, route }) => [hostname, route]));
    this.registerOutputs({ websites: this.websites });
  }

  /**
   * The route to a hostname's page, to compose into the tree of that hostname.
   *
   * @throws Error when the tier does not have the hostname.
   */
  routeOf(hostname: string): Static<pulumi.Output<string>> {
    const route = this.routes.get(hostname);
    if (route) return route;
    const known = [...this.routes.keys()].join(", ");
    throw new Error(`routeOf: must be a hostname of the tier, got "${hostname}"; it has ${known}`);
  }
}

function fallbacks(
  name: string,
  args: StaticFallbackTierArgs,
  parent: pulumi.CustomResourceOptions,
): readonly HostnameFallback[] {
  const { form, hostnames } = args;
  return form.kind === "cloudFront"
    ? cloudFrontFallback(name, form, args, parent)
    : hostnames.map((hostname) => s3WebsiteFallback(name, hostname, args, parent));
}

function argumentFaults({ hostnames, form }: StaticFallbackTierArgs): readonly ArgumentFault[] {
  return [
    ...hostnameFaults(hostnames),
    ...(form.kind === "cloudFront"
      ? check("form.retryAfterSeconds", form.retryAfterSeconds, rules.retryAfterSeconds)
      : []),
  ];
}

function hostnameFaults(hostnames: readonly string[]): readonly ArgumentFault[] {
  return hostnames.flatMap((hostname, index) => [
    ...check(`hostnames[${index}]`, hostname, rules.hostname),
    ...(hostnames.indexOf(hostname) === index
      ? []
      : [
          {
            propertyPath: `hostnames[${index}]`,
            reason: rules.reasonOf({ must: "unique", remedy: "remove the duplicate" }, hostname),
          },
        ]),
  ]);
}
