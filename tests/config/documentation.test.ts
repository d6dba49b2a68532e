import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020";
import { expect } from "chai";
import { parse } from "yaml";
import { root } from "../conventions/sourceTree";
import { expectDocument } from "../expectDocument";
import { settingsReference, stackFileSchema } from "./documentation";

type Config = Record<string, unknown>;

const stackFile = (stack: string): { config: Config } =>
  parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as { config: Config };

describe("the documentation of the settings", () => {
  it("docs/settings.md is up to date; UPDATE_DOCS=1 regenerates it", async () => {
    await expectDocument("settings.md", settingsReference());
  });

  it("docs/stack.schema.json is up to date; UPDATE_DOCS=1 regenerates it", async () => {
    await expectDocument("stack.schema.json", JSON.stringify(stackFileSchema()));
  });

  it("says of every setting what it means", () => {
    const rows = settingsReference()
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    const silent = rows.filter((row) => / \| *\|$/.test(row));
    expect(rows.length).to.be.greaterThan(60);
    expect(silent).to.deep.equal([]);
  });
});

describe("the JSON Schema of a stack file", () => {
  const validate = new Ajv2020({
    allErrors: true,
    strict: false,
    formats: { ipv4: true, ipv6: true },
  }).compile(stackFileSchema());
  const faultsOf = (change: (config: Config) => void): readonly string[] => {
    const file = stackFile("prod");
    change(file.config);
    validate(file);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };

  for (const stack of ["dev", "prod"]) {
    it(`accepts ${stack}`, () => {
      expect(validate(stackFile(stack)), JSON.stringify(validate.errors)).to.equal(true);
    });
  }

  it("accepts a switch in quotes, as Pulumi writes it", () => {
    expect(faultsOf((config) => (config["failover:ipv6"] = "true"))).to.deep.equal([]);
    expect(faultsOf((config) => (config["failover:ipv6"] = "yes"))).to.deep.equal([
      "/config/failover:ipv6 must be equal to one of the allowed values",
    ]);
  });

  it("refuses an unknown setting, a value out of bounds and a missing one", () => {
    const faults = faultsOf((config) => {
      config["failover:hostedZon"] = config["failover:hostedZone"];
      delete config["failover:hostedZone"];
      config["failover:ttl"] = { mode: "fast", normalSeconds: 301 };
      delete config["failover:alerts"];
    });
    expect(faults).to.have.members([
      "/config must have required property 'failover:alerts'",
      "/config must have required property 'failover:hostedZone'",
      "/config must NOT have additional properties",
      "/config/failover:ttl/mode must be equal to one of the allowed values",
      "/config/failover:ttl/normalSeconds must be <= 300",
    ]);
  });
});
