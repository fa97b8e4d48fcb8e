import {html, nothing, type TemplateResult} from 'lit';
import type {Party} from '../../../core/types.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import {repeat} from '../repeat.js';

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

/** Renders a person's picture over the initials of an avatar, once it is loaded: one that is blocked leaves them. */
export function pictureOf({picture}: Party): unknown {
  // A new picture is a new element: the old one would stay until the new one has come.
  return repeat(
    picture ? [picture] : [],
    (url) => url,
    (url) =>
      html`<img
        hidden
        alt=""
        src=${url}
        draggable="false"
        @load=${({target}: Event) => ((target as HTMLElement).hidden = false)}
      />`,
  );
}

/** Renders the avatar of a row: the initials, and over them the picture. */
export function avatar(party: Party, look = ''): TemplateResult {
  return html`<span class="avatar ${look}" aria-hidden="true">${initialsOf(party)}${pictureOf(party)}</span>`;
}

/** Renders a person's name as a link to the page about them, in another tab, so that calls do not end; or without a link. */
export function personLink({href}: Party, name: unknown): unknown {
  return href
    ? html`<a part="person" class="person-link" href=${href} target="_blank" rel="noopener">${name}</a>`
    : name;
}

/** Returns name, number and detail for a tooltip. The number stays in order beside a name written from right to left. */
export function titleOf(party: Party, localize: LocalizeController): string {
  const name = nameOf(party, localize);
  const text = !party.number || name === party.number ? name : `${name} \u2068${party.number}\u2069`;
  return party.detail ? `${text}\n${party.detail}` : text;
}

/**
 * Renders name and number on one line, the number only if it fits whole; only the number if there is no name.
 *
 * @param linked - Whether the name leads to the page about the person.
 */
export function nameLine(party: Party, localize: LocalizeController, linked = false): TemplateResult {
  const name = nameOf(party, localize);
  const number = name === party.number ? '' : party.number;
  return html`<span class="line party" title=${titleOf(party, localize)}
    ><bdi class="name">${linked ? personLink(party, name) : name}</bdi>${
      number ? html` <bdi class="quiet number">${number}</bdi>` : nothing
    }</span
  >`;
}
