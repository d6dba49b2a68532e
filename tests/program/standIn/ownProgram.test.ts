import { expect } from "chai";
import type { Resource } from "../../../routing/graph/resource";
import { evaluated, evaluatedZone } from "../evaluated";
import { playing } from "../gameDay/playing";
import { settingOf } from "../settingOf";
import { Account } from "./account";
import type { Surroundings } from "./account";
import { update } from "./planner";
import type { Outcome } from "./planner";

const resourcesOf = async (stack: string, config = {}): Promise<readonly Resource[]> =>
  (await evaluated(stack, false, config)).resources;

/** The same after `pulumi state unprotect`. */
const unprotected = (resources: readonly Resource[]): readonly Resource[] =>
  resources.map((resource) => ({ ...resource, protect: false }));

/** The outcome of each update, in an account that is empty before the first. */
function updates(
  surroundings: Surroundings,
  ...declarations: readonly (readonly Resource[])[]
): readonly Outcome[] {
  const account = new Account(surroundings);
  return declarations.map((to) => update(account, to));
}

describe("this program, deployed to the stand-in", function () {
  for (const stack of ["dev", "prod"]) {
    it(`${stack}: nothing is refused, and a second update changes nothing`, async () => {
      const resources = await resourcesOf(stack);
      const [first, second] = updates({}, resources, resources);
      const made = resources.filter(({ custom, type }) => custom && type.startsWith("aws:"));
      expect(first?.refused).to.deep.equal([]);
      expect(first?.steps.map(({ action }) => action)).to.deep.equal(made.map(() => "create"));
      expect(made.length).to.be.greaterThan(150);
      expect(second?.steps).to.deep.equal([]);
    });
  }

  it("prod: the orders stay until their protection is off, and then leave snapshots and keys", async () => {
    const deployed = await resourcesOf("prod");
    const open = await resourcesOf("prod", {
      "failover:orders": { ...settingOf("prod", "orders"), isProtected: false },
    });
    const [, refused] = updates({}, deployed, []);
    expect(refused?.refused).to.have.members([
      "gate-latch-check: it is protected: pulumi state unprotect",
      "oregon-orders-database: InvalidParameterCombination: cannot delete a protected DB Instance",
      "dublin-orders-database: InvalidParameterCombination: cannot delete a protected DB Instance",
      "orders-tables-journal: ValidationException: deletion protection is on",
      "orders-tables-sessions: ValidationException: deletion protection is on",
    ]);
    const [, opened, gone] = updates({}, deployed, unprotected(open), []);
    expect(opened?.steps.filter(({ action }) => action !== "update")).to.deep.equal([]);
    expect(gone?.refused).to.deep.equal([]);
    const kinds = (gone?.left ?? []).map((one) => one.replace(/^.*: /, ""));
    expect([...new Set(kinds)]).to.have.members(["kept", "pending deletion for 30 days"]);
  });

  it("dev: the bucket with reports stays when game days end, as it was", async () => {
    const { resources: on } = await playing("dev");
    const { resources: off } = await playing("dev", { "failover:gameDay": { enabled: false } });
    const own = on.filter(({ name, custom }) => custom && name.startsWith("game-day-reports"));
    const bucket = own.find(({ type }) => type === "aws:s3/bucket:Bucket");
    const [, ended] = updates({ written: [bucket?.urn ?? ""] }, on, off);
    expect(ended?.refused).to.deep.equal([]);
    const kept = ended?.left.filter((one) => one.endsWith(": kept"));
    expect(kept).to.have.members(own.map(({ name }) => `${name}: kept`));
    expect(own).to.have.lengthOf(6);
  });

  it("prod: a network with other addresses would need its Elastic IPs twice", async () => {
    const { primary, standby } = settingOf("prod", "regions") as Record<string, object>;
    const moved = await resourcesOf("prod", {
      "failover:regions": { primary: { ...primary, cidrBlock: "10.50.0.0/16" }, standby },
    });
    const [, outcome] = updates({}, await resourcesOf("prod"), moved);
    const refused = outcome?.refused.filter((one) => one.includes("InvalidAllocationID"));
    const balancers = ["oregon-us-west-2a-balancer", "oregon-us-west-2b-balancer"];
    const inUse = (holder: string, address = holder): string =>
      `${holder}: InvalidAllocationID: ${address} is in use by ${holder}`;
    expect(refused).to.have.members([
      inUse("oregon-vpc-1"),
      inUse("oregon-vpc-2"),
      ...balancers.map((balancer) => inUse(balancer, `${balancer}-address`)),
    ]);
  });

  it("prod: the zone stays while it contains the validation records that its stack left", async () => {
    const { resources: zone } = await evaluatedZone("prod", false, {
      "failover-zone:protect": false,
    });
    const main = await resourcesOf("prod", {
      "failover:orders": { ...settingOf("prod", "orders"), isProtected: false },
    });
    const [deployed, withoutMain, withoutBoth] = updates(
      {},
      [...zone, ...unprotected(main)],
      zone,
      [],
    );
    expect(deployed?.refused).to.deep.equal([]);
    expect(withoutMain?.refused).to.deep.equal([]);
    expect(withoutBoth?.refused).to.deep.equal([
      "zone: HostedZoneNotEmpty: there are records in it",
    ]);
  });
});
