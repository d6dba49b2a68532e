/** The application in this package: the code for instances, and the maintenance page. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageDirectory } from "../packageDirectory";

export { siteArchive } from "./boot/siteArchive";
export type { SiteArchive } from "./boot/siteArchive";
export { userData } from "./boot/userData";
export type { OrdersOptions, UserDataOptions } from "./boot/userData";

/** The application's sources. */
export const appDirectory = join(packageDirectory, "app");

/** The maintenance page as a self-contained HTML document in UTF-8. */
export function maintenancePage(): string {
  return readFileSync(join(appDirectory, "maintenance/index.html"), "utf8");
}
