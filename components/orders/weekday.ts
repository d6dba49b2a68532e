/** A day of the week as RDS and ElastiCache write it. */
export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
