import type { Block } from "../report/document";
import { counted } from "../report/figures";
import { readingAssumptions } from "./assumptionTexts";
import { faultKindText, faultsByRate } from "./faultKinds";
import { rateEntries } from "./faultRates";
import type { Proof } from "./prove";

/** The fault rates of a proof, to what each applies, and what is assumed of faults. */
export function rateSection(proof: Proof): Block {
  const faults = faultsByRate(proof);
  return {
    kind: "section",
    title: "Fault rates",
    blocks: [
      {
        kind: "table",
        caption: "How often things fail, and for how long",
        columns: [
          { head: "what fails" },
          { head: "a year", kind: "number" },
          { head: "hours", kind: "number" },
          { head: "applies to", kind: "number" },
          { head: "source", kind: "prose" },
        ],
        rows: rateEntries(proof.rates).map(([name, { perYear, hours, source }]) => [
          faultKindText(name),
          String(perYear),
          String(hours),
          faults[name] === 0 ? "nothing" : counted(faults[name], "fault"),
          source,
        ]),
      },
      {
        kind: "note",
        text: [
          `--rate sets them: ${rateEntries(proof.rates)
            .map(([name]) => name)
            .join(", ")}, each with perYear and hours, such as region.hours=8.`,
          "Faults are independent, but that a region takes its zones along.",
          "An outage lasts no longer than its fault, also where nothing notices it.",
          ...readingAssumptions(proof),
        ].join(" "),
      },
    ],
  };
}
