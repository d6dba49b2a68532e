import { z } from "zod";

/**
 * The output of `failover prove --json`, which `--compare` reads. Durations are in seconds; null means never.
 */

const seconds = z.number().nonnegative().nullable();

const situationFields = {
  faults: z.array(z.string()),
  /** Whether each unread resource is healthy, by its name. */
  unknown: z.record(z.string(), z.boolean()).optional(),
};

/** The names of what was not read and decides; absent if there is nothing. */
const dependsOn = z.array(z.string()).optional();

const answerSchema = z.object({
  place: z.string(),
  isAlive: z.boolean(),
  hasDatabases: z.boolean(),
});

const nameSchema = z.object({
  name: z.string(),
  type: z.string(),
  /** The places that queries come from, if the answer depends on them. */
  from: z.array(z.string()).optional(),
  others: z.array(z.string()),
  /** What AWS does not document and the name's aliases evaluate, as it is assumed; absent if there is nothing. */
  assumed: z.array(z.string()).optional(),
  faults: z.array(z.string()),
  /** How many faults of each kind were tried; absent in proofs of older versions. */
  faultKinds: z
    .partialRecord(
      z.enum(["region", "availabilityZone", "endpoint", "database", "outside", "check"]),
      z.int(),
    )
    .optional(),
  /** The latches of an attached gate, each set or not under every set of faults; absent without one. */
  latches: z.array(z.string()).optional(),
  violations: z.array(
    z.object({
      property: z.enum([
        "noDeadAnswer",
        "aliveAtRest",
        "noNeedlessFailover",
        "noAnswerWithoutDatabase",
        "alwaysAnswered",
        "noPageWhileLatched",
        "latchMovesTraffic",
      ]),
      isOpen: z.boolean(),
      ...situationFields,
      countBySize: z.array(z.int()),
      blame: z.object({ record: z.string(), check: z.string().optional(), why: z.string() }),
      replay: z.string(),
    }),
  ),
  /**
   * The answers without a fault and under each single fault, where what was not read is healthy. Times that
   * depend on it are those of the worse.
   */
  matrix: z.array(
    z.object({
      fault: z.string().nullable(),
      answers: z.array(answerSchema),
      dependsOn,
      times: z.array(
        z.object({ death: z.string(), detection: seconds, downtime: seconds, dependsOn }),
      ),
    }),
  ),
  cutSets: z.array(
    z.object({
      outcome: z.enum(["deadAnswer", "staticPage", "withoutDatabase", "regionLeft"]),
      label: z.string(),
      countBySize: z.array(z.int()),
      /** Of these, the sets in which no check reports falsely; earlier versions did not write it. */
      truthfulBySize: z.array(z.int()).optional(),
      smallest: z.array(z.object(situationFields)),
    }),
  ),
  transitions: z.object({
    count: z.int(),
    classes: z.array(
      z.object({
        count: z.int(),
        from: z.array(z.string()),
        to: z.array(z.string()),
        death: z.string(),
        detection: seconds,
        downtime: seconds,
        dependsOn,
        terms: z.array(
          z.object({
            name: z.string(),
            seconds: z.number(),
            formula: z.string(),
            source: z.string(),
          }),
        ),
        /** Seconds in simulated runs, if a simulation was requested. */
        simulated: z
          .object({ runs: z.int(), p50: z.number(), p99: z.number(), worst: z.number() })
          .optional(),
      }),
    ),
  }),
  minutesPerYear: z.object({
    /** Until customers are moved, or what failed is repaired. Earlier versions wrote null where nothing moves them. */
    moving: z.number().nullable(),
    /** Of `moving`, which counts until the repair: customers may be moved before. */
    dependsOn,
    outcomes: z.array(
      z.object({
        outcome: z.string(),
        label: z.string(),
        perYear: z.number(),
        byCause: z.array(z.object({ fault: z.string(), perYear: z.number() })),
        without: z.array(z.object({ tier: z.string(), perYear: z.number() })),
      }),
    ),
  }),
});

export const proofSchema = z.object({
  stack: z.string(),
  /** What is assumed of what no resource stands for and of what was not read; absent if there is nothing. */
  assumed: z.array(z.string()).optional(),
  names: z.array(nameSchema),
  /** The names that could not be proven; absent if there are none. */
  unproven: z
    .array(
      z.object({ name: z.string(), others: z.array(z.string()), reasons: z.array(z.string()) }),
    )
    .optional(),
  /** The names asked for that no record has, of a proof that is compared; absent if there are none. */
  absent: z.array(z.string()).optional(),
  objectives: z.array(
    z.object({
      name: z.string(),
      target: z.number(),
      worst: z.number().nullable(),
      /** Of `worst`, where it is null: it is never over, not only not measured. */
      isEndless: z.literal(true).optional(),
      met: z.boolean(),
      /** Of `worst`, where it is null. */
      dependsOn,
    }),
  ),
  rates: z.record(
    z.string(),
    z.object({
      perYear: z.number(),
      hours: z.number(),
      source: z.string(),
      /** How many faults it applies to; absent in proofs of older versions. */
      faults: z.int().optional(),
    }),
  ),
  /** What only Pulumi knows of the program's resources, so that it is unknown here; absent if there is nothing. */
  gaps: z.array(z.string()).optional(),
  simulation: z.object({ runs: z.int(), seed: z.int() }).optional(),
});

/** A proof as data. */
export type ProofData = z.infer<typeof proofSchema>;
export type NameProofData = ProofData["names"][number];
