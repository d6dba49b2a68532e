import { Dynamo } from "./dynamo";
import { JournalLink } from "./journalLink";
import { MetadataService } from "./metadataService";
import { Replication } from "./replication";

/** DynamoDB in two regions with its replication, the links to it, and the instances' credentials. */
export interface Journals {
  readonly metadata: MetadataService;
  readonly replication: Replication;
  /** In the order of the regions. */
  readonly sides: readonly [JournalSide, JournalSide];
  close(): Promise<void>;
}

/** DynamoDB and Secrets Manager as one region reaches them. */
export interface JournalSide {
  readonly dynamo: Dynamo;
  /** The link to its own region's DynamoDB. */
  readonly here: JournalLink;
  /** The link to the other region's DynamoDB. */
  readonly there: JournalLink;
  /** The link to its own region's Secrets Manager. */
  readonly secretsLink: JournalLink;
}

/**
 * Makes the tables of two regions, and the links to them.
 *
 * @param motoPort the port of a moto without tables
 * @param journalKey attributes of the journal's key
 */
export async function startJournals(
  motoPort: number,
  regions: readonly [string, string],
  journalKey?: readonly string[],
): Promise<Journals> {
  const create = async (region: string) => Dynamo.create(motoPort, region, journalKey);
  const [metadata, first, second] = await Promise.all([
    MetadataService.create(),
    create(regions[0]),
    create(regions[1]),
  ]);
  const replication = new Replication([first, second]);
  const side = async (own: Dynamo, other: Dynamo): Promise<JournalSide> => {
    const link = async (target: Dynamo) => JournalLink.create(target, replication);
    const [here, there, secretsLink] = await Promise.all([link(own), link(other), link(own)]);
    return { dynamo: own, here, there, secretsLink };
  };
  const sides = await Promise.all([side(first, second), side(second, first)]);
  const close = async () => {
    await replication.close();
    for (const { here, there, secretsLink } of sides) {
      for (const link of [here, there, secretsLink]) link.close();
    }
    metadata.close();
  };
  return { metadata, replication, sides, close };
}
