/**
 * What the page of a drill adds to the style of the reports (`rehearsal/report/pageStyle.ts`). Colour only
 * repeats what symbols, words, hatching and the width of lines say.
 */
export const drillStyle = `
:root { --path: #2f7d5b; --path-ground: #e4f2ea; --stale: #b8721a; --edge: #8f867a; --now: #3d4fb3; }
@media (prefers-color-scheme: dark) {
  :root { --path: #58b389; --path-ground: #1d3328; --stale: #e9a04a; --edge: #8a8175; --now: #a5b1ff; }
}
main, header { max-width: 84rem; padding: 0 1.25rem; }
header { padding-top: 1.75rem; }
h1 { font-size: clamp(1.25rem, 1.05rem + 1vw, 1.6rem); margin-bottom: .15rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .6rem; }
.facts { display: flex; flex-wrap: wrap; gap: .15rem 1.25rem; color: var(--soft); font-size: .9375rem; margin: 0; max-width: none; }
.facts strong { color: var(--ink); font-variant-numeric: tabular-nums; font-weight: 600; }
.status { margin: 1rem 0 0; padding: .9rem 1.1rem; border-radius: .7rem; background: var(--card); border: 1px solid var(--rule); border-left: .5rem solid var(--soft); }
.status.good { border-left-color: var(--good); color: var(--ink); } .status.bad { border-left-color: var(--bad); color: var(--ink); font-weight: 400; }
.status p { max-width: none; margin: .15rem 0 0; }
.status .headline { font-size: clamp(1.15rem, 1rem + 1vw, 1.5rem); line-height: 1.3; font-weight: 650; letter-spacing: -.01em; margin: 0; }
.status.good .headline { color: var(--good); } .status.bad .headline { color: var(--bad); }
.connection:empty, .fault-message:empty { display: none; }
.connection, .fault-message { color: var(--bad); font-weight: 600; }
.panel { background: var(--card); border: 1px solid var(--rule); border-radius: .7rem; padding: 1rem; }
.panel > :first-child { margin-top: 0; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.controls { display: flex; flex-wrap: wrap; gap: .75rem 1.75rem; align-items: start; margin: 1rem 0 0; }
.controls fieldset { border: 0; padding: 0; margin: 0; min-width: 0; }
.controls legend, .controls .label { padding: 0; font-size: .8125rem; color: var(--soft); margin-bottom: .3rem; display: block; }
.controls details { flex-basis: 100%; margin: 0; font-size: .9375rem; } .controls details fieldset { margin-top: .5rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .4rem; }
button, select, input[type="text"] { font: inherit; font-size: .9375rem; line-height: 1.3; color: var(--ink); background: var(--ground); border: 1px solid var(--edge); border-radius: .45rem; padding: .42rem .75rem; min-height: 2.25rem; max-width: 100%; }
button { cursor: pointer; text-align: left; overflow-wrap: anywhere; } button:hover { background: var(--track); }
button[data-broken="true"] { background: var(--bad-ground); color: var(--bad); border-color: var(--bad); font-weight: 600; }
button:disabled { opacity: .55; cursor: default; }
.tree-frame { overflow: hidden; }
svg.tree-picture { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.edge path { fill: none; stroke: var(--edge); stroke-width: 1.25; opacity: .75; }
.edge.unhealthy path { stroke: var(--bad); stroke-dasharray: 5 4; opacity: .9; }
.edge.lit path { stroke: var(--path); stroke-width: 4.5; opacity: 1; stroke-dasharray: none; }
.edge.lit path.tip { fill: var(--path); stroke: none; }
.edge.lit path.flow { stroke: var(--card); stroke-width: 2; stroke-dasharray: 1 15; stroke-linecap: round; animation: flow 1.4s linear infinite; }
@keyframes flow { from { stroke-dashoffset: 16; } to { stroke-dashoffset: 0; } }
.edge text { font-size: 10.5px; text-anchor: end; fill: var(--soft); paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
.edge.unhealthy text { fill: var(--bad); } .edge.lit text { fill: var(--good); font-weight: 650; }
.group rect { fill: var(--card); stroke: var(--edge); stroke-width: 1.25; }
.group.lit rect { stroke: var(--path); stroke-width: 2.5; fill: var(--path-ground); }
.group text { font-weight: 600; text-anchor: middle; }
.endpoint rect { fill: var(--ground); stroke: var(--rule); stroke-width: 1.25; }
.endpoint rect.stripe { stroke: none; fill: var(--edge); }
.endpoint.healthy rect.stripe { fill: var(--path); } .endpoint.unhealthy rect.stripe { fill: var(--bad); }
.endpoint.broken rect:first-child { fill: url(#hatch-broken); stroke: var(--bad); stroke-dasharray: 4 3; }
.endpoint.lit rect:first-child { stroke: var(--path); stroke-width: 2.5; stroke-dasharray: none; fill: var(--path-ground); }
.endpoint.lit.broken rect:first-child { stroke: var(--bad); fill: var(--bad-ground); }
.endpoint text { paint-order: stroke; stroke: var(--ground); stroke-width: 3px; stroke-linejoin: round; }
.endpoint.lit text { stroke: var(--path-ground); } .endpoint.lit.broken text { stroke: var(--bad-ground); }
.endpoint .place { font-weight: 650; } .endpoint .health { font-size: 11px; fill: var(--soft); }
.endpoint.healthy .health { fill: var(--good); } .endpoint.unhealthy .health, .endpoint.broken .health { fill: var(--bad); }
.endpoint .region, .endpoint .answers { text-anchor: end; font-size: 11px; fill: var(--soft); }
.endpoint .answers { fill: var(--good); font-weight: 700; } .endpoint.lit.broken .answers { fill: var(--bad); }
.drill-tree { border: 0; padding: 0; margin: 0; } .drill-tree .lit > .node > strong, .drill-tree .answers { color: var(--good); font-weight: 700; }
.drill-tree li.lit { border-left: 3px solid var(--path) !important; }
.node > span:last-child:not(:nth-child(2)) { color: inherit; }
svg.drill-timeline { font: 11.5px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
.drill-timeline .head { font-weight: 650; font-size: 12.5px; } .drill-timeline .lane-label { fill: var(--soft); paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round; }
.drill-timeline .grid { stroke: var(--rule); } .drill-timeline .tick { fill: var(--soft); text-anchor: middle; font-size: 10.5px; }
.drill-timeline .track { fill: var(--track); }
.period.healthy { fill: var(--path); opacity: .55; } .period.answers { fill: var(--path); }
.period.unhealthy, .period.broken { fill: url(#hatch-bad); stroke: var(--bad); stroke-width: 1; }
.inside { font-size: 10px; font-weight: 650; fill: var(--serves-ink); pointer-events: none; }
.inside.healthy { fill: var(--ink); } .inside.broken, .inside.unhealthy { fill: var(--bad); paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
.orders.served { fill: var(--path); opacity: .8; } .orders.failed { fill: var(--bad); } .orders.stale { fill: url(#hatch-stale); stroke: var(--stale); stroke-width: .5; }
.hatch-bad-ground { fill: var(--bad-ground); } .hatch-bad-line { stroke: var(--bad); opacity: .55; }
.hatch-stale-ground { fill: var(--card); } .hatch-stale-line { stroke: var(--stale); }
.hatch-broken-ground { fill: var(--ground); } .hatch-broken-line { stroke: var(--bad); opacity: .3; }
.base { stroke: var(--edge); } .mark { stroke: var(--bad); stroke-width: 1.25; stroke-dasharray: 3 3; } .mark.return { stroke: var(--good); }
.now { stroke: var(--now); stroke-width: 1.5; }
.counters { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 0; }
.counters div { background: var(--card); border: 1px solid var(--rule); border-radius: .7rem; padding: .7rem .9rem; }
.counters dt { color: var(--soft); font-size: .875rem; } .counters dd { margin: 0; font-size: 1.5rem; line-height: 1.25; font-weight: 650; font-variant-numeric: tabular-nums; }
.counters .some { color: var(--bad); }
.pair { display: grid; gap: 0 1.5rem; } .pair > * { min-width: 0; }
@media (min-width: 62rem) { .pair { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
.log { list-style: none; margin: 0; padding: 0; font-size: .9375rem; }
.log-frame { max-height: 26rem; overflow-y: auto; }
.log li { display: grid; grid-template-columns: 3rem 5.5rem minmax(0, 1fr); gap: 0 .5rem; padding: .3rem 0; border-top: 1px solid var(--rule); overflow-wrap: anywhere; }
.log li:first-child { border-top: 0; } .log time { color: var(--soft); font-variant-numeric: tabular-nums; } .log strong.soft { color: var(--soft); }
.alert-list { list-style: none; padding: 0; margin: 0; } .alert-list li { padding: .45rem 0 .45rem .75rem; border-left: 3px solid var(--bad); margin-bottom: .5rem; overflow-wrap: anywhere; }
[hidden] { display: none !important; }
tbody th .soft { font-weight: 400; }
.playback { display: flex; flex-wrap: wrap; gap: .6rem .9rem; align-items: center; margin-top: 1rem; }
.playback input[type="range"] { flex: 1 1 14rem; min-width: 0; accent-color: var(--now); }
.gate-form { display: flex; flex-wrap: wrap; gap: .4rem; align-items: end; }
@media (max-width: 40rem) {
  main, header { padding: 0 .85rem; } header { padding-top: 1rem; } .panel { padding: .75rem; }
  .log li { grid-template-columns: 2.75rem minmax(0, 1fr); } .log li span { grid-column: 2; }
  button { flex: 1 1 auto; }
}
@media (max-width: 50rem) {
  .panel .stacked tr { display: flex; flex-wrap: wrap; gap: 0 1rem; } .panel .stacked tbody th { flex: 1 0 100%; }
}
@media (prefers-reduced-motion: reduce) { .edge.lit path.flow { animation: none; } }
`;
