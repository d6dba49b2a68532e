/**
 * Has ts-node compile each file once for a run of tests. An evaluation loads the whole program anew,
 * and most of its time would be the compiler's, over the same files again. Loaded by .mocharc.json,
 * after ts-node.
 */
import { REGISTER_INSTANCE } from "ts-node";

const service = process[REGISTER_INSTANCE];
if (!service) throw new Error(".mocharc.json: must load ts-node first, got none; put it above");
const compile = service.compile.bind(service);
const compiled = new Map<string, { readonly code: string; readonly output: string }>();

service.compile = (code, fileName, lineOffset) => {
  const known = compiled.get(fileName);
  if (known?.code === code) return known.output;
  const output = compile(code, fileName, lineOffset);
  compiled.set(fileName, { code, output });
  return output;
};
