import * as pulumi from "@pulumi/pulumi";
import { StaticFallbackTier } from "../components";

/** Arguments of a maintenance page. */
export interface MaintenancePageArgs {
  /** The public name that falls back to the page; it names the bucket. */
  readonly hostname: string;
  /** The self-contained page: HTML in UTF-8. */
  readonly pageHtml: pulumi.Input<string>;
  /** Tags of the bucket and its contents. */
  readonly tags: { readonly [key: string]: pulumi.Input<string> };
}

/**
 * A maintenance page as an S3 website, over HTTP and IPv4. Its provider is given by `providers` and
 * should be of a region that serves no customers.
 */
export class MaintenancePage extends pulumi.ComponentResource {
  /** DNS name of the website's endpoint. */
  readonly dnsName: pulumi.Output<string>;
  /** Hosted zone id of the website's endpoint. */
  readonly hostedZoneId: pulumi.Output<string>;

  constructor(name: string, args: MaintenancePageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cafe-failover:index:MaintenancePage", name, {}, opts);
    const { hostname, pageHtml, tags } = args;
    const tier = new StaticFallbackTier(
      name,
      { hostnames: [hostname], form: { kind: "s3Website" }, pageHtml, tags },
      { parent: this },
    );
    const { target } = tier.routeOf(hostname);
    if (target.kind !== "resource") {
      throw new Error(`${name}: the page must be a resource, got ${target.kind}; this is a bug`);
    }
    this.dnsName = target.dnsName;
    this.hostedZoneId = target.zoneId;
    this.registerOutputs({ dnsName: this.dnsName, hostedZoneId: this.hostedZoneId });
  }
}
