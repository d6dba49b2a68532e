import { z } from "zod";
import { InputError } from "../../routing/inputError";

/**
 * What a game day stops, written before it stops anything: enough for another process to mend it.
 */
const journalSchema = z.strictObject({
  version: z.literal(1),
  project: z.string(),
  stack: z.string(),
  /** The AWS region of the fault. */
  region: z.string(),
  accountId: z.string(),
  startedAt: z.iso.datetime(),
  /** `open`: something may be stopped. `mended`: everything was started again. */
  phase: z.enum(["open", "mended"]),
  fault: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("experiment"),
      name: z.string(),
      templateId: z.string(),
      /** Null until FIS has confirmed the start. */
      experimentId: z.string().nullable(),
      /** Machines of the stack that were not running before. */
      stoppedBefore: z.array(z.string()),
    }),
    z.strictObject({
      kind: z.literal("instances"),
      name: z.string(),
      instanceIds: z.array(z.string()).min(1),
    }),
  ]),
});

export type GameDayJournal = z.infer<typeof journalSchema>;

/** The file of a stack's game day, in the directory of the command. */
export function journalPathOf(stack: string): string {
  return `failover-gameday-${stack}.json`;
}

/** @throws InputError if the text is no journal */
export function parseJournal(text: string, path: string): GameDayJournal {
  const remedy = "look for stopped machines and running experiments in the AWS console";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${path}: must be the journal of a game day, got no JSON; ${remedy}`, {
      cause,
    });
  }
  const parsed = journalSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues.map(
      ({ path: at, message }) => `${path}: ${at.join(".") || "journal"}: ${message}; ${remedy}`,
    ),
  );
}
