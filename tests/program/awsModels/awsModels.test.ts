import { expect } from "chai";
import { isEveryCase, itWithEveryCase } from "../../sampled";
import { evaluated } from "../evaluated";
import { accepted, accepts } from "./accepted";
import { evaluationWith, planted } from "./planted";
import type { Finding } from "./python";
import { findingsOf, needModels } from "./python";
import { shapes, shapesOfEachRun } from "./shapes";
import type { Subjects } from "./subjects";
import { Asked, notTranslated, rows, subjectsOf } from "./subjects";

/** The name of a planted resource in a finding about a template or a name. */
const plantedTitle = (index: number): string => `planted-${index}`;

const worded = ({ at, rule, path, message }: Finding): string =>
  `${at}: ${path}: ${rule}: ${message}`;

describe("AWS's own models", function () {
  let findings: readonly Finding[] = [];
  let ofPlanted: readonly (readonly Finding[])[] = [];
  const types = new Set<string>();
  const counts = { resources: 0, template: 0, call: 0, policy: 0 };

  before(async function () {
    needModels(this);
    const all: Subjects[] = [];
    const asked = new Asked();
    for (const { title, evaluation } of isEveryCase ? shapes : shapesOfEachRun) {
      const one = await evaluation();
      const custom = one.resources.filter((resource) => resource.custom);
      for (const { type } of custom) types.add(type);
      counts.resources += custom.length;
      all.push(subjectsOf(title, one, asked));
    }
    for (const { template, call, policy } of all) {
      counts.template += template.flatMap(({ names }) => Object.keys(names)).length;
      counts.call += call.length;
      counts.policy += policy.length;
    }
    const prod = await evaluated("prod");
    const faulty = planted.map((fault, index) =>
      named(plantedTitle(index), subjectsOf("", evaluationWith(fault, prod), new Asked())),
    );
    const found = await findingsOf(joined([...all, ...faulty]));
    findings = found.filter(({ at }) => !at.startsWith("planted-"));
    ofPlanted = planted.map((_, index) =>
      notAccepted(found.filter(({ at }) => at === plantedTitle(index))),
    );
  });

  it("have no finding about any resource of any shape, except accepted ones", () => {
    const shown = notAccepted(findings);
    process.stdout.write(
      `      ${isEveryCase ? shapes.length : shapesOfEachRun.length} shapes, ${counts.resources} resources: ${counts.template} declarations, ` +
        `${counts.call} calls and ${counts.policy} policies that differ; ${findings.length} findings, ` +
        `${findings.length - shown.length} accepted\n`,
    );
    expect(shapes).to.have.length.of.at.least(11);
    // As one text: mocha does not show a list of this length.
    expect(shown.map(worded).join("\n")).to.equal("");
  });

  itWithEveryCase("still have every finding that is accepted", () => {
    const past = accepted.filter((entry) => !findings.some((one) => accepts(entry, one)));
    expect(past.map(({ rule, why }) => `${rule}: ${why}`)).to.deep.equal([]);
  });

  itWithEveryCase("check every type that has a row", () => {
    const unused = [...Object.keys(rows), ...Object.keys(notTranslated)].filter(
      (type) => !types.has(type),
    );
    expect(unused).to.deep.equal([]);
  });

  for (const [index, { title, found }] of planted.entries()) {
    it(`find ${title}`, () => {
      const seen = ofPlanted[index] ?? [];
      expect(seen.map(({ check, rule, path }) => ({ check, rule, path }))).to.have.deep.members([
        ...found,
      ]);
    });
  }
});

function notAccepted(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((one) => !accepted.some((entry) => accepts(entry, one)));
}

describe("a resource without a row", () => {
  it("is named, with all others, and the folder of the rows", () => {
    const resources = ["aws:kinesis/stream:Stream", "aws:eks/cluster:Cluster"].map((type) => ({
      urn: `urn:pulumi:prod::failover::${type}::one`,
      type,
      name: "one",
      custom: true,
      inputs: {},
      outputs: {},
      propertyDependencies: {},
      dependencies: [],
      unknown: {},
    }));
    const evaluation = {
      project: "failover",
      stack: "prod",
      preview: false,
      resources,
      calls: [],
      outputs: {},
    };
    expect(() => subjectsOf("", evaluation, new Asked())).to.throw(
      "no row for aws:kinesis/stream:Stream, aws:eks/cluster:Cluster; " +
        "add one to tests/program/awsModels/rows/",
    );
  });
});

/** Subjects under another name, which identifies their findings. */
function named(at: string, { template, call, policy }: Subjects): Subjects {
  return {
    template: template.map((one) => ({ ...one, at, names: {} })),
    call: call.map((one) => ({ ...one, at })),
    policy: policy.map((one) => ({ ...one, at })),
  };
}

function joined(all: readonly Subjects[]): Subjects {
  return {
    template: all.flatMap(({ template }) => template),
    call: all.flatMap(({ call }) => call),
    policy: all.flatMap(({ policy }) => policy),
  };
}
