/** Serves the components to the Pulumi engine. */
import { join } from "node:path";
import { componentProviderHost } from "@pulumi/pulumi/provider/experimental";
import { packageDirectory } from "../packageDirectory";
import { providedComponents, providerName } from "./components";

void componentProviderHost({
  name: providerName,
  // Pulumi infers the schema from the sources.
  dirname: join(packageDirectory, "provider"),
  components: providedComponents,
});
