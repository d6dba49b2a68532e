/** Evaluates the program for one stack and nothing else; the benchmark times it from outside. */
import { evaluate } from "../rehearsal/engine/evaluate";

const [stack = "dev"] = process.argv.slice(2);

void evaluate({ projectDirectory: process.cwd(), stack });
