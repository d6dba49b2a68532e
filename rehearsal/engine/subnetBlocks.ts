/**
 * The address blocks that awsx.ec2.Vpc gives its subnets under `subnetStrategy: "Auto"`, and under
 * IPv6. Source: pulumi-awsx at e60adf3c, awsx/ec2/subnetDistributorNew.ts and vpc.ts; compared with
 * blocks of the real provider (tests/rehearsal/engine/awsxVpc.test.ts).
 */
import { toDotted, toNumber } from "./identifiers";

/** One kind of subnet; without a mask it takes an equal share of its availability zone. */
export interface SubnetSize {
  readonly cidrMask?: number;
}

/**
 * Blocks by availability zone, then by spec: the VPC is split evenly among the zones (rounded up to
 * a power of two), and each zone's part is filled from its start.
 *
 * @returns undefined if the subnets do not fit into their zone's part
 */
export function subnetBlocks(
  vpcBlock: string,
  zoneCount: number,
  specs: readonly SubnetSize[],
): string[][] | undefined {
  const [base = "", bits = "32"] = vpcBlock.split("/");
  const zoneMask = zoneMaskOf(vpcBlock, zoneCount);
  const zoneSize = 2 ** (32 - zoneMask);
  const masks = specs.map(({ cidrMask }) => cidrMask ?? zoneMask + bitsFor(specs.length));
  const needed = masks.reduce((sum, mask) => sum + 2 ** (32 - mask), 0);
  if (needed > zoneSize || masks.some((mask) => mask > 32)) return undefined;
  const first = Math.floor(toNumber(base) / 2 ** (32 - Number(bits))) * 2 ** (32 - Number(bits));
  return Array.from({ length: zoneCount }, (_, zone) => {
    let next = first + zone * zoneSize;
    return masks.map((mask) => {
      const size = 2 ** (32 - mask);
      const start = Math.ceil(next / size) * size;
      next = start + size;
      return `${toDotted(start)}/${mask}`;
    });
  });
}

/** The mask of each zone's part of a VPC. */
export function zoneMaskOf(vpcBlock: string, zoneCount: number): number {
  return Number(vpcBlock.split("/")[1] ?? 32) + bitsFor(zoneCount);
}

/** The /64 with a number in a VPC's /56. */
export function ipv6SubnetBlock(vpcBlock: string, index: number): string {
  const hextets = vpcBlock.split(":");
  const last = (Number.parseInt(hextets[3] ?? "0", 16) & 0xff00) | index;
  return `${hextets.slice(0, 3).join(":")}:${last.toString(16)}::/64`;
}

function bitsFor(count: number): number {
  return count === 0 ? 0 : Math.ceil(Math.log2(count));
}
