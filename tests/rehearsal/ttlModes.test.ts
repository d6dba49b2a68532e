import { expect } from "chai";
import { outageBoundsOf } from "../../rehearsal/outageBounds";
import { asText } from "../../rehearsal/report/asText";
import type { TtlMode } from "../../rehearsal/result";
import { rehearsalReport } from "../../rehearsal/story/report";
import { ttlModesOf } from "../../rehearsal/ttlModes";
import type { TtlModeInput } from "../../rehearsal/ttlModes";
import { stackFactsOf } from "../../routing/graph/stackOutputs";
import { StackModel } from "../../routing/graph/stackModel";
import { evaluated } from "../program/evaluated";
import { figures } from "../program/expectations";
import { detailed } from "./report/plain";
import { changed } from "./story/example";

async function sceneOf(stack: "dev" | "prod"): Promise<TtlModeInput> {
  const { resources } = await evaluated(stack);
  const { hostname } = figures[stack];
  const model = new StackModel(resources);
  return { resources, hostname, model, bounds: outageBoundsOf(model, hostname) };
}

describe("the modes of the TTL", () => {
  for (const stack of ["dev", "prod"] as const) {
    it(`are told by the output of ${stack}, of which one is in force`, async () => {
      const { outputs } = await evaluated(stack);
      const { ttlSeconds } = figures[stack];
      expect(stackFactsOf(outputs).ttl).to.deep.equal({
        mode: "normal",
        seconds: { normal: ttlSeconds, maintenance: ttlSeconds },
      });
      expect(outputs["ttlSeconds"]).to.equal(ttlSeconds);
    });
  }

  it("are none where a stack tells none, or something else by that name", () => {
    expect(stackFactsOf({}).ttl).to.equal(undefined);
    expect(stackFactsOf({ ttl: 60 }).ttl).to.equal(undefined);
    expect(stackFactsOf({ ttl: { mode: "normal", normalSeconds: 60 } }).ttl).to.equal(undefined);
    const odd = { mode: "slow", normalSeconds: 60, maintenanceSeconds: 60 };
    expect(stackFactsOf({ ttl: odd }).ttl).to.equal(undefined);
  });

  it("cost what their TTL is, beside detection and propagation", async () => {
    const settings = { mode: "normal", seconds: { normal: 10, maintenance: 300 } } as const;
    expect(ttlModesOf(settings, await sceneOf("prod"))).to.deep.equal([
      // 36 s + 10 s + 10 s, and 228 s + 10 s + 10 s.
      { mode: "normal", inForce: true, ttl: 10, downtime: { zoneOrRegion: 56, database: 248 } },
      {
        mode: "maintenance",
        inForce: false,
        ttl: 300,
        downtime: { zoneOrRegion: 346, database: 538 },
      },
    ]);
  });

  it("can be the other way round, with the short one to come", async () => {
    const settings = { mode: "maintenance", seconds: { normal: 5, maintenance: 60 } } as const;
    const modes = ttlModesOf(settings, await sceneOf("dev"));
    expect(modes.map(({ ttl, inForce, downtime }) => [ttl, inForce, downtime])).to.deep.equal([
      [5, false, { zoneOrRegion: 129, database: 243 }],
      [60, true, { zoneOrRegion: 184, database: 298 }],
    ]);
  });

  it("say so where an outage is never over", async () => {
    const input = await sceneOf("dev");
    const never = { ...input, bounds: input.bounds.map((bound) => ({ ...bound })) };
    Object.assign(never.bounds[0] ?? {}, { downtimeSeconds: undefined });
    const settings = { mode: "normal", seconds: { normal: 60, maintenance: 60 } } as const;
    const [mode] = ttlModesOf(settings, never);
    expect(mode?.downtime).to.deep.equal({ zoneOrRegion: null, database: 298 });
    expect(mode?.endless).to.deep.equal(["zoneOrRegion"]);
  });

  it("are printed with a dash where nothing is measured, and as endless where that is so", () => {
    const mode: TtlMode = {
      ...{ mode: "normal", inForce: true, ttl: 60 },
      ...{ downtime: { zoneOrRegion: null, database: null }, endless: ["zoneOrRegion"] },
    };
    const { stacks } = changed({});
    const report = rehearsalReport({ stacks: stacks.map((one) => ({ ...one, ttlModes: [mode] })) });
    expect(asText(report, detailed)).to.match(/^ +normal, 60 s, in force +endless +–$/m);
  });
});
