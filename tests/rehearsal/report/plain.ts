import { paintOf } from "../../../rehearsal/report/paint";
import type { TextOptions } from "../../../rehearsal/report/textLayout";

/** A terminal of 100 columns without colour. */
export const plain: TextOptions = { paint: paintOf(false), columns: 100, isBounded: true };

/** The same, with the details that a terminal shows on request. */
export const detailed: TextOptions = { ...plain, hasDetails: true };
