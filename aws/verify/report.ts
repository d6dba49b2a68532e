import type { Document } from "../../rehearsal/report/document";
import { counted } from "../../rehearsal/report/figures";
import { callsMax } from "./calls";
import { adviceOn, isAsAssumed } from "./questions";
import type { Verification } from "./verify";

/** What a verification showed, and what to do about it. */
export function verifyReport(
  zone: string,
  { learned, calls, ended, left }: Verification,
): Document {
  const known = learned.filter(({ value }) => value !== null);
  const wrong = known.filter((one) => !isAsAssumed(one)).length;
  return {
    title: `What AWS shows in ${zone}`,
    lead: `By ${calls} of at most ${callsMax} calls to Route 53.`,
    blocks: [
      {
        kind: "table",
        caption: "Questions",
        columns: [
          { head: "question", kind: "prose" },
          { head: "answer" },
          { head: "why", kind: "prose" },
          { head: "what to do", kind: "prose" },
        ],
        rows: learned.map((one) => [
          one.question,
          one.value === null
            ? { text: "unknown", tone: "soft", isState: true }
            : String(one.value === true ? "yes" : one.value === false ? "no" : one.value),
          one.why,
          adviceOn(one),
        ]),
      },
    ],
    verdict: {
      isGood: known.length === learned.length && wrong === 0 && left.length === 0,
      text: `${known.length} of ${learned.length} questions are answered, and ${wrong === 0 ? "no answer asks" : `${counted(wrong, "answer")} ${wrong === 1 ? "asks" : "ask"}`} for a change.`,
      reasons: [
        ...(ended === undefined ? [] : [`it ended early: ${ended}`]),
        ...left.map(
          (one) =>
            `left: ${one}; remove it with npx failover verify --zone-for-tests ${zone} --clean-up`,
        ),
      ],
    },
  };
}
