import type { Document, Tone } from "../../rehearsal/report/document";
import { counted } from "../../rehearsal/report/figures";
import { controlPlane } from "./judge";
import type { JudgedRunbook, RunbookVerdict } from "./judge";

const tones: Readonly<Record<RunbookVerdict, Tone>> = {
  harmful: "bad",
  harmless: "good",
  unknown: "soft",
};

/** The commands of a runbook as a report, each with its line. */
export function runbookReport(
  path: string,
  subject: string,
  { commands, unjudged }: JudgedRunbook,
): Document {
  const count = (verdict: RunbookVerdict): number =>
    commands.filter((one) => one.verdict === verdict).length;
  const harmful = count("harmful");
  const needsControlPlane = commands.some(({ why }) => why.includes(controlPlane));
  return {
    title: `Commands of ${path} on ${subject}`,
    blocks: [
      {
        kind: "entries",
        entries: commands.map(({ line, command, verdict, subject: about, why, instead }) => ({
          word: { text: verdict, tone: tones[verdict], isState: true },
          head: `${path}:${line}${about === "" ? "" : ` ${about}`}`,
          text: `${shortened(command)}: ${why.filter((one) => one !== controlPlane).join("; ")}.${instead === undefined ? "" : ` Instead: ${instead}`}`,
        })),
      },
      // Once for all: it is the same for each command.
      ...(needsControlPlane
        ? [
            {
              kind: "note" as const,
              text: `Calls of route53: ${controlPlane.replace(/^it needs/, "they need")}.`,
            },
          ]
        : []),
    ],
    verdict: {
      isGood: harmful === 0,
      text: `${counted(commands.length, "command")}: ${harmful} harmful, ${count("unknown")} unknown, ${count("harmless")} harmless.`,
      reasons: unjudged.flatMap(({ name, reasons }) =>
        reasons.map((reason) => `${name}: cannot be judged: ${reason}`),
      ),
    },
  };
}

/** The longest command in a report; a change batch may have pages. */
const commandLengthMax = 160;

function shortened(command: string): string {
  return command.length <= commandLengthMax ? command : `${command.slice(0, commandLengthMax)}…`;
}
