import type { SecretPlace } from "../model";
import type { Resource } from "./resource";

const inExport: SecretPlace = {
  where: "encrypted in the export",
  remedy: "run `pulumi stack export --show-secrets` and keep the file safe",
};

export function secretPlaceOf({ secretPlace = inExport }: Resource): SecretPlace {
  return secretPlace;
}

/** What is said of a value that is a secret, behind "is" or "are". */
export function secretText(resource: Resource): string {
  const { where, remedy } = secretPlaceOf(resource);
  return `${where}; ${remedy}`;
}
