import {html, nothing, type TemplateResult} from 'lit';
import type {Party} from '../../../core/types.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';

/** Returns the name of a party, or else the number. */
export function nameOf({name, number}: Party, localize: LocalizeController): string {
  return name || number || localize.term('unknown');
}

/** Returns the names of several people as a list, in which each keeps its direction. */
export function namesOf(people: readonly Party[], localize: LocalizeController): string {
  const names = people.map((party) => localize.isolated(nameOf(party, localize)));
  return new Intl.ListFormat(localize.lang()).format(names);
}

/** Returns one or two characters for an avatar: 李 for 李雷, ZM for Zhao Min, 07 for 1007. */
export function initialsOf({name, number}: Party): string {
  const text = (name || number).trim();
  const signs = Array.from(text);
  if (/^[+\d*#]+$/.test(text)) return signs.slice(-2).join('');
  // The first character identifies a Chinese, Japanese or Korean name.
  if (/^[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]/.test(text)) return signs[0]!;
  const words = text.split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  // Letters that would join into another word stay apart.
  const between = /[\u0600-\u06ff]/.test(text) ? '\u200c' : '';
  return chosen.map((word) => Array.from(word)[0]!.toUpperCase()).join(between);
}

/** Returns name and number for a tooltip. The number stays in order beside a name that is written from right to left. */
export function titleOf(party: Party, localize: LocalizeController): string {
  const name = nameOf(party, localize);
  return !party.number || name === party.number ? name : `${name} \u2068${party.number}\u2069`;
}

/** Renders name and number on one line, the number only if it fits whole; only the number if there is no name. */
export function nameLine(party: Party, localize: LocalizeController): TemplateResult {
  const name = nameOf(party, localize);
  const number = name === party.number ? '' : party.number;
  return html`<span class="line party" title=${titleOf(party, localize)}
    ><bdi class="name">${name}</bdi>${
      number ? html` <bdi class="quiet number">${number}</bdi>` : nothing
    }</span
  >`;
}
