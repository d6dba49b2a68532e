import type { Document, Inline, Tone } from "../../rehearsal/report/document";
import type { State } from "./finding";
import type { Preflight } from "./preflight";

const tones: Readonly<Record<State, Tone>> = {
  ok: "good",
  "will fail": "bad",
  "cannot tell": "soft",
};

/** The width of the longest state. */
const stateWidth = 11;

/** A preflight as a report: a line for each finding, and the verdict. */
export function preflightReport({ stack, account, caller, findings }: Preflight): Document {
  const count = (state: State): number => findings.filter((one) => one.state === state).length;
  const failing = count("will fail");
  const unknown = count("cannot tell");
  const rest = `${count("ok")} ok, ${unknown} cannot tell`;
  return {
    title: `Preflight of ${stack} in account ${account}`,
    lead: `Checked as ${caller}, read-only.`,
    blocks: [
      {
        kind: "list",
        items: findings.map(({ check, state, subject, text, remedy }): Inline => [
          { text: state.padEnd(stateWidth), tone: tones[state] },
          ` ${check}: ${subject}: ${text}${remedy === undefined ? "" : `; ${remedy}`}`,
        ]),
      },
    ],
    verdict: {
      isGood: failing === 0,
      text:
        failing === 0
          ? `no finding would fail an update (${rest})`
          : `an update would fail (${failing} findings; ${rest})`,
      reasons: [],
    },
  };
}
