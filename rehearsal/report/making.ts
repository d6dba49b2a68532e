/** When and by what a report was made. */
export interface Making {
  readonly date: Date;
  /** The version of the tool. */
  readonly version: string;
  /** The commit of the repository in which it ran; null if it is not known. */
  readonly commit: string | null;
}

/** The day of a date, in UTC: 2026-11-27. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
