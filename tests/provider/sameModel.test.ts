import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { evaluate } from "../../rehearsal/engine/evaluate";
import type { Resource } from "../../routing/graph/resource";
import { root } from "../conventions/sourceTree";
import { deployed, missingFor } from "./engine";
import { pythonResources, yamlResources } from "./flatResources";
import type { FlatResources } from "./flatResources";
import { modelOf } from "./modelOf";
import type { ComparedModel } from "./modelOf";

/** The resources of a document, with components constructed by the provider. */
async function constructed(resources: FlatResources): Promise<readonly Resource[]> {
  const evaluation = await evaluate({
    projectDirectory: join(root, "examples/own-endpoints"),
    stack: "dev",
    programPath: join(__dirname, "fixtures/construct.ts"),
    config: { "flat:resources": JSON.stringify(resources) },
  });
  return evaluation.resources;
}

describe("the examples in other languages", function () {
  // An update by the engine starts a plugin that compiles the sources, on a machine that may be busy.
  this.timeout(600_000);
  let expected: ComparedModel;

  before(async () => {
    const projectDirectory = join(root, "examples/own-endpoints");
    const { resources } = await evaluate({ projectDirectory, stack: "dev" });
    expected = modelOf(resources);
    expect(expected.records).to.have.length(10);
    expect(expected.checks).to.have.length(8);
    expect(expected.alarms).to.have.length(14);
    expect(expected.answers["us-west-2,eu-west-1"]).to.deep.equal([
      "s3-website.us-east-2.amazonaws.com",
    ]);
  });

  function expectSame(actual: ComparedModel): void {
    expect(actual.records).to.deep.equal(expected.records);
    expect(actual.checks).to.deep.equal(expected.checks);
    expect(actual.alarms).to.deep.equal(expected.alarms);
    expect(actual.answers).to.deep.equal(expected.answers);
  }

  it("have the model of the TypeScript one: YAML, without an engine", async () => {
    expectSame(modelOf(await constructed(yamlResources())));
  });

  it("declare the same components: Python to a recorder, and YAML", function () {
    const python = pythonResources();
    if (python === undefined) {
      console.log("      not run: python3 is not on the PATH; install Python");
      this.skip();
    }
    const components = (resources: FlatResources): unknown =>
      Object.values(resources).filter(({ type }) => type.startsWith("cafe-failover:"));
    // The providers have other names in Python.
    const named = JSON.stringify(components(python))
      .replaceAll("${us-west-2}", "${oregonAws}")
      .replaceAll("${us-east-1}", "${virginiaAws}")
      .replaceAll("${us-east-2}", "${ohioAws}");
    expect(JSON.parse(named)).to.deep.equal(components(yamlResources()));
  });

  for (const language of ["yaml", "python"] as const) {
    it(`have the model of the TypeScript one: ${language}, by Pulumi's engine`, function () {
      const missing = missingFor(language);
      if (missing !== undefined) {
        console.log(`      not run: "${missing}" fails; install what it needs`);
        this.skip();
      }
      const folder = mkdtempSync(join(tmpdir(), "engine-"));
      try {
        expectSame(modelOf(deployed(language, folder)));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});

describe("the components for other languages", () => {
  const tags = { Project: "orders", Environment: "dev", Contact: "ops@example.com" };
  const probe = { scheme: "http", token: "ok", intervalSeconds: 30, failureThreshold: 3 };
  const options = { providers: ["${aws}"] };
  const aws = { type: "pulumi:providers:aws", properties: { region: "us-east-2" } };

  it("have the model of examples/smallest: AddressFailover", async () => {
    const projectDirectory = join(root, "examples/smallest");
    const expected = modelOf((await evaluate({ projectDirectory, stack: "dev" })).resources);
    const endpoint = (
      availabilityZone: string,
      ipv4: string,
    ): Readonly<Record<string, string>> => ({
      availabilityZone,
      ipv4,
    });
    const resources = await constructed({
      aws,
      page: {
        type: "cafe-failover:MaintenancePage",
        properties: { hostname: "orders.example.com", pageHtml: "<p>Closed</p>", tags },
        options,
      },
      orders: {
        type: "cafe-failover:AddressFailover",
        properties: {
          hostname: "orders.example.com",
          zoneId: "Z0123456789ABCDEFGHIJ",
          ttlSeconds: 60,
          endpointProbe: { ...probe, path: "/up" },
          regionProbe: { ...probe, path: "/health", failureThreshold: 6 },
          primary: {
            name: "oregon",
            first: endpoint("us-west-2a", "198.18.0.1"),
            second: endpoint("us-west-2b", "198.18.0.2"),
          },
          standby: {
            name: "dublin",
            first: endpoint("eu-west-1a", "198.18.0.3"),
            second: endpoint("eu-west-1b", "198.18.0.4"),
          },
          maintenance: { dnsName: "${page.dnsName}", hostedZoneId: "${page.hostedZoneId}" },
          tags,
        },
        options,
      },
    });
    expect(expected.answers["us-west-2a"]).to.deep.equal(["198.18.0.2"]);
    expect(modelOf(resources)).to.deep.equal(expected);
  });

  it("check one address: AddressCheck", async () => {
    const resources = await constructed({
      aws,
      check: {
        type: "cafe-failover:AddressCheck",
        properties: {
          address: "198.18.0.1",
          host: "orders.example.com",
          probe: { ...probe, path: "/up" },
          tags,
        },
        options,
      },
    });
    const checks = resources.filter(({ type }) => type === "aws:route53/healthCheck:HealthCheck");
    expect(checks.map(({ inputs }) => inputs)).to.deep.equal([
      {
        type: "HTTP_STR_MATCH",
        ipAddress: "198.18.0.1",
        fqdn: "orders.example.com",
        port: 80,
        resourcePath: "/up",
        searchString: "ok",
        requestInterval: 30,
        failureThreshold: 3,
        tags,
      },
    ]);
  });

  it("report a wrong argument by the tier that refuses it", async () => {
    const error: unknown = await constructed({
      aws,
      check: {
        type: "cafe-failover:AddressCheck",
        properties: { address: "198.18.0.1", probe: { ...probe, path: "up" }, tags },
        options,
      },
    }).catch((caught: unknown) => caught);
    expect(String(error)).to.contain("probe.path: must");
  });
});
