/** Prints the figures of `simulation.ts`: `npm run bench -- simulation` starts it. */
import { Figures } from "./figures";
import { simulationFigures } from "./simulation";

async function main(): Promise<void> {
  const figures = new Figures((line) => process.stdout.write(`${line}\n`));
  await simulationFigures(figures);
  for (const miss of figures.misses) process.stderr.write(`not as promised: ${miss}\n`);
  if (figures.misses.length > 0) process.exitCode = 1;
}

void main();
