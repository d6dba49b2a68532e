import type { Making } from "../rehearsal/report/making";
import type { Io } from "./io";
import { version } from "./version";

/**
 * When and by what a report is made: the day of SOURCE_DATE_EPOCH (reproducible-builds.org), else
 * today, and the commit of the CI run where there is one.
 */
export function makingOf({ env, now }: Pick<Io, "env" | "now">): Making {
  const epoch = env["SOURCE_DATE_EPOCH"];
  return {
    date: epoch !== undefined && /^\d+$/.test(epoch) ? new Date(Number(epoch) * 1000) : now(),
    version: version(),
    commit: env["GITHUB_SHA"] ?? env["CI_COMMIT_SHA"] ?? null,
  };
}
