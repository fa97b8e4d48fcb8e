import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {PersonState} from '../../core/directory/people.js';
import type {Party} from '../../core/types.js';
import {ellipsisIcon, phoneIncomingIcon} from '../shared/icons/later.js';
import {usersIcon} from '../shared/icons/phone.js';
import {sirenIcon, xIcon} from '../shared/icons.js';
import {nameOf} from '../shared/people/people.js';
import {stateWord} from '../shared/people/state-word.js';
import {gripVerticalIcon, rotateCcwIcon} from './icons.js';
import type {KeyBond} from './key-calls.js';
import type {GroupCount} from './key-people.js';

/** What a key shows. */
export interface KeyView {
  readonly id: string;
  readonly party: Party;
  readonly group: boolean;
  /** Whether it is the user's own. */
  readonly own: boolean;
  readonly removed: boolean;
  readonly state: PersonState | undefined;
  /** How many members of a group are online. */
  readonly count: GroupCount | undefined;
  /** The call that the user has with them. */
  readonly bond: KeyBond | undefined;
  /** Whether a press answers the call that rings at the person. */
  readonly picksUp: boolean;
  /** The class while it is dragged. */
  readonly look: string;
  readonly selected: boolean;
  /** Whether Tab leads to it. */
  readonly cursor: boolean;
  readonly arranging: boolean;
  /** Why it can do nothing now. */
  readonly reason: string | undefined;
  /** The menu that its button opens. */
  readonly menu: Element | null;
  readonly localize: LocalizeController;
}

const BONDS = {
  sos: 'sosCall',
  waiting: 'callsYou',
  calling: 'calling',
  connected: 'withYou',
  held: 'held',
} as const;

/** Renders a key: a cell of a grid. */
export function renderKey(view: KeyView): TemplateResult {
  const {id, party, group, state, bond, picksUp, removed, arranging, reason, localize} = view;
  const {number} = party;
  const name = nameOf(party, localize);
  const word = wordOf(view);
  const rings = bond === 'waiting' || bond === 'sos';
  const numbered = name !== number;
  const label = localize.listed([
    rings ? localize.term('answerName', name) : picksUp ? localize.term('pickUpFor', name) : name,
    ...(group && !arranging ? [word, number] : [numbered ? number : '', word]),
    group ? localize.term('groupKey') : '',
    removed ? localize.term('removed', name) : '',
  ]);
  const classes = [
    group ? 'group' : 'person',
    state ?? '',
    bond ? `bond ${bond}` : picksUp ? 'picks-up' : '',
    view.selected ? 'selected' : '',
    removed ? 'removed' : '',
    view.look,
  ];
  return html`<div
    part="key"
    class="key ${classes.filter(Boolean).join(' ')}"
    role="gridcell"
    tabindex=${view.cursor ? 0 : -1}
    data-id=${id}
    data-number=${number}
    draggable=${!arranging && !group && !view.own ? 'true' : nothing}
    aria-selected=${view.own ? nothing : view.selected ? 'true' : 'false'}
    aria-disabled=${reason || removed ? 'true' : nothing}
    aria-label=${label}
    title=${localize.listed([name, numbered ? number : '', word, reason ?? ''])}
  >
    <span class="top"
      >${arranging && !removed ? html`<span class="grip">${gripVerticalIcon}</span>` : signOf(view)}
      <bdi class="line name">${name}</bdi></span
    >
    <span class="below"
      >${(group && !arranging) || !numbered ? nothing : html`<bdi class="line number">${number}</bdi>`}
      ${arranging ? nothing : html`<span class="line word">${word}</span>`}</span
    >
    ${arranging ? removeButton(view, name) : view.own ? nothing : moreButton(view, name)}
  </div>`;
}

/** The lamp of a person, the sign of a group, or that of a call that rings. */
function signOf({group, state, bond}: KeyView): TemplateResult {
  if (bond === 'sos') return sirenIcon;
  if (bond === 'waiting') return phoneIncomingIcon;
  return group ? usersIcon : html`<i class="lamp ${state ?? ''}"></i>`;
}

function wordOf({own, group, state, count, bond, picksUp, removed, localize}: KeyView): string {
  if (removed) return '';
  if (own) return localize.term('you');
  if (group && bond) return localize.term('conference');
  if (bond) return localize.term(BONDS[bond]);
  if (picksUp) return localize.term('pickUp');
  if (group) return count ? localize.term('onlineOf', String(count.online), String(count.all)) : '';
  return state ? stateWord(state, localize) : '';
}

function moreButton({localize, menu}: KeyView, name: string): TemplateResult {
  const label = localize.term('moreFor', name);
  return html`<button
    part="more"
    class="more"
    type="button"
    tabindex="-1"
    .popoverTargetElement=${menu}
    aria-haspopup="menu"
    aria-label=${label}
    title=${label}
  >
    ${ellipsisIcon}
  </button>`;
}

function removeButton({localize, removed}: KeyView, name: string): TemplateResult {
  const label = localize.term(removed ? 'putKeyBack' : 'remove', name);
  return html`<button
    part=${removed ? 'put-back' : 'remove'}
    class="remove"
    type="button"
    tabindex="-1"
    aria-label=${label}
    title=${label}
  >
    ${removed ? rotateCcwIcon : xIcon}
  </button>`;
}
