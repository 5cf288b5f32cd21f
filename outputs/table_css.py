"""The style sheet of official tables, made from the colours of one theme."""

from __future__ import annotations

from typing import Final

from outputs.theme import TYPE, Palette

# Everything is scoped to .dd-official, since Streamlit's own styles stand on the same page. The
# sheet never holds "<", which the sanitiser of st.html would take for smuggled markup.
_SHEET: Final = """
.dd-official { color: VAR_INK; font-size: VAR_SIZEpx; line-height: 1.28; }
.dd-official .dd-region { position: relative; overflow: auto; max-height: max(88vh, 480px); border: 1px solid VAR_LINE;
  border-radius: 6px; background: VAR_PAGE; }
.dd-official .dd-region:focus-visible, .dd-official td:focus-visible {
  outline: 2px solid VAR_ACCENT; outline-offset: -2px; }
.dd-official td:focus-visible { outline-offset: 0; }
.dd-official table { border-collapse: separate; border-spacing: 0; width: 100%; margin: 0;
  table-layout: fixed; min-width: var(--dd-least); font-variant-numeric: tabular-nums; }
.dd-official caption { caption-side: top; text-align: start; font-weight: 600; padding: 3px 6px;
  color: VAR_INK; background: VAR_PAGE; border-bottom: 1px solid VAR_LINE; }
.dd-official th, .dd-official td { position: relative; padding: 3px 6px; border: 0 solid VAR_LINE;
  border-width: 0 1px 1px 0; font-weight: 400; color: VAR_INK; background: VAR_PAGE;
  vertical-align: middle; }
.dd-official tr th.dd-end, .dd-official tr td.dd-end { border-right-width: 0; }
.dd-official tbody:last-child tr:last-child > * { border-bottom-width: 0; }
.dd-official .dd-head, .dd-official .dd-title { background: VAR_PANEL; text-align: center;
  text-wrap: balance; }
.dd-official .dd-title { font-weight: 600; }
.dd-official .dd-label { text-align: start; }
.dd-official .dd-group { text-align: center; padding: 3px; line-height: 1.45; }
.dd-official thead { position: sticky; top: 0; z-index: 3; }
.dd-official td { text-align: right; }
.dd-official .dd-shown { white-space: nowrap; }
.dd-official td.dd-words { overflow-wrap: anywhere; text-align: start; }
.dd-official td.dd-words .dd-shown { white-space: normal; }
.dd-official .dd-total { position: sticky; right: 0; z-index: 1; border-left-width: 1px; }
.dd-official thead .dd-total { z-index: 4; }
.dd-official .dd-zero { color: VAR_MUTED; }
.dd-official .dd-unknown { color: VAR_NOTE; font-weight: 700; }
.dd-official .dd-noted:not(.dd-suspect, .dd-unknown) .dd-shown { text-decoration: underline dotted VAR_MUTED 1px;
  text-underline-offset: 3px; }
.dd-official .dd-left { background: VAR_LEFT; box-shadow: inset 0 -2px 0 VAR_ACCENT; }
.dd-official .dd-right { background: VAR_RIGHT; box-shadow: inset 0 2px 0 VAR_ACCENT; }
.dd-official .dd-doubt { box-shadow: inset 0 0 0 1px VAR_NOTE; }
.dd-official .dd-suspect { background: VAR_ERROR_TINT; color: VAR_ERROR; font-weight: 700;
  box-shadow: inset 0 0 0 2px VAR_ERROR; }
.dd-official .dd-differs { box-shadow: inset 0 0 0 2px VAR_ERROR; font-weight: 700; }
.dd-official .dd-differs.dd-lit { background: VAR_ERROR_TINT; }
.dd-official .dd-unequal { color: VAR_ERROR; }
.dd-official .dd-other { display: inline-block; white-space: nowrap; }
.dd-official .dd-beside { color: VAR_MUTED; font-weight: 400; }
.dd-official .dd-mark { font-weight: 400; margin-inline-end: 2px; }
.dd-official .dd-hidden, .dd-official .dd-tip { position: absolute; width: 1px; height: 1px;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.dd-official .dd-hidden { user-select: none; }
.dd-official td:hover, .dd-official td:focus-within { z-index: 5; }
.dd-official td:hover > .dd-tip, .dd-official td:focus-within > .dd-tip { width: max-content;
  max-width: min(320px, 80vw); height: auto; clip-path: none; overflow: visible; z-index: 5;
  padding: 6px 8px; border: 1px solid VAR_LINE; border-radius: 6px; background: VAR_PAGE;
  color: VAR_INK; font-weight: 400; text-align: start; white-space: normal; top: calc(100% + 2px);
  left: 0; box-shadow: 0 2px 8px rgb(0 0 0 / 25%); }
.dd-official td.dd-up > .dd-tip { top: auto; bottom: calc(100% + 2px); }
.dd-official td.dd-back > .dd-tip { left: auto; right: 0; }
@supports (anchor-scope: --dd-cell) and (position-area: end) {
  .dd-official td.dd-noted { anchor-name: --dd-cell; anchor-scope: --dd-cell; }
  .dd-official td.dd-noted:hover > .dd-tip, .dd-official td.dd-noted:focus-within > .dd-tip {
    position: fixed; inset: auto; margin: 2px; position-anchor: --dd-cell;
    position-area: bottom span-right;
    position-try-fallbacks: flip-block, flip-inline, flip-block flip-inline; }
}
.dd-official .dd-tip span { display: block; }
.dd-official .dd-tip a { display: none; color: VAR_ACCENT; padding: 6px 0; }
.dd-official .dd-go { display: block; margin: -3px -6px; padding: 3px 6px; color: inherit;
  text-decoration: none; }
.dd-official .dd-go:focus-visible { outline: 2px solid VAR_ACCENT; outline-offset: 0; }
.dd-official td:has(.dd-go):hover { cursor: pointer; }
.dd-official .dd-pen { color: VAR_ACCENT; white-space: nowrap; }
.dd-official .dd-repair { display: inline-block; color: VAR_ACCENT; font-weight: 700;
  white-space: nowrap; }
.dd-official .dd-go:has(.dd-repair) > .dd-mark { display: none; }
.dd-official .dd-was { color: VAR_MUTED; font-weight: 400; white-space: nowrap; }
.dd-official .dd-fate { font-size: 11px; margin-inline-start: 2px; font-weight: 400; }
.dd-official td[class*="dd-fate-"] { font-weight: 700; white-space: nowrap; }
.dd-official .dd-fate-mended { box-shadow: inset 0 0 0 1px VAR_GOOD; }
.dd-official .dd-fate-mended .dd-fate { color: VAR_GOOD; }
.dd-official .dd-fate-other { background: VAR_NOTE_TINT; box-shadow: inset 0 0 0 1px VAR_NOTE; }
.dd-official .dd-fate-other .dd-fate { color: VAR_NOTE; }
.dd-official .dd-fate-new, .dd-official .dd-fate-still { background: VAR_ERROR_TINT; color: VAR_ERROR;
  box-shadow: inset 0 0 0 2px VAR_ERROR; }
.dd-official .dd-picked { box-shadow: inset 0 0 0 2px VAR_ACCENT; background: VAR_RIGHT; }
.dd-official .dd-weighed { box-shadow: none; outline: 2px dashed VAR_ACCENT; outline-offset: -2px; }
.dd-official .dd-typed, .dd-official .dd-sign-typed { background-image:
  linear-gradient(to bottom left, VAR_ACCENT 6px, transparent 6px); background-size: 9px 9px;
  background-repeat: no-repeat; background-position: top right; }
@media (hover: none) {
  .dd-official .dd-noted > .dd-go { pointer-events: none; }
  .dd-official .dd-tip a { display: block; }
}
.dd-official .dd-legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 6px 0 0;
  padding: 0; list-style: none; color: VAR_MUTED; }
.dd-official .dd-legend li { display: flex; align-items: center; gap: 6px; margin: 0; padding: 0;
  font-size: VAR_SIZEpx; }
.dd-official .dd-sign { display: inline-block; box-sizing: border-box; min-width: 24px;
  height: 20px; line-height: 18px; text-align: center; border: 1px solid VAR_LINE;
  border-radius: 4px; color: VAR_INK; }
.dd-official .dd-sign-zero { color: VAR_MUTED; }
.dd-official .dd-sign-unknown { color: VAR_NOTE; font-weight: 700; }
.dd-official .dd-sign-suspect { color: VAR_ERROR; border: 2px solid VAR_ERROR; line-height: 16px; }
.dd-official .dd-sign-beside { padding: 0 4px; border: 2px solid VAR_ERROR; line-height: 16px; font-weight: 700; }
.dd-official .dd-sign-same { padding: 0 4px; }
.dd-official .dd-sign-doubt { border-color: VAR_NOTE; }
.dd-official .dd-sign-corrected { padding: 0 4px; }
.dd-official .dd-sign-weighed { padding: 0 4px; color: VAR_ACCENT; border: 2px dashed VAR_ACCENT; }
.dd-official .dd-absent { margin: 0; padding: 12px 14px; border-radius: 6px; color: VAR_NOTE;
  background: VAR_NOTE_TINT; font-size: 14px; }
@media (max-width: 640px) {
  .dd-official th, .dd-official td { padding: 3px 4px; }
  .dd-official .dd-go { margin: -3px -4px; padding: 3px 4px; }
  .dd-official .dd-applications { min-width: max(560px, var(--dd-least)); }
  .dd-official .dd-total { position: relative; }
  .dd-official .dd-disputes { min-width: max(760px, var(--dd-least)); }
}
@media print {
  .dd-official, .dd-official * { color: #000; }
  .dd-official .dd-region { overflow: visible; max-height: none; border-color: #000; }
  .dd-official thead, .dd-official .dd-total { position: static; }
  .dd-official caption, .dd-official th, .dd-official td { background: none; border-color: #000; }
  .dd-official tr { break-inside: avoid; }
  .dd-official .dd-left, .dd-official .dd-right, .dd-official .dd-doubt { box-shadow: none; }
  .dd-official .dd-suspect, .dd-official .dd-differs { box-shadow: none; outline: 2px solid #000; outline-offset: -3px; }
  .dd-official td > .dd-tip, .dd-official .dd-repair { display: none; }
}
"""


def table_css(colours: Palette) -> str:
    """Return the rules for `outputs.table_html`, for screen and for black-and-white print."""
    values = {
        "VAR_SIZE": format(TYPE.table, "g"),
        "VAR_INK": colours.ink,
        "VAR_MUTED": colours.muted,
        "VAR_LINE": colours.line,
        "VAR_PANEL": colours.panel,
        "VAR_PAGE": colours.page,
        "VAR_ACCENT": colours.accent,
        "VAR_LEFT": colours.left,
        "VAR_RIGHT": colours.right,
        "VAR_ERROR_TINT": colours.error_tint,
        "VAR_ERROR": colours.error,
        "VAR_NOTE_TINT": colours.note_tint,
        "VAR_NOTE": colours.note,
        "VAR_GOOD": colours.good,
    }
    sheet = _SHEET
    for name, value in values.items():
        sheet = sheet.replace(name, value)
    return sheet.strip()
