/** The forms of a stack in which hostnames are counted. */
export const forms = {
  /** CloudFront and IPv6: four records for each hostname, and no other resources. */
  prod: "cafe.com",
  /** A website for each hostname: eight resources, and two records. */
  dev: "dev.cafe.com",
} as const;

export type Form = keyof typeof forms;

/** A number of hostnames, the stack's own first. */
export function benchHostnames(form: Form, count: number): readonly string[] {
  const zone = forms[form];
  return [
    `orders.${zone}`,
    ...Array.from({ length: count - 1 }, (_, index) => `shop${index + 1}.${zone}`),
  ];
}
