/** Reads tokens of types and functions, and references to providers. */

/** The package of a type or function token, such as `aws` of `aws:ec2/vpc:Vpc`. */
export function packageOf(token: string): string {
  const [first = "", second = ""] = token.split(":");
  return first === "pulumi" && second === "providers" ? "pulumi" : first;
}

/** The URN of a provider reference. */
export function providerUrn(reference: string): string {
  return reference.split("::").slice(0, 4).join("::");
}
