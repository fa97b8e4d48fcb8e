import {html} from 'lit';

/** How much of a text is shown before the first place that was searched for, and after it. */
const BEFORE = 24;
const AFTER = 160;

/** Returns the part of a text around the first place that was searched for, which is marked. */
export function marked(text: string, wanted: string): unknown {
  const at = text.toLocaleLowerCase().indexOf(wanted.toLocaleLowerCase());
  if (at < 0) return text.slice(0, AFTER);
  const end = at + wanted.length;
  const start = Math.max(0, at - BEFORE);
  return html`${start ? '…' : ''}${text.slice(start, at)}<mark>${text.slice(at, end)}</mark>${text.slice(
    end,
    end + AFTER,
  )}`;
}
