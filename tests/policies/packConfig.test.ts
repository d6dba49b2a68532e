import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { rules as dnsRules } from "../../policies/dns-failover/pack";
import type { PackConfig, ServedRule } from "../../policies/packConfig";
import { defaultConfig, packConfigOf } from "../../policies/packConfig";
import { rules as workloadRules } from "../../policies/workload/pack";
import { InputError } from "../../routing/inputError";
import { servedRules } from "./servedRules";

const served: readonly ServedRule[] = [
  {
    name: "ttl-is-short",
    level: "mandatory",
    properties: {
      maxSeconds: {
        type: "integer",
        minimum: 0,
        maximum: 300,
        default: 60,
        looser: "more",
        description: "The most",
      },
      minDays: {
        type: "integer",
        minimum: 1,
        maximum: 9,
        default: 3,
        looser: "less",
        description: "The least",
      },
      mode: { type: "string", enum: ["a", "b"], default: "a", description: "Which one" },
      strict: {
        type: "boolean",
        default: true,
        looser: false,
        description: "Whether to be strict",
      },
      kinds: {
        type: "array",
        items: { type: "string", enum: ["x", "y"] },
        default: ["x"],
        description: "Which kinds",
      },
      reason: { type: "string", minLength: 15, description: "Why" },
    },
    canRemediate: true,
  },
  {
    name: "check-is-on",
    level: "advisory",
    canRemediate: false,
    properties: { reason: { type: "string", minLength: 15, description: "Why" } },
  },
];

const parse = (config: unknown): PackConfig =>
  packConfigOf(served, typeof config === "string" ? config : JSON.stringify(config), "prod.json");

function faultsOf(config: unknown): readonly string[] {
  try {
    parse(config);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.faults;
  }
}

describe("the configuration of a pack", () => {
  it("defaults to the pack's own", () => {
    expect(parse({})).to.deep.equal(defaultConfig(served));
    expect(parse({}).get("ttl-is-short")).to.deep.equal({
      level: "mandatory",
      values: { maxSeconds: 60, minDays: 3, mode: "a", strict: true, kinds: ["x"] },
    });
  });

  it("accepts a level, a level with values, or only values", () => {
    const config = parse({
      "ttl-is-short": { maxSeconds: 10, minDays: 9, kinds: ["x", "y"] },
      "check-is-on": "mandatory",
    });
    expect(config.get("ttl-is-short")).to.deep.equal({
      level: "mandatory",
      values: { maxSeconds: 10, minDays: 9, mode: "a", strict: true, kinds: ["x", "y"] },
    });
    expect(config.get("check-is-on")?.level).to.equal("mandatory");
    expect(
      parse({ "ttl-is-short": { enforcementLevel: "remediate" } }).get("ttl-is-short")?.level,
    ).to.equal("remediate");
  });

  it("has one level for all rules without an entry", () => {
    const reason = "this is the first week";
    const config = parse({
      all: { enforcementLevel: "advisory", reason },
      "check-is-on": "mandatory",
    });
    expect(config.get("ttl-is-short")?.level).to.equal("advisory");
    expect(config.get("ttl-is-short")?.values).to.include({ maxSeconds: 60, reason });
    expect(config.get("check-is-on")?.level).to.equal("mandatory");
    expect(faultsOf({ all: "advisory" })).to.have.length(1);
  });

  it("reports all faults, one per line, with the path", () => {
    expect(
      faultsOf({
        "ttl-is-shrt": "mandatory",
        "ttl-is-short": {
          maxSeconds: 301,
          mode: "c",
          strict: "yes",
          kinds: ["x", "z"],
          maxSecond: 1,
          enforcementLevel: "strict",
        },
        "check-is-on": 5,
        all: "none",
      }),
    ).to.deep.equal([
      'prod.json: ttl-is-shrt: unknown key, got "mandatory"; did you mean ttl-is-short?',
      'prod.json: all: must be one of disabled, advisory, mandatory, remediate, got "none"; correct it',
      "prod.json: ttl-is-short.maxSeconds: must be a whole number from 0 to 300, got 301; it means: the most",
      'prod.json: ttl-is-short.mode: must be one of a, b, got "c"; it means: which one',
      'prod.json: ttl-is-short.strict: must be true or false, got "yes"; it means: whether to be strict',
      'prod.json: ttl-is-short.kinds: must be a list from x, y, got ["x","z"]; it means: which kinds',
      "prod.json: ttl-is-short.maxSecond: unknown key, got 1; did you mean maxSeconds?",
      'prod.json: ttl-is-short.enforcementLevel: must be one of disabled, advisory, mandatory, remediate, got "strict"; correct it',
      'prod.json: check-is-on: must be a level or an object, got 5; write "mandatory", or {"enforcementLevel": "mandatory"}',
    ]);
  });

  it("needs a reason of more than one word for a weaker level", () => {
    expect(faultsOf({ "ttl-is-short": "advisory" })).to.deep.equal([
      'prod.json: ttl-is-short.reason: must be given, because advisory is weaker than the pack\'s mandatory, got nothing; write {"enforcementLevel": "advisory", "reason": "why"}',
    ]);
    expect(
      faultsOf({ "check-is-on": { enforcementLevel: "disabled", reason: "no" } }),
    ).to.deep.equal([
      'prod.json: check-is-on.reason: must be a string of at least 15 characters, got "no"; it means: why',
    ]);
    expect(
      faultsOf({ "check-is-on": { enforcementLevel: "disabled", reason: "nobody looks at it" } }),
    ).to.deep.equal([]);
  });

  it("needs a reason for a looser bound of any type", () => {
    for (const [key, value, allowed] of [
      ["maxSeconds", 61, "60"],
      ["minDays", 2, "3"],
      ["mode", "b", '"a"'],
      ["strict", false, "true"],
      ["kinds", [], '["x"]'],
    ] as const) {
      expect(faultsOf({ "ttl-is-short": { [key]: value } })).to.deep.equal([
        `prod.json: ttl-is-short.reason: must be given, because ${key} ${JSON.stringify(value)} allows more than the pack's ${allowed}, got nothing; write "reason": "why" next to it`,
      ]);
      const reason = "this is the first week";
      expect(faultsOf({ "ttl-is-short": { [key]: value, reason } })).to.deep.equal([]);
    }
  });

  it("accepts remediate only for rules with a remediation", () => {
    expect(faultsOf({ "ttl-is-short": "remediate" })).to.deep.equal([]);
    const fault = (path: string): string =>
      `prod.json: ${path}: must be disabled, advisory or mandatory, because the rule has no remediation, got "remediate"; write "mandatory"`;
    expect(faultsOf({ "check-is-on": "remediate", all: "remediate" })).to.deep.equal([
      fault("all"),
      fault("check-is-on"),
    ]);
  });

  it("must be a JSON object", () => {
    expect(faultsOf("{")[0]).to.match(/^prod\.json: must be JSON, got /);
    expect(faultsOf("[]")).to.deep.equal([
      "prod.json: must be an object of rules by name, got []; write it like dev.json",
    ]);
  });
});

describe("the configurations in the packs", () => {
  for (const [pack, rules] of [
    ["dns-failover", dnsRules],
    ["workload", workloadRules],
  ] as const) {
    for (const environment of ["dev", "prod"]) {
      it(`${pack}/${environment}.json is valid, and names every rule in the pack's order`, () => {
        const path = join(__dirname, "../../policies", pack, `${environment}.json`);
        const text = readFileSync(path, "utf8");
        packConfigOf(servedRules(rules), text, path);
        expect(Object.keys(JSON.parse(text) as object)).to.deep.equal(
          rules.map(({ name }) => name),
        );
      });
    }
  }

  it("have the objectives of the stacks", () => {
    for (const [environment, bounds] of [
      ["dev", [120, 190, 360]],
      ["prod", [45, 60, 300]],
    ] as const) {
      const path = join(__dirname, "../../policies/dns-failover", `${environment}.json`);
      const config = packConfigOf(servedRules(dnsRules), readFileSync(path, "utf8"), path);
      const values = config.get("failover-budget-is-kept")?.values ?? {};
      expect([
        values["zoneOrRegionDetectionSeconds"],
        values["zoneOrRegionDowntimeSeconds"],
        values["databaseDowntimeSeconds"],
      ]).to.deep.equal(bounds);
    }
  });
});
