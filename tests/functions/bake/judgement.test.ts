import { expect } from "chai";
import fc from "fast-check";
import { judgeRegion } from "../../../functions/bake/judgement";
import type {
  RegionObservation,
  SeenAlarm,
  SeenCheck,
  SeenGroup,
  SeenInstance,
} from "../../../functions/bake/observation";
import { good, group, well } from "./samples";

const withGroup = (more: Partial<SeenGroup>): RegionObservation => ({
  ...well,
  groups: [{ ...group, ...more }],
});
const withRefresh = (status: string, reason = ""): RegionObservation =>
  withGroup({ refresh: { status, reason } });
const withInstance = (more: Partial<SeenInstance>): RegionObservation => ({
  ...well,
  instances: [{ id: "i-9", state: "running", statuses: ["ok", "ok"], ...more }],
});
const withAlarm = (state: SeenAlarm["state"]): RegionObservation => ({
  ...well,
  alarms: [{ name: "dublin-capacity", state }],
});
const withCheck = (more: Partial<SeenCheck>): RegionObservation => ({
  ...well,
  checks: [{ name: "eu-west-1a", isByName: false, reports: 16, content: 16, ...more }],
});
const [first] = group.members;
if (!first) throw new Error("the sample has members");

describe("judge", () => {
  it("finds no fault in a healthy region", () => {
    expect(judgeRegion(well)).to.deep.equal(good);
  });

  it("finds no fault in a group that was created with its version and never refreshed", () => {
    const { refresh, ...fresh } = group;
    expect(refresh).not.to.equal(undefined);
    expect(judgeRegion({ ...well, groups: [fresh] })).to.deep.equal(good);
  });

  it("finds no fault in more instances than required", () => {
    expect(judgeRegion(withGroup({ members: [first, first, first] }))).to.deep.equal(good);
  });

  for (const status of [
    "Failed",
    "Cancelled",
    "Cancelling",
    "RollbackInProgress",
    "RollbackFailed",
    "RollbackSuccessful",
  ]) {
    it(`calls a refresh that is ${status} lost, with AWS's reason`, () => {
      expect(judgeRegion(withRefresh(status, "Instances failed health checks")).lost).to.deep.equal(
        [`group dublin-group: its instance refresh is ${status} (Instances failed health checks)`],
      );
      expect(judgeRegion(withRefresh(status)).lost).to.deep.equal([
        `group dublin-group: its instance refresh is ${status}`,
      ]);
    });
  }

  for (const status of ["Pending", "InProgress", "Baking"]) {
    it(`waits for a refresh that is ${status}, whatever already runs`, () => {
      expect(judgeRegion(withRefresh(status))).to.deep.equal({
        ...good,
        pending: [`group dublin-group: its instance refresh is ${status}`],
      });
    });
  }

  const pending: readonly (readonly [title: string, seen: RegionObservation, point: string])[] = [
    [
      "a group that does not exist",
      { ...well, groups: [{ name: "gone", templateVersion: "4", members: [] }] },
      "group gone: does not exist",
    ],
    [
      "too few instances",
      withGroup({ members: [first] }),
      "group dublin-group: 1 of 2 instances are healthy and run version 4",
    ],
    [
      "no instances",
      withGroup({ members: [] }),
      "group dublin-group: 0 of 2 instances are healthy and run version 4",
    ],
    [
      "an instance of the old version in addition to enough new ones",
      withGroup({ members: [...group.members, { ...first, templateVersion: "3" }] }),
      "group dublin-group: 2 of 3 instances are healthy and run version 4",
    ],
    [
      "an instance that is not in service yet",
      withGroup({ members: [first, { ...first, lifecycle: "Pending" }] }),
      "group dublin-group: 1 of 2 instances are healthy and run version 4",
    ],
    [
      "an instance that is unhealthy",
      withGroup({ members: [first, { ...first, isHealthy: false }] }),
      "group dublin-group: 1 of 2 instances are healthy and run version 4",
    ],
    [
      "an instance that is starting",
      withInstance({ state: "pending" }),
      "instance i-9: is pending",
    ],
    ["an instance that is gone", withInstance({ state: "missing" }), "instance i-9: is missing"],
    [
      "an instance whose checks are still running",
      withInstance({ statuses: ["ok", "initializing"] }),
      "instance i-9: EC2's status checks are initializing",
    ],
    [
      "an instance whose checks fail",
      withInstance({ statuses: ["impaired", "impaired"] }),
      "instance i-9: EC2's status checks are impaired and impaired",
    ],
    [
      "an instance without checks",
      withInstance({ statuses: [] }),
      "instance i-9: EC2's status checks are missing",
    ],
    ["an alarm that is on", withAlarm("ALARM"), "alarm dublin-capacity: is on"],
    ["an alarm that is gone", withAlarm("missing"), "alarm dublin-capacity: does not exist"],
    [
      "a check that fewer than half of the checkers report healthy",
      withCheck({ content: 7 }),
      "check eu-west-1a: 7 of 16 checkers report healthy",
    ],
    [
      "a check without reports",
      withCheck({ reports: 0, content: 0 }),
      "check eu-west-1a: 0 of 0 checkers report healthy",
    ],
  ];
  for (const [title, seen, point] of pending) {
    it(`waits for ${title}`, () => {
      expect(judgeRegion(seen)).to.deep.equal({ ...good, pending: [point] });
    });
  }

  it("accepts half of the checkers", () => {
    expect(judgeRegion(withCheck({ content: 8 }))).to.deep.equal(good);
  });

  it("distinguishes alarms without data from those that are on", () => {
    expect(judgeRegion(withAlarm("INSUFFICIENT_DATA"))).to.deep.equal({
      ...good,
      silent: ["dublin-capacity"],
    });
  });

  it("skips checks by name while the zone is not delegated, and notes it", () => {
    const byName = withCheck({ name: "of orders", isByName: true, content: 0 });
    expect(judgeRegion({ ...byName, isDelegated: false })).to.deep.equal({
      ...good,
      notes: [
        "check of orders: skipped, because the zone is not delegated and its names do not resolve",
      ],
    });
    expect(judgeRegion(byName).pending).to.deep.equal([
      "check of orders: 0 of 16 checkers report healthy",
    ]);
    expect(
      judgeRegion({ ...withCheck({ content: 0 }), isDelegated: false }).pending,
    ).to.have.length(1);
  });

  it("reports all faults of all resources", () => {
    const groups = [withRefresh("Failed"), withGroup({ members: [] })].flatMap((one) => one.groups);
    const { lost, pending: points } = judgeRegion({
      ...withAlarm("ALARM"),
      groups,
      checks: withCheck({ content: 0 }).checks,
    });
    expect(lost).to.have.length(1);
    expect(points).to.have.length(3);
  });
});

const seenGroup: fc.Arbitrary<SeenGroup> = fc.record(
  {
    name: fc.constant("g"),
    templateVersion: fc.constant("4"),
    instancesMin: fc.integer({ min: 1, max: 3 }),
    members: fc.array(
      fc.record({
        id: fc.constant("i"),
        templateVersion: fc.constantFrom("3", "4"),
        lifecycle: fc.constantFrom("InService", "Pending", "Standby"),
        isHealthy: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    refresh: fc.record({
      status: fc.constantFrom(
        "Pending",
        "InProgress",
        "Successful",
        "Failed",
        "RollbackSuccessful",
      ),
      reason: fc.constant(""),
    }),
  },
  { requiredKeys: ["name", "templateVersion", "members"] },
);

describe("judge, for any group", () => {
  it("accepts it only with enough healthy instances of the version and no others", () => {
    fc.assert(
      fc.property(seenGroup, (one) => {
        const { lost, pending } = judgeRegion({ ...well, groups: [one] });
        const isWell =
          one.instancesMin !== undefined &&
          one.members.length >= one.instancesMin &&
          one.members.every(
            ({ templateVersion, lifecycle, isHealthy }) =>
              templateVersion === "4" && lifecycle === "InService" && isHealthy,
          ) &&
          (one.refresh === undefined || one.refresh.status === "Successful");
        expect(lost.length + pending.length === 0).to.equal(isWell);
      }),
    );
  });
});
