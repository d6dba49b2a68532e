import type { Replay } from "./replay";
import type { Scenario } from "./readScenario";

/** What a scenario does where a parameter is as low, or as high, as it may have been. */
export interface Doubt {
  readonly parameter: string;
  readonly about: string;
  readonly outcomes: readonly { readonly value: number; readonly replay: Replay }[];
}

/** Plays a scenario with each doubtful parameter at either end, all others as they are. */
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
