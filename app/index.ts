/** The application that travels with this package: what machines run, and the maintenance page. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageDirectory } from "../packageDirectory";

export { siteArchive } from "./boot/siteArchive";
export type { SiteArchive } from "./boot/siteArchive";
export { userData } from "./boot/userData";
export type { OrdersOptions, UserDataOptions } from "./boot/userData";

/** The application's sources. */
export const appDirectory = join(packageDirectory, "app");

/** The maintenance page, complete in itself: HTML in UTF-8. */
export function maintenancePage(): string {
  return readFileSync(join(appDirectory, "maintenance/index.html"), "utf8");
}
