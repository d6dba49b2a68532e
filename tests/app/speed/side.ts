import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeCertificate, type ServerCertificate } from "../../../rehearsal/live/lamp/certificate";
import { ACCOUNT } from "../../../rehearsal/live/lamp/mariaDb";
import { MetadataService } from "../../../rehearsal/live/lamp/metadataService";
import { Region } from "../harness/region";
import { startTwoRegions } from "../harness/twoRegions";
import { freePort, untilListening } from "../../../rehearsal/live/lamp/waiting";
import { Workshop } from "../../../rehearsal/live/lamp/workshop";

/** The stand-ins for DynamoDB while orders are placed. */
export const CONDITIONS = {
  /** moto without TLS, with the test's replication: slow, because moto is Python. */
  moto: undefined,
  /** TLS, and 2 ms per answer, as within a region. */
  near: { answerMs: 2, distanceMs: 0 },
  /** The same with the other region 130 ms away, as between Oregon and Dublin. */
  far: { answerMs: 2, distanceMs: 130 },
} as const;

/** The name of a condition. */
export type Condition = keyof typeof CONDITIONS;

/** One side of the comparison, ready to take orders. */
export interface Side {
  readonly origin: string;
  close(): Promise<void>;
}

/** Debian's bundle; an application that opens a connection for each call reads it each time. */
const SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";

/**
 * Starts a region with the services that it calls.
 *
 * @param isTrusted Whether the application trusts the other region's certificate.
 */
export async function startSide(condition: Condition, isTrusted = true): Promise<Side> {
  const times = CONDITIONS[condition];
  if (times === undefined) {
    const two = await startTwoRegions();
    return { origin: two.oregon.region.origin, close: () => two.close() };
  }
  const workshop = new Workshop();
  const metadata = await MetadataService.create();
  const tls = await makeCertificate(workshop, "aws");
  const caFile = join(workshop.directory, "authorities.pem");
  writeFileSync(
    caFile,
    readFileSync(SYSTEM_AUTHORITIES, "utf8") + readFileSync(tls.certificate, "utf8"),
  );
  const service = async (
    name: string,
    { certificate, key }: ServerCertificate,
    distanceMs: number,
  ) => {
    const port = await freePort();
    const args = [port, certificate, key, times.answerMs, distanceMs];
    const server = workshop.start(
      name,
      process.execPath,
      [join(__dirname, "standIn.mjs"), ...args.map(String), JSON.stringify(ACCOUNT)],
      { asSelf: true },
    );
    await untilListening(port, name, server);
    return { endpoint: `https://localhost:${port}` };
  };
  const here = await service("here", tls, 0);
  const elsewhere = isTrusted ? tls : await makeCertificate(workshop, "stranger");
  const there = await service("there", elsewhere, times.distanceMs);
  const region = await Region.create(workshop, {
    ...{ region: "us-west-2", otherRegion: "eu-west-1" },
    ...{ metadata, here, there, caFile },
    // The stand-in knows the account from its start.
    ...{ secretsLink: here, secrets: { putSecret: () => Promise.resolve() } },
  });
  return {
    origin: region.origin,
    close: async () => {
      metadata.close();
      await workshop.close();
    },
  };
}
