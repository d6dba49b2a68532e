import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Evaluation } from "../../../rehearsal/engine/evaluate";
import { subnetBlocks } from "../../../rehearsal/engine/subnetBlocks";
import { Unknown } from "../../../routing/graph/resource";
import type { Value } from "../../../routing/graph/resource";
import { evaluateFixture } from "./fixtureProgram";

/** The output of the real provider: see `source` in the files of fixtures/awsx. */
interface Recorded {
  readonly name: string;
  readonly region: string;
  readonly arguments: object;
  readonly resources: readonly {
    /** Without stack and project, like the other URNs here. */
    readonly urn: string;
    readonly parent: string;
    readonly inputs: object;
    readonly previewInputs: object;
    readonly propertyDependencies: Readonly<Record<string, string[]>>;
    readonly dependencies: string[];
  }[];
  readonly outputs: object;
  readonly previewOutputs: object;
  readonly outputDependencies: string[];
}

const cases = ["public", "private", "ipv6"] as const;

describe("the expansion of awsx.ec2.Vpc", function () {
  for (const name of cases) {
    describe(`compared with the real provider (${name})`, () => {
      const recorded = read(name);
      let deployed: Evaluation;
      let preview: Evaluation;
      before(async () => {
        deployed = await evaluateVpc(recorded, false);
        preview = await evaluateVpc(recorded, true);
      });

      it("creates the same resources, with the same parents, inputs and dependencies", () => {
        expect(childrenOf(deployed)).to.have.deep.members(
          recorded.resources.map(({ urn, parent, inputs, propertyDependencies, dependencies }) => ({
            urn,
            parent,
            inputs,
            propertyDependencies,
            dependencies,
          })),
        );
      });

      it("has the same inputs at a first preview", () => {
        expect(
          childrenOf(preview).map(({ urn, inputs }) => ({ urn, inputs })),
        ).to.have.deep.members(
          recorded.resources.map(({ urn, previewInputs }) => ({ urn, inputs: previewInputs })),
        );
      });

      it("gives the program the same outputs, with the same dependencies", () => {
        expect(readable(deployed)(deployed.outputs)).to.deep.equal(recorded.outputs);
        expect(readable(preview)(preview.outputs)).to.deep.equal(recorded.previewOutputs);
        const probe = deployed.resources.find((each) => each.name === "probe");
        expect(probe?.propertyDependencies["vpcId"]?.map(short).sort()).to.deep.equal(
          [`awsx:ec2:Vpc ${recorded.name}`, ...recorded.outputDependencies].sort(),
        );
      });
    });
  }
});

describe("the blocks of subnets", () => {
  it("are an equal share of each availability zone if no mask is given", () => {
    expect(subnetBlocks("10.0.0.0/16", 2, [{}])).to.deep.equal([
      ["10.0.0.0/17"],
      ["10.0.128.0/17"],
    ]);
    expect(subnetBlocks("10.0.0.0/16", 3, [{}, {}, {}])?.[2]).to.deep.equal([
      "10.0.128.0/20",
      "10.0.144.0/20",
      "10.0.160.0/20",
    ]);
  });

  it("start where the previous one ends, at a multiple of their own size", () => {
    expect(subnetBlocks("10.0.0.0/16", 2, [{ cidrMask: 24 }, { cidrMask: 20 }])).to.deep.equal([
      ["10.0.0.0/24", "10.0.16.0/20"],
      ["10.0.128.0/24", "10.0.144.0/20"],
    ]);
  });

  it("must fit into their availability zone", () => {
    expect(subnetBlocks("10.0.0.0/24", 2, [{ cidrMask: 26 }, { cidrMask: 26 }])).to.have.lengthOf(
      2,
    );
    expect(subnetBlocks("10.0.0.0/24", 2, [{ cidrMask: 26 }, { cidrMask: 25 }])).to.equal(
      undefined,
    );
  });
});

function read(name: string): Recorded {
  const file = join(__dirname, "fixtures", "awsx", `${name}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Recorded;
}

async function evaluateVpc(recorded: Recorded, preview: boolean): Promise<Evaluation> {
  const { name, region, arguments: given } = recorded;
  const projectDirectory = mkdtempSync(join(tmpdir(), "awsx-vpc-"));
  try {
    writeFileSync(join(projectDirectory, "Pulumi.yaml"), "name: vpc");
    // JSON is YAML as well.
    const settings = JSON.stringify({ config: { name, region, arguments: given } });
    writeFileSync(join(projectDirectory, "Pulumi.dev.yaml"), settings);
    return await evaluateFixture("vpc", { projectDirectory, preview });
  } finally {
    rmSync(projectDirectory, { recursive: true });
  }
}

function childrenOf(evaluation: Evaluation) {
  const clean = readable(evaluation);
  return evaluation.resources
    .filter(({ urn }) => urn.includes("awsx:ec2:Vpc$"))
    .map(({ urn, parent, inputs, propertyDependencies, dependencies }) => ({
      urn: local(urn),
      parent: local(parent ?? ""),
      inputs: clean(inputs),
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([key, urns]) => [key, urns.map(short).sort()]),
      ),
      dependencies: dependencies.map(short).sort(),
    }));
}

/** Replaces ids by the resources that they belong to, because AWS assigns other ids each time. */
function readable({ resources }: Evaluation): (value: Value) => unknown {
  const names = new Map(resources.map(({ id, urn }) => [id, `<${short(urn)}>`]));
  const clean = (value: Value): unknown => {
    if (value instanceof Unknown) return "<unknown>";
    if (typeof value === "string") {
      return names.get(value) ?? value.replace(/^2001:db8:[^:]+:.*(..::\/64)$/, "<block>$1");
    }
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clean(item)]));
  };
  return clean;
}

function local(urn: string): string {
  return urn.split("::").slice(2).join("::");
}

function short(urn: string): string {
  const [, , type = "", name = ""] = urn.split("::");
  return `${type.split("$").at(-1) ?? ""} ${name}`;
}
