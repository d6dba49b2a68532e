import type { Fault } from "../../routing/graph/faults";
import type {
  Block,
  Document,
  Entries,
  Inline,
  Row,
  Section,
  Span,
  Table,
} from "../report/document";
import { gapsSections } from "../gaps";
import { lasting, withThousands } from "../report/figures";
import { objectiveTable } from "../story/report";
import { failureModeText } from "../story/wording";
import type { ExpectedMinutes } from "./availability";
import { isUntested, triedText } from "./faultKinds";
import { FaultNames } from "../../routing/graph/faultNames";
import { replayCommand, situationText } from "./situationWords";
import type { FaultSpace } from "./faultSpace";
import type { CutSets, NameProof, Proof, Violation } from "./prove";
import type { PropertyName } from "./properties";
import { propertyWords } from "./propertyWords";
import { tiersOf } from "./tiers";
import { usedAssumptions } from "./usedAssumptions";
import { provenSubject, untestedText, proofVerdict } from "./verdict";
import { rateSection } from "./rateSection";
import type { FaultChange, TransitionClass } from "./transitions";

/** The most causes of an outcome that are shown; `--json` has all of them. */
const causesShown = 5;
/** The most smallest sets of an outcome that are shown. */
const setsShown = 3;
/** The most kinds of change that are shown, the longest first, for deaths and for returns. */
const classesShown = 4;

/** The properties of a gate, which only a name with a latch has. */
const gateProperties: readonly PropertyName[] = ["noPageWhileLatched", "latchMovesTraffic"];

/** What is proven never to happen, in words. */
export function provenWords({ names }: Pick<Proof, "names">): readonly string[] {
  const hasLatch = names.some(({ space }) => space.latches.length > 0);
  return (Object.keys(propertyWords) as PropertyName[])
    .filter((property) => hasLatch || !gateProperties.includes(property))
    .map((property) => propertyWords[property]);
}

/** The report of `failover prove`. */
export function proofReport(proof: Proof, source: string): Document {
  return {
    title: `Proof of ${proof.stack}`,
    lead: "What each name answers under every set of faults at once: exact, nothing sampled.",
    verdict: proofVerdict(proof),
    blocks: [
      ...proof.names.map((one) => nameSection(proof, one, source)),
      ...(proof.simulation ? [simulationNote(proof.simulation)] : []),
      ...(proof.objectives.length > 0 ? [objectiveSection(proof)] : []),
      rateSection(proof),
      ...gapsSections(proof.stack, proof.gaps),
    ],
  };
}

function nameSection(proof: Proof, one: NameProof, source: string): Section {
  const names = new FaultNames(proof.model);
  const { others, space, violations, cutSets, transitions } = one;
  const asWell = others.length > 0 ? `, and ${withThousands(others.length)} more like it` : "";
  return {
    kind: "section",
    title: provenSubject(one),
    subtitle: `${withThousands(space.faults.length)} faults, 2^${space.faults.length} sets${asWell}`,
    blocks: [
      { kind: "paragraph", text: triedText(space) },
      ...assumedParagraph(space),
      tiersOf(proof, one, names),
      violations.length > 0
        ? violationEntries(one, names, source)
        : {
            kind: "paragraph",
            text: isUntested(space) ? sentence(untestedText) : holdsText(space),
          },
      cutSetTable(cutSets),
      smallestSetList(cutSets, names),
      ...(transitions.classes.length > 0 ? [transitionTable(one, names)] : []),
      minutesTable(one),
      {
        kind: "details",
        title: `What causes the minutes of ${provenSubject(one)}`,
        isOpen: false,
        blocks: one.minutes
          .filter(({ perYear }) => perYear > 0)
          .map((each) => causeTable(each, names)),
      },
    ],
  };
}

function assumedParagraph(space: FaultSpace): readonly Block[] {
  const used = usedAssumptions(space);
  return used.length === 0
    ? []
    : [
        {
          kind: "paragraph",
          text: `Assumed, because AWS does not document it: ${used.join("; ")}.`,
        },
      ];
}

function holdsText({ latches }: FaultSpace): string {
  const always =
    "Holds under every set: no dead answer while an endpoint works, no needless failover, no server without its database while another has its own, always an answer.";
  const [latch] = latches;
  return latch
    ? `${always} With the latch set as well (${latch.check.label}): it moves all customers out of the region that it guards while all is well, and leaves nobody on the page or a dead answer while an endpoint works.`
    : always;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function violationEntries(
  { name, type, violations }: NameProof,
  names: FaultNames,
  source: string,
): Entries {
  return {
    kind: "entries",
    entries: violations.map((violation) => ({
      word: violation.isOpen
        ? { text: "unknown", tone: "soft", isState: true }
        : { text: "violation", tone: "bad", isState: true },
      head: propertyWords[violation.property],
      text: violationText(violation, names, { name, type, source }),
    })),
  };
}

function violationText(
  { smallest, blame }: Violation,
  names: FaultNames,
  { name, type, source }: { readonly name: string; readonly type: string; readonly source: string },
): Inline {
  return [
    `with ${situationText(smallest, names)}. ${blame.record}: ${blame.why}. See it: `,
    { text: replayCommand(names, smallest, name, type, source), isCode: true },
  ];
}

/** The number of cut sets of each size for each outcome. */
function cutSetTable(cutSets: readonly CutSets[]): Table {
  return {
    kind: "table",
    caption:
      "How many smallest sets of faults hurt customers; a false report of a check is a fault as well",
    columns: [
      { head: "what it takes", kind: "prose" },
      { head: "alone", kind: "number" },
      { head: "pairs", kind: "number" },
      { head: "triples", kind: "number" },
      { head: "larger", kind: "number" },
    ],
    rows: cutSets.map(({ outcome, countBySize, sets }): Row => {
      const [none = 0, alone = 0, pairs = 0, triples = 0, ...larger] = countBySize;
      if (none > 0) {
        const isOpen = sets.some(({ faults, unknown }) => faults.length === 0 && unknown.size > 0);
        return [[`${outcome.label}: `, isOpen ? perhaps : always], "", "", "", ""];
      }
      const counts = [alone, pairs, triples, larger.reduce((sum, count) => sum + count, 0)];
      return [outcome.label, ...counts.map(withThousands)];
    }),
  };
}

const always: Span = { text: "always", tone: "bad", isState: true };
/** Without any fault, by what was not read. */
const perhaps: Span = { text: "unknown", tone: "soft", isState: true };

/** The likeliest of the smallest sets. */
function smallestSetList(cutSets: readonly CutSets[], names: FaultNames): Block {
  return {
    kind: "list",
    items: cutSets.flatMap(({ outcome, sets }) => {
      const shown = sets.slice(0, setsShown).map((set) => situationText(set, names));
      return shown.length === 0 ? [] : [`${outcome.label}: ${shown.join("; ")}`];
    }),
  };
}

/** The worst-case durations of changes. */
function transitionTable({ transitions }: NameProof, names: FaultNames): Table {
  return {
    kind: "table",
    caption: `The longest of ${withThousands(transitions.count)} changes by one cause, alike ones together`,
    columns: [
      { head: "change", kind: "prose" },
      { head: "how" },
      { head: "alike", kind: "number" },
      { head: "detected in", kind: "number" },
      { head: "all moved in", kind: "number" },
      { head: "p50", kind: "number" },
      { head: "p99", kind: "number" },
      { head: "worst run", kind: "number" },
    ],
    rows: longest(transitions.classes).map(({ bound, example, count, simulated }) => [
      changeText(example, names),
      failureModeText(example.death),
      withThousands(count),
      lasting(bound.detectionSeconds ?? null, bound.unread !== undefined),
      lasting(bound.downtimeSeconds ?? null, bound.unread !== undefined),
      ...(simulated
        ? [simulated.p50, simulated.p99, simulated.worst].map((value) => lasting(value))
        : ["", "", ""]),
    ]),
  };
}

/** The longest after something dies, then the longest after something comes back. */
function longest(classes: readonly TransitionClass[]): readonly TransitionClass[] {
  return [false, true].flatMap((returning) =>
    classes
      .filter(({ example }) => (example.death === "returns") === returning)
      .slice(0, classesShown),
  );
}

function changeText({ from, to }: FaultChange, names: FaultNames): string {
  const list = (faults: readonly Fault[]): string =>
    faults.length === 0 ? "all well" : faults.map((fault) => names.of(fault)).join(" + ");
  return `${list(from)} → ${list(to)}`;
}

/** The expected minutes a year, and the value of each tier. */
function minutesTable({ minutes, movingMinutes, movingUnread }: NameProof): Table {
  const tiers = [...new Set(minutes.flatMap(({ without }) => without.map(({ tier }) => tier)))];
  return {
    kind: "table",
    caption: "Expected minutes a year, from the rates below",
    columns: [
      { head: "minutes a year", kind: "prose" },
      { head: "as it is", kind: "number" },
      ...tiers.map((tier) => ({ head: `without ${tier}`, kind: "number" as const })),
    ],
    rows: [
      [
        "customers are on a dead answer until they are moved, or it is repaired",
        `${movingUnread.length > 0 ? "up to " : ""}${minutesText(movingMinutes)}`,
        ...tiers.map(() => ""),
      ],
      ...minutes.map(({ outcome, perYear, without }): Row => [
        outcome.label,
        minutesText(perYear),
        ...tiers.map((tier) => {
          const found = without.find((each) => each.tier === tier);
          // Without a region, the outcome that customers have left it is meaningless.
          return found && outcome.region !== tier ? minutesText(found.perYear) : "";
        }),
      ]),
    ],
  };
}

/** Three digits: the rates are no more precise. */
export function minutesText(minutes: number): string {
  if (minutes === 0) return "0";
  if (minutes < 0.001) return "< 0.001";
  const digits = minutes >= 100 ? 0 : minutes >= 10 ? 1 : minutes >= 1 ? 2 : 3;
  return minutes.toFixed(digits).replace(/\B(?=(\d{3})+$)/g, digits === 0 ? "," : "");
}

function causeTable({ outcome, byCause }: ExpectedMinutes, names: FaultNames): Table {
  return {
    kind: "table",
    caption: `Minutes saved if a cause never happened: ${outcome.label}`,
    columns: [
      { head: outcome.label, kind: "prose" },
      { head: "minutes a year", kind: "number" },
    ],
    rows: byCause
      .slice(0, causesShown)
      .map(({ fault, perYear }) => [names.of(fault), minutesText(perYear)]),
  };
}

function simulationNote({ runs, seed }: NonNullable<Proof["simulation"]>): Block {
  return {
    kind: "note",
    text: `p50 and p99: a client that was on the bad answer, in ${withThousands(runs)} runs of the first change of each kind, seed ${seed}; checkers at random times, quick answers. The worst run is of these and of a tenth as many extreme ones: checkers that ask at once, answers as slow as a check allows.`,
  };
}

function objectiveSection(proof: Proof): Block {
  return { kind: "section", title: "Objectives", blocks: [objectiveTable(proof)] };
}
