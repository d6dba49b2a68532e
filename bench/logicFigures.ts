/** Prints the figures of `logic.ts`: `npm run bench -- logic [commit]` starts it. */
import { Figures } from "./figures";
import { logicFigures } from "./logic";

async function main(): Promise<void> {
  const figures = new Figures((line) => process.stdout.write(`${line}\n`));
  await logicFigures(figures, process.argv[2]);
  for (const miss of figures.misses) process.stderr.write(`not as promised: ${miss}\n`);
  if (figures.misses.length > 0) process.exitCode = 1;
}

void main();
