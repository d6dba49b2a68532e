import { expect } from "chai";
import { AwsError } from "../../../aws/awsError";
import type { Account } from "../../../aws/clients";
import { permissions } from "../../../aws/preflight/checks/permissions";
import type { Place } from "../../../aws/preflight/finding";
import { needsOf } from "../../../aws/preflight/needs";
import { evaluated } from "../../program/evaluated";
import type { Input } from "../answers";
import { simulated } from "../answers";

describe("the permissions of a preflight", () => {
  /** The ARNs that IAM's simulator gets for a caller. @param getRole the answer of IAM */
  async function simulatedFor(
    arn: string,
    getRole: (input: Input) => object,
  ): Promise<readonly unknown[]> {
    const sources = new Set<unknown>();
    const iam = {
      getRole: async (input: Input) => Promise.resolve(getRole(input)),
      simulatePrincipalPolicy: async (input: Input) => {
        sources.add(input["PolicySourceArn"]);
        return Promise.resolve(simulated(input, () => ({ decision: "allowed" })));
      },
    };
    const account: Account = {
      client: () => Promise.resolve(iam) as never,
      credentialLife: () => Promise.resolve({ isTemporary: true }),
    };
    const { resources, calls } = await evaluated("dev");
    const needs = needsOf(resources, { calls, zone: [] });
    const place: Partial<Place> = { account, needs, caller: { account: "123456789012", arn } };
    const findings = await permissions.run(place as Place);
    expect(findings.map(({ state }) => state)).to.deep.equal(["ok"]);
    return [...sources];
  }

  const ssoRole = "AWSReservedSSO_Deployer_0123456789abcdef";

  it("are those of a session's role with its path, as IAM Identity Center makes it", async () => {
    const arn = `arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/${ssoRole}`;
    const caller = `arn:aws:sts::123456789012:assumed-role/${ssoRole}/ada`;
    const read = ({ RoleName }: Input): object => ({
      Role: RoleName === ssoRole ? { Arn: arn } : {},
    });
    expect(await simulatedFor(caller, read)).to.deep.equal([arn]);
  });

  it("are those of a role without a path where it may not be read, and of a user", async () => {
    const refuse = (): object => {
      const denied = Object.assign(new Error("not authorized"), { name: "AccessDenied" });
      throw new AwsError("iam getRole in us-east-1", denied);
    };
    const session = "arn:aws:sts::123456789012:assumed-role/deployer/update";
    expect(await simulatedFor(session, refuse)).to.deep.equal([
      "arn:aws:iam::123456789012:role/deployer",
    ]);
    const user = "arn:aws:iam::123456789012:user/ada";
    expect(await simulatedFor(user, refuse)).to.deep.equal([user]);
  });
});
