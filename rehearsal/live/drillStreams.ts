import type { Draws } from "../simulation/random";
import { streamOf } from "../simulation/random";

/** The parts of a drill that draw; each has its own stream, so that they do not disturb each other. */
const streams = [
  "decisions",
  "checkers",
  "followers",
  "customers",
  "alerts",
  "names",
  "gate",
] as const;

/** The draws of a part of a drill. */
export function drawsOf(seed: number, stream: (typeof streams)[number]): Draws {
  return streamOf(seed, streams.indexOf(stream));
}
