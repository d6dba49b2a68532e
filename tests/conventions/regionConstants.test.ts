import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { filesBelow, root } from "./sourceTree";

/** The region with a special meaning, as a value by itself and not as a key or an item of a table. */
const alone = /(\w+):?(?: =| ===| \?\?)? "us-east-1"/;

describe("the region us-east-1", () => {
  it("is one constant for each of its meanings, and is meant where its name stands", () => {
    const found = filesBelow(root, [".ts"])
      .filter((path) => !/^(?:tests|examples|bench)\//.test(path))
      .flatMap((path) => {
        const lines = readFileSync(join(root, path), "utf8").split("\n");
        return lines.flatMap((line) => {
          const [, name] = alone.exec(line) ?? [];
          return name === undefined ? [] : [`${path}: ${name}`];
        });
      });
    expect(found).to.deep.equal([
      "aws/status/served.ts: testResolverRegion",
      "rehearsal/cost/prices/priceList.ts: virginia",
      "routing/globalRegion.ts: globalRegion",
      "routing/graph/awsNames.ts: firstRegion",
    ]);
  });
});
