/** What an instance serves from its first boot on. */
export interface BootScriptArgs {
  /** Body of each page by its absolute path, such as `{ "/healthcheck": "cafe-orders-ok" }`. */
  readonly pages: Readonly<Record<string, string>>;
  /** TCP ports beside 80. Default none. */
  readonly furtherPorts?: readonly number[];
  /** Whether the image has the web server and its pages already. Default false. */
  readonly isPrebuilt?: boolean;
}

/**
 * The user data of an instance: a shell script, run by cloud-init once, that installs a web server
 * from the distribution's packages and serves the given pages.
 *
 * The web server starts last. An instance that could not be prepared serves nothing and so fails its
 * health check, which is what takes it out of DNS.
 */
export function bootScript({
  pages,
  furtherPorts = [],
  isPrebuilt = false,
}: BootScriptArgs): string {
  return [
    "#!/bin/bash",
    "set -euo pipefail",
    ...(isPrebuilt ? [] : preparation(pages, furtherPorts)),
    "systemctl enable --now httpd",
    "",
  ].join("\n");
}

function preparation(
  pages: BootScriptArgs["pages"],
  furtherPorts: readonly number[],
): readonly string[] {
  return [
    "# The Elastic IP replaces the first address while packages load, which breaks connections.",
    "until dnf install --assumeyes httpd; do sleep 5; done",
    ...furtherPorts.map((port) => `echo 'Listen ${port}' >> /etc/httpd/conf.d/ports.conf`),
    ...Object.entries(pages).flatMap(([path, body]) => {
      const file = quoted(`/var/www/html${path}`);
      return [`install -D -m 644 /dev/null ${file}`, `printf '%s\\n' ${quoted(body)} > ${file}`];
    }),
  ];
}

/** A word of a shell command that stands for exactly this text. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
