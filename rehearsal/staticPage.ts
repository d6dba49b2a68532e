import type { RecordSet } from "../routing/model";

/** Whether a record answers with a website or a distribution: a page, not the application. */
export function isStaticPage({ target }: Pick<RecordSet, "target">): boolean {
  return (
    target.kind === "alias" &&
    (target.target.kind === "s3Website" || target.target.kind === "cloudFront")
  );
}
