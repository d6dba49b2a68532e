/** The rows of a table as blocks below one another, for which each cell names its column. */
const rowsAsBlocks = (table: string): string => `
  ${table} thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  ${table} tr { display: block; border-top: 1px solid var(--rule); padding: .5rem 0; }
  ${table} th, ${table} td { display: flex; overflow-wrap: anywhere; flex-wrap: wrap; gap: 0 .6ch; border: 0; padding: .05rem 0; text-align: left; }
  ${table} td.empty { display: none; } ${table} td > div:not(:last-child)::after { content: ","; }
  ${table} td[data-label]::before { content: attr(data-label) ":"; color: var(--soft); }
`;

/**
 * The style sheet of the page. Colours have a contrast of at least 4.5 : 1 for text and 3 : 1 for
 * shapes on both backgrounds (WCAG 2.2, 1.4.3 and 1.4.11), and hatching repeats the differences in
 * colour.
 */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #fbfaf7; --card: #ffffff; --ink: #23211e; --soft: #635d55; --rule: #e2ddd3;
  --track: #f1eee7; --serves: #2f7d5b; --serves-ink: #ffffff; --notices: #c0392b; --notices-2: #a42f22;
  --spreads: #d98324; --expires: #e3a53c; --promise: #3d4fb3; --good: #1f6b4a; --good-ground: #e4f2ea;
  --bad: #a3271a; --bad-ground: #fbe7e3;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #181715; --card: #211f1c; --ink: #eeeae2; --soft: #b0a89c; --rule: #3a362f;
    --track: #2b2824; --serves: #58b389; --serves-ink: #10231a; --notices: #ef7b6c; --notices-2: #c95a4c;
    --spreads: #e9a04a; --expires: #efc268; --promise: #a5b1ff; --good: #86d3ae; --good-ground: #1d3328;
    --bad: #ff9d90; --bad-ground: #41211c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
main, header, nav { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 2.5rem; }
h1 { font-size: clamp(1.5rem, 1.1rem + 2vw, 2.25rem); line-height: 1.15; margin: 0 0 .5rem; letter-spacing: -.015em; }
h2 { font-size: 1.35rem; margin: 3rem 0 0; letter-spacing: -.01em; } h2, h3, h4 { overflow-wrap: anywhere; }
h2 small { font-weight: 400; color: var(--soft); font-size: 1rem; display: inline-block; }
h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; } h4 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
h2, h3, h4 { scroll-margin-top: 1rem; }
a { color: var(--promise); }
.contents { margin-top: 1.25rem; } .contents ul { list-style: none; margin: 0; padding: 0; }
.contents li { padding: .1rem 0; } .contents > ul > li > a { font-weight: 600; margin-right: .75rem; }
.contents ul ul { display: inline; } .contents ul ul li { display: inline-block; margin-right: .75rem; }
p { margin: .5rem 0; max-width: 68ch; } h1, p, li, caption, figcaption { overflow-wrap: anywhere; }
.whole { display: inline-block; max-width: 100%; } td .good, td .bad { white-space: nowrap; }
caption.said { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
.soft { color: var(--soft); }
.verdict { display: inline-block; padding: .35rem .8rem; border-radius: .4rem; font-weight: 600; }
.good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
.verdict.good { background: var(--good-ground); } .verdict.bad { background: var(--bad-ground); }
.verdict.unknown { background: var(--card); border: 1px solid var(--rule); }
.panels { display: grid; gap: 1rem; margin: .75rem 0; }
@media (min-width: 40rem) { .panels { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@media (min-width: 74rem) { .panels { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
figure { display: grid; grid-template-rows: 1fr auto; margin: 0; background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; padding: .75rem .5rem .6rem; }
figcaption { padding: 0 .25rem .35rem; line-height: 1.35; }
figcaption strong { display: block; }
figcaption > span { color: var(--soft); font-size: .875rem; } figcaption > .move { display: block; color: var(--ink); }
.panels .legend { grid-column: 1 / -1; margin: 0; padding: .25rem .75rem; order: -1; }
@media (min-width: 40rem) and (max-width: 73.99rem) { .panels .legend:nth-child(even) { grid-column: auto; order: 0; flex-direction: column; } }
@media (min-width: 74rem) { .panels .legend:nth-child(3n), .panels .legend:nth-child(3n + 2) { grid-column: auto; order: 0; flex-direction: column; } }
.area { fill: var(--track); stroke: var(--rule); } .area.lost { stroke: var(--bad); stroke-dasharray: 5 3; }
:where(rect.place) { fill: var(--card); stroke: var(--soft); } .place-name { font-weight: 600; }
.at-answers { fill: var(--good-ground); stroke: var(--good); stroke-width: 2; }
.at-dead, .at-lost { fill: var(--bad-ground); stroke: var(--bad); stroke-dasharray: 5 3; }
.word-answers { fill: var(--good); font-weight: 600; } .word-lost, .word-dead { fill: var(--bad); font-weight: 600; } .word-idle { fill: var(--soft); }
.way { fill: none; stroke: var(--soft); } .way.lit { stroke: var(--good); } .arrow { fill: var(--good); }
svg { display: block; width: 100%; height: auto; font: 11px system-ui, sans-serif; fill: var(--ink); }
svg.defs { position: absolute; width: 0; height: 0; }
.track { fill: var(--track); } .track.down { fill: url(#hatch-down); }
.serves { fill: var(--serves); } .arrives, .leaves { fill: var(--serves); opacity: .8; }
.notices { fill: url(#hatch-notices); } .dead { fill: url(#hatch-notices); }
.spreads { fill: var(--spreads); } .expires { fill: url(#dots-expires); }
.in { text-anchor: middle; fill: var(--serves-ink); font-size: 10px; font-weight: 600; }
.notices + .in, .dead + .in { fill: var(--ink); paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
.name { font-weight: 600; }
.name, .arrival, .promise text { paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round; }
.arrival { text-anchor: end; fill: var(--good); font-size: 10px; font-weight: 600; }
.axis line { stroke: var(--soft); } .axis .grid { stroke: var(--soft); opacity: .4; }
.axis text { fill: var(--soft); text-anchor: middle; font-size: 10px; } .axis .unit { text-anchor: end; }
.moment { stroke: var(--ink); stroke-width: 1.5; }
.promise path { stroke: var(--promise); stroke-width: 1.5; stroke-dasharray: 4 3; }
.promise text { fill: var(--promise); text-anchor: end; font-size: 10px; font-weight: 600; }
.curve { fill: none; stroke: var(--promise); stroke-width: 2; stroke-linejoin: round; }
.dot { fill: var(--promise); } .dot.now { fill: var(--card); stroke: var(--promise); stroke-width: 2.5; }
.axis .dollars { text-anchor: start; } .axis .row { text-anchor: start; font-weight: 600; }
.now-label { fill: var(--promise); font-size: 10px; font-weight: 600; paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round; }
.range { stroke: var(--promise); stroke-width: 4; stroke-linecap: round; opacity: .45; } .range.now { opacity: 1; }
.range-label { fill: var(--ink); font-size: 9px; paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round; }
.curve-figure { max-width: 30rem; margin: 1rem 0; }
.tree, .tree ul { list-style: none; margin: 0; padding: 0; }
.tree { background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; padding: .6rem .75rem; margin: .75rem 0; font-size: .9375rem; }
.tree ul { padding-left: .45rem; }
.tree ul > li { position: relative; padding-left: 1rem; border-left: 1px solid var(--soft); }
.tree ul > li:last-child { border-color: transparent; }
.tree ul > li::before { content: ""; position: absolute; left: -1px; top: 0; width: .75rem; height: .95rem; border-left: 1px solid var(--soft); border-bottom: 1px solid var(--soft); }
.node { display: flex; flex-wrap: wrap; gap: 0 .75rem; padding: .1rem 0; overflow-wrap: anywhere; }
.node > span { min-width: 0; } .node > span:last-child:not(:nth-child(2)) { color: var(--soft); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: .75rem 0; list-style: none; font-size: .875rem; color: var(--soft); }
.legend svg { display: inline-block; width: 1.75rem; height: .8rem; vertical-align: -.05rem; margin-right: .4rem; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .35rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--rule); }
thead th { border-top: 0; color: var(--soft); font-weight: 500; font-size: .875rem; }
tbody th, tfoot th, tfoot td { font-weight: 600; }
td, tbody th { overflow-wrap: anywhere; } tbody th { min-width: 8rem; } td.prose { min-width: 9rem; } details td.prose { width: 45%; } td.text { min-width: 6rem; }
table + table, p + table, .panels + table, .tree + table { margin-top: 1.25rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font: .875rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
td code { overflow-wrap: anywhere; }
details { margin: .5rem 0; } summary { cursor: pointer; padding: .25rem 0; }
:focus-visible { outline: 2px solid var(--promise); outline-offset: 2px; }
main { padding-bottom: 2.5rem; }
@media screen and (max-width: 50rem) { ${rowsAsBlocks(".stacked")} }
@media screen and (max-width: 62rem) { ${rowsAsBlocks(".stacked.wide")} }
@page { size: A4; margin: 15mm 14mm; }
@media print {
  :root { color-scheme: light; --ground: #ffffff; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10pt; line-height: 1.4; }
  main, header, nav { max-width: none; padding: 0; } header { padding-top: 0; }
  h1 { font-size: 18pt; } h2 { font-size: 14pt; margin-top: 1.5rem; } h3 { font-size: 11pt; margin-top: 1.25rem; }
  h1, h2, h3, h4, caption, summary, thead { break-after: avoid; }
  figure, .tree, tr, li, p, caption, .legend { break-inside: avoid; }
  p, li { orphans: 3; widows: 3; }
  table { font-size: 9pt; } thead th { font-size: 1em; } code { font-size: .9em; }
  th, td { padding: .2rem .75rem .2rem 0; } td:not(.prose), td code { overflow-wrap: break-word; } td.prose { min-width: 6rem; } td.text { min-width: 4.5rem; } tbody th { min-width: 5rem; }
  table:not(:has(tbody tr:nth-child(13))) { break-inside: avoid; }
  .wide, details table { font-size: 7.5pt; } .wide .number { white-space: normal; } td.prose { width: 40%; } tfoot { display: table-row-group; }
  details:not([open]) > summary::after { content: " (not printed: expand it on the page first)"; font-weight: 400; }
  summary { list-style: none; font-weight: 600; } summary::-webkit-details-marker { display: none; }
  a { color: inherit; text-decoration: none; }
}
`;
