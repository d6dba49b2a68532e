import { expect } from "chai";
import { findAll } from "../../policies/inProcess";
import { failbackIsGated } from "../../policies/dns-failover/rules/failbackIsGated";
import { rules as dnsRules } from "../../policies/dns-failover/pack";
import { rules as workloadRules } from "../../policies/workload/pack";
import { messageOf } from "../../policies/message";
import type { Evaluation } from "../../rehearsal/engine/evaluate";
import type { Resource } from "../../routing/graph/resource";
import { StackModel } from "../../routing/graph/stackModel";
import { Trees } from "../../routing/trees";
import { specOf } from "../../program/gate";
import { evaluated } from "./evaluated";
import { expectations, figures } from "./expectations";
import { settingOf } from "./settingOf";
import { Account } from "./standIn/account";
import { update } from "./standIn/planner";

type Mode = "off" | "created" | "attached";

/** A stack with a mode of the gate, and its other settings of the gate. */
const withGate = (stack: string, mode: Mode): Promise<Evaluation> =>
  evaluated(stack, false, { "failover:gate": { ...settingOf(stack, "gate"), mode } });

const ordersOf = (region: string): readonly string[] => [`orders-${region}`, `differ-${region}`];

const guarded = { dev: "ohio", prod: "oregon" } as const;

for (const stack of ["dev", "prod"] as const) {
  describe(`the gate of ${stack}`, () => {
    const regionCheck = `${guarded[stack]}-region-check`;
    let created: readonly Resource[];
    let attached: readonly Resource[];
    before(async () => {
      created = (await withGate(stack, "created")).resources;
      attached = (await withGate(stack, "attached")).resources;
    });

    it("is created and not attached by the settings", async () => {
      expect((await evaluated(stack)).outputs["gate"]).to.include({ mode: "created" });
    });

    it("changes one check in place when it is attached, and nothing else", () => {
      const account = new Account();
      expect(update(account, created).refused).to.deep.equal([]);
      const { steps, refused } = update(account, attached);
      expect(refused).to.deep.equal([]);
      expect(
        steps.map(({ action, resource, properties }) => [
          action,
          resource.name,
          [...properties].sort(),
        ]),
      ).to.deep.equal([["update", regionCheck, ["childHealthThreshold", "childHealthchecks"]]]);
    });

    it("adds the latch to the primary's checks, all of which are needed (K1)", () => {
      const [before, after] = [created, attached].map((resources) =>
        resources.find(({ name }) => name === regionCheck),
      );
      const children = (check: Resource | undefined): readonly unknown[] =>
        check?.inputs["childHealthchecks"] as readonly unknown[];
      const latch = attached.find(({ name }) => name === "gate-latch-check");
      expect(children(after)).to.deep.equal([...children(before), latch?.id]);
      expect(after?.inputs["childHealthThreshold"]).to.equal(children(after).length);
    });

    it("is the same whether it is created first or attached at once", () => {
      const [step, once] = [new Account(), new Account()];
      update(step, created);
      update(step, attached);
      expect(update(once, attached).refused).to.deep.equal([]);
      // Neither order leaves anything for the next update.
      expect(update(step, attached).steps).to.deep.equal([]);
      expect(update(once, attached).steps).to.deep.equal([]);
    });

    it("keeps its latch check when it is turned off, until that is unprotected", async () => {
      const { resources } = await withGate(stack, "off");
      expect(resources.filter(({ name }) => name.startsWith("gate"))).to.deep.equal([]);
      const account = new Account();
      update(account, created);
      expect(update(account.copy(), resources).refused).to.include(
        "gate-latch-check: it is protected: pulumi state unprotect",
      );
      const unprotected = created.map((resource): Resource => ({ ...resource, protect: false }));
      const other = new Account();
      update(other, unprotected);
      const { steps, refused } = update(other, resources);
      expect(refused).to.deep.equal([]);
      // The alarms on it go with it, and the dashboard shows it no more.
      const touched = steps.filter(({ resource }) => !resource.name.includes("gate"));
      expect(touched.map(({ action, resource }) => `${action} ${resource.name}`)).to.deep.equal([
        "update dashboard-dashboard",
      ]);
    });

    for (const mode of ["created", "attached"] as const) {
      it(`changes no answer and no bound while it is ${mode} and released`, () => {
        const resources = mode === "created" ? created : attached;
        for (const { verify } of expectations(stack)) verify(resources);
      });
    }

    it("holds customers in the standby region once it is latched", () => {
      const model = new StackModel(attached);
      const answers = (...faults: readonly string[]): unknown =>
        model
          .under(model.faults(faults))
          .resolve(figures[stack].hostname, "A")
          .answers.map(({ region }) => region);
      const [primary, standby] =
        stack === "dev" ? ["us-east-2", "us-east-1"] : ["us-west-2", "eu-west-1"];
      // A latch that is set fails its inverted check.
      expect(answers("check:gate-latch-check")).to.deep.equal([standby]);
      // Nobody is stranded by it.
      expect(answers("check:gate-latch-check", standby)).to.deep.equal([primary]);
      const notAttached = new StackModel(created);
      const { answers: unmoved } = notAttached
        .under(notAttached.faults(["check:gate-latch-check"]))
        .resolve(figures[stack].hostname, "A");
      expect(unmoved[0]?.region).to.equal(primary);
    });

    it("has signals that no customer's answer and no proof follows", () => {
      const model = new StackModel(attached);
      const roots = new Trees(model.route53).roots;
      expect(roots.filter(({ name }) => name.includes(".gate."))).to.deep.equal([]);
      const texts = attached.filter(({ inputs }) => inputs["type"] === "TXT");
      const leads = new Trees(model.route53, [figures[stack].hostname]).recordsBelow(
        figures[stack].hostname,
        "A",
      );
      expect(texts.length).to.be.greaterThan(4);
      expect(leads.filter(({ type }) => type === "TXT")).to.deep.equal([]);
    });

    it("has a signal for each check that the primary's health depends on, and for all orders", () => {
      const functionOf = created.find(({ name }) => name === "gate-controller-function");
      const { variables } = functionOf?.inputs["environment"] as {
        variables: Record<string, string>;
      };
      const zones = stack === "dev" ? ["us-east-2a", "us-east-2b"] : ["us-west-2a", "us-west-2b"];
      expect(
        Object.keys(JSON.parse(variables["SIGNAL_NAMES"] ?? "") as object).sort(),
      ).to.deep.equal(
        (stack === "dev"
          ? [...zones, "deep", ...["ohio", "virginia"].flatMap(ordersOf)]
          : [
              ...zones.flatMap((zone) => [zone, `${zone}-ipv6`, `capacity-${zone}`]),
              "deep",
              "metric",
              ...["oregon", "dublin"].flatMap(ordersOf),
            ]
        ).sort(),
      );
      expect(JSON.stringify(variables).length).to.be.below(4_096);
    });

    it("is outside the region that it guards", () => {
      const region = stack === "dev" ? "us-east-2" : "us-west-2";
      const own = attached.filter(({ name }) => name.startsWith("gate"));
      expect(own.filter((one) => one.region === region)).to.deep.equal([]);
    });

    for (const mode of ["created", "attached"] as const) {
      it(`has no finding of either pack while it is ${mode}, except that it is not attached`, () => {
        const resources = mode === "created" ? created : attached;
        const found = findAll([...dnsRules, ...workloadRules], resources, {
          // As in prod.json: the controller writes the bucket again.
          "data-is-protected-from-deletion": { disposableTag: "Disposable" },
        })
          .filter(({ rule }) => rule.name !== failbackIsGated.name)
          .map(({ rule, finding }) => `${rule.name} ${finding.name} ${messageOf(finding)}`);
        expect(found.filter((line) => line.includes("gate"))).to.deep.equal([]);
      });
    }

    it("gates the failback by the rule for it, once it is attached", () => {
      const found = (resources: readonly Resource[]): number =>
        findAll([failbackIsGated], resources).length;
      expect(found(created)).to.be.greaterThan(0);
      expect(found(attached)).to.equal(0);
    });
  });
}

describe("an alarm that a release waits for", () => {
  it("is refused when the region has none, instead of not being waited for", () => {
    expect(() => specOf([], "journal-oldest", "dublin")).to.throw(
      "dublin: must have the alarm journal-oldest, which the gate's release waits for, got none; define it, or set failover:gate.mode to off",
    );
  });
});

describe("the gate of external endpoints", () => {
  it("has no capacity to wait for, and no orders of ours", async () => {
    const { resources } = await evaluated("prod", false, {
      "failover:compute": {
        kind: "alias",
        endpoints: Object.fromEntries(
          ["us-west-2a", "us-west-2b", "eu-west-1a", "eu-west-1b"].map((zone) => [
            zone,
            {
              dnsName: `team-${zone}-0123456789abcdef.elb.${zone.slice(0, -1)}.amazonaws.com`,
              hostedZoneId: "Z2H123EXAMPLE",
            },
          ]),
        ),
      },
      "failover:orders": {},
      "failover:rollout": {},
      "failover:regions": Object.fromEntries(
        (
          [
            ["primary", "oregon", "us-west-2", "10.30.0.0/16"],
            ["standby", "dublin", "eu-west-1", "10.40.0.0/16"],
          ] as const
        ).map(([side, name, region, cidrBlock]) => [
          side,
          { name, region, cidrBlock, availabilityZones: [`${region}a`, `${region}b`] },
        ]),
      ),
    });
    const controller = resources.find(({ name }) => name === "gate-controller-function");
    const { variables } = controller?.inputs["environment"] as {
      variables: Record<string, string>;
    };
    // A check by name covers both families.
    expect(Object.keys(JSON.parse(variables["SIGNAL_NAMES"] ?? "") as object)).to.deep.equal([
      "us-west-2a",
      "us-west-2b",
      "deep",
      "metric",
    ]);
  });
});
