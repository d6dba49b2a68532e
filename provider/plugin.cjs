/**
 * The entry of the plugin. Pulumi's runner (@pulumi/pulumi, cmd/run-plugin) would compile TypeScript
 * by the settings of the directory that it is started in, so it gets what this checkout compiles.
 */
module.exports = import("../scripts/ready.mjs")
  .then(({ ready }) => ready())
  .then(() => require("../dist/provider/index.js"));
