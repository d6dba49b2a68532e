import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * The IPv6 address that AWS gave a network balancer of one zone. It is read from the network
 * interface, because the provider does not read it from the balancer
 * (docs/adr/0007-a-balancer-is-always-dual-stack.md).
 * It depends only on `arnSuffix`. The provider knows it once the balancer is active, and it stays
 * known while the balancer is updated in place (elbv2/load_balancer.go, resourceLoadBalancerCreate
 * and customizeDiffLoadBalancerNLB: only subnets become unknown). With `dependsOn`, the other
 * resources would have to be known too: a new listener would make the address unknown, and with it
 * the checks and records of a serving balancer.
 *
 * @param name Name of the balancer's resource, for messages.
 */
export function balancerIpv6(
  name: string,
  balancer: aws.lb.LoadBalancer,
  opts: pulumi.InvokeOptions,
): pulumi.Output<string> {
  return balancer.arnSuffix.apply(async (arnSuffix) => {
    // The description that Elastic Load Balancing sets, and that the provider itself searches for
    // (elbv2/load_balancer.go, waitForNLBNetworkInterfacesToDetach).
    const description = `ELB ${arnSuffix}`;
    const filters = [{ name: "description", values: [description] }];
    try {
      const { ipv6Addresses } = await aws.ec2.getNetworkInterface({ filters }, opts);
      return soleAddress(ipv6Addresses);
    } catch (error) {
      throw new pulumi.RunError(
        `${name}: must have one network interface with one IPv6 address, described as ` +
          `"${description}", got: ${inOneLine(error)}; ` +
          'if the balancer is gone, see "Balancer is gone" in docs/runbook.md',
      );
    }
  });
}

/** The provider's message contains line breaks and a list. */
function inOneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").trim();
}

function soleAddress(addresses: readonly string[]): string {
  const [address, ...others] = addresses;
  if (address !== undefined && others.length === 0) return address;
  throw new Error(
    address === undefined ? "no IPv6 address" : `IPv6 addresses ${addresses.join(", ")}`,
  );
}
