import { expect } from "chai";
import type { DrillEvent, DrillRun } from "../../../../rehearsal/live/drillRun";
import type { DrillControl } from "../../../../rehearsal/live/page/control";
import { obey } from "../../../../rehearsal/live/typed/obey";
import type { TypedCommand } from "../../../../rehearsal/live/typed/typedCommand";
import { smallDrill } from "../page/smallDrill";

/** What was asked of the drill, what was said, and whether it was to end. */
async function obeyed(
  command: TypedCommand,
  events: readonly DrillEvent[] = [],
): Promise<{
  readonly asked: readonly string[];
  readonly said: readonly string[];
  readonly hasQuit: boolean;
}> {
  const asked: string[] = [];
  let hasQuit = false;
  const ask = (...words: readonly (string | undefined)[]): void => {
    asked.push(words.join(" "));
  };
  const control: DrillControl = {
    run: (): DrillRun => ({ drill: smallDrill, events }),
    subscribe: () => () => undefined,
    fail: (name, death) => {
      ask("fail", name, death);
    },
    giveBack: (name) => {
      ask("return", name);
    },
    hold: (reason) => {
      ask("hold", reason);
    },
    release: (reason) => {
      ask("release", reason);
    },
  };
  const said = await obey(command, control, () => {
    hasQuit = true;
  });
  return { asked, said, hasQuit };
}

const broken: DrillEvent = {
  ...{ atSeconds: 5, kind: "fault", action: "fail", names: ["us-west-2a"], death: "refused" },
  broken: ["us-west-2a"],
};

describe("what is typed while a drill runs", () => {
  it("is asked of the drill as by its page", async () => {
    const only = async (
      command: TypedCommand,
      events?: readonly DrillEvent[],
    ): Promise<readonly string[]> => {
      const { asked, said, hasQuit } = await obeyed(command, events);
      expect([said, hasQuit]).to.deep.equal([[], false]);
      return asked;
    };
    expect(await only({ word: "fail", name: "us-west-2a" })).to.deep.equal(["fail us-west-2a "]);
    expect(await only({ word: "fail", name: "check:a", death: "drains" })).to.deep.equal([
      "fail check:a drains",
    ]);
    expect(await only({ word: "return", name: "us-west-2a" }, [broken])).to.deep.equal([
      "return us-west-2a",
    ]);
    expect(await only({ word: "hold", reason: "why" })).to.deep.equal(["hold why"]);
    expect(await only({ word: "release", reason: "why" })).to.deep.equal(["release why"]);
  });

  it("ends the drill by quit alone", async () => {
    const quits = await obeyed({ word: "quit" });
    expect(quits).to.deep.equal({ asked: [], said: [], hasQuit: true });
  });

  it("refuses to bring back what is whole", async () => {
    const refusal = async (events: readonly DrillEvent[]): Promise<string> =>
      obeyed({ word: "return", name: "check:a" }, events).then(
        () => "obeyed",
        (error: unknown) => (error as Error).message,
      );
    expect(await refusal([])).to.equal(
      "return: must be something broken, got check:a; nothing is broken",
    );
    expect(await refusal([broken])).to.equal(
      "return: must be something broken, got check:a; broken: us-west-2a",
    );
  });

  it("lists what can fail, by kind", async () => {
    expect((await obeyed({ word: "names" })).said).to.deep.equal([
      "Availability zones: us-west-2a",
      "Health checks that report unhealthy: check:a",
    ]);
  });

  it("says who answers, what is broken, and how the checks and the gate are", async () => {
    const { said } = await obeyed({ word: "status" }, [
      {
        ...{ atSeconds: 1, kind: "answer", path: [], healthyRecords: [], lastResort: false },
        answers: [{ value: "192.0.2.1", endpoint: "web-a", ttlSeconds: 60, share: 1 }],
      },
      broken,
      { atSeconds: 6, kind: "check", check: "a", isHealthy: false },
      { atSeconds: 7, kind: "gate", phase: "armed", isLatched: false, text: "armed: it waits" },
      {
        ...{ atSeconds: 8, kind: "customers", served: 4, failed: 6 },
        ...{ stale: 0, page: 0, lost: 0 },
      },
    ]);
    expect(said).to.deep.equal([
      "Customers are sent to us-west-2a (us-west-2), which is broken.",
      "us-west-2a has been broken for 3 s.",
      "Unhealthy checks: check-a.",
      "The failback gate is armed: it waits.",
      "4 of 10 orders served in the last report.",
    ]);
    expect((await obeyed({ word: "status" })).said).to.deep.equal([
      "No answer is known yet.",
      "Nothing is broken.",
      "No check is unhealthy. Not known yet: check-a.",
      "No order yet.",
    ]);
  });

  it("explains its words", async () => {
    const { said } = await obeyed({ word: "help" });
    expect(said).to.deep.equal([
      "fail NAME [DEATH]  make something fail",
      "return NAME        bring it back",
      "hold REASON        hold the failback at the gate",
      "release REASON     release the failback",
      "names              list what can fail",
      "status             say who answers, what is broken, and which checks are unhealthy",
      "help               list these words",
      "quit               end the drill, as Ctrl-C does",
      "DEATH is one of refused, synDropped, connectsThenHangs, hangsInBody, drains, errors",
    ]);
  });
});
