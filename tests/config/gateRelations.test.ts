import { expect } from "chai";
import { parseSettings } from "../../config";
import { faultsOf, withValues } from "./configSamples";
import type { Raw } from "./configSamples";

describe("the configuration of the failback gate", () => {
  it("creates a gate that moves no traffic, and releases it after an approval", () => {
    expect(parseSettings(withValues({})).gate).to.deep.equal({
      mode: "created",
      approval: "manual",
      approvers: 1,
      soakMinutes: 15,
      remindHours: 4,
    });
  });

  const visitors = { visitorNetworks: ["203.0.113.0/24"] };
  const right: readonly [title: string, values: Raw][] = [
    ["an attached gate", { "gate.mode": "attached" }],
    ["no gate", { "gate.mode": "off" }],
    ["a second approver", { "gate.approvers": 2 }],
    ["one approver who is not asked", { "gate.approval": "automatic", "gate.approvers": 1 }],
    ["an attached gate with visitor networks", { ...visitors, "gate.mode": "attached" }],
    [
      "the longest soak and reminder",
      {
        "gate.soakMinutes": 1440,
        "gate.remindHours": 168,
      },
    ],
  ];
  for (const [title, values] of right) {
    it(`accepts ${title}`, () => {
      expect(faultsOf(values)).to.deep.equal([]);
    });
  }

  const wrong: readonly [title: string, values: Raw, ...lines: string[]][] = [
    [
      "another mode",
      { "gate.mode": "on" },
      'gate.mode: must be "off" or "created" or "attached", got "on"; write one of these words',
    ],
    [
      "two approvers whom nobody asks",
      { "gate.approval": "automatic", "gate.approvers": 2 },
      "gate.approvers: must be 1 with approval automatic, got 2; nobody approves; choose manual",
    ],
    [
      "all single values at once",
      {
        "gate.approval": "none",
        "gate.approvers": 3,
        "gate.soakMinutes": 0,
        "gate.remindHours": 169,
      },
      'gate.approval: must be "manual" or "automatic", got "none"; write one of these words',
      "gate.approvers: must be a whole number from 1 to 2, got 3; write 2 if a second person must confirm",
      "gate.soakMinutes: must be a whole number of minutes from 1 to 1440, got 0; write the bare number, such as 15",
      "gate.remindHours: must be a whole number of hours from 1 to 168, got 169; write the bare number, such as 4",
    ],
  ];
  for (const [title, values, ...lines] of wrong) {
    it(`refuses ${title}`, () => {
      expect(faultsOf(values)).to.deep.equal(lines);
    });
  }
});
