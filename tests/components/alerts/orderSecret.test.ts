import { expect } from "chai";
import { OrderSecret } from "../../../components/alerts/orderSecret";
import { listOf } from "./alertSamples";
import { named, resourcesOf } from "../pulumiMocks";
import { tags } from "../samples";

describe("OrderSecret", () => {
  const made = resourcesOf(
    () =>
      new OrderSecret("synthetic-orders", {
        secretName: "failover-prod-synthetic-orders",
        replicaRegions: ["us-west-2", "eu-west-1"],
        tags,
      }),
  );

  it("has exactly these resources", async () => {
    expect(listOf(await made)).to.deep.equal([
      " > synthetic-orders failover:index:OrderSecret",
      "synthetic-orders > synthetic-orders-secret aws:secretsmanager/secret:Secret",
      "synthetic-orders > synthetic-orders-value aws:secretsmanager/secretVersion:SecretVersion",
    ]);
  });

  it("is replicated to each region that reads it, and deleted immediately with its stack", async () => {
    expect(named(await made, "synthetic-orders-secret").inputs).to.deep.include({
      name: "failover-prod-synthetic-orders",
      replicas: [{ region: "us-west-2" }, { region: "eu-west-1" }],
      recoveryWindowInDays: 0,
      forceOverwriteReplicaSecret: true,
    });
  });

  it("is random, secret in the state, and not written again by a later update", async () => {
    const { secretStringWo, secretStringWoVersion, ...others } = named(
      await made,
      "synthetic-orders-value",
    ).inputs;
    expect(secretStringWo).to.match(/^[0-9a-zA-Z]{64}$/);
    expect(secretStringWoVersion).to.equal(1);
    expect(Object.keys(others)).to.deep.equal(["secretId"]);
  });
});
