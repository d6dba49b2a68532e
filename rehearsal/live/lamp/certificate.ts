import { join } from "node:path";
import { programPath } from "./programs";
import type { Workshop } from "./workshop";

/** The files of a self-signed certificate. */
export interface ServerCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Makes a certificate for loopback, by name and by address. */
export async function makeCertificate(
  workshop: Workshop,
  name: string,
): Promise<ServerCertificate> {
  const folder = workshop.folder(`${name}-tls`);
  const made = { certificate: join(folder, "cert.pem"), key: join(folder, "key.pem") };
  await workshop.run(programPath("openssl"), [
    ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2".split(" "),
    ..."-subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1".split(" "),
    ...["-keyout", made.key, "-out", made.certificate],
  ]);
  return made;
}
