/** Compiles what has changed before tests run, since a policy pack is served from what is compiled. */
export { ready as mochaGlobalSetup } from "../scripts/ready.mjs";
