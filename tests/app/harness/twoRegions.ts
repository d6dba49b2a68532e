import { startMoto } from "../../../rehearsal/live/lamp/dynamo";
import { startJournals, type JournalSide } from "../../../rehearsal/live/lamp/journals";
import type { MetadataService } from "../../../rehearsal/live/lamp/metadataService";
import type { Replication } from "../../../rehearsal/live/lamp/replication";
import { Workshop } from "../../../rehearsal/live/lamp/workshop";
import { needParts, REGION_PARTS, type Part } from "./parts";
import { Region } from "./region";

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
export interface Side extends JournalSide {
  readonly region: Region;
}

const NAMES = ["us-west-2", "eu-west-1"] as const;

/** The journal's key; that from before docs/adr/0010 for an old application (tests/app/speed). */
const JOURNAL_KEY =
  process.env["CAFE_TEST_JOURNAL_BY_NUMBER"] === undefined ? ["id", "bodyHash"] : ["id"];

/** Started once: it takes a second of processor time. It ends with this process. */
let motoPort: Promise<number> | undefined;

/** The port of a moto that whoever had it before has no more. */
async function emptyMoto(): Promise<number> {
  motoPort ??= startMoto(new Workshop());
  const port = await motoPort;
  const { ok, status } = await fetch(`http://127.0.0.1:${port}/moto-api/reset`, { method: "POST" });
  if (!ok) throw new Error(`moto could not be emptied: ${status}`);
  return port;
}

/**
 * For a suite: both regions, which start before its tests. After a failed test, or a failed attempt at one, they start
 * anew: it may have left a part stopped, on which the others would fail.
 *
 * @param began called with the regions after each start
 */
export function useTwoRegions(
  began: (two: TwoRegions) => void | Promise<void>,
  { parts = REGION_PARTS, databaseLinked = false }: SuiteOptions = {},
): void {
  let two: TwoRegions | undefined;
  const start = async () => {
    two = await startTwoRegions(databaseLinked);
    await began(two);
  };
  const end = async () => {
    const ended = two;
    two = undefined;
    await ended?.close();
  };
  before(async function () {
    needParts(this, parts);
    await start();
  });
  afterEach(async function () {
    if (this.currentTest?.state === "passed") return;
    await end();
    await start();
  });
  after(end);
}

/** What a suite needs beside the regions. */
interface SuiteOptions {
  readonly parts?: readonly Part[];
  /** Whether to put a network that can fail between applications and databases. */
  readonly databaseLinked?: boolean;
}

/**
 * Starts both regions; everything ends with `close`, or with the test process. One pair at a time:
 * the next one empties the journals.
 *
 * @param databaseLinked Whether to put a network that can fail between applications and databases.
 */
export async function startTwoRegions(databaseLinked = false): Promise<TwoRegions> {
  const workshop = new Workshop();
  const closing: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const step of closing) await step();
    await workshop.close();
  };
  try {
    const journals = await startJournals(await emptyMoto(), NAMES, JOURNAL_KEY);
    closing.push(async () => journals.close());
    const { metadata, replication, sides } = journals;
    const withRegion = async (side: JournalSide, otherRegion: string): Promise<Side> => {
      const { dynamo, here, there, secretsLink } = side;
      const region = await Region.create(workshop, {
        ...{ region: dynamo.region, otherRegion, metadata, here, there },
        ...{ secrets: dynamo, secretsLink, databaseLinked },
      });
      closing.push(() => region.databaseLink?.close());
      return { ...side, region };
    };
    const [oregon, dublin] = await Promise.all([
      withRegion(sides[0], sides[1].dynamo.region),
      withRegion(sides[1], sides[0].dynamo.region),
    ]);
    return { workshop, metadata, replication, oregon, dublin, close };
  } catch (error) {
    await close();
    throw error;
  }
}
