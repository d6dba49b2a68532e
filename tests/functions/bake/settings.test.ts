import { expect } from "chai";
import { eventOf, bakeSettingsOf } from "../../../functions/bake/settings";
import { InputError } from "../../../routing/inputError";
import { environment } from "./samples";

function faultsOf(work: () => unknown): readonly string[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
}

describe("the settings of the bake", () => {
  it("are the function's variables and Lambda's", () => {
    expect(
      bakeSettingsOf({ ...environment, AWS_ENDPOINT_URL: "http://127.0.0.1:1" }),
    ).to.deep.equal({
      soakSeconds: 120,
      alarms: ["dublin-capacity", "dublin-instance"],
      checks: [
        { name: "eu-west-1a", id: "id-1a", isByName: false },
        { name: "of orders", id: "id-deep", isByName: true },
      ],
      zone: { name: "cafe.com", nameServers: ["ns-1.awsdns-1.com", "ns-2.awsdns-2.net"] },
      runbook: "https://cafe.com/runbook#bake-failed",
      region: "eu-west-1",
      credentials: {
        accessKeyId: "AKIDEXAMPLE",
        secretAccessKey: "secret",
        sessionToken: "token",
      },
      endpoint: "http://127.0.0.1:1",
    });
  });

  it("accept permanent credentials, and AWS's own endpoints", () => {
    const settings = bakeSettingsOf({ ...environment, AWS_SESSION_TOKEN: undefined });
    expect(settings.credentials).not.to.have.property("sessionToken");
    expect(settings).not.to.have.property("endpoint");
  });

  it("name each variable that is missing or empty, all at once", () => {
    const rest = "must be set, got nothing; deploy the function again";
    expect(
      faultsOf(() => bakeSettingsOf({ ...environment, ZONE_NAME: "", RUNBOOK: undefined })),
    ).to.deep.equal([`ZONE_NAME: ${rest}`, `RUNBOOK: ${rest}`]);
    expect(faultsOf(() => bakeSettingsOf({}))).to.have.length(10);
  });
});

describe("the event of the bake", () => {
  it("contains the phase and the target versions", () => {
    const groups = [{ name: "g", templateVersion: "4" }];
    expect(eventOf({ phase: "soak", groups, instances: ["i-1"] })).to.deep.equal({
      phase: "soak",
      groups,
      instances: ["i-1"],
    });
    expect(eventOf({ phase: "arrival" })).to.deep.equal({
      phase: "arrival",
      groups: [],
      instances: [],
    });
  });

  it("is refused if it is not from an update", () => {
    const rest = "let pulumi up make the call";
    expect(faultsOf(() => eventOf(null))).to.deep.equal([
      `phase: must be "arrival" or "soak", got nothing; ${rest}`,
    ]);
    expect(faultsOf(() => eventOf({ phase: "fast" }))).to.deep.equal([
      `phase: must be "arrival" or "soak", got "fast"; ${rest}`,
    ]);
  });
});
