import { expect } from "chai";
import { experimentEvent } from "../../../functions/gameDay/experimentEvent";
import { InputError } from "../../../routing/inputError";
import { event } from "./samples";

function faultsOf(given: unknown): readonly string[] {
  try {
    experimentEvent(given);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
}

describe("experimentEvent", () => {
  it("reads the event of the schedule, the time as a time", () => {
    expect(experimentEvent(event)).to.deep.equal({
      ...event,
      scheduledAt: new Date("2026-12-01T18:00:00.000Z"),
    });
  });

  it("refuses an incomplete event, with all faults at once", () => {
    const rest = "; deploy the schedule again";
    expect(faultsOf({ ...event, experiment: "", templateId: undefined })).to.deep.equal([
      `experiment: must be a text, got ""${rest}`,
      `templateId: must be a text, got nothing${rest}`,
    ]);
    expect(
      faultsOf({
        ...event,
        // The scheduler leaves a word unchanged that it does not know.
        scheduledAt: "<aws.scheduler.scheduled-time>",
        durationMinutes: "30",
        blockedWindows: [{ from: "2026-12-20T00:00", to: "2027-01-03T00:00" }],
        stopAlarmArns: [""],
        steadyAlarmArns: "all",
      }),
    ).to.deep.equal([
      `scheduledAt: must be a time, got "<aws.scheduler.scheduled-time>"${rest}`,
      `durationMinutes: must be a number of minutes, got "30"${rest}`,
      `blockedWindows: must be a list of windows with from, to and why, got [{"from":"2026-12-20T00:00","to":"2027-01-03T00:00"}]${rest}`,
      `stopAlarmArns: must be a list of strings, got [""]${rest}`,
      `steadyAlarmArns: must be a list of strings, got "all"${rest}`,
    ]);
    expect(faultsOf(null)).to.have.length(Object.keys(event).length);
    expect(faultsOf("now")).to.have.length(Object.keys(event).length);
  });
});
