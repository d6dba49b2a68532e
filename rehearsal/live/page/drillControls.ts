import { html } from "hono/html";
import type { Markup } from "../../report/markup";
import { failureModeDefault } from "../../../routing/checker";
import { failureModeText } from "../../story/wording";
import type { DrillFault, DrillSubject } from "../drillRun";
import { drillDeaths } from "../deaths";
import { faultKinds } from "../drillWords";
import { gateReasonCharactersMax } from "./control";

/** Kinds of which there are many: they are behind a summary. */
const foldedKinds: readonly DrillFault["kind"][] = ["endpoint", "check"];

/** The text of a fault's button. */
export function breakText(label: string, isBroken: boolean): string {
  return isBroken ? `Bring back ${label}` : `Break ${label}`;
}

/** The buttons that break things and bring them back, and those of the gate. */
export function controlsMarkup({ faults }: DrillSubject): Markup {
  const present = faultKinds.filter(([kind]) => faults.some((fault) => fault.kind === kind));
  return html`<div class="controls">
    <div>
      <label class="label" for="death">How it fails</label>
      <select id="death">
        ${drillDeaths.map((mode) => html`<option value="${mode}" ${mode === failureModeDefault ? "selected" : ""}>${failureModeText(mode)}</option>`)}
      </select>
    </div>
    ${present.map(([kind, title]) =>
      foldedKinds.includes(kind)
        ? html`<details>
            <summary>${title}</summary>
            ${fieldset(kind, title)}
          </details>`
        : fieldset(kind, title),
    )}
    <form class="gate-form" id="gate" hidden>
      <div>
        <label class="label" for="reason">Reason, for the failback gate</label>
        <input
          type="text"
          id="reason"
          name="reason"
          required
          maxlength="${gateReasonCharactersMax}"
        />
      </div>
      <button type="submit" name="action" value="hold">Hold failback</button>
      <button type="submit" name="action" value="release">Release failback</button>
    </form>
  </div>`;

  function fieldset(kind: DrillFault["kind"], title: string): Markup {
    return html`<fieldset>
      <legend>${title}</legend>
      <div class="buttons">
        ${faults
          .filter((fault) => fault.kind === kind)
          .map(
            ({ name, label }) =>
              html`<button
                type="button"
                data-fault="${name}"
                data-label="${label}"
                data-broken="false"
              >
                ${breakText(label, false)}
              </button>`,
          )}
      </div>
    </fieldset>`;
  }
}

/** The slider of a saved run. */
export function playbackMarkup(endSeconds: number): Markup {
  return html`<div class="playback">
    <button type="button" id="play">Play</button>
    <label class="sr" for="moment">Moment of the drill, in seconds</label>
    <input
      type="range"
      id="moment"
      min="0"
      max="${Math.ceil(endSeconds)}"
      step="1"
      value="${Math.ceil(endSeconds)}"
    />
    <label for="pace">Speed</label>
    <select id="pace">
      <option value="1">1 ×</option>
      <option value="10" selected>10 ×</option>
      <option value="30">30 ×</option>
    </select>
  </div>`;
}
