/** `npm run bench`: makes the checkout ready, then measures. */
import { ready } from "./ready.mjs";

await ready();
await import(new URL("../dist/bench/bench.js", import.meta.url).href);
