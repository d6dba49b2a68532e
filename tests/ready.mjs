/** Compiles what has changed before tests run, since a policy pack is served from what is compiled. */
export { ready as mochaGlobalSetup } from "../scripts/ready.mjs";

// Node has read it: this process records its coverage, and a child process does not. Those run
// compiled files, which are not judged, and to write their coverage would take seconds each.
delete process.env["NODE_V8_COVERAGE"];
