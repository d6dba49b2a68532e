import { expect } from "chai";
import { alarmsNamed } from "../../aws/alarmsNamed";
import { statesOfAlarms } from "../../aws/gameDay/alarms";
import type { AlarmCalls } from "../../aws/gameDay/alarms";

describe("alarms by their names", () => {
  /** CloudWatch, which has 50 alarms in an answer by default, and takes 100 names. */
  const cloudwatch = {
    describeAlarms: ({
      AlarmNames: names = [],
      MaxRecords = 50,
    }: {
      readonly AlarmNames?: readonly string[];
      readonly MaxRecords?: number;
    }) => {
      expect(names.length).to.be.at.most(100);
      expect(MaxRecords).to.be.at.most(100);
      const found = names.map((AlarmName) => ({ AlarmName, StateValue: "OK" }));
      return Promise.resolve({ MetricAlarms: found.slice(0, MaxRecords), CompositeAlarms: [] });
    },
  } as unknown as AlarmCalls;
  const names = Array.from({ length: 230 }, (_, index) => `alarm-${index}`);

  it("are read completely, however many they are", async () => {
    const { MetricAlarms } = await alarmsNamed([...names, ...names], cloudwatch, ["MetricAlarm"]);
    expect(MetricAlarms.map(({ AlarmName }) => AlarmName)).to.deep.equal(names);
  });

  it("have their states", async () => {
    expect([...(await statesOfAlarms(names, cloudwatch)).keys()]).to.deep.equal(names);
  });
});
