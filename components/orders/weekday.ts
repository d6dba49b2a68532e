/** A day of the week in the notation of RDS and ElastiCache. */
export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
