import { expect } from "chai";
import { experimentFault } from "../../../routing/graph/experiments/experimentFault";
import { templatesOf } from "../../../routing/graph/experiments/stopConditions";
import type { Resource } from "../../../routing/graph/resource";
import { StackModel } from "../../../routing/graph/stackModel";
import { evaluated } from "../evaluated";
import { inProdsPlaces } from "../places";
import { actionFaults, subnetsByTagsMax } from "./fisActions";
import { createInput, inputFaults, templateInputs } from "./fisInputs";
import {
  allExperiments,
  experimentOf,
  ofExperiments,
  playing,
  settings,
  stacks,
  modelOf,
} from "./playing";

/** The faults for which FIS's API would refuse the request for a template. */
const apiFaults = (template: Resource): readonly string[] =>
  inputFaults("CreateExperimentTemplate", createInput(template));

describe("a stack without game days", () => {
  it("has none of their resources, and none of their tags", async () => {
    for (const stack of stacks) {
      const { resources, outputs } = await evaluated(stack, false, inProdsPlaces(stack));
      const text = JSON.stringify(resources.map(({ name, inputs }) => [name, inputs]));
      expect(text).not.to.match(/game-day|AzImpairmentPower/);
      expect(outputs).not.to.have.property("gameDay");
    }
  });

  it("gets them by new resources, and by tags in the primary region", async () => {
    for (const stack of stacks) {
      const before = new Map(
        (await evaluated(stack, false, inProdsPlaces(stack))).resources.map((one) => [
          one.urn,
          one,
        ]),
      );
      const { resources } = await playing(stack);
      expect(resources.filter(({ urn }) => before.has(urn))).to.have.length(before.size);
      // Game days monitor synthetic orders, and add their secret if nothing else needs it.
      const added = resources.filter(
        ({ urn, name }) => !before.has(urn) && !name.startsWith("synthetic-orders"),
      );
      expect(added.filter(({ name }) => !name.startsWith("game-day"))).to.deep.equal([]);
      expect(new Set(added.flatMap(({ region }) => region ?? []))).to.deep.equal(
        new Set(["us-west-2"]),
      );
      const changed = resources.filter(
        ({ urn, inputs, custom }) =>
          custom &&
          before.has(urn) &&
          JSON.stringify(inputs) !== JSON.stringify(before.get(urn)?.inputs),
      );
      expect(
        changed
          .filter(({ region }) => region !== "us-west-2")
          // The key of a copy has the tags of the copied database.
          .filter(({ name }) => !name.endsWith("-database-copy-key"))
          .map(({ name }) => name),
      ).to.deep.equal([]);
      const beyondTags = changed.filter(
        ({ urn, inputs }) => untagged(inputs) !== untagged(before.get(urn)?.inputs),
      );
      expect(beyondTags.map(({ name }) => name)).to.deep.equal([]);
    }
  });
});

/** Inputs without the experiments' tag, in any of its forms. */
function untagged(inputs: unknown): string {
  const isOther = (item: unknown): boolean =>
    (item as { key?: unknown } | null)?.key !== "AzImpairmentPower";
  return JSON.stringify(inputs, (key, value: unknown) => {
    if (key === "AzImpairmentPower") return undefined;
    return Array.isArray(value) ? (value as unknown[]).filter(isOther) : value;
  });
}

for (const stack of stacks) {
  describe(`the experiment templates of ${stack}`, () => {
    it("exist for each zone of the primary region, for that region, and for the full load", async () => {
      const templates = await ofExperiments(stack, ({ region }) => region);
      expect(Object.keys(templates).sort()).to.deep.equal(allExperiments);
      expect(new Set(Object.values(templates))).to.deep.equal(new Set(["us-west-2"]));
      const { outputs, resources } = await playing(stack);
      const ids = resources
        .filter(({ type }) => type.startsWith("aws:fis/"))
        .map((template) => [experimentOf(template), template.id]);
      const templateIds = Object.fromEntries(ids) as unknown;
      expect(outputs["gameDay"]).to.deep.include({ templateIds });
    });

    it("are valid in the API of FIS", async () => {
      const faults = await ofExperiments(stack, apiFaults);
      expect(Object.values(faults).flat()).to.deep.equal([]);
    });

    it("have actions, targets and parameters that FIS knows, within its quotas", async () => {
      const faults = await ofExperiments(stack, actionFaults);
      expect(Object.values(faults).flat()).to.deep.equal([]);
    });

    it("target only tagged resources of this project and environment: others may share the tag", async () => {
      const targets = Object.values(
        await ofExperiments(stack, (template) => templateInputs(template).targets),
      ).flat();
      const byTags = targets.filter(({ resourceArns = [] }) => resourceArns.length === 0);
      expect(byTags).not.to.have.length(0);
      for (const { resourceTags = [] } of byTags) {
        expect(resourceTags.slice(0, 3)).to.deep.equal([
          { key: "Project", value: "failover" },
          { key: "Environment", value: stack },
          { key: "AzImpairmentPower", value: "Ready" },
        ]);
      }
      expect(
        targets.flatMap(({ resourceArns = [] }) => resourceArns).filter((arn) => /[*?]/.test(arn)),
      ).to.deep.equal([]);
    });

    it("find no more subnets by tags than the default quota", async () => {
      const { graph } = await modelOf(stack);
      for (const template of graph.ofType("aws:fis/experimentTemplate:ExperimentTemplate")) {
        const { urns } = experimentFault(graph, template) as { urns: readonly string[] };
        const subnets = urns.filter((urn) => graph.get(urn)?.type === "aws:ec2/subnet:Subnet");
        expect(subnets.length, template.name).to.be.within(1, subnetsByTagsMax);
      }
    });

    it("write a log, and a report with the dashboard", async () => {
      const { resources } = await playing(stack);
      const bucket = resources.find(({ name }) => name === "game-day-reports")?.outputs["bucket"];
      const reports = await ofExperiments(stack, ({ inputs }) => [
        inputs["logConfiguration"],
        inputs["experimentReportConfiguration"],
      ]);
      for (const report of Object.values(reports)) {
        expect(report).to.deep.equal([
          { logSchemaVersion: 2, s3Configuration: { bucketName: bucket, prefix: "logs" } },
          {
            dataSources: {
              cloudwatchDashboards: [
                { dashboardArn: `arn:aws:cloudwatch::123456789012:dashboard/failover-${stack}` },
              ],
            },
            outputs: { s3Configuration: { bucketName: bucket, prefix: "reports" } },
            preExperimentDuration: "PT10M",
            postExperimentDuration: "PT20M",
          },
        ]);
      }
    });
  });
}

type Inputs = Record<string, unknown>;
type Named = Record<string, unknown> & { name?: string };

/** The experiment of prod's first zone, with an invalid change. */
async function changed(change: (inputs: Inputs) => void): Promise<Resource> {
  const [template] = templatesOf(await modelOf("prod")).filter(
    (one) => experimentOf(one) === "us-west-2a",
  );
  expect(template).not.to.equal(undefined);
  const inputs = structuredClone(template?.inputs ?? {}) as Inputs;
  change(inputs);
  return { ...(template as Resource), inputs: inputs as Resource["inputs"] };
}

const listOf = (inputs: Inputs, key: string): Named[] => inputs[key] as Named[];
const named = (inputs: Inputs, key: string, name: string): Named => {
  const [found] = listOf(inputs, key).filter((one) => one.name === name);
  if (!found) throw new Error(`no ${name} in ${key}`);
  return found;
};

describe("a template that is invalid in the API of FIS", () => {
  const cases: readonly (readonly [
    what: string,
    change: (inputs: Inputs) => void,
    fault: RegExp,
  ])[] = [
    ["has no role", (inputs) => delete inputs["roleArn"], /^\.roleArn: is missing$/],
    ["has a role of one word", (inputs) => (inputs["roleArn"] = "role"), /^\.roleArn: has a size/],
    [
      "has no stop conditions",
      (inputs) => delete inputs["stopConditions"],
      /^\.stopConditions: is missing$/,
    ],
    [
      "has a stop condition without a source",
      (inputs) => delete listOf(inputs, "stopConditions")[0]?.["source"],
      /^\.stopConditions\[0\]\.source: is missing$/,
    ],
    [
      "has a member that FIS does not know",
      (inputs) => (inputs["durationMinutes"] = 30),
      /^\.durationMinutes: is no member$/,
    ],
    [
      "targets accounts in an unknown mode",
      (inputs) =>
        (inputs["experimentOptions"] = {
          ...(inputs["experimentOptions"] as object),
          accountTargeting: "all",
        }),
      /^\.experimentOptions\.accountTargeting: is none of single-account, multi-account$/,
    ],
    [
      "has a target without a selection",
      (inputs) => delete named(inputs, "targets", "cut-off-network")["selectionMode"],
      /^\.targets\.cut-off-network\.selectionMode: is missing$/,
    ],
    [
      "has seven ARNs in a target",
      (inputs) =>
        (named(inputs, "targets", "cut-off-network")["resourceArns"] = Array<string>(7).fill(
          "arn:aws:ec2:us-west-2:123456789012:subnet/subnet-1",
        )),
      /^\.targets\.cut-off-network\.resourceArns: has a size of 7, not 0 to 5$/,
    ],
    [
      "has an action whose name contains a blank",
      (inputs) => (named(inputs, "actions", "cut-off-network").name = "cut off"),
      /^\.actions\.cut off \(key\): is not like/,
    ],
    [
      "logs to a bucket of two letters",
      (inputs) =>
        (inputs["logConfiguration"] = {
          logSchemaVersion: 2,
          s3Configuration: { bucketName: "ab", prefix: "logs" },
        }),
      /^\.logConfiguration\.s3Configuration\.bucketName: has a size of 2/,
    ],
  ];

  for (const [what, change, fault] of cases) {
    it(what, async () => {
      const faults = apiFaults(await changed(change));
      expect(faults).to.have.length(1);
      expect(faults[0]).to.match(fault);
    });
  }
});

describe("a template whose actions FIS would refuse", () => {
  const cases: readonly (readonly [
    what: string,
    change: (inputs: Inputs) => void,
    faults: readonly string[],
  ])[] = [
    [
      "has an unknown one",
      (inputs) => (named(inputs, "actions", "stop-instances")["actionId"] = "aws:ec2:unplug"),
      ["stop-instances: no action aws:ec2:unplug"],
    ],
    [
      "has one without its duration",
      (inputs) =>
        (named(inputs, "actions", "cut-off-network")["parameters"] = [
          { key: "scope", value: "all" },
        ]),
      ["cut-off-network: needs duration"],
    ],
    [
      "has one with a parameter of another, and an unknown scope",
      (inputs) =>
        (named(inputs, "actions", "cut-off-network")["parameters"] = [
          { key: "duration", value: "PT30M" },
          { key: "scope", value: "everything" },
          { key: "percentage", value: "100" },
        ]),
      ["cut-off-network: has no percentage", "cut-off-network: no scope everything"],
    ],
    [
      "has one on a target of another kind",
      (inputs) =>
        (named(inputs, "actions", "cut-off-network")["target"] = {
          key: "Subnets",
          value: "stop-instances",
        }),
      ["cut-off-network: wants aws:ec2:subnet", "cut-off-network: is not used"],
    ],
    [
      "has a target by tags and by ARN",
      (inputs) =>
        (named(inputs, "targets", "cut-off-network")["resourceArns"] = [
          "arn:aws:ec2:us-west-2:123456789012:subnet/subnet-1",
        ]),
      ["cut-off-network: is by ARN, or else by tags"],
    ],
    [
      "has a parameter that the target's kind does not support",
      (inputs) =>
        (named(inputs, "targets", "cut-off-network")["parameters"] = {
          availabilityZoneIdentifiers: "us-west-2a",
        }),
      ["cut-off-network: has no availabilityZoneIdentifiers"],
    ],
    [
      "has more stop conditions than five",
      (inputs) =>
        (inputs["stopConditions"] = Array<unknown>(6).fill(listOf(inputs, "stopConditions")[0])),
      ["stopConditions: are too many"],
    ],
    [
      "lasts for thirteen hours",
      (inputs) =>
        (named(inputs, "actions", "stop-instances")["parameters"] = [
          { key: "startInstancesAfterDuration", value: "PT780M" },
        ]),
      ["stop-instances: startInstancesAfterDuration is no duration, PT780M"],
    ],
  ];

  for (const [what, change, faults] of cases) {
    it(what, async () => {
      expect(actionFaults(await changed(change))).to.deep.equal(faults);
    });
  }
});

describe("game days with other settings", () => {
  it("have no experiment of the region with visitor networks, because nothing could stop it", async () => {
    const config = {
      "failover:visitorNetworks": ["203.0.113.0/24"],
      "failover:checks": {
        endpoint: { scheme: "https", intervalSeconds: 10, failureThreshold: 2 },
      },
      "failover:gameDay": {
        ...settings,
        schedules: [{ experiment: "us-west-2a", cron: "cron(0 10 ? * TUE#1 *)" }],
      },
    };
    const { resources } = await playing("prod", config);
    const templates = templatesOf(new StackModel(resources));
    expect(templates.map(experimentOf).sort()).to.deep.equal(["us-west-2a", "us-west-2b"]);
    expect(resources.filter(({ name }) => /witness|customers|survivor/.test(name))).to.deep.equal(
      [],
    );
  });

  it("start nothing automatically without a schedule", async () => {
    const { resources } = await playing("dev", { "failover:gameDay": { enabled: true } });
    expect(templatesOf(new StackModel(resources))).to.have.length(4);
    expect(resources.filter(({ name }) => name.startsWith("game-day-starter"))).to.deep.equal([]);
  });
});
