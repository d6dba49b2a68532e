import { z } from "zod";
import { proofSchema } from "./proofSchema";

/** The fields of every record: `docs/evidence.md` maps them. */
const common = {
  format: z.literal("failover-evidence/1"),
  date: z.iso.date().describe("When the record was made, in UTC."),
  tool: z.object({
    name: z.literal("failover"),
    version: z.string(),
    commit: z.string().nullable().describe("Commit of the repository in which the tool ran."),
  }),
  graphSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("Hash of the resources: a different hash means a different subject."),
  owner: z.string().nullable().describe("Person responsible for the gaps."),
  retest: z.iso.date().nullable().describe("Date of the next test."),
  exclusions: z.array(z.string()),
  objectives: z.array(
    z.object({
      name: z.string(),
      objective: z.number().describe("In seconds."),
      achieved: z
        .number()
        .nullable()
        .describe("The worst case in seconds; null: never, or not measured."),
      met: z.boolean(),
      dependsOn: z
        .array(z.string())
        .optional()
        .describe("What was not read and decides whether `achieved` is never; absent: nothing."),
    }),
  ),
};

const askedName = { name: z.string(), type: z.string() };

/** A record of a proof for auditors of failover tests. */
export const evidenceSchema = z
  .object({
    ...common,
    scenarioType: z
      .literal("simulation")
      .describe(
        "Always this value: nothing was made to fail, nobody acted, and no live system was queried.",
      ),
    result: z
      .enum(["proven", "broken", "open"])
      .describe("open: it depends on something that was not read."),
    scope: z.object({
      subject: z.string().describe("The stack, or the source that was read."),
      names: z.array(z.object({ ...askedName, others: z.array(z.string()) })),
      faults: z.array(z.string()),
      properties: z.array(z.string()),
    }),
    gaps: z.array(z.string()).describe("Violations, open questions and missed objectives."),
    assumptions: z.array(
      z.object({
        name: z.string(),
        value: z.union([z.number(), z.boolean(), z.string()]),
        source: z.string(),
      }),
    ),
    proof: proofSchema.describe("What `failover prove --json` prints."),
  })
  .meta({ title: "Evidence of a failover proof" });

export type Evidence = z.infer<typeof evidenceSchema>;

const measuredSeconds = z
  .number()
  .nullable()
  .describe("From the start of the fault, late by at most `resolutionSeconds`; null: not seen.");

const alarmEvent = z.object({
  region: z.string(),
  name: z.string(),
  at: z.iso.datetime(),
  text: z.string().describe("In the words of CloudWatch."),
});

/** A record of a game day: a fault in a deployed system, with no part that was computed. */
export const liveEvidenceSchema = z
  .object({
    ...common,
    scenarioType: z
      .literal("live failover")
      .describe("A deployed system was made to fail, and its own name servers were asked."),
    result: z
      .enum(["met", "missed", "open"])
      .describe("open: something was not measured, or the fault ended early."),
    scope: z.object({
      subject: z.string().describe("The stack."),
      region: z.string().describe("The AWS region of the fault."),
      names: z.array(z.object(askedName)),
      fault: z.string(),
    }),
    gaps: z.array(z.string()).describe("What was missed, not seen, or not started again."),
    gameDay: z
      .object({
        startedAt: z.iso.datetime(),
        faultSeconds: z.number().describe("Until everything was started again."),
        end: z.string().describe("Why the fault ended."),
        resolutionSeconds: z.number().describe("Between two questions to the name servers."),
        answers: z.array(
          z.object({
            ...askedName,
            before: z.array(z.string()),
            after: z.array(z.string()),
            firstMovedSeconds: measuredSeconds,
            allMovedSeconds: measuredSeconds,
            returnedSeconds: z
              .number()
              .nullable()
              .describe("From the end of the fault, like the others; null: not seen."),
          }),
        ),
        alarms: z.array(alarmEvent).nullable().describe("Null: they were not read."),
        notifications: z.array(alarmEvent).nullable().describe("Null: they were not read."),
        left: z.array(z.object({ what: z.string(), command: z.string().nullable() })),
        events: z.array(z.object({ seconds: z.number(), text: z.string() })),
      })
      .describe("What was seen."),
  })
  .meta({ title: "Evidence of a game day" });

export type LiveEvidence = z.infer<typeof liveEvidenceSchema>;

/** The published schema of both kinds of records: JSON Schema, draft 2020-12. */
export function evidenceJsonSchema(): object {
  return z.toJSONSchema(z.discriminatedUnion("scenarioType", [evidenceSchema, liveEvidenceSchema]));
}
