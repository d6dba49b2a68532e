import type { Document, Inline, Tone } from "../../rehearsal/report/document";
import { counted } from "../../rehearsal/report/figures";
import type { State } from "./finding";
import type { Preflight } from "./preflight";

const tones: Readonly<Record<State, Tone>> = {
  ok: "good",
  "will fail": "bad",
  "cannot tell": "soft",
};

/** The width of the longest state. */
const stateWidth = 11;

/** What hinders an update is last, beside the verdict: a terminal shows the end of a long list. */
const order: readonly State[] = ["ok", "cannot tell", "will fail"];

/** A preflight as a report: a line for each finding, and the verdict. */
export function preflightReport({ stack, account, caller, findings }: Preflight): Document {
  const count = (state: State): number => findings.filter((one) => one.state === state).length;
  const sorted = order.flatMap((state) => findings.filter((one) => one.state === state));
  const failing = count("will fail");
  const unknown = count("cannot tell");
  const rest = `${count("ok")} ok, ${unknown} cannot be told`;
  return {
    title: `Preflight of ${stack} in account ${account}`,
    lead: `Checked as ${caller}, read-only.`,
    blocks: [
      {
        kind: "list",
        items: sorted.map(({ check, state, subject, text, remedy }): Inline => [
          { text: state.padEnd(stateWidth), tone: tones[state], isState: true },
          ` ${check}: ${subject}: ${text}${remedy === undefined ? "" : `; ${remedy}`}`,
        ]),
      },
    ],
    verdict: {
      isGood: failing === 0,
      text:
        failing === 0
          ? `Nothing was found that would fail an update (${rest}).`
          : `An update would fail: ${counted(failing, "finding")} (${rest}).`,
      reasons: [
        failing === 0
          ? `Next: npx pulumi preview --stack ${stack}`
          : `Next: mend what will fail, then npx failover preflight --stack ${stack}`,
      ],
    },
  };
}
