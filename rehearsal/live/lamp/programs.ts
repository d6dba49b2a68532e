import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { InputError } from "../../../routing/inputError";

/** The programs that run a region of the café, and the Debian packages or other source of each. */
export const lampPrograms = {
  apache2: "apache2",
  php: "php-cli php-mysql php-curl php-mbstring",
  "php-fpm": "php-fpm",
  mariadbd: "mariadb-server",
  "mariadb-install-db": "mariadb-server",
  mariadb: "mariadb-client",
  "redis-server": "redis-server",
  openssl: "openssl",
  moto_server: "pip: moto[server]",
  python3: "python3",
} as const;

/** The name of a program that runs a region of the café. */
export type LampProgram = keyof typeof lampPrograms;

/** The path of a program. @throws InputError that names the package if the program is not installed. */
export function programPath(program: LampProgram): string {
  const path = installedPath(program);
  if (path === undefined) throw missingPrograms([program]);
  return path;
}

/** @throws InputError that names all missing programs and how to install them */
export function needLampPrograms(find = installedPath): void {
  const missing = (Object.keys(lampPrograms) as LampProgram[]).filter(
    (program) => find(program) === undefined,
  );
  if (missing.length > 0) throw missingPrograms(missing);
}

/** The path of a program; undefined if it is not installed. */
export function installedPath(program: string): string | undefined {
  // Debian keeps servers in /usr/sbin, and names PHP-FPM after its version.
  const directories = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    "/usr/sbin",
    "/usr/local/sbin",
  ];
  for (const directory of directories) {
    const path = join(directory, program);
    if (existsSync(path)) return path;
    if (program === "php-fpm" && existsSync(directory)) {
      const versioned = readdirSync(directory).find((name) => /^php-fpm8\.\d+$/.test(name));
      if (versioned !== undefined) return join(directory, versioned);
    }
  }
  return undefined;
}

function missingPrograms(missing: readonly LampProgram[]): InputError {
  const packages = [...new Set(missing.map((program) => lampPrograms[program]))];
  const pip = packages.flatMap((name) => /^pip: (.*)/.exec(name)?.[1] ?? []);
  const apt = packages.filter((name) => !name.startsWith("pip: "));
  const ways = [
    ...(apt.length > 0 ? [`apt-get install ${apt.join(" ")}`] : []),
    ...pip.map((name) => `python3 -m pip install '${name}'`),
  ];
  return new InputError(
    `--app lamp: needs programs that are not on this machine: ${missing.join(", ")}; install them with ${ways.join(" and ")}`,
    { code: "bad-usage" },
  );
}
