"use strict";

// Places an order and retries: one number (UUID) per order, however often it has to be sent.
// Only an answer with this number counts. During an outage the maintenance page may answer at the same
// address, and its "405" or "503" is not about the order.

(() => {
  const KEPT = "cafe-order";
  /** A longer attempt means that a server hangs; the slowest normal answer takes about 4 s. */
  const ATTEMPT_MS = 8000;
  const BACKOFF_START_MS = 500;
  const BACKOFF_LIMIT_MS = 15000;
  /** After this time the page also asks the customer to call. */
  const PATIENCE_MS = 60000;
  const WATCH_MS = 5000;
  /** The customer may no longer want an older order: the page asks before it sends it again. */
  const ASK_AFTER_MS = 3600000;
  const PHONE = '<a href="tel:+12065550142">+1 206 555 0142</a>';

  const form = document.getElementById("order");
  const outcome = document.getElementById("outcome");
  const quantities = [...form.querySelectorAll("input[data-cents]")];
  const field = (id) => document.getElementById(id);
  const TITLE = field("title").textContent;
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /** A random (version 4) UUID; crypto.randomUUID exists only over TLS. */
  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  /** Storage may be disabled; the order then exists only while this page is open. */
  function keep(order, atMs) {
    try {
      if (order === null) localStorage.removeItem(KEPT);
      else localStorage.setItem(KEPT, JSON.stringify({ order, atMs }));
    } catch {
      // Storage is disabled: see above.
    }
  }

  /** The kept order, if it has the format of this page; anything else is dropped. */
  function kept() {
    try {
      const { order, atMs } = JSON.parse(localStorage.getItem(KEPT)) ?? {};
      if (isOrder(order) && Number.isFinite(atMs)) return { order, atMs };
    } catch {
      // Invalid JSON, or no storage.
    }
    keep(null);
    return null;
  }

  function isOrder(order) {
    const items = Object.entries(order?.items ?? {});
    return (
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(order?.id) &&
      ["name", "phone", "note"].every((name) => typeof order[name] === "string") &&
      items.length > 0 &&
      items.every(
        ([item, n]) =>
          quantities.some(({ id }) => id === item) && Number.isInteger(n) && n >= 1 && n <= 20,
      )
    );
  }

  function escape(text) {
    const box = document.createElement("i");
    box.textContent = text;
    return box.innerHTML;
  }

  function show(kind, title, html, focus = true) {
    const changed = outcome.className !== `outcome ${kind}`;
    outcome.className = `outcome ${kind}`;
    outcome.innerHTML = `<h2>${title}</h2>${html}`;
    outcome.hidden = false;
    if (focus && changed) outcome.focus();
  }

  /** Shows either the form or the order. */
  function showOrder(order) {
    form.hidden = order !== null;
    field("lead").hidden = order !== null;
    field("summary").hidden = order === null;
    field("title").textContent = order === null ? TITLE : "Your order";
    if (order === null) return;
    const rows = quantities
      .filter((input) => order.items[input.id] > 0)
      .map((input) => {
        const name = input.labels[0].firstChild.textContent.trim();
        const cents = Number(input.dataset.cents) * order.items[input.id];
        return { text: `${order.items[input.id]} × ${name}`, cents };
      });
    const total = rows.reduce((sum, row) => sum + row.cents, 0);
    field("summary").innerHTML =
      `<caption>For ${escape(order.name)}</caption><tbody>` +
      rows.map(({ text, cents }) => `<tr><td>${text}</td><td>${price(cents)}</td></tr>`).join("") +
      `</tbody><tfoot><tr><th scope="row">Total, paid at the counter</th><td>${price(total)}</td></tr></tfoot>`;
  }

  function price(cents) {
    return `$${(cents / 100).toFixed(2)}`;
  }

  function number(id) {
    return `<p>Order number <strong>${id.slice(0, 8).toUpperCase()}</strong> · <a href="/orders/${id}">your order’s own page</a></p>`;
  }

  function showTotal() {
    const cents = quantities.reduce(
      (sum, input) => sum + Number(input.dataset.cents) * Number(input.value),
      0,
    );
    field("total-price").textContent = price(cents);
    return cents;
  }

  async function ask(path, options = {}) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), ATTEMPT_MS);
    try {
      const answer = await fetch(path, {
        ...options,
        signal: abort.signal,
        headers: { Accept: "application/json", "Content-Type": "application/json" },
      });
      const json = await answer.json().catch(() => null);
      return { status: answer.status, json, wait: Number(answer.headers.get("Retry-After")) || 0 };
    } catch {
      return { status: 0, json: null, wait: 0 };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends until the application answers about this order; null if the order is cancelled. */
  async function send(order, attempt) {
    const startedAt = Date.now();
    for (let backoff = BACKOFF_START_MS; ; backoff = Math.min(backoff * 2, BACKOFF_LIMIT_MS)) {
      if (attempt !== current) return null;
      const { status, json, wait } = await ask("/orders", {
        method: "POST",
        body: JSON.stringify(order),
      });
      if ((status === 201 || status === 202) && json?.id === order.id) return { status, json };
      if (status >= 400 && status < 500 && json?.error) return { status, json };
      if (attempt !== current) return null;
      const late = Date.now() - startedAt > PATIENCE_MS;
      show(
        "sending",
        "Still trying to reach us…",
        "<p>Your order is <strong>not confirmed yet</strong>. Please leave this page open: we keep trying, " +
          "and your order will not be placed twice.</p>" +
          (late ? `<p>This takes longer than it should. You may also call ${PHONE}.</p>` : "") +
          '<p><button type="button" class="plain">Cancel this order</button></p>',
      );
      outcome.querySelector("button").onclick = () => cancel(order);
      // Jitter: customers who failed at the same time must not retry at the same time.
      await sleep(Math.max(wait * 1000, backoff) * (0.5 + Math.random() / 2));
    }
  }

  /** After a 202: polls until the order is stored in both places; false if it is not found. */
  async function watch(id) {
    for (;;) {
      await sleep(WATCH_MS);
      const { status, json } = await ask(`/orders/${id}`);
      if (status === 200 && json?.id === id && json.protected) return true;
      if (status === 404 && json?.error?.code === "no_such_order") return false;
    }
  }

  /** The number of the current attempt; cancelling an order makes its attempt outdated. */
  let current = 0;

  function cancel(order) {
    current++;
    keep(null);
    showOrder(null);
    fill(order);
    show(
      "problem",
      "Order cancelled",
      "<p>It is not sent again. Had it reached us all the same, it would be made: to be quite sure, " +
        `call ${PHONE}.</p>${number(order.id)}`,
    );
  }

  /** Puts an order back into the form. */
  function fill(order) {
    for (const input of quantities) input.value = order.items[input.id] ?? 0;
    for (const name of ["name", "phone", "note"]) field(name).value = order[name];
    showTotal();
  }

  /** Asks whether to send an old unfinished order again. */
  function askWhether({ order, atMs }) {
    const hours = Math.floor((Date.now() - atMs) / 3600000);
    const age =
      hours < 24
        ? `${hours} h ago`
        : `on ${new Date(atMs).toLocaleString([], { dateStyle: "medium", timeStyle: "short" })}`;
    showOrder(order);
    show(
      "received",
      "An order that was not confirmed",
      `<p>You placed this order ${escape(age)}, and we could not confirm it then. Do you still want it?</p>` +
        '<p><button type="button">Yes, send it now</button></p>' +
        '<p><button type="button" class="plain">No, forget it</button></p>',
    );
    const [yes, no] = outcome.querySelectorAll("button");
    yes.onclick = () => void place(order, Date.now());
    no.onclick = () => {
      keep(null);
      showOrder(null);
      outcome.hidden = true;
      fill(order);
    };
  }

  function confirmed(id) {
    keep(null);
    field("another").hidden = false;
    show(
      "confirmed",
      "Order confirmed",
      `<p>Thank you! Your order is stored in two places and will be ready in about 15 minutes.</p>${number(id)}`,
    );
  }

  async function place(order, atMs) {
    const attempt = ++current;
    keep(order, atMs);
    showOrder(order);
    show("sending", "Sending your order…", "<p>One moment, please.</p>");
    const answer = await send(order, attempt);
    if (answer === null) return;
    const { status, json } = answer;
    if (status === 201) {
      confirmed(order.id);
    } else if (status === 202) {
      show(
        "received",
        "Order received",
        "<p>We have your order and are making it. <strong>Please don’t order again.</strong></p>" +
          "<p>Our second data centre is out of reach just now, so the safety copy of your order follows in a " +
          `moment. This page tells you when the copy is stored. To be quite sure, call ${PHONE}.</p>${number(order.id)}`,
      );
      if (await watch(order.id)) confirmed(order.id);
      else await place(order, atMs);
    } else {
      keep(null);
      showOrder(null);
      fill(order);
      const faults = Object.entries(json.error.fields ?? {})
        .map(
          ([name, fault]) =>
            `<li><strong>${escape(name.replace(/^items\./, ""))}</strong> ${escape(fault)}</li>`,
        )
        .join("");
      show(
        "problem",
        "That did not work",
        `<p>${escape(json.error.message)}</p><ul>${faults}</ul>`,
      );
    }
  }

  /** Remembers the customer: keepalive, so that leaving the page does not undo it; again if that fails. */
  async function remember(name, phone) {
    const body = JSON.stringify({ name, phone });
    for (let backoff = BACKOFF_START_MS; backoff <= BACKOFF_LIMIT_MS; backoff *= 2) {
      const { status, wait } = await ask("/session", { method: "POST", keepalive: true, body });
      if (status !== 0 && status < 500) return;
      await sleep(Math.max(wait * 1000, backoff));
    }
  }

  function forget() {
    field("greeting").hidden = true;
    field("remember-choice").hidden = false;
    void ask("/session", { method: "DELETE", keepalive: true });
  }

  async function greet() {
    const { json } = await ask("/session");
    field("remember-choice").hidden = json?.signedIn === true;
    if (json?.signedIn !== true) return;
    if (field("name").value === "") field("name").value = json.name;
    if (field("phone").value === "") field("phone").value = json.phone;
    const greeting = field("greeting");
    greeting.innerHTML = `Welcome back, ${escape(json.name)}. <button type="button" class="plain">Not you? Forget me</button>`;
    greeting.hidden = false;
    greeting.querySelector("button").addEventListener("click", forget);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (showTotal() === 0) {
      show(
        "problem",
        "Nothing chosen yet",
        "<p>Please choose at least one thing from the menu.</p>",
        false,
      );
      quantities[0].focus();
      return;
    }
    const items = Object.fromEntries(
      quantities
        .filter((input) => Number(input.value) > 0)
        .map((input) => [input.id, Number(input.value)]),
    );
    const [name, phone, note] = ["name", "phone", "note"].map((id) => field(id).value);
    if (field("remember").checked) {
      void remember(name, phone);
    }
    void place({ id: newId(), name, phone, note, items }, Date.now());
  });

  field("submit").textContent = "Place the order";
  field("total").hidden = false;
  form.addEventListener("input", showTotal);
  showTotal();

  const unfinished = kept();
  // The clock may have been set back: an order from the future counts as old too.
  const age = unfinished === null ? 0 : Math.abs(Date.now() - unfinished.atMs);
  if (unfinished === null) void greet();
  else if (age < ASK_AFTER_MS) void place(unfinished.order, unfinished.atMs);
  else askWhether(unfinished);
})();
