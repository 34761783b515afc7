/** How the page looks, in light and in dark, on wide screens and on narrow ones. */
export const STYLE = `
:root { color-scheme: light dark; --back: #fff; --panel: #f6f7f9; --line: #d4d8df; --text: #1b1f24; --dim: #57606a; --link: #0756b8;
  --good: #17692f; --warn: #8a4b00; --bad: #b3161f; --removed: #ffecec; --added: #e7f7ea; --cut: #ffc9c9; --new: #b3e8bf; --focus: #0756b8; }
@media (prefers-color-scheme: dark) { :root { --back: #14171c; --panel: #1c2128; --line: #3a424d; --text: #e4e8ed; --dim: #a3adb9; --link: #79b4ff;
  --good: #6fd08c; --warn: #f0b35f; --bad: #ff8b87; --removed: #3a1f22; --added: #17321f; --cut: #7a2c32; --new: #1f6133; --focus: #79b4ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1600px; padding: 16px 24px 48px; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 1rem; margin: 0 0 8px; }
h3 { display: inline; font-size: 1rem; margin: 0; overflow-wrap: anywhere; font-weight: 600; }
p { margin: 4px 0; } a { color: var(--link); } .dim, .by, .hint { color: var(--dim); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.hidden:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 16px 0; }
.number-box { display: flex; flex-direction: column-reverse; justify-content: flex-end; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
.number-box dt { color: var(--dim); } .number-box dd { margin: 0; font-size: 1.8rem; font-weight: 650; line-height: 1.2; }
.number-box.migrated dd { color: var(--good); } .number-box.refused dd { color: var(--warn); } .number-box.error dd { color: var(--bad); }
.tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr)); gap: 12px; align-items: start; }
.table { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 12px; }
.table ul { list-style: none; margin: 0; padding: 2px; max-height: 264px; overflow-y: auto; }
.table button { display: grid; grid-template-columns: minmax(0, 1fr) 25% 3.5em; gap: 8px; align-items: center; width: 100%; padding: 3px 6px; text-align: left;
  font: inherit; color: inherit; background: none; border: 0; border-radius: 4px; }
.script .table button { cursor: pointer; } .script .table button:hover { background: var(--line); } .table button[aria-pressed=true] { background: var(--line); font-weight: 600; }
.table .name { overflow-wrap: anywhere; } .bar { height: 8px; background: var(--back); border-radius: 4px; } .bar span { display: block; height: 100%; border-radius: 4px; background: var(--dim); }
.count { text-align: right; font-variant-numeric: tabular-nums; }
#filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; margin: 16px 0; padding: 10px 0; background: var(--back);
  border-bottom: 1px solid var(--line); }
#filters select, #filters button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 4px 8px; max-width: 100%; }
#filters select { max-width: min(22em, 100%); }
#shown { margin-left: auto; color: var(--dim); }
.file { border: 1px solid var(--line); border-radius: 8px; margin: 12px 0; content-visibility: auto; contain-intrinsic-size: auto 60px; scroll-margin-top: 64px; }
.file > summary { padding: 8px 14px; background: var(--panel); border-radius: 8px; cursor: pointer; }
.badge { border: 1px solid; border-radius: 999px; padding: 0 8px; font-size: .85rem; white-space: nowrap; }
.migrated .kind, .badge.migrated { color: var(--good); } .refused .kind, .badge.refused { color: var(--warn); } .error .kind, .badge.error { color: var(--bad); }
.kind { font-weight: 600; } .items { list-style: none; margin: 0; padding: 6px 14px; }
.item { padding: 4px 0 4px 70px; position: relative; overflow-wrap: anywhere; } .item > .place { position: absolute; left: 0; width: 60px; text-align: right; }
.place { color: var(--dim); font-variant-numeric: tabular-nums; } .note .place { margin-right: .6em; } .lines { white-space: pre-wrap; }
.item pre { margin: 4px 0; padding: 4px 8px; background: var(--panel); border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; }
pre, .diff { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; tab-size: 4; }
.diff { width: 100%; border-collapse: collapse; table-layout: fixed; border-top: 1px solid var(--line); }
.diff .hunk th { text-align: left; font-weight: normal; color: var(--dim); background: var(--panel); padding: 2px 14px; }
.diff col:nth-child(odd) { width: 52px; } .diff .number { padding: 0 8px; text-align: right; color: var(--dim); vertical-align: top; user-select: none; }
.diff .code { padding: 0 8px; white-space: pre-wrap; overflow-wrap: anywhere; vertical-align: top; }
.removed { background: var(--removed); } .added { background: var(--added); } .none { background: var(--panel); }
del, ins { text-decoration: none; border-radius: 2px; } del { background: var(--cut); } ins { background: var(--new); }
.removed::before { content: "- "; color: var(--bad); } .added::before { content: "+ "; color: var(--good); } td.same::before { content: "  "; }
@media (max-width: 800px) {
  body { padding: 12px 12px 32px; } #filters { position: static; } #filters label { flex: 1 1 100%; display: grid; grid-template-columns: 6em minmax(0, 1fr); align-items: center; }
  #filters select { max-width: 100%; width: 100%; } #shown { margin-left: 0; }
  .diff colgroup { display: none; } .diff, .diff tbody, .diff tr { display: block; } .diff .hunk th { display: block; }
  .diff tr:not(.hunk) { display: grid; grid-template-columns: 44px minmax(0, 1fr); }
  .diff .number { padding: 0 6px; } .diff .none, .diff .number:empty, .diff tr.same td:nth-child(n + 3) { display: none; }
  .item { padding-left: 62px; } .item > .place { width: 54px; font-size: .9rem; }
}
@media print { #filters { display: none; } .file { break-inside: auto; content-visibility: visible; } }
`;
