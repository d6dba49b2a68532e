/** The event of an experiment, as the schedule sends it: 10:00 in Los Angeles, in winter. */
export const event = {
  experiment: "us-west-2a",
  templateId: "EXT0123456789abcdef",
  scheduledAt: "2026-12-01T18:00:00Z",
  cron: "cron(0 10 ? * TUE#1 *)",
  timeZone: "America/Los_Angeles",
  durationMinutes: 30,
  blockedWindows: [
    { from: "2026-12-20T00:00", to: "2027-01-03T00:00", why: "The busiest weeks of the year" },
  ],
  stopAlarmArns: ["arn:aws:cloudwatch:us-west-2:123456789012:alarm:customers"],
  steadyAlarmArns: [
    "arn:aws:cloudwatch:us-west-2:123456789012:alarm:database:cpu",
    "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:dublin",
  ],
};
