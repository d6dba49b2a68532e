import type { DrillRun } from "./drillRun";
import { outagesOf } from "./report";

/**
 * A drill as a test report in the format of JUnit, which build servers read: a case for each measured outage, and
 * one for the end.
 */
export function drillJunit(run: DrillRun): string {
  const { drill, events } = run;
  const end = events.find((one) => one.kind === "end");
  const reasons = end?.kind === "end" ? end.reasons : ["the drill was not completed"];
  const outages = outagesOf(run).map(({ measured, death }) => {
    const { detectionSeconds, downtimeSeconds, predicted, outside = [] } = measured;
    const figures = `noticed in ${detectionSeconds ?? "never"} s, bound ${predicted?.detection.bound ?? "none"} s; orders failed for ${downtimeSeconds ?? "ever"} s, bound ${predicted?.downtime.bound ?? "none"} s`;
    return testCase(
      `${measured.fault} (${death ?? "unknown"}) is over as predicted`,
      downtimeSeconds ?? 0,
      outside.length > 0 ? `${outside.join("; ")}; ${figures}` : undefined,
    );
  });
  const last = events.at(-1)?.atSeconds ?? 0;
  const ending = testCase(
    "customers are on no dead answer at the end",
    last,
    reasons.find((reason) => reason.includes("dead answer")),
  );
  const cases = [...outages, ending];
  const failures = cases.filter((one) => one.includes("<failure")).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${escaped(`drill of ${drill.title}`)}" tests="${cases.length}" failures="${failures}" time="${last}" timestamp="${drill.startedAt}">`,
    ...cases,
    "</testsuite>",
    "",
  ].join("\n");
}

function testCase(name: string, timeSeconds: number, failure: string | undefined): string {
  const head = `  <testcase classname="failover.drill" name="${escaped(name)}" time="${timeSeconds}"`;
  return failure === undefined
    ? `${head}/>`
    : `${head}><failure message="${escaped(failure)}"/></testcase>`;
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
