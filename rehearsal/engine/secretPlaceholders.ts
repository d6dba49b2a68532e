/** What stands for a secret of a stack's file, which only its secrets provider could decrypt. */
import type { SecretPlace } from "../../routing/model";

/** The placeholder of a secret. It names the secret, and is never a real value. */
export function secretPlaceholder(path: string): string {
  return `[secret ${path}]`;
}

const placeholder = /\[secret ((?:[^[\]]|\[\d+\])+)\]/g;

/** The secrets that a text is made of. */
export function secretsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(placeholder)].flatMap(([, path]) => path ?? []))];
}

/** Where the secrets in what a resource has are kept; a program can also make a secret of any value. */
export function secretPlaceIn(stack: string, properties: unknown): SecretPlace {
  const secrets = secretsIn(JSON.stringify(properties));
  const exported = "read `pulumi stack export --show-secrets` by --from, and keep the file safe";
  if (secrets.length === 0) return { where: "kept secret by the program", remedy: exported };
  return {
    where: `encrypted in Pulumi.${stack}.yaml (config ${secrets.join(", ")})`,
    remedy: `set it without --secret if it is none, else ${exported}`,
  };
}
