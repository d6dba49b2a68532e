import type { Document, Table } from "../../rehearsal/report/document";
import { counted, round } from "../../rehearsal/report/figures";
import type { LiveEvidence } from "../../rehearsal/proof/evidenceSchema";
import { objectiveLabel } from "../../rehearsal/story/wording";

/** A game day as a report. */
export function gameDayReport(record: LiveEvidence): Document {
  const { scope, gameDay, objectives, result } = record;
  const { answers, alarms, notifications, left } = gameDay;
  return {
    title: `Game day of ${scope.subject}`,
    lead: `${scope.fault}. It started at ${utcTime(gameDay.startedAt)}; after ${round(gameDay.faultSeconds)} s everything was ${left.length === 0 ? "started again" : "done that could be done to start it again"} (${gameDay.end}).`,
    blocks: [
      movementTable(answers),
      objectiveTable(objectives),
      {
        kind: "details",
        title: "What the alarms did",
        isOpen: true,
        blocks: [
          {
            kind: "list",
            items: [...(alarms ?? []), ...(notifications ?? [])]
              .sort((a, b) => a.at.localeCompare(b.at))
              .map(
                ({ at, region, name, text }) =>
                  `${secondsBetween(gameDay.startedAt, at)} s: ${name} (${region}): ${text}`,
              ),
          },
        ],
      },
      {
        kind: "details",
        title: "What happened",
        isOpen: true,
        blocks: [
          {
            kind: "list",
            items: gameDay.events.map(({ seconds, text }) => `${round(seconds)} s: ${text}`),
          },
        ],
      },
    ],
    verdict: { isGood: result === "met", text: verdictText(record), reasons: reasonsOf(record) },
  };
}

function verdictText({ result, gameDay: { left } }: LiveEvidence): string {
  if (left.length > 0) return `${counted(left.length, "thing")} could not be started again.`;
  switch (result) {
    case "met":
      return "Customers moved within the objectives, and everything is as before.";
    case "missed":
      return "Everything was started again, but an objective was missed.";
    case "open":
      return "Everything was started again, but not everything was measured.";
  }
}

/** The gaps, and the command that starts again what is left. */
function reasonsOf({ gaps, scope, gameDay: { left } }: LiveEvidence): readonly string[] {
  const restore = `Next: npx failover gameday restore --stack ${scope.subject}`;
  return left.length === 0 ? gaps : [...gaps, restore];
}

/** A time in ISO 8601 as people write it: 2027-01-15 12:00:00 UTC. */
function utcTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

function secondsBetween(fromIso: string, toIso: string): string {
  return round((Date.parse(toIso) - Date.parse(fromIso)) / 1000);
}

function seen(value: number | null): string {
  return value === null ? "not seen" : `${round(value)} s`;
}

function movementTable(answers: LiveEvidence["gameDay"]["answers"]): Table {
  return {
    kind: "table",
    caption: "How the answers moved, in seconds from the fault",
    columns: [
      { head: "name" },
      { head: "before", kind: "prose" },
      { head: "after", kind: "prose" },
      { head: "first moved", kind: "number" },
      { head: "all moved", kind: "number" },
      { head: "back after", kind: "number" },
    ],
    rows: answers.map((one) => [
      `${one.name} ${one.type}`,
      one.before.join(", "),
      one.after.join(", "),
      seen(one.firstMovedSeconds),
      seen(one.allMovedSeconds),
      seen(one.returnedSeconds),
    ]),
  };
}

function objectiveTable(objectives: LiveEvidence["objectives"]): Table {
  return {
    kind: "table",
    caption: "Objectives",
    columns: [
      { head: "objective" },
      { head: "allowed", kind: "number" },
      { head: "measured", kind: "number" },
      { head: "state" },
    ],
    rows: objectives.map(({ name, objective, achieved, met }) => [
      objectiveLabel({ name }),
      `${objective} s`,
      seen(achieved),
      met
        ? { text: "met", tone: "good", isState: true }
        : { text: achieved === null ? "not measured" : "missed", tone: "bad", isState: true },
    ]),
  };
}
