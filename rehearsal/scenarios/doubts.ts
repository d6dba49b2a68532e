import type { Replay } from "./replay";
import type { Scenario } from "./readScenario";

/** The result of a scenario with a doubtful parameter at its lowest or highest plausible value. */
export interface Doubt {
  readonly parameter: string;
  readonly about: string;
  readonly outcomes: readonly { readonly value: number; readonly replay: Replay }[];
}

/** Plays a scenario with each doubtful parameter at both ends of its range, all others unchanged. */
export function doubtsOf(
  { parameters }: Scenario,
  played: (set: string) => Replay,
): readonly Doubt[] {
  return Object.entries(parameters).flatMap(([parameter, { low, high, about, value }]) => {
    const ends = [low, high].filter((end) => end !== undefined && end !== value) as number[];
    if (ends.length === 0) return [];
    return [
      {
        parameter,
        about: about ?? "",
        outcomes: ends.map((end) => ({ value: end, replay: played(`${parameter}=${end}`) })),
      },
    ];
  });
}
