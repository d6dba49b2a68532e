/** Compiles what has changed before tests run, since a policy pack is served from what is compiled. */
export { ready as mochaGlobalSetup } from "../scripts/ready.mjs";

// Node has read it: this process records its coverage, and a child process does not. Those run
// compiled files, which are not judged, and to write their coverage would take seconds each.
if (process.env["NODE_V8_COVERAGE"]) {
  // Without the variable Node keeps source maps only when asked, and coverage would be of the compiled lines.
  process.setSourceMapsEnabled(true);
  delete process.env["NODE_V8_COVERAGE"];
}
