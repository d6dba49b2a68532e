import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as esbuild from "esbuild";
import { html, raw } from "hono/html";
import { packageDirectory } from "../../../packageDirectory";
import { textOfMarkup } from "../../report/markup";
import { pageStyle } from "../../report/pageStyle";
import type { DrillRun, DrillSubject } from "../drillRun";
import { controlsMarkup, playbackMarkup } from "./drillControls";
import { shellMarkup } from "./drillShell";
import { drillStyle } from "./drillStyle";

/** The script of the page, built with the package. */
export const builtPageScript = "dist/page/drill.js";
const scriptSource = "rehearsal/live/page/client/main.ts";

const style = `${pageStyle}${drillStyle}`;

/**
 * The script of the page as one file: built when the package was packed, or in a checkout bundled from source
 * now.
 */
export function pageScript(directory = packageDirectory): string {
  if (!existsSync(join(directory, scriptSource))) {
    return readFileSync(join(directory, builtPageScript), "utf8");
  }
  // Imported lazily: the installed package does not have it.
  const { buildSync } = createRequire(join(packageDirectory, "package.json"))(
    "esbuild",
  ) as typeof esbuild;
  const { outputFiles } = buildSync({
    absWorkingDir: directory,
    entryPoints: [scriptSource],
    bundle: true,
    minify: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    legalComments: "none",
    write: false,
    logLevel: "silent",
  });
  const [file] = outputFiles;
  if (!file) {
    throw new Error(
      `${scriptSource}: must be the page's script, got no code for it; check the file`,
    );
  }
  return file.text;
}

/** A page and the content security policy that it needs. */
export interface ServedPage {
  readonly html: string;
  readonly policy: string;
}

/** The page of a drill in progress; the server sends it the events. */
export function livePage(drill: DrillSubject): ServedPage {
  const script = pageScript();
  const policy = [
    ...policyOf(script),
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  const controls = controlsMarkup(drill);
  return { policy, html: pageOf({ title: drill.title, script, controls, mode: "live" }) };
}

/** A run as one self-contained page: no server, no request, and a slider through its time. */
export function drillPage(run: DrillRun): string {
  const script = pageScript();
  return pageOf({
    ...{ title: run.drill.title, script, mode: "saved" as const },
    controls: playbackMarkup(run.events.at(-1)?.atSeconds ?? 0),
    policy: policyOf(script).join("; "),
    data: run,
  });
}

interface PageParts {
  readonly title: string;
  readonly mode: "live" | "saved";
  readonly script: string;
  readonly controls: ReturnType<typeof html>;
  /** In the page itself, where no server sends it. */
  readonly policy?: string;
  readonly data?: DrillRun;
}

function pageOf({ title, mode, script, controls, policy, data }: PageParts): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${policy === undefined ? "" : html`<meta http-equiv="Content-Security-Policy" content="${policy}" />`}
        <meta name="color-scheme" content="light dark" />
        <title>Drill of ${title}</title>
        <link rel="icon" href="data:," />
        ${raw(`<style>${style}</style>`)}
      </head>
      <body data-mode="${mode}">
        ${shellMarkup(title, controls)}
        ${data === undefined ? "" : raw(`<script type="application/json" id="run">${jsonInScript(data)}</script>`)}
        ${raw(`<script>${script}</script>`)}
      </body>
    </html>`;
  return `${textOfMarkup(page)}\n`;
}

/** JSON that cannot end the element that contains it. */
function jsonInScript(value: DrillRun): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

function policyOf(script: string): readonly string[] {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "img-src data:",
  ];
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
