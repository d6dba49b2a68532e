import { expect } from "chai";
import { alarmStates } from "../../../functions/aws/alarmStates";
import type { Aws } from "../../../functions/aws/readAws";

const alarm = (name: string, state: string): string =>
  `<member><AlarmName>${name}</AlarmName><StateValue>${state}</StateValue></member>`;

function reached(result: string): { readonly aws: Aws; readonly forms: URLSearchParams[] } {
  const forms: URLSearchParams[] = [];
  return {
    forms,
    aws: {
      region: "eu-west-1",
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
      exchange: ({ body }) => {
        forms.push(new URLSearchParams(body));
        const text = `<DescribeAlarmsResponse><DescribeAlarmsResult>${result}</DescribeAlarmsResult></DescribeAlarmsResponse>`;
        return Promise.resolve({ status: 200, body: text });
      },
      now: () => new Date("2026-12-01T18:00:01.000Z"),
    },
  };
}

describe("alarmStates", () => {
  it("returns the states of metric and composite alarms, by name", async () => {
    const { aws } = reached(
      `<CompositeAlarms>${alarm("page", "OK")}</CompositeAlarms><MetricAlarms>${alarm("cpu", "ALARM")}${alarm("disk", "INSUFFICIENT_DATA")}</MetricAlarms>`,
    );
    expect([...(await alarmStates(["cpu", "disk", "page", "gone"], aws))].sort()).to.deep.equal([
      ["cpu", "ALARM"],
      ["disk", "INSUFFICIENT_DATA"],
      ["page", "OK"],
    ]);
  });

  it("requests a hundred at a time, of both kinds", async () => {
    const { aws, forms } = reached("");
    const names = Array.from({ length: 101 }, (_, index) => `alarm-${index}`);
    expect([...(await alarmStates(names, aws))]).to.deep.equal([]);
    const asked = forms.map((form) => [...form.keys()].filter((key) => /^AlarmNames/.test(key)));
    expect(asked.map(({ length }) => length)).to.deep.equal([100, 1]);
    expect(forms[0]?.get("AlarmTypes.member.2")).to.equal("CompositeAlarm");
    expect(forms[0]?.get("MaxRecords")).to.equal("100");
  });

  it("makes no call without names", async () => {
    const { aws, forms } = reached("");
    await alarmStates([], aws);
    expect(forms).to.deep.equal([]);
  });
});
