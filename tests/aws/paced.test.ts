import { expect } from "chai";
import type { Account } from "../../aws/clients";
import { paced } from "../../aws/paced";

describe("an account whose calls to Route 53 are spaced", () => {
  /** A client of any service, which notes its calls. */
  function accountNoting(events: string[]): Account {
    const client = {
      listHealthChecks: () => {
        events.push("called");
        return Promise.resolve({ HealthChecks: [] });
      },
    };
    return {
      client: () => Promise.resolve(client) as never,
      credentialLife: () => Promise.resolve({ isTemporary: false }),
    };
  }

  it("waits 250 ms between two calls, however they are started, and tells each", async () => {
    const events: string[] = [];
    const account = paced(
      accountNoting(events),
      (call) => events.push(`tells ${call}`),
      (milliseconds) => {
        events.push(`waits ${milliseconds}`);
        return Promise.resolve();
      },
    );
    const [one, other] = await Promise.all([
      account.client("route53", "us-east-1"),
      account.client("route53", "us-east-1"),
    ]);
    await Promise.all([one.listHealthChecks({}), other.listHealthChecks({})]);
    const call = ["tells route53 listHealthChecks", "called"];
    expect(events).to.have.members([...call, "waits 250", ...call, "waits 250"]);
    const [first, second] = [events.indexOf("called"), events.lastIndexOf("called")];
    expect(events.slice(first, second)).to.include("waits 250");
  });

  it("spaces no call to another service", async () => {
    const events: string[] = [];
    const account = paced(
      accountNoting(events),
      (call) => events.push(`tells ${call}`),
      () => Promise.reject(new Error("waited")),
    );
    const client = (await account.client("s3", "eu-west-1")) as unknown as {
      listHealthChecks: () => Promise<unknown>;
    };
    await client.listHealthChecks();
    expect(events).to.deep.equal(["tells s3 in eu-west-1", "called"]);
    expect(await account.credentialLife()).to.deep.equal({ isTemporary: false });
  });
});
