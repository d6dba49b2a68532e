import { downtimeText, lasting, seconds } from "../report/figures";
import type { DrillRun } from "./drillRun";
import type { OutageOfRun } from "./report";
import { outagesOf } from "./report";

/**
 * A drill as a test report in the format of JUnit, which build servers read: a case for each measured outage, and
 * one for the end.
 */
export function drillJunit(run: DrillRun): string {
  const { drill, events } = run;
  const end = events.find((one) => one.kind === "end");
  const reasons = end?.kind === "end" ? end.reasons : ["the drill was not completed"];
  const measured = outagesOf(run);
  const last = events.at(-1)?.atSeconds ?? 0;
  // What an outage's own case says is not said twice.
  const ofOutages = measured.flatMap(({ measured: { fault, outside = [] } }) =>
    outside.map((text) => `${fault}: ${text}`),
  );
  const others = reasons.filter((reason) => !ofOutages.includes(reason));
  const cases = [
    ...measured.map(outageCase),
    testCase("the drill ends well", last, others.length > 0 ? failed(others.join("; ")) : ""),
  ];
  const count = (element: string): number =>
    cases.filter((one) => one.includes(`<${element} `)).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${escaped(`drill of ${drill.title}`)}" tests="${cases.length}" failures="${count("failure")}" skipped="${count("skipped")}" time="${last}" timestamp="${drill.startedAt}">`,
    ...cases,
    "</testsuite>",
    "",
  ].join("\n");
}

/** An outage that left its bound or did not end fails; of one that the next change cut short nothing is known. */
function outageCase({ measured, death, isCutByChange, atSeconds = 0 }: OutageOfRun): string {
  const { detectionSeconds, downtimeSeconds, predicted, outside = [] } = measured;
  const played = measured.atSeconds - atSeconds;
  const figures = [
    `noticed in ${lasting(detectionSeconds)}, bound ${predicted ? lasting(predicted.detection.bound) : "unknown"}`,
    `orders failed for ${downtimeSeconds === null ? "an unknown time" : seconds(downtimeSeconds)}, bound ${predicted ? downtimeText(predicted.downtime.bound) : "unknown"}`,
  ].join("; ");
  const name = `${measured.fault} (${death ?? "unknown"}) is over as predicted`;
  const result =
    outside.length > 0
      ? failed(`${outside.join("; ")}; ${figures}`)
      : downtimeSeconds !== null
        ? ""
        : isCutByChange
          ? `<skipped message="${escaped(`not over at the next change; ${figures}`)}"/>`
          : failed(
              `not over at the end of the drill, ${seconds(played)} after it began; ${figures}`,
            );
  return testCase(name, downtimeSeconds ?? 0, result);
}

function failed(message: string): string {
  return `<failure message="${escaped(message)}"/>`;
}

/** @param result the element of a case that did not pass; empty for one that did */
function testCase(name: string, timeSeconds: number, result: string): string {
  const head = `  <testcase classname="failover.drill" name="${escaped(name)}" time="${timeSeconds}"`;
  return result === "" ? `${head}/>` : `${head}>${result}</testcase>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
