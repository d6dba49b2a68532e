import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** The application as one file, which a release bucket stores and an instance unpacks. */
export interface SiteArchive {
  /** tar.gz in base64, for `aws.s3.BucketObjectv2.contentBase64`. */
  readonly base64: string;
  /**
   * SHA-256 of the tar inside, in hex: the release's name. It covers the content and not the
   * compression, because two versions of Node may compress the same content differently.
   */
  readonly sha256: string;
}

/** The parts of this folder that an instance needs, without TypeScript and the maintenance page. */
const PARTS = [
  "bin",
  "boot/configure.sh",
  "boot/etc",
  "boot/firewall.sh",
  "boot/render.sh",
  "public",
  "schema.sql",
  "src",
];

/** One block of a tar file in bytes. Source: POSIX.1-2017, pax, "ustar Interchange Format". */
const BLOCK_BYTES = 512;

/**
 * Packs the application in `appDirectory` (this repository's `app/`).
 *
 * The same files give the same release name on every machine: sorted, with fixed owner, mode and
 * time. So an unchanged application replaces no instance.
 */
export function siteArchive(appDirectory: string): SiteArchive {
  const files = PARTS.flatMap((part) => filesBelow(appDirectory, part)).sort();
  const entries = files.flatMap((file) => tarEntry(file, readFileSync(join(appDirectory, file))));
  const tar = Buffer.concat([...entries, Buffer.alloc(2 * BLOCK_BYTES)]);
  return {
    base64: gzipSync(tar, { level: 9 }).toString("base64"),
    sha256: createHash("sha256").update(tar).digest("hex"),
  };
}

function filesBelow(root: string, part: string): string[] {
  if (/\.\w+$/.test(part)) return [part];
  return readdirSync(join(root, part), { withFileTypes: true }).flatMap((entry) => {
    const path = `${part}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}

function tarEntry(path: string, content: Buffer): Buffer[] {
  const padding = Buffer.alloc((BLOCK_BYTES - (content.length % BLOCK_BYTES)) % BLOCK_BYTES);
  return [tarHeader(path, content.length), content, padding];
}

/** Field offsets and widths: POSIX.1-2017, pax, "ustar Interchange Format". */
function tarHeader(path: string, sizeBytes: number): Buffer {
  if (path.length > 100) {
    throw new Error(`${path}: too long for a release, got ${path.length} characters; at most 100`);
  }
  const header = Buffer.alloc(BLOCK_BYTES);
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, "0")}\0`;
  header.write(path, 0);
  header.write(octal(0o644, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(sizeBytes, 12), 124);
  header.write(octal(0, 12), 136);
  // The checksum is computed with its own field full of spaces.
  header.write(" ".repeat(8), 148);
  header.write("0", 156);
  header.write("ustar\0" + "00", 257);
  const checksum = header.reduce((sum, byte) => sum + byte, 0);
  header.write(`${checksum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}
