/**
 * Has what a program prints go to stderr, where the Pulumi CLI shows it as diagnostics: stdout is the tool's, which
 * writes to it past this (cli/io.ts).
 *
 * @param isSilent whether to drop it, because it was printed before
 * @returns ends it
 */
export function takeOutput(isSilent: boolean): () => void {
  const { stdout, stderr } = process;
  const before = [stdout, stderr].map((stream) => ({
    stream,
    write: Object.getOwnPropertyDescriptor(stream, "write"),
  }));
  const write = isSilent ? drop : stderr.write.bind(stderr);
  stdout.write = write;
  if (isSilent) stderr.write = write;
  return () => {
    for (const { stream, write: own } of before) {
      if (own) Object.defineProperty(stream, "write", own);
      else Reflect.deleteProperty(stream, "write");
    }
  };
}

/** As a stream that takes everything. */
const drop: NodeJS.WriteStream["write"] = (
  _: unknown,
  encodingOrDone?: unknown,
  done?: unknown,
): boolean => {
  const callback = typeof encodingOrDone === "function" ? encodingOrDone : done;
  if (typeof callback === "function") process.nextTick(callback);
  return true;
};
