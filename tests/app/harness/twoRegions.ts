import { Dynamo } from "./dynamo";
import { JournalLink } from "./journalLink";
import { MetadataService } from "./metadataService";
import { Region } from "./region";
import { Replication } from "./replication";
import { Workshop } from "./workshop";

/** The café as deployed: two regions, the links between them, and DynamoDB's replication. */
export interface TwoRegions {
  readonly workshop: Workshop;
  readonly metadata: MetadataService;
  readonly replication: Replication;
  readonly oregon: Side;
  readonly dublin: Side;
  close(): Promise<void>;
}

/** One region with its links. */
export interface Side {
  readonly region: Region;
  readonly dynamo: Dynamo;
  /** The link to its own region's DynamoDB. */
  readonly here: JournalLink;
  /** The link to the other region's DynamoDB. */
  readonly there: JournalLink;
  /** The link to its own region's Secrets Manager. */
  readonly secretsLink: JournalLink;
}

const NAMES = ["us-west-2", "eu-west-1"] as const;

/**
 * Starts both regions; everything ends with `close`, or with the test process.
 *
 * @param databaseLinked Whether to put a network that can fail between applications and databases.
 */
export async function startTwoRegions(databaseLinked = false): Promise<TwoRegions> {
  const workshop = new Workshop();
  const metadata = await MetadataService.create();
  const closing: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const step of closing) await step();
    metadata.close();
    await workshop.close();
  };
  try {
    const [west, east] = await Promise.all(NAMES.map((name) => Dynamo.create(workshop, name)));
    if (!west || !east) throw new Error("moto did not start");
    const replication = new Replication([west, east]);
    closing.push(async () => replication.close());
    const side = async (own: Dynamo, other: Dynamo): Promise<Side> => {
      const here = await JournalLink.create(own, replication);
      const there = await JournalLink.create(other, replication);
      const secretsLink = await JournalLink.create(own, replication);
      closing.push(() => {
        for (const link of [here, there, secretsLink]) link.close();
      });
      const names = { region: own.region, otherRegion: other.region };
      const region = await Region.create(workshop, {
        ...names,
        metadata,
        secrets: own,
        secretsLink,
        databaseLinked,
        here,
        there,
      });
      closing.push(() => region.databaseLink?.close());
      return { region, dynamo: own, here, there, secretsLink };
    };
    const [oregon, dublin] = await Promise.all([side(west, east), side(east, west)]);
    return { workshop, metadata, replication, oregon, dublin, close };
  } catch (error) {
    await close();
    throw error;
  }
}
