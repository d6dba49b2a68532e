import { expect } from "chai";
import { namesMarkup, textOfMarkup } from "../../../rehearsal/report/markup";

/** The pieces that a line break must not part. */
const unbrokenIn = (text: string): readonly string[] =>
  [...textOfMarkup(namesMarkup(text)).matchAll(/<span class="whole">([^<]*)<\/span>/g)].map(
    ([, piece = ""]) => piece,
  );

describe("text on a page", () => {
  for (const [text, pieces] of [
    ["customers move from us-west-2a to us-west-2b", ["us-west-2a", "us-west-2b"]],
    ["oregon → us-west-2a, Oregon", ["→ us-west-2a,"]],
    ["npx failover rehearse --stack prod --verbose", ["--stack", "--verbose"]],
    ["served (90 %) and 10 % in 1,139 s, 12.9 min.", ["(90 %)", "10 %", "1,139 s,", "12.9 min."]],
    ["2 servers, 3 sets", []],
  ] as const) {
    it(`keeps whole in "${text}": ${pieces.join(" ") || "nothing"}`, () => {
      expect(unbrokenIn(text)).to.deep.equal(pieces);
    });
  }
});
