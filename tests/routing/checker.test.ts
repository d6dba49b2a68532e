import { expect } from "chai";
import * as fc from "fast-check";
import { defaultAssumptions } from "../../routing/assumptions";
import type { EndpointBehaviour } from "../../routing/checker";
import {
  afterProbe,
  aggregate,
  failingProbeSeconds,
  probe,
  secondsToNextProbe,
} from "../../routing/checker";

const fine: EndpointBehaviour = {
  connect: 0.1,
  firstByte: 0.1,
  status: 200,
  body: 0.1,
  bodyText: "all is well",
};

describe("a checker", () => {
  it("H3 waits an interval from the response, so a slow probe delays the next", () => {
    const slow = probe("HTTP", { ...fine, connect: 3, firstByte: 1.5 });
    expect(secondsToNextProbe(30, slow)).to.equal(34.5);
  });

  it("H4 flips after threshold-many contradictions in a row, in both directions", () => {
    const flips = (healthy: boolean, results: readonly boolean[]): boolean =>
      results.reduce((state, passed) => afterProbe(state, passed, 3), {
        healthy,
        contradictions: 0,
      }).healthy !== healthy;
    expect(flips(true, [false, false])).to.equal(false);
    expect(flips(true, [false, false, false])).to.equal(true);
    expect(flips(false, [true, true])).to.equal(false);
    expect(flips(false, [true, true, true])).to.equal(true);
  });

  it("H4 starts counting again after one agreeing result", () => {
    const results = [false, false, true, false, false];
    const state = results.reduce((at, passed) => afterProbe(at, passed, 3), {
      healthy: true,
      contradictions: 0,
    });
    expect(state).to.deep.equal({ healthy: true, contradictions: 2 });
  });

  it("H4 never flips without a run of the threshold's length", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), fc.integer({ min: 1, max: 10 }), (results, threshold) => {
        const last = results.reduce((at, passed) => afterProbe(at, passed, threshold), {
          healthy: true,
          contradictions: 0,
        });
        const hasRun = results.some(
          (_, at) =>
            at + threshold <= results.length &&
            results.slice(at, at + threshold).every((passed) => !passed),
        );
        return last.healthy || hasRun;
      }),
    );
  });

  const share = defaultAssumptions.healthyCheckerShare;

  it("H5 is one of many: 3 of 16 keep an endpoint healthy and 2 do not", () => {
    expect(aggregate(3, 16, share)).to.equal(true);
    expect(aggregate(2, 16, share)).to.equal(false);
  });

  it("H5 with three regions needs 2 of 6, since exactly 18 % is not enough", () => {
    expect(aggregate(2, 6, share)).to.equal(true);
    expect(aggregate(1, 6, share)).to.equal(false);
    expect(aggregate(18, 100, share)).to.equal(false);
  });

  it("H6 passes a 2xx within 4 s and 2 s, and nothing slower", () => {
    expect(probe("HTTP", { ...fine, connect: 4, firstByte: 2 }).passed).to.equal(true);
    expect(probe("HTTP", { ...fine, connect: 4.01 }).passed).to.equal(false);
    expect(probe("HTTPS", { ...fine, firstByte: 2.01 }).passed).to.equal(false);
    expect(probe("HTTP", { ...fine, status: 404 }).passed).to.equal(false);
    expect(probe("HTTP", { ...fine, connect: "refused" })).to.deep.equal({
      passed: false,
      seconds: 0,
    });
  });

  it("H7 gives a TCP check 10 s to connect and requires nothing more", () => {
    expect(probe("TCP", { ...fine, connect: 10, firstByte: "never" }).passed).to.equal(true);
    expect(probe("TCP", { ...fine, connect: "never" })).to.deep.equal({
      passed: false,
      seconds: 10,
    });
  });

  it("H8 finds the searched string within a further 2 s", () => {
    const at = (body: number | "never"): boolean =>
      probe("HTTP_STR_MATCH", { ...fine, body }, "well").passed;
    expect(at(2)).to.equal(true);
    expect(at(2.01)).to.equal(false);
    expect(at("never")).to.equal(false);
  });

  it("H8 finds the string only when it is entirely within the first 5,120 bytes", () => {
    const at = (padding: number): boolean =>
      probe("HTTP_STR_MATCH", { ...fine, bodyText: `${"x".repeat(padding)}well` }, "well").passed;
    expect(at(5116)).to.equal(true);
    expect(at(5117)).to.equal(false);
  });

  it("H8 counts bytes and not characters, and is case-sensitive", () => {
    const bodyText = `${"é".repeat(2558)}well`;
    expect(probe("HTTP_STR_MATCH", { ...fine, bodyText }, "well").passed).to.equal(true);
    expect(probe("HTTP_STR_MATCH", { ...fine, bodyText: `é${bodyText}` }, "well").passed).to.equal(
      false,
    );
    expect(probe("HTTP_STR_MATCH", fine, "Well").passed).to.equal(false);
  });

  it("H9 accepts a 3xx as an answer and does not follow it", () => {
    expect(probe("HTTP", { ...fine, status: 301 }).passed).to.equal(true);
    expect(
      probe("HTTP_STR_MATCH", { ...fine, status: 301, bodyText: "moved" }, "well").passed,
    ).to.equal(false);
  });

  it("takes the sum of its limits for a failing probe", () => {
    expect(failingProbeSeconds("HTTP_STR_MATCH", "refused")).to.equal(0);
    expect(failingProbeSeconds("HTTP_STR_MATCH", "synDropped")).to.equal(4);
    expect(failingProbeSeconds("HTTP_STR_MATCH", "connectsThenHangs")).to.equal(6);
    expect(failingProbeSeconds("HTTP_STR_MATCH", "hangsInBody")).to.equal(8);
    expect(failingProbeSeconds("TCP", "synDropped")).to.equal(10);
  });

  it("never notices a failure mode that its type cannot see", () => {
    expect(failingProbeSeconds("TCP", "connectsThenHangs")).to.equal(undefined);
    expect(failingProbeSeconds("HTTP", "hangsInBody")).to.equal(undefined);
  });
});
