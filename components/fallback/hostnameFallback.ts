import type * as pulumi from "@pulumi/pulumi";
import type { Static } from "../../routing/route";

/** The maintenance page of one hostname. */
export interface HostnameFallback {
  readonly hostname: string;
  /** Name of the bucket with the page. */
  readonly bucket: pulumi.Output<string>;
  /** DNS name that the alias of the hostname points to. */
  readonly domain: pulumi.Output<string>;
  readonly route: Static<pulumi.Output<string>>;
}
