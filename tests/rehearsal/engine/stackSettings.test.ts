import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { secretPlaceholder } from "../../../rehearsal/engine/secretPlaceholders";
import { readStackSettings } from "../../../rehearsal/engine/stackSettings";
import type { StackSettings } from "../../../rehearsal/engine/stackSettings";
import { InputError } from "../../../routing/inputError";
import { Unknown } from "../../../routing/graph/resource";
import { evaluateFixture, projectDirectory } from "./fixtureProgram";

describe("the settings of a stack", function () {
  it("are strings, JSON for objects and lists, under full keys", () => {
    expect(readStackSettings(projectDirectory, "dev").config).to.deep.equal({
      "pulumi:disable-default-providers": '["aws"]',
      "cafe:hostname": "orders.dev.cafe.com",
      "cafe:share": "0.5",
      "cafe:checks": '{"interval":30,"on":true,"threshold":3}',
      "cafe:token": "[secret cafe:token]",
      "cafe:database": '{"passwords":["[secret cafe:database.passwords[0]]"],"user":"cafe"}',
      "cafe:ttlSeconds": "60",
      "cafe:zones": '["us-west-2a","us-west-2b"]',
      "aws:maxRetries": "3",
      "cafe:owner": "the duty manager",
    });
  });

  it("of a stack take precedence over the project's defaults", () => {
    const { config } = readStackSettings(projectDirectory, "prod");
    expect(config).to.include({ "cafe:ttlSeconds": "10", "cafe:owner": "ops" });
  });

  it("are overridden by given values, and removed by undefined ones", () => {
    const instead = { "cafe:hostname": "other.cafe.com", "cafe:database": undefined };
    const { config } = readStackSettings(projectDirectory, "dev", instead);
    expect(config["cafe:hostname"]).to.equal("other.cafe.com");
    expect(config).not.to.have.property("cafe:database");
    expect(config["cafe:owner"]).to.equal("the duty manager");
  });

  it("mark secrets, and replace them by placeholders", () => {
    const settings = readStackSettings(projectDirectory, "dev");
    expect(settings.secretKeys).to.deep.equal(["cafe:token", "cafe:database"]);
    expect(settings.config["cafe:token"]).to.equal(secretPlaceholder("cafe:token"));
    expect(JSON.stringify(settings)).not.to.include("ciphertext");
  });

  it("name the packages without default providers, and the program", () => {
    const { main, disabledDefaultProviders, project } = readStackSettings(projectDirectory, "prod");
    expect({ main, disabledDefaultProviders, project }).to.deep.equal({
      main: "../programs/configEcho.ts",
      disabledDefaultProviders: ["*"],
      project: "cafe",
    });
  });

  it("reach the program that Pulumi.yaml names; its secrets are not disclosed", async () => {
    const { outputs } = await evaluateFixture("x", { programPath: undefined as never });
    const secret = new Unknown("encrypted");
    expect(outputs["all"]).to.deep.equal({
      ...readStackSettings(projectDirectory, "dev").config,
      "cafe:database": secret,
      "cafe:token": secret,
    });
    expect(outputs["hostname"]).to.equal("orders.dev.cafe.com");
    expect(outputs["token"]).to.deep.equal(new Unknown("encrypted"));
  });

  describe("that are broken", () => {
    let directory: string;
    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), "stack-settings-"));
      write("Pulumi.yaml", "name: cafe");
      write("Pulumi.dev.yaml", "");
      write("Pulumi.prod.yaml", "");
    });
    afterEach(() => {
      rmSync(directory, { recursive: true });
    });

    function write(file: string, text: string): void {
      writeFileSync(join(directory, file), text);
    }

    function faults(stack = "dev"): readonly string[] {
      try {
        const settings: StackSettings = readStackSettings(directory, stack);
        return [`there was no error but ${JSON.stringify(settings)}`];
      } catch (error) {
        expect(error).to.be.instanceOf(InputError);
        return (error as InputError).faults.map((line) => line.replaceAll(`${directory}/`, ""));
      }
    }

    it("may be empty", () => {
      expect(readStackSettings(directory, "dev").config).to.deep.equal({});
    });

    it("have no file: the message names the existing stacks", () => {
      expect(faults("staging")).to.deep.equal([
        'stack: has no file Pulumi.staging.yaml, got "staging"; the stacks here are dev, prod',
      ]);
      expect(faults("../secrets")).to.deep.equal([
        'stack: must be a name of letters, digits, _, . and -, got "../secrets"; the stacks here are dev, prod',
      ]);
    });

    it("have a name of Pulumi Cloud, with organization and project", () => {
      for (const stack of ["cafe/shop/dev", "cafe/dev"]) {
        expect(faults(stack)).to.deep.equal([
          `stack: must be a name of letters, digits, _, . and -, got "${stack}"; name it without organization and project: --stack dev`,
        ]);
      }
      expect(faults("cafe/shop/test")).to.deep.equal([
        'stack: must be a name of letters, digits, _, . and -, got "cafe/shop/test"; the stacks here are dev, prod',
      ]);
    });

    it("are in a file that is named as no stack can be", () => {
      write("Pulumi.a b.yaml", "");
      expect(faults("a b")).to.deep.equal([
        'stack: must be a name of letters, digits, _, . and -, got "a b"; the stacks here are dev, prod; no stack can have the name of Pulumi.a b.yaml',
      ]);
      expect(faults()).to.have.length(1);
      expect(faults()[0]).to.match(/^there was no error/);
    });

    it("belong to a program in another language", () => {
      write("Pulumi.yaml", "name: cafe\nruntime: go");
      expect(faults()[0]).to.match(
        /^Pulumi\.yaml: runtime must be nodejs to be evaluated offline, got "go": it is a Go program; /,
      );
    });

    it("belong to no project", () => {
      rmSync(join(directory, "Pulumi.yaml"));
      expect(faults()).to.deep.equal([
        "Pulumi.yaml: no such file; give the directory of a Pulumi project",
      ]);
      write("Pulumi.yaml", "runtime: nodejs");
      expect(faults()).to.deep.equal([
        "Pulumi.yaml: name must be a string, got null; name the project",
      ]);
    });

    it("are not YAML, or not a map", () => {
      write("Pulumi.dev.yaml", "config:\n  hostname: [orders\n");
      expect(faults()).to.deep.equal([
        "Pulumi.dev.yaml: line 3, column 1 is not YAML (Flow sequence in block collection must be " +
          "sufficiently indented and end with a ]); fix it; the stacks here are dev, prod",
      ]);
      write("Pulumi.dev.yaml", "- hostname");
      expect(faults()).to.deep.equal([
        'Pulumi.dev.yaml: must be a map, got ["hostname"]; write keys and values; ' +
          "the stacks here are dev, prod",
      ]);
      write("Pulumi.dev.yaml", "config: [hostname]");
      expect(faults()).to.deep.equal([
        'Pulumi.dev.yaml: config must be a map, got ["hostname"]; write one key per line below it',
      ]);
    });

    it("are indented by tabs, or not text: one line each", () => {
      write("Pulumi.dev.yaml", "config:\n\tcafe:a: 1\n  \tcafe:b: 2\n");
      expect(faults()).to.deep.equal([
        "Pulumi.dev.yaml: YAML must be indented by spaces, got tabs in line 2 and 1 more; replace them; " +
          "the stacks here are dev, prod",
      ]);
      writeFileSync(join(directory, "Pulumi.dev.yaml"), Buffer.from([0x63, 0xff, 0xfe]));
      const line =
        "Pulumi.dev.yaml: must be a YAML text in UTF-8, got other bytes; save it again as text; " +
        "the stacks here are dev, prod";
      expect(faults()).to.deep.equal([line]);
      write("Pulumi.dev.yaml", "a: \0");
      expect(faults()).to.deep.equal([line]);
    });

    it("have a misspelled namespace, and those of other packages", () => {
      write("Pulumi.yaml", "name: failover");
      write("Pulumi.dev.yaml", "config: { failver:hostedZone: cafe.com, aws:region: us-west-2 }");
      expect(faults()).to.deep.equal([
        'Pulumi.dev.yaml: no package has this namespace, got "failver:hostedZone"; did you mean failover:hostedZone?',
      ]);
    });

    it("have invalid keys, all reported at once", () => {
      write("Pulumi.dev.yaml", "config: { a:b:c:d: 1, hostname: x, cafe:hostname: y }");
      expect(faults()).to.deep.equal([
        'Pulumi.dev.yaml: config key a:b:c:d is malformed, got "a:b:c:d"; write <namespace>:<name>',
        'Pulumi.dev.yaml: duplicate config key cafe:hostname, got "cafe:hostname"; keep one',
      ]);
    });

    it("do not match the project's declarations", () => {
      write(
        "Pulumi.yaml",
        `name: cafe
config:
  must: { type: string }
  count: { type: integer }
  on: { type: boolean }
  names: { type: array, items: { type: string } }
  shape: { type: object }
  password: { type: string, secret: true }
  open: {}
`,
      );
      write(
        "Pulumi.dev.yaml",
        "config: { count: many, on: 3, names: [[x]], shape: x, password: plain, must: {} }",
      );
      expect(faults()).to.deep.equal([
        "Pulumi.dev.yaml: config cafe:must must be of type string, got {}; change it to one",
        'Pulumi.dev.yaml: config cafe:count must be of type integer, got "many"; change it to one',
        "Pulumi.dev.yaml: config cafe:on must be of type boolean, got 3; change it to one",
        'Pulumi.dev.yaml: config cafe:names must be of type array<string>, got [["x"]]; ' +
          "change it to one",
        'Pulumi.dev.yaml: config cafe:shape must be of type object, got "x"; change it to one',
        "Pulumi.dev.yaml: config cafe:password must be secret, got a plain value; " +
          "set it with pulumi config set --secret",
        "Pulumi.dev.yaml: config cafe:open is missing, and Pulumi.yaml has no default for it; " +
          "give it a value",
      ]);
      write(
        "Pulumi.dev.yaml",
        `config: { count: "3", on: "true", names: [x], shape: {}, password: { secure: c }, must: 3,
          open: 1 }`,
      );
      expect(readStackSettings(directory, "dev").config).to.include({ "cafe:must": "3" });
    });
  });
});
