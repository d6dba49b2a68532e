/** The assumed health of unread things, by name; all others are at rest. */
export type Assumed = ReadonlyMap<string, boolean>;

/** The assumed health of an unread thing, by name; undefined if none is assumed. */
export type HealthOf = Pick<Assumed, "get">;
