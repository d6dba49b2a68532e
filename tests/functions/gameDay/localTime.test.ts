import { expect } from "chai";
import fc from "fast-check";
import { instantsOf, wallClock } from "../../../functions/gameDay/localTime";

const losAngeles = "America/Los_Angeles";

describe("wallClock", () => {
  const cases: readonly [instant: string, timeZone: string, shown: string][] = [
    ["2026-07-01T17:00:00Z", losAngeles, "2026-07-01T10:00"],
    ["2026-12-01T18:00:00Z", losAngeles, "2026-12-01T10:00"],
    ["2026-12-31T23:30:00Z", "Europe/Dublin", "2026-12-31T23:30"],
    ["2026-07-01T23:30:00Z", "Europe/Dublin", "2026-07-02T00:30"],
    ["2026-07-01T12:00:59Z", "Asia/Kathmandu", "2026-07-01T17:45"],
    ["2026-07-01T00:00:00Z", "UTC", "2026-07-01T00:00"],
  ];
  for (const [instant, timeZone, shown] of cases) {
    it(`shows ${shown} in ${timeZone} at ${instant}`, () => {
      expect(wallClock(new Date(instant), timeZone)).to.equal(shown);
    });
  }
});

describe("instantsOf", () => {
  const instants = (local: string, timeZone: string): readonly string[] => {
    const { first, last } = instantsOf(local, timeZone);
    return [first.toISOString(), last.toISOString()];
  };

  it("is one instant for nearly every local time", () => {
    const noon = "2026-07-01T19:00:00.000Z";
    expect(instants("2026-07-01T12:00", losAngeles)).to.deep.equal([noon, noon]);
  });

  it("is both instants of a local time that occurs twice in autumn", () => {
    expect(instants("2026-11-01T01:30", losAngeles)).to.deep.equal([
      "2026-11-01T08:30:00.000Z",
      "2026-11-01T09:30:00.000Z",
    ]);
    expect(instants("2026-10-25T01:30", "Europe/Dublin")).to.deep.equal([
      "2026-10-25T00:30:00.000Z",
      "2026-10-25T01:30:00.000Z",
    ]);
  });

  it("is its values by the offsets before and after, for a time that is skipped in spring", () => {
    expect(instants("2026-03-08T02:30", losAngeles)).to.deep.equal([
      "2026-03-08T09:30:00.000Z",
      "2026-03-08T10:30:00.000Z",
    ]);
  });

  it("includes every instant in those of its local time", () => {
    const zones = [losAngeles, "Europe/Dublin", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"];
    const minutes = fc.integer({
      min: Date.UTC(2026, 0, 1) / 60_000,
      max: Date.UTC(2028, 0, 1) / 60_000,
    });
    fc.assert(
      fc.property(minutes, fc.constantFrom(...zones), (minute, timeZone) => {
        const at = new Date(minute * 60_000);
        const { first, last } = instantsOf(wallClock(at, timeZone), timeZone);
        expect([first.getTime(), last.getTime()]).to.include(at.getTime());
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
