/** The forms of a stack that hostnames are counted in. */
export const forms = {
  /** CloudFront and IPv6: four records for each hostname, and no resource of its own beside. */
  prod: "cafe.com",
  /** A website for each hostname: eight resources, and two records. */
  dev: "dev.cafe.com",
} as const;

export type Form = keyof typeof forms;

/** So many hostnames, the stack's own first. */
export function benchHostnames(form: Form, count: number): readonly string[] {
  const zone = forms[form];
  return [
    `orders.${zone}`,
    ...Array.from({ length: count - 1 }, (_, index) => `shop${index + 1}.${zone}`),
  ];
}
