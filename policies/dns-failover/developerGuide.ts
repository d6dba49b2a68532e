/** The address of a page of the Route 53 Developer Guide. */
export function developerGuide(page: string): string {
  return `https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/${page}.html`;
}
