import { packageFile } from "../../packageDirectory";
import { isLatched } from "../../functions/gate/state";
import type { Inline, Verdict } from "../../rehearsal/report/document";
import { counted } from "../../rehearsal/report/figures";
import type { FactCode } from "./fact";
import type { LiveStatus } from "./status";

/** The outcome of a status: who serves, then how much else is bad or unknown. */
export function statusVerdict({ names, facts }: LiveStatus): Verdict {
  if (facts.length === 0) {
    const text = "The first tier serves, and Route 53, the checks and the model agree.";
    return { isGood: true, text, reasons: [] };
  }
  const counts = (["bad", "unknown"] as const).flatMap((state) => {
    const count = facts.filter((fact) => fact.state === state).length;
    return count === 0
      ? []
      : [`${counted(count, "finding")} ${count === 1 ? "is" : "are"} ${state}`];
  });
  return {
    isGood: false,
    ...(facts.every(({ state }) => state === "unknown") ? { isUnknown: true } : {}),
    text: `${[...servingSentences(names), counts.join(", ")].join(" ")}.`,
    reasons: [],
  };
}

/** Who serves, the worst first. */
function servingSentences(names: LiveStatus["names"]): readonly string[] {
  const sentences = [
    ["No address for", names.filter(({ isUnanswered }) => isUnanswered)],
    ["A lower tier serves", names.filter(({ isUsual }) => isUsual === false)],
    [
      "Unknown who serves",
      names.filter(({ isUsual, isUnanswered }) => isUsual === null && !isUnanswered),
    ],
  ] as const;
  const said = sentences.flatMap(([words, some]) =>
    some.length === 0 ? [] : [`${words} ${[...new Set(some.map(({ name }) => name))].join(", ")}.`],
  );
  return said.length === 0 && names.length > 0 ? ["The first tier serves."] : said;
}

/** The section of docs/runbook.md that deals with a finding. */
const runbookSections: Partial<Readonly<Record<FactCode, string>>> = {
  "lower-tier": "Customers have moved",
  serving: "Check the current state",
  "name-server": "Check the current state",
  "model-differs": "Customers have moved",
  "servers-differ": "Customers have moved",
  check: "Check the current state",
  "gate-blind": "Gate is blind",
  "gate-mode": "Attach the gate",
  "controller-stale": "Gate controller fails",
  "controller-notices": "Gate controller fails",
};

/** Findings that may be of the last minute only. */
const passing: readonly FactCode[] = [
  "servers-differ",
  "model-differs",
  "latch-object",
  "latch-check",
];

/** What to do next, a line each. @param stack the arguments that name the stack, such as `--stack prod` */
export function nextSteps({ gate, facts }: LiveStatus, stack: string): readonly Inline[] {
  const step = (words: string, does: string): Inline => [
    `${does}: `,
    { text: `npx failover ${words}`, isCode: true },
  ];
  const sections = new Set([
    ...facts.flatMap(({ code }) => runbookSections[code] ?? []),
    ...(gate?.phase && isLatched(gate.phase) ? ["Gate is latched"] : []),
  ]);
  const titles = [...sections].map((title) => `"${title}"`).join(", ");
  return [
    ...(titles === "" ? [] : [`Read in ${packageFile("docs/runbook.md")}: ${titles}.`]),
    ...(facts.some(({ code }) => passing.includes(code))
      ? [step(`status ${stack}`, "Look again in a minute")]
      : []),
    ...(gate?.phase === "awaitingApproval"
      ? [
          step(
            `release ${stack} --approve --reason "…"`,
            "Once the primary region is well, approve the return",
          ),
        ]
      : []),
  ];
}
