import { expect } from "chai";
import { gateFunctionSettingsOf } from "../../../functions/gate/settings";
import { InputError } from "../../../routing/inputError";
import { environment, rules } from "./samples";

describe("gateFunctionSettingsOf", () => {
  const faultsOf = (variables: Readonly<Record<string, string | undefined>>): readonly string[] => {
    try {
      gateFunctionSettingsOf(variables);
    } catch (error) {
      if (error instanceof InputError) return error.faults;
      throw error;
    }
    return [];
  };

  it("reads the environment", () => {
    expect(gateFunctionSettingsOf(environment)).to.deep.equal({
      functionName: "failover-prod-gate",
      bucket: "failover-prod-gate-123456789012",
      nameServers: ["ns-1.awsdns-01.org", "ns-2.awsdns-02.net"],
      liveName: "live.orders.cafe.com",
      regionNames: {
        primary: ["oregon.orders.cafe.com"],
        standby: ["dublin.orders.cafe.com"],
      },
      signalNames: {
        deep: "deep.gate.orders.cafe.com",
        "zone-a": "zone-a.gate.orders.cafe.com",
      },
      topicArn: "arn:aws:sns:eu-west-1:123456789012:failover-prod-dublin",
      tickTopicArns: [
        "arn:aws:sns:eu-west-1:123456789012:failover-prod-dublin",
        "arn:aws:sns:us-east-1:123456789012:failover-prod",
      ],
      rules,
      checkerRanges: ["15.177.0.0/18", "54.228.16.0/26"],
      runbook: "https://example.com/runbook#gate",
      region: "eu-west-1",
      credentials: {
        accessKeyId: "AKIDEXAMPLE",
        secretAccessKey: "secret",
        sessionToken: "token",
      },
    });
  });

  it("has one topic by default", () => {
    const settings = gateFunctionSettingsOf({ ...environment, TICK_TOPIC_ARNS: undefined });
    expect(settings.tickTopicArns).to.deep.equal([settings.topicArn]);
  });

  it("names every missing variable", () => {
    const required = Object.keys(environment).filter(
      (name) => name !== "TICK_TOPIC_ARNS" && name !== "AWS_SESSION_TOKEN",
    );
    expect([...faultsOf({})].sort()).to.deep.equal(
      required.map((name) => `${name}: must be set, got nothing; deploy the function again`).sort(),
    );
  });

  it("names every fault at once, with the missing ones", () => {
    const faults = faultsOf({
      ...environment,
      GATE_BUCKET: "with.dots",
      NAME_SERVERS: "[]",
      LIVE_NAME: "",
      PRIMARY_NAMES: "oregon",
      SIGNAL_NAMES: '{"deep":1}',
      TOPIC_ARN: "arn:aws:sns:us-west-2:123456789012:other",
      APPROVAL: "none",
      APPROVERS: "3",
      SOAK_SECONDS: "59",
      CHECKER_RANGES: '["15.177.0.0"]',
    });
    const remedy = "deploy the function again";
    expect(faults).to.deep.equal([
      `LIVE_NAME: must be set, got nothing; ${remedy}`,
      `GATE_BUCKET: must be a bucket without dots, got with.dots; ${remedy}`,
      `NAME_SERVERS: must be a JSON list of one or more host names, got []; ${remedy}`,
      `PRIMARY_NAMES: must be a JSON list of one or more record names, got oregon; ${remedy}`,
      `SIGNAL_NAMES: must be a JSON object of one or more record names, got {"deep":1}; ${remedy}`,
      `APPROVAL: must be manual or automatic, got none; ${remedy}`,
      `APPROVERS: must be a whole number from 1 to 2, got 3; ${remedy}`,
      `SOAK_SECONDS: must be a whole number from 60 to 86400, got 59; ${remedy}`,
      `CHECKER_RANGES: must be a JSON list of one or more CIDR ranges, got ["15.177.0.0"]; ${remedy}`,
      `TOPIC_ARN: must be in eu-west-1, got arn:aws:sns:us-west-2:123456789012:other; ${remedy}`,
    ]);
  });
});
