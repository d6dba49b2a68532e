import * as pulumi from "@pulumi/pulumi";
import { EndpointCheck } from "../components";
import type { HttpProbe } from "./flatArgs";

/** Arguments of the check of an address. */
export interface AddressCheckArgs {
  /** Public IPv4 or IPv6 address to connect to. */
  readonly address: pulumi.Input<string>;
  /** Host header, and server name where the scheme is `https`; default: the address. */
  readonly host?: pulumi.Input<string>;
  readonly probe: HttpProbe;
  readonly tags: { readonly [key: string]: pulumi.Input<string> };
}

/** A Route 53 health check of one address, for records of the program's own. */
export class AddressCheck extends pulumi.ComponentResource {
  /** Id of the health check. */
  readonly checkId: pulumi.Output<string>;

  constructor(name: string, args: AddressCheckArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cafe-failover:index:AddressCheck", name, {}, opts);
    const { address, host, probe, tags } = args;
    const target = host === undefined ? { address } : { address, host };
    this.checkId = new EndpointCheck(name, { target, probe, tags }, { parent: this }).id;
    this.registerOutputs({ checkId: this.checkId });
  }
}
