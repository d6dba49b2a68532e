import { expect } from "chai";
import { syntheticOrderSettingsOf } from "../../../functions/syntheticOrder/settings";
import { InputError } from "../../../routing/inputError";
import { environment } from "./samples";

function faultsOf(variables: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    syntheticOrderSettingsOf(variables);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
}

describe("settingsOf", () => {
  it("reads the function's variables and Lambda's", () => {
    expect(syntheticOrderSettingsOf(environment)).to.deep.equal({
      url: "https://oregon.orders.cafe.com/orders",
      secretId: "failover-prod-synthetic-orders",
      metric: {
        namespace: "failover",
        name: "SyntheticOrderSucceeded",
        dimension: { name: "EntryName", value: "oregon.orders.cafe.com" },
      },
      region: "us-east-2",
      credentials: {
        accessKeyId: "AKIDEXAMPLE",
        secretAccessKey: "secret",
        sessionToken: "token",
      },
    });
  });

  it("reads the name on the certificate, if it differs from that of the address", () => {
    const settings = syntheticOrderSettingsOf({
      ...environment,
      ORDER_SERVER_NAME: "oregon.orders.cafe.com",
    });
    expect(settings.serverName).to.equal("oregon.orders.cafe.com");
  });

  it("accepts permanent credentials", () => {
    const { credentials } = syntheticOrderSettingsOf({
      ...environment,
      AWS_SESSION_TOKEN: undefined,
    });
    expect(credentials).to.deep.equal({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" });
  });

  it("names each variable that is missing or empty, all at once", () => {
    const rest = "must be set, got nothing; deploy the function again";
    expect(faultsOf({ ...environment, ORDER_URL: "", METRIC_NAME: undefined })).to.deep.equal([
      `ORDER_URL: ${rest}`,
      `METRIC_NAME: ${rest}`,
    ]);
    expect(faultsOf({})).to.have.length(9);
  });
});
