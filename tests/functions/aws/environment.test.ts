import { expect } from "chai";
import { environmentOf } from "../../../functions/aws/environment";
import type { InputError } from "../../../routing/inputError";

const environment = {
  AWS_REGION: "us-west-2",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
};

describe("the environment of a function", () => {
  it("reads Lambda's variables, and AWS's own variable for endpoints", () => {
    expect(
      environmentOf(
        {
          ...environment,
          AWS_SESSION_TOKEN: "token",
          AWS_ENDPOINT_URL: "http://127.0.0.1:1",
        },
        [],
      ).aws,
    ).to.deep.equal({
      region: "us-west-2",
      credentials: {
        accessKeyId: "AKIDEXAMPLE",
        secretAccessKey: "secret",
        sessionToken: "token",
      },
      endpoint: "http://127.0.0.1:1",
    });
    expect(environmentOf(environment, []).aws).to.deep.equal({
      region: "us-west-2",
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    });
  });

  it("names each variable that is missing or empty, all at once", () => {
    let faults: readonly string[] = [];
    try {
      environmentOf({ AWS_REGION: "" }, []);
    } catch (error) {
      faults = (error as InputError).faults;
    }
    const rest = "must be set, got nothing; deploy the function again";
    expect(faults).to.deep.equal([
      `AWS_REGION: ${rest}`,
      `AWS_ACCESS_KEY_ID: ${rest}`,
      `AWS_SECRET_ACCESS_KEY: ${rest}`,
    ]);
  });
});
