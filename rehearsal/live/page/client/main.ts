/**
 * The page of a drill in the browser: keeps the run, and draws it with the functions beside this folder. With a
 * server, events arrive one by one; a saved run is in the page, with a slider through its time.
 */
import { failureModeDefault } from "../../../../routing/checker";
import type { Markup } from "../../../report/markup";
import { textOfMarkup } from "../../../report/markup";
import type { DrillEvent, DrillRun } from "../../drillRun";
import { breakText } from "../drillControls";
import {
  alertsMarkup,
  differencesMarkup,
  factsMarkup,
  ordersMarkup,
  statusMarkup,
} from "../drillPanels";
import type { DrillState } from "../../drillState";
import { stateAt } from "../../drillState";
import { checkTable, logList, objectiveResultTable, outageTable } from "../drillTables";
import { drillTimeline } from "../drillTimeline";
import type { LogEntry } from "../../eventLog";
import { logOf } from "../../eventLog";
import { spanText, statusOf } from "../../drillWords";
import { treeList } from "../treeList";
import { treeFits, treePicture } from "../treePicture";

/** Time between two drawings without an event, in milliseconds: clocks and durations move on. */
const redrawMs = 500;

function part<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`#${id}: must be in the page, got nothing of its type; check drillShell.ts`);
}

const element = (id: string): HTMLElement => part(id, HTMLElement);

const drawn = new Map<string, string>();

/** Draws a part anew if it has changed, so that a selection in the others stays. */
function draw(id: string, markup: Markup): void {
  const text = textOfMarkup(markup);
  if (drawn.get(id) === text) return;
  drawn.set(id, text);
  element(id).innerHTML = text;
}

function drawAll(state: DrillState): void {
  draw("facts", factsMarkup(state));
  element("status").className = `status ${statusOf(state).tone}`;
  draw("status", statusMarkup(state));
  drawTree(state);
  draw("timeline", drillTimeline(state, innerWidthOf("timeline")));
  draw("orders", ordersMarkup(state));
  draw("outages", outageTable(state, deathChosen()));
  draw("objectives", objectiveResultTable(state));
  draw("alerts", alertsMarkup(state));
  draw("checks", checkTable(state));
  draw("log", logList(state));
  draw("differences", differencesMarkup(state));
}

/** A picture where it fits; its words are there in any case. */
function drawTree(state: DrillState): void {
  const width = innerWidthOf("tree");
  const list = textOfMarkup(treeList(state));
  const text = treeFits(state, width)
    ? `${textOfMarkup(treePicture(state, width))}<div class="sr">${list}</div>`
    : list;
  if (drawn.get("tree") === text) return;
  drawn.set("tree", text);
  element("tree").innerHTML = text;
}

/** The narrowest picture, in pixels. */
const widthMin = 240;

function innerWidthOf(id: string): number {
  const box = element(id);
  const { paddingLeft, paddingRight } = getComputedStyle(box);
  const width = box.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  // A page that is not shown yet has no width.
  return Math.max(widthMin, Math.floor(width));
}

function deathChosen(): string {
  const select = document.getElementById("death");
  return select instanceof HTMLSelectElement ? select.value : failureModeDefault;
}

/** Has a screen reader say what is important among the entries of the log after the first ones. */
function announce(log: readonly LogEntry[], from: number): void {
  const texts = log
    .slice(from)
    .filter(({ isImportant }) => isImportant)
    .map(({ word, text }) => `${word}: ${text}`);
  if (texts.length > 0) element("announcement").textContent = `${texts.join(". ")}.`;
}

/** The page of a drill in progress. */
function followDrill(): void {
  let run: { drill: DrillRun["drill"]; events: DrillEvent[] } | undefined;
  let receivedMs = 0;
  let isConnected = false;
  let announced = 0;

  const nowSeconds = (): number => {
    const last = run?.events.at(-1);
    if (!run || !last) return 0;
    if (last.kind === "end" || !isConnected) return last.atSeconds;
    return last.atSeconds + ((performance.now() - receivedMs) / 1_000) * run.drill.speed;
  };
  const redraw = (): void => {
    if (!run) return;
    const state = stateAt(run, nowSeconds());
    drawAll(state);
    showButtons(state);
  };

  const source = new EventSource("/events");
  source.addEventListener("open", () => {
    isConnected = true;
    element("connection").textContent = "";
  });
  source.addEventListener("error", () => {
    isConnected = false;
    const isOver = run?.events.at(-1)?.kind === "end";
    element("connection").textContent = isOver
      ? "The drill is over, and its server has gone."
      : "The connection to the drill is lost; trying again.";
    if (isOver) source.close();
  });
  source.addEventListener("run", ({ data }: MessageEvent<string>) => {
    const whole = JSON.parse(data) as DrillRun;
    run = { drill: whole.drill, events: [...whole.events] };
    announced = logOf(run).length;
    receivedMs = performance.now();
    redraw();
  });
  source.addEventListener("event", ({ data }: MessageEvent<string>) => {
    if (!run) return;
    run.events.push(JSON.parse(data) as DrillEvent);
    receivedMs = performance.now();
    const log = logOf(run);
    announce(log, announced);
    announced = log.length;
    redraw();
  });
  setInterval(redraw, redrawMs);
  addEventListener("resize", redraw);
  element("death").addEventListener("change", redraw);

  for (const button of faultButtons()) {
    button.addEventListener("click", () => {
      const { fault: name = "", broken } = button.dataset;
      if (broken === "true") void send("/return", { name });
      else if (name.startsWith("check:")) void send("/fail", { name });
      else void send("/fail", { name, death: deathChosen() });
    });
  }
  part("gate", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const { submitter } = event;
    const reason = part("reason", HTMLInputElement).value;
    if (submitter instanceof HTMLButtonElement) void send(`/${submitter.value}`, { reason });
  });
}

function faultButtons(): readonly HTMLButtonElement[] {
  return [...document.querySelectorAll<HTMLButtonElement>("button[data-fault]")];
}

function showButtons({ broken, gate, end }: DrillState): void {
  for (const button of faultButtons()) {
    const { fault, label = "" } = button.dataset;
    const isBroken = broken.some(({ name }) => name === fault);
    button.dataset["broken"] = String(isBroken);
    button.textContent = breakText(label, isBroken);
    button.disabled = end !== undefined;
  }
  element("gate").hidden = gate === undefined || end !== undefined;
}

/** Asks the drill for something; what it refuses is shown. */
async function send(path: string, body: object): Promise<void> {
  const message = element("message");
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    message.textContent = response.ok ? "" : await response.text();
  } catch {
    message.textContent = "The drill does not answer; is it still running?";
  }
}

/** The page of a saved run. */
function replayRun(run: DrillRun): void {
  const slider = part("moment", HTMLInputElement);
  const button = part("play", HTMLButtonElement);
  const pace = part("pace", HTMLSelectElement);
  let timer: ReturnType<typeof setInterval> | undefined;

  const show = (): void => {
    const seconds = Number(slider.value);
    slider.setAttribute("aria-valuetext", spanText(seconds));
    drawAll(stateAt(run, seconds));
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
    button.textContent = "Play";
  };
  const step = (): void => {
    const before = Number(slider.value);
    // Whole seconds: what the slider can hold.
    slider.value = String(before + Math.max(1, Math.round(Number(pace.value) / 10)));
    show();
    if (Number(slider.value) >= Number(slider.max)) stop();
  };
  const start = (): void => {
    if (Number(slider.value) >= Number(slider.max)) slider.value = "0";
    button.textContent = "Pause";
    const stepsPerSecond = Number(pace.value) < 10 ? 1 : 10;
    timer = setInterval(step, 1_000 / stepsPerSecond);
    show();
  };
  button.addEventListener("click", () => {
    if (timer === undefined) start();
    else stop();
  });
  pace.addEventListener("change", stop);
  slider.addEventListener("input", () => {
    stop();
    show();
  });
  addEventListener("resize", show);
  show();
}

if (document.body.dataset["mode"] === "live") followDrill();
else replayRun(JSON.parse(element("run").textContent) as DrillRun);
