import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { exportOf } from "../../bench/stackExport";
import { fromExport } from "../../routing/graph/fromExport";
import type { Resource } from "../../routing/graph/resource";
import { StackModel } from "../../routing/graph/stackModel";
import { evaluated } from "./evaluated";
import { expectations } from "./expectations";

/** The export of dev by a real engine; the program may have changed since. */
const trueText = readFileSync(join(__dirname, "../fixtures/dev-export.json"), "utf8");
const trueExport = (): readonly Resource[] => fromExport(trueText, "dev-export.json");

/** The export that an engine would write of this program now. */
async function exported(stack: string, preview = false): Promise<readonly Resource[]> {
  return fromExport(exportOf(await evaluated(stack, preview)), stack);
}

interface Model {
  readonly records: readonly { readonly id: string; readonly zoneId: string }[];
  readonly checks: readonly { readonly id: string }[];
}

/** The Route 53 model with each address in the form of the endpoint behind it. */
function modelOf(resources: readonly Resource[]): Model {
  const stackModel = new StackModel(resources);
  const state = stackModel.under([]);
  // The records that validate certificates have unpredictable names, and answer no query.
  const answering = stackModel.route53.dns.records.filter(({ type }) => type !== "CNAME");
  const records = answering.map((record) => {
    const { target } = record;
    if (target.kind === "alias") {
      const { target: to, ...rest } = target;
      return { ...record, target: { ...rest, to: "id" in to ? to.id : to } };
    }
    const behind = target.values.map((value) => {
      const answer = { value, ttlSeconds: 0, record, probability: 1, path: [] };
      const { target: urn, availabilityZone, region } = state.place(answer);
      return { urn, availabilityZone, region };
    });
    return { ...record, target: { ...target, values: behind } };
  });
  const checks = stackModel.route53.dns.checks.map((check) =>
    check.kind === "endpoint"
      ? { ...check, ipAddress: undefined, behind: stackModel.endpointOfCheck(check)?.urn }
      : check,
  );
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  return { records: records.sort(byId), checks: checks.sort(byId) };
}

for (const stack of ["dev", "prod"] as const) {
  describe(`the ${stack} stack`, () => {
    it("is the same model before it is deployed and after", async () => {
      const [before, after] = [await evaluated(stack, true), await evaluated(stack)];
      expect(modelOf(before.resources)).to.deep.equal(modelOf(after.resources));
    });

    it("is the same model from its evaluation and from an export", async () => {
      const { resources } = await evaluated(stack);
      expect(modelOf(await exported(stack))).to.deep.equal(modelOf(resources));
    });

    it("meets every expectation from an export as well, even from one of a first preview", async () => {
      for (const resources of [await exported(stack), await exported(stack, true)]) {
        for (const { verify } of expectations(stack)) verify(resources);
      }
    });
  });
}

/** The model without the id of the zone, which differs between accounts. */
function inOneZone(model: Model): Model {
  const [first] = model.records;
  if (!first) throw new Error("there is no record");
  return JSON.parse(JSON.stringify(model).replaceAll(first.zoneId, "the zone")) as Model;
}

describe("an export that a real engine wrote", () => {
  it("meets every expectation", () => {
    for (const { verify } of expectations("dev")) verify(trueExport());
  });

  it("is the same model as the evaluation, for each record and check that both have", async () => {
    const theirs = inOneZone(modelOf(trueExport()));
    const ours = inOneZone(modelOf((await evaluated("dev")).resources));
    for (const [part, commonMin] of [
      ["records", 10],
      ["checks", 8],
    ] as const) {
      const idsOf = (model: Model): ReadonlySet<string> => new Set(model[part].map(({ id }) => id));
      const common = (one: Model, other: Model): readonly object[] =>
        one[part].filter(({ id }) => idsOf(other).has(id));
      expect(common(theirs, ours)).to.deep.equal(common(ours, theirs));
      expect(common(ours, theirs).length, part).to.be.at.least(commonMin);
    }
  });

  it("has the fields of an exported evaluation, in their order", async () => {
    const ours = shapesOf(exportOf(await evaluated("dev")));
    const theirs = shapesOf(trueText);
    const missing = [...ours].flatMap(([type, fields]) => {
      const known = theirs.get(type);
      return known ? fields.filter((field) => !known.includes(field)).map((f) => [type, f]) : [];
    });
    expect(missing).to.deep.equal([]);
    const record = "aws:route53/record:Record";
    const common = theirs.get(record)?.filter((field) => ours.get(record)?.includes(field));
    expect(ours.get(record)).to.deep.equal(common);
  });
});

/** Removed from the real export. */
const takenOut = ["created", "modified", "sourcePosition", "stackTrace"];

/** Fields of the entries of each type. */
function shapesOf(text: string): ReadonlyMap<string, readonly string[]> {
  const { deployment } = JSON.parse(text) as {
    deployment: { resources: ({ type: string } & Record<string, unknown>)[] };
  };
  const shapes = new Map<string, readonly string[]>();
  for (const resource of deployment.resources) {
    const fields = Object.keys(resource).filter((field) => !takenOut.includes(field));
    shapes.set(resource.type, [...new Set([...(shapes.get(resource.type) ?? []), ...fields])]);
  }
  return shapes;
}
