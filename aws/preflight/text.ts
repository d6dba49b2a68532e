import type { Preflight } from "./preflight";
export function preflightText({ findings }: Preflight): string {
  return findings.map(({check,state,subject,text,remedy})=>`${state} ${check} ${subject}: ${text}${remedy?`; ${remedy}`:""}\n`).join("");
}
