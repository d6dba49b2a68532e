import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { balancerIpv6 } from "../../../components/zone/balancerIpv6";
import { promiseOf } from "../promiseOf";
import { resourcesOf } from "../pulumiMocks";
import type { Answer } from "../pulumiMocks";

const token = "aws:ec2/getNetworkInterface:getNetworkInterface";

/** The address, or the message of the fault, for AWS's answer about the interface. */
async function addressWhen(answer: Answer): Promise<string> {
  const found: Promise<string>[] = [];
  const make = (): void => {
    const balancer = new aws.lb.LoadBalancer("z-balancer", { loadBalancerType: "network" });
    const address = promiseOf(balancerIpv6("z-balancer", balancer, {}));
    found.push(address.catch((error: unknown) => (error as Error).message));
  };
  await resourcesOf(make, {}, { [token]: answer });
  return found[0] ?? "nothing was asked for";
}

const fault = (got: string): string =>
  "z-balancer: must have one network interface with one IPv6 address, described as " +
  `"ELB suffix of z-balancer", got: ${got}; ` +
  'if the balancer is gone, see "Balancer is gone" in docs/runbook.md';

describe("the IPv6 address of a balancer", () => {
  it("is that of the interface with the balancer's description", async () => {
    const asked: unknown[] = [];
    const address = await addressWhen((inputs) => {
      asked.push(inputs);
      return { ipv6Addresses: ["2001:db8::1"] };
    });
    expect(address).to.equal("2001:db8::1");
    const filters = [{ name: "description", values: ["ELB suffix of z-balancer"] }];
    expect(asked).to.deep.equal([{ filters }]);
  });

  it("has a fault that names the balancer if there is none, or several", async () => {
    expect(await addressWhen(() => ({ ipv6Addresses: [] }))).to.equal(fault("no IPv6 address"));
    const two = ["2001:db8::1", "2001:db8::2"];
    expect(await addressWhen(() => ({ ipv6Addresses: two }))).to.equal(
      fault("IPv6 addresses 2001:db8::1, 2001:db8::2"),
    );
  });

  it("has a fault that names the balancer if the provider finds no interface, or several", async () => {
    // The provider's messages (ec2/vpc_network_interface_data_source.go, tfresource's
    // SingularDataSourceFindError), in the format of Pulumi's bridge.
    const words = [
      "no matching EC2 Network Interface found",
      "multiple EC2 Network Interfaces matched; use additional constraints to reduce matches to a single EC2 Network Interface",
    ];
    for (const word of words) {
      const details = `1 error occurred:\n\t* ${word}\n\n`;
      const message = await addressWhen(() => {
        // As gRPC reports it; the SDK reads the details.
        throw Object.assign(new Error(word), { details });
      });
      expect(message).to.equal(fault(`1 error occurred: * ${word}`));
    }
  });
});
