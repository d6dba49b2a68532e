import { z } from "zod";
import { proofSchema } from "./proofSchema";

/** A record of a proof for auditors of failover tests: `docs/evidence.md` maps its fields. */
export const evidenceSchema = z
  .object({
    format: z.literal("failover-evidence/1"),
    scenarioType: z
      .literal("simulation")
      .describe(
        "Never anything else: nothing was failed, no person acted, and no live system was asked.",
      ),
    result: z
      .enum(["proven", "broken", "open"])
      .describe("open: it depends on something that was not read."),
    date: z.iso.date().describe("When the record was made, in UTC."),
    tool: z.object({
      name: z.literal("failover"),
      version: z.string(),
      commit: z.string().nullable().describe("Of the repository that the tool ran in."),
    }),
    graphSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe("Of the resources that the proof is of: another hash, another subject."),
    owner: z.string().nullable().describe("Who answers for the gaps."),
    retest: z.iso.date().nullable().describe("When it is to be done again."),
    scope: z.object({
      subject: z.string().describe("The stack, or the source that was read."),
      names: z.array(z.object({ name: z.string(), type: z.string(), others: z.array(z.string()) })),
      faults: z.array(z.string()),
      properties: z.array(z.string()),
    }),
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
      }),
    ),
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

/** The published schema: JSON Schema, draft 2020-12. */
export function evidenceJsonSchema(): object {
  return z.toJSONSchema(evidenceSchema);
}
