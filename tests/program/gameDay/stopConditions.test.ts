import { expect } from "chai";
import { experimentFault } from "../../../routing/graph/experiments/experimentFault";
import { stopVerdicts, templatesOf } from "../../../routing/graph/experiments/stopConditions";
import type { StopVerdict } from "../../../routing/graph/experiments/stopConditions";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { actionFaults } from "./fisActions";
import { templateInputs } from "./fisInputs";
import { experimentOf, hostnames, ofExperiments, playing, settings, stacks } from "./playing";
import type { Stack } from "./playing";

const visitorsChosen = {
  "failover:visitorNetworks": ["203.0.113.0/24"],
  "failover:checks": { endpoint: { scheme: "https", intervalSeconds: 10, failureThreshold: 2 } },
  "failover:gameDay": {
    ...settings,
    schedules: [{ experiment: "us-west-2a", cron: "cron(0 10 ? * TUE#1 *)" }],
  },
};

const duringRelease = {
  "failover:regions": {
    primary: {
      name: "oregon",
      region: "us-west-2",
      availabilityZones: ["us-west-2a", "us-west-2b"],
      cidrBlock: "10.10.0.0/16",
      release: { blue: 95, green: 5 },
    },
    standby: {
      name: "dublin",
      region: "eu-west-1",
      availabilityZones: ["eu-west-1a", "eu-west-1b"],
      cidrBlock: "10.20.0.0/16",
    },
  },
  "failover:standby": { warmPercent: 10 },
};

describe("the stop conditions of an experiment", () => {
  for (const stack of stacks) {
    it(`are alarms of ${stack}, in the experiment's region, that the experiment itself does not set off`, async () => {
      const verdicts = await ofExperiments(stack, (template, model) =>
        stopVerdicts(model, template),
      );
      const given = await ofExperiments(
        stack,
        (template) => templateInputs(template).stopConditions,
      );
      for (const [experiment, list] of Object.entries(verdicts)) {
        expect(list, experiment).not.to.have.length(0);
        expect(list, experiment).to.have.length(given[experiment]?.length ?? -1);
        const unfit = list.filter(({ kind }) => kind !== "survives");
        expect(unfit, experiment).to.deep.equal([]);
      }
    });
  }

  it("are those of the other zone, and of the customers' orders", async () => {
    const alarms = await ofExperiments("prod", (template, model) =>
      stopVerdicts(model, template)
        .map(({ alarm }) => alarm)
        .sort(),
    );
    const ofZone = (zone: string): readonly string[] => [
      "game-day-customers-database",
      `oregon-alerts-${zone}-http-no-healthy-target`,
      `oregon-alerts-${zone}-tls-no-healthy-target`,
    ];
    expect(alarms).to.deep.equal({
      "us-west-2a": ofZone("us-west-2b"),
      "us-west-2b": ofZone("us-west-2a"),
      "us-west-2": ["game-day-customers-place", "game-day-survivor-orders"],
      "full-load": ["game-day-customers-place", "game-day-survivor-orders"],
    });
  });

  it("are only the other zone's with visitor networks", async () => {
    const model = new StackModel((await playing("prod", visitorsChosen)).resources);
    for (const template of templatesOf(model)) {
      const verdicts = stopVerdicts(model, template);
      expect(verdicts.map(({ kind }) => kind)).to.deep.equal(["survives", "survives"]);
    }
  });

  it("are as good during a release, with a warm standby", async () => {
    const { resources } = await playing("prod", duringRelease);
    const model = new StackModel(resources);
    for (const template of templatesOf(model)) {
      const verdicts = stopVerdicts(model, template);
      expect(new Set(verdicts.map(({ kind }) => kind))).to.deep.equal(new Set(["survives"]));
      expect(actionFaults(template)).to.deep.equal([]);
    }
    const zone = templatesOf(model).find((template) => experimentOf(template) === "us-west-2a");
    const alarms = zone ? stopVerdicts(model, zone).map(({ alarm }) => alarm) : [];
    expect(alarms.filter((alarm) => alarm.includes("green"))).to.have.length(2);
  });

  it("are not known at a first preview", async () => {
    const { resources } = await playing("prod", {}, true);
    const model = new StackModel(resources);
    const verdicts = templatesOf(model).flatMap((template) => stopVerdicts(model, template));
    expect(new Set(verdicts.map(({ kind }) => kind))).to.deep.equal(new Set(["undecided"]));
  });
});

type Change = (resource: Resource) => Resource | undefined;

/** The verdict on an experiment's only stop condition: an alarm by its name, or an ARN. */
async function verdictOn(
  stack: Stack,
  experiment: string,
  alarm: string,
  change: Change = (resource) => resource,
): Promise<StopVerdict> {
  const { resources } = await playing(stack);
  const arn = resources.find(({ name }) => name === alarm)?.outputs["arn"] ?? alarm;
  const stopConditions = [{ source: "aws:cloudwatch:alarm", value: arn }];
  const withAlarm = (resource: Resource): Resource =>
    resource.name === `game-day-${experiment}`
      ? {
          ...resource,
          inputs: { ...resource.inputs, stopConditions },
          outputs: { ...resource.outputs, stopConditions },
        }
      : resource;
  const model = new StackModel(resources.flatMap((resource) => change(withAlarm(resource)) ?? []));
  const [template] = templatesOf(model).filter((one) => experimentOf(one) === experiment);
  const [verdict, ...others] = template ? stopVerdicts(model, template) : [];
  expect(others).to.deep.equal([]);
  if (!verdict) throw new Error(`${experiment}: has no verdict`);
  return verdict;
}

/** A change of a named resource's inputs. */
const withInputs =
  (wanted: string, inputs: Resource["inputs"]): Change =>
  (resource) =>
    resource.name === wanted
      ? {
          ...resource,
          inputs: { ...resource.inputs, ...inputs },
          outputs: { ...resource.outputs, ...inputs },
        }
      : resource;

describe("an alarm on what the experiment itself breaks", () => {
  const cases: readonly (readonly [Stack, experiment: string, alarm: string])[] = [
    ["dev", "us-west-2a", "oregon-alerts-us-west-2a-instance"],
    ["prod", "us-west-2a", "oregon-alerts-us-west-2a-tls-no-healthy-target"],
    ["prod", "us-west-2b", "oregon-alerts-us-west-2b-http-no-healthy-target"],
    ["prod", "us-west-2", "oregon-alerts-us-west-2a-tls-no-healthy-target"],
    ["prod", "us-west-2", "oregon-alerts-us-west-2b-tls-no-healthy-target"],
    // The database of development is only in that zone.
    ["dev", "us-west-2b", "oregon-alerts-database-cpu"],
  ];
  for (const [stack, experiment, alarm] of cases) {
    it(`is found: ${alarm} in the experiment ${experiment} of ${stack}`, async () => {
      expect((await verdictOn(stack, experiment, alarm)).kind).to.equal("causedByExperiment");
    });
  }

  it("is found if it monitors customers and does not wait for their failover", async () => {
    const verdict = await verdictOn(
      "prod",
      "us-west-2",
      "game-day-customers-place",
      withInputs("game-day-customers-place", { evaluationPeriods: 1 }),
    );
    expect(verdict).to.deep.equal({
      alarm: "game-day-customers-place",
      kind: "causedByExperiment",
      why: "orders.cafe.com loses up to 2 minutes during the failover, and the alarm waits 1",
    });
  });

  it("is found if it monitors the entry of the isolated region", async () => {
    const url = "https://oregon.orders.cafe.com/orders";
    const toOregon: Change = (resource) =>
      withInputs("game-day-survivor-orders", {
        dimensions: { EntryName: "oregon.orders.cafe.com" },
      })(
        withInputs("game-day-survivor-order-function", {
          environment: {
            variables: { METRIC_DIMENSION_VALUE: "oregon.orders.cafe.com", ORDER_URL: url },
          },
        })(resource) ?? resource,
      );
    const verdict = await verdictOn("prod", "us-west-2", "game-day-survivor-orders", toOregon);
    expect(verdict.kind).to.equal("causedByExperiment");
    expect(verdict.why).to.match(
      /^in the experiment oregon\.orders\.cafe\.com answers .+, which takes no/,
    );
  });

  it("is accepted in an experiment that does not affect its resource", async () => {
    const other = await verdictOn("dev", "us-west-2b", "oregon-alerts-us-west-2a-instance");
    expect(other.kind).to.equal("survives");
  });
});

describe("an alarm that cannot stop an experiment", () => {
  it("is one of another region", async () => {
    expect(await verdictOn("prod", "us-west-2", "dublin-metric-alarm")).to.deep.equal({
      alarm: "dublin-metric-alarm",
      kind: "elsewhere",
      why: "it is in us-east-2, and the experiment in us-west-2",
    });
    expect((await verdictOn("prod", "us-west-2a", "alerts-oregon-us-west-2b")).kind).to.equal(
      "elsewhere",
    );
  });

  it("is one that the stack does not have", async () => {
    const arn = "arn:aws:cloudwatch:us-west-2:123456789012:alarm:somebody-elses";
    expect(await verdictOn("prod", "us-west-2", arn)).to.deep.equal({
      alarm: arn,
      kind: "absent",
      why: "no alarm of this stack has that ARN",
    });
  });

  it("is one whose metric is written in another region", async () => {
    // The function in us-east-2 that probes the same name remains.
    const verdict = await verdictOn("prod", "us-west-2", "game-day-survivor-orders", (resource) =>
      resource.name === "game-day-survivor-order-function" ? undefined : resource,
    );
    expect(verdict.kind).to.equal("silent");
  });

  it("is one on something that the model does not know", async () => {
    expect((await verdictOn("prod", "us-west-2a", "oregon-alerts-regions-differ")).kind).to.equal(
      "undecided",
    );
  });
});

describe("the effect of an experiment", () => {
  /**
   * The places of customers in an experiment; a database that fails over counts as available again.
   */
  const answers = (stack: Stack): Promise<Readonly<Record<string, unknown>>> =>
    ofExperiments(stack, (template, model) => {
      const fault = experimentFault(model.graph, template) as { urns: readonly string[] } & object;
      const urns = fault.urns.filter(
        (urn) => !urn.endsWith("::oregon-orders-database") || stack === "dev",
      );
      const { answers: found, lastResort } = model
        .under([{ kind: "resource", name: "experiment", urns }])
        .resolve(hostnames[stack], "A");
      expect(lastResort).to.equal(false);
      return found.map(({ availabilityZone, alive }) => `${availabilityZone ?? ""} ${alive}`);
    });

  it("moves customers to the other zone, or to the other region", async () => {
    // Dublin keeps its share while a zone of Oregon serves.
    expect(await answers("prod")).to.deep.equal({
      "us-west-2a": ["us-west-2b true", "eu-west-1a true"],
      "us-west-2b": ["us-west-2a true", "eu-west-1a true"],
      "us-west-2": ["eu-west-1a true"],
      "full-load": ["eu-west-1a true"],
    });
  });

  it("takes the region down with the zone of its only database, in development", async () => {
    expect(await answers("dev")).to.deep.equal({
      "us-west-2a": ["us-west-2b true"],
      "us-west-2b": ["eu-west-1a true"],
      "us-west-2": ["eu-west-1a true"],
      "full-load": ["eu-west-1a true"],
    });
  });
});
