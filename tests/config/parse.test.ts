import { expect } from "chai";
import { z } from "zod";
import { parse } from "../../config/parse";
import type { Known, Relation } from "../../config/parse";
import { leaf, section, wholeError } from "../../config/schemaParts";
import { port, zoneName } from "../../constraints/rules";
import { InputError } from "../../routing/inputError";

interface Zone {
  readonly name: string;
}

interface Sample {
  readonly port: number;
  readonly zones: readonly [Zone, Zone];
}

const zone = section({ name: leaf<string>(zoneName) });
const schema = section({
  port: leaf<number>(port).default(80),
  zones: z.tuple([zone, zone], wholeError({ must: "a list of two zones", remedy: "name them" })),
});

/** The configuration that relations receive, and its faults. */
function seen(
  raw: Readonly<Record<string, unknown>>,
  ...conflicts: readonly ReturnType<Relation<Sample>>[]
): { readonly known: readonly Known<Sample>[]; readonly faults: readonly string[] } {
  const known: Known<Sample>[] = [];
  const relations = (conflicts.length > 0 ? conflicts : [[]]).map(
    (found): Relation<Sample> =>
      (each) => {
        known.push(each);
        return found;
      },
  );
  try {
    parse<Sample>(schema, raw, relations);
    return { known, faults: [] };
  } catch (error) {
    if (error instanceof InputError) return { known, faults: error.faults };
    throw error;
  }
}

const [cafe, tea, water] = ["cafe.com", "tea.com", "water.com"].map((name) => ({ name }));

describe("relations between settings", () => {
  it("see the defaults", () => {
    const zones = [cafe, tea];
    expect(seen({ zones })).to.deep.equal({ known: [{ port: 80, zones }], faults: [] });
  });

  it("see valid values next to invalid ones", () => {
    const { known, faults } = seen({ port: 0, zones: [{ ...cafe, nmae: 1 }, { name: "tea" }] });
    expect(known[0]?.port).to.equal(undefined);
    expect(known[0]?.zones?.map((one) => one?.name)).to.deep.equal(["cafe.com", undefined]);
    expect(faults).to.have.length(3);
  });

  it("see nothing of a value that is not a list, and all of a list that is too long", () => {
    expect(seen({ zones: "cafe.com" }).known).to.deep.equal([{ port: 80, zones: undefined }]);
    expect(seen({ zones: [cafe, 7] }).known).to.deep.equal([
      { port: 80, zones: [cafe, undefined] },
    ]);
    const { known, faults } = seen({ zones: [cafe, tea, water] });
    expect(known[0]?.zones?.slice(0, 2)).to.deep.equal([cafe, tea]);
    expect(faults).to.have.length(1);
  });

  it("do not hide each other's conflicts, and show the given value, or the default, or their own value", () => {
    const conflict = { must: "right", remedy: "mend it" };
    const { known, faults } = seen(
      { zones: [cafe, tea] },
      [{ ...conflict, path: ["zones", 0] }],
      [
        { ...conflict, path: ["port"] },
        { ...conflict, path: ["zones"], got: 1 },
      ],
    );
    expect(known[1]).to.deep.equal(known[0]);
    expect(faults).to.deep.equal([
      'zones[0]: must be right, got {"name":"cafe.com"}; mend it',
      "port: must be right, got 80; mend it",
      "zones: must be right, got 1; mend it",
    ]);
  });
});
