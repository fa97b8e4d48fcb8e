import {html, nothing, type TemplateResult} from 'lit';
import type {Party} from '../../../core/types.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';

/** What somebody is called: the name, or else the number. */
export function nameOf({name, number}: Party, localize: LocalizeController): string {
  return name || number || localize.term('unknown');
}

/** One or two signs that stand for somebody: 李 for 李雷, ZM for Zhao Min, 07 for 1007. */
export function initialsOf({name, number}: Party): string {
  const text = (name || number).trim();
  const signs = Array.from(text);
  if (/^[+\d*#]+$/.test(text)) return signs.slice(-2).join('');
  // Chinese, Japanese and Korean names are known by their first sign.
  if (/^[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]/.test(text)) return signs[0]!;
  const words = text.split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return chosen.map((word) => Array.from(word)[0]!.toUpperCase()).join('');
}

/** Name and number on one line; the number alone once where there is no name. */
export function nameLine(party: Party, localize: LocalizeController): TemplateResult {
  const name = nameOf(party, localize);
  const number = name === party.number ? '' : party.number;
  return html`<span class="line" title=${number ? `${name} ${number}` : name}
    ><bdi class="name">${name}</bdi
    >${number ? html` <bdi class="quiet number">${number}</bdi>` : nothing}</span
  >`;
}
