import type { Policies } from "@pulumi/policy";
import { expect } from "chai";
import { violation } from "../../policies/finding";
import { policiesOf } from "../../policies/policy";
import type { Rule } from "../../policies/rule";
import { resourceRule, stackRule } from "../../policies/rule";
import type { Stack } from "../../policies/stack";
import { types } from "../../policies/types";
import { cafe } from "./cafe";
import { nothing } from "./sample";
import { analyze, analyzeStack, notApplicable, remediate } from "./server";

const info = {
  description: "It is as it should be.",
  severity: "high",
  level: "mandatory",
  why: "So that it is.",
  source: "none",
  remediationSteps: "Make it so.",
  url: "https://example.test",
  types: [types.bucket],
  config: {},
} as const;

/** A rule with the behaviour that a test needs. */
function stack(name: string, find: (stack: Stack) => void, more: object = {}): Rule {
  return stackRule({
    ...info,
    ...more,
    name,
    find: (all) => {
      find(all);
      return [];
    },
  });
}

const finds = stackRule({
  ...info,
  name: "finds",
  find: (all) =>
    all.subjects(types.bucket).map((bucket) =>
      violation(bucket, "acl", {
        must: "must be private",
        got: "public",
        so: "all can read it",
        remedy: "close it",
      }),
    ),
});

const bucket = nothing.add({ type: types.bucket, name: "it", properties: { bucket: "b" } });

describe("a rule as a policy", () => {
  it("that throws becomes a mandatory finding, and the other rules run", async () => {
    const throwing = stack(
      "throws",
      () => {
        throw new Error("no such thing");
      },
      { level: "advisory" },
    );
    const told = await analyzeStack(policiesOf([throwing, finds]), bucket);
    expect(told).to.deep.equal([
      { level: "mandatory", policy: "throws", at: "", message: "broken: no such thing" },
      {
        level: "mandatory",
        policy: "finds",
        at: "it",
        message: "it.acl: must be private, got public, so all can read it; close it",
      },
    ]);
  });

  it("that reads an unknown value without a guard is broken, and so is one that throws a non-error", async () => {
    const unguarded = stack("unguarded", (all) => all.subjects(types.bucket)[0]?.text("bucket"));
    const odd = stack("odd", () => {
      // oxlint-disable-next-line typescript/only-throw-error -- a library may do this
      throw "just text";
    });
    const told = await analyzeStack(policiesOf([unguarded, odd]), bucket.hide("it", "bucket"));
    expect(told.map(({ level, message }) => [level, message])).to.deep.equal([
      [
        "mandatory",
        "broken: it.bucket was read without a guard, but it is not known before deployment",
      ],
      ["mandatory", "broken: just text"],
    ]);
  });

  it("about single resources is guarded as well, and its finding names the resource", async () => {
    const rule = resourceRule({
      ...info,
      name: "reads",
      find: (subject) => (subject.flag("forceDestroy") ? [] : []),
    });
    const { told } = await analyze(policiesOf([rule]), bucket.hide("it", "forceDestroy"), "it");
    expect(told.map(({ level, at, message }) => [level, at, message])).to.deep.equal([
      [
        "mandatory",
        "it",
        "broken: it.forceDestroy was read without a guard, but it is not known before deployment",
      ],
    ]);
  });

  it("reports an unknown value as advisory, whatever its level", async () => {
    const rule = stackRule({
      ...info,
      name: "asks",
      find: (all) =>
        all.subjects(types.bucket).map(({ urn, name }) => ({
          kind: "unknown" as const,
          urn,
          name,
          property: "bucket",
          why: "it is not known before deployment",
        })),
    });
    expect(await analyzeStack(policiesOf([rule]), bucket)).to.deep.equal([
      {
        level: "advisory",
        policy: "asks",
        at: "it",
        message: "unknown: bucket: it: it is not known before deployment",
      },
    ]);
  });

  it("reports its findings at its configured level", async () => {
    const policies = policiesOf([finds]).map((policy) => ({
      ...policy,
      enforcementLevel: "advisory" as const,
    }));
    const told = await analyzeStack(policies, bucket);
    expect(told.map(({ level }) => level)).to.deep.equal(["advisory"]);
  });

  it("does not apply to a stack or a resource of other types", async () => {
    const policies = policiesOf([
      stack("several", () => undefined, { types: [types.zone, types.record] }),
      stack("any", () => undefined, { types: [] }),
      resourceRule({ ...info, name: "one", types: [types.zone, types.record], find: () => [] }),
    ]);
    expect(await analyzeStack(policies, nothing)).to.deep.equal([]);
    expect((await analyze(policies, bucket, "it")).told).to.deep.equal([]);
  });

  it("that has nothing to check is skipped, by the server itself as soon as that is known", async () => {
    const others = { types: [types.zone, types.record] };
    const one = (name: string, of: readonly string[]): Rule =>
      resourceRule({ ...info, types: of, name, find: () => [] });
    const policies = policiesOf([
      stack("first", () => undefined, others),
      stack("second", () => undefined, others),
      stack("third", () => undefined),
      one("of-others", others.types),
      one("of-others-too", others.types),
      one("of-buckets", [types.bucket, types.zone]),
    ]);
    const byServer = `Policy only applies to resources of type '${types.zone}'`;
    expect(await notApplicable(policies, bucket)).to.deep.equal([
      ["first", "nothing to check"],
      ["second", byServer],
    ]);
    expect(await notApplicable(policies, bucket, "it")).to.deep.equal([
      ["of-others", "nothing to check"],
      ["of-others-too", byServer],
    ]);
  });

  it("checks each stack anew, however the server reads the list", async () => {
    const taken = policiesOf([finds]).map((policy) => policy);
    expect(await analyzeStack(taken, bucket)).to.have.length(1);
    expect(await analyzeStack(taken, bucket.drop("it"))).to.have.length(0);
    expect(await analyzeStack(taken, bucket)).to.have.length(1);
  });

  it("shares one stack with the other rules of a request, and none with another request", async () => {
    const seen: Stack[] = [];
    const rules = ["first", "second"].map((name) => stack(name, (all) => seen.push(all)));
    const policies = policiesOf(rules);
    await Promise.all([analyzeStack(policies, bucket), analyzeStack(policies, bucket)]);
    expect(seen).to.have.length(4);
    expect(new Set(seen).size).to.equal(2);
  });
});

describe("a rule's configuration", () => {
  const rule = stackRule({
    ...info,
    name: "bounded",
    config: {
      maxSeconds: {
        type: "integer",
        minimum: 1,
        maximum: 9,
        default: 3,
        looser: "more",
        description: "The most",
      },
    },
    find: (all, { maxSeconds }) =>
      all.subjects(types.bucket).map((one) =>
        violation(one, "ttl", {
          must: `at most ${maxSeconds}`,
          got: "more",
          so: "so",
          remedy: "r",
        }),
      ),
  });

  /** The findings of the first policy with a configuration, as the engine would set it. */
  async function messagesWith(config: object): Promise<readonly string[]> {
    const [policy] = policiesOf([rule]);
    if (!policy || !("validateStack" in policy)) throw new Error("no stack policy");
    const messages: string[] = [];
    const resources = [
      { type: types.bucket, urn: "urn:pulumi:s::p::t::it", name: "it", props: {}, opts: {} },
    ];
    const args = { resources, getConfig: () => config, stackTags: new Map() };
    await policy.validateStack(args as never, (told) => {
      messages.push((told as unknown as { message: string }).message);
    });
    return messages;
  }

  it("has defaults for missing properties", async () => {
    expect(await messagesWith({})).to.deep.equal(["it.ttl: at most 3, got more, so so; r"]);
    expect(await messagesWith({ maxSeconds: 5, reason: "because it is slow" })).to.deep.equal([
      "it.ttl: at most 5, got more, so so; r",
    ]);
  });

  it("that is invalid breaks the rule, with all faults in one message", async () => {
    expect(await messagesWith({ maxSeconds: 10, maxSecs: 5 })).to.deep.equal([
      "broken: its configuration is invalid: bounded.maxSeconds: must be a whole number from 1 to 9, got 10; it means: the most; bounded.maxSecs: unknown key, got 5; did you mean maxSeconds?",
    ]);
  });
});

describe("a remedy", () => {
  const rule = stackRule({
    ...info,
    name: "closes",
    find: () => [],
    remedy: {
      types: [types.bucket],
      edits: (subject) =>
        subject.text("acl") === "private"
          ? []
          : [
              { path: ["acl"], value: "private" },
              { path: ["rules", 0, "days"], value: 3 },
              { path: ["new", "deep"], value: true },
            ],
    },
  });
  const remediating = (): Policies =>
    policiesOf([rule]).map((policy) => ({ ...policy, enforcementLevel: "remediate" as const }));
  const open = bucket.set("it", { acl: "public-read", rules: [{ days: 1, id: "a" }] });

  it("is off unless it is configured", async () => {
    expect(await remediate(policiesOf([rule]), open, "it")).to.equal(undefined);
  });

  it("changes only what it must, and keeps the rest, including unknown values", async () => {
    const unknownWire = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    expect(await remediate(remediating(), open.hide("it", "arn"), "it")).to.deep.equal({
      bucket: "b",
      arn: unknownWire,
      acl: "private",
      rules: [{ days: 3, id: "a" }],
      new: { deep: true },
    });
  });

  it("does not change resources that comply, have another type, or cannot be read", async () => {
    expect(await remediate(remediating(), open.set("it", { acl: "private" }), "it")).to.equal(
      undefined,
    );
    const zone = nothing.add({ type: types.zone, name: "zone" });
    expect(await remediate(remediating(), zone, "zone")).to.equal(undefined);
    expect(await remediate(remediating(), open.hide("it", "acl"), "it")).to.equal(undefined);
  });
});

describe("@pulumi/policy with an unguarded policy", () => {
  const unguarded = (validateStack: (all: { resources: readonly { props: never }[] }) => void) =>
    [
      { name: "plain", description: "d", enforcementLevel: "mandatory", validateStack },
      { name: "next", description: "d", validateStack: () => undefined },
    ] as unknown as Policies;

  it("passes a mandatory policy that reads an unknown value", async () => {
    const policies = unguarded(({ resources }) => {
      expect((resources[0]?.props as unknown as { bucket: string }).bucket).to.equal("b");
    });
    const told = await analyzeStack(policies, bucket.hide("it", "bucket"));
    expect(told.map(({ level }) => level)).to.deep.equal(["advisory"]);
  });

  it("drops all findings if one policy throws", async () => {
    const policies = unguarded(() => {
      throw new Error("no such thing");
    });
    let error = "";
    await analyzeStack(policies, cafe).catch((thrown: unknown) => {
      error = String(thrown);
    });
    expect(error).to.contain("no such thing");
  });
});
