import type { Shape } from "./configurations";
import type { Ills } from "./oracle";
import { placesOf } from "./oracle";

/** A fault by its names, and its effect by the design. */
export interface SingleFault {
  readonly names: readonly string[];
  readonly ills: Ills;
}

type Family = "A" | "AAAA";

const regionOf = { oregon: "us-west-2", dublin: "eu-west-1" } as const;

export function ills({
  places = [],
  sides = [],
  regions = [],
}: Partial<Record<keyof Ills, readonly string[]>>): Ills {
  return { places: new Set(places), sides: new Set(sides), regions: new Set(regions) };
}

/**
 * No fault; each zone; each region; each check of an endpoint, of a green side, and of a region. A
 * region that fails also fails all checks by its names.
 */
export function singleFaults(shape: Shape, family: Family): readonly SingleFault[] {
  const places = placesOf(shape);
  const zones = [...new Set(places.map((place) => place.split("-").slice(-3).join("-")))];
  const greens = (["oregon", "dublin"] as const).filter((region) => shape[region] !== undefined);
  const suffix = family === "A" ? "check" : "check-ipv6";
  return [
    { names: [], ills: ills({}) },
    ...zones.map((zone) => ({
      names: [zone],
      ills: ills({ places: places.filter((place) => place.endsWith(zone)) }),
    })),
    ...(["oregon", "dublin"] as const).map((region) => ({
      names: [regionOf[region]],
      ills: ills({
        places: places.filter((place) => place.startsWith(region)),
        sides: [`${region}-green`],
        regions: [region],
      }),
    })),
    // The region of the page, from which synthetic orders are placed as well.
    { names: ["us-east-2"], ills: ills({}) },
    ...places.map((place) => ({
      names: [`check:${place}-${suffix}`],
      ills: ills({ places: [place] }),
    })),
    ...greens.map((region) => ({
      names: [`check:${region}-green-deep-check`],
      ills: ills({ sides: [`${region}-green`] }),
    })),
    ...(["oregon", "dublin"] as const).flatMap((region) =>
      ["deep", "metric", "region"].map((kind) => ({
        names: [`check:${region}-${kind}-check`],
        ills: ills({ regions: [region] }),
      })),
    ),
  ];
}

/** All pairs of real faults. */
export function pairsOf(faults: readonly SingleFault[]): readonly SingleFault[] {
  const real = faults.filter(({ names }) => names.length > 0);
  return real.flatMap((one, index) =>
    real.slice(index + 1).map((other) => ({
      names: [...one.names, ...other.names],
      ills: {
        places: new Set([...one.ills.places, ...other.ills.places]),
        sides: new Set([...one.ills.sides, ...other.ills.sides]),
        regions: new Set([...one.ills.regions, ...other.ills.regions]),
      },
    })),
  );
}
