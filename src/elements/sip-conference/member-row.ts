import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {ConferenceMember} from '../../core/conference/conference-member.js';
import {ellipsisIcon, micIcon, micOffIcon, rotateCwIcon, xIcon} from '../shared/icons.js';
import {initialsOf, nameOf} from '../shared/people/people.js';
import {earIcon, earOffIcon, pinIcon} from './icons.js';
import type {MemberAction} from './member-commands.js';
import {memberTexts, talks} from './member-text.js';

/** The properties of a row. */
export interface MemberRowContext {
  readonly localize: LocalizeController;
  /** The position among all members, from 1. */
  readonly place: number;
  /** Whether the cursor is on the row. */
  readonly active: boolean;
  /** Whether the member is this user. */
  readonly own: boolean;
  readonly actions: readonly MemberAction[];
  readonly isPending: (action: MemberAction) => boolean;
  readonly onAct: (member: ConferenceMember, action: MemberAction) => void;
  /** Called when the row's menu opens. */
  readonly onMenu: (member: ConferenceMember) => void;
}

/** Returns the id of a row's element. */
export function rowId(number: string): string {
  return `member-${encodeURIComponent(number)}`;
}

/** Renders a member: name, state and actions. */
export function memberRow(member: ConferenceMember, context: MemberRowContext): TemplateResult {
  const {localize, place, active, own, actions} = context;
  const {number, phase} = member;
  const name = nameOf(member, localize);
  const id = rowId(number);
  return html`<div
    id=${id}
    part="member"
    class="member ${phase} ${active ? 'active' : ''}"
    role="row"
    data-number=${number}
    aria-rowindex=${place}
    aria-selected=${active ? 'true' : 'false'}
    aria-labelledby="${id}-words"
  >
    <span class="who" role="gridcell">
      <span
        class="avatar ${talks(member) ? 'talks' : ''}"
        aria-hidden="true"
        data-initials=${initialsOf(member)}
      ></span>
      <span id="${id}-words" class="words">
        <span class="line" title=${name === number ? name : `${name} ${number}`}
          ><bdi class="name">${name}</bdi></span
        >
        <span class="quiet state">
          ${memberTexts(member, localize).map(
            (text, index) =>
              html`<span class="word ${!index && talks(member) ? 'talks' : ''}">${text}</span>`,
          )}
          ${own ? html`<span class="word">${localize.term('you')}</span>` : nothing}
          ${name === number ? nothing : html`<bdi class="line number">${number}</bdi>`}
        </span>
      </span>
    </span>
    ${
      actions.length
        ? html`<span class="acts" role="gridcell">
            ${actions.map((action) => memberButton(action, member, context))}
            ${actions.length > 1 ? menuButton(member, context) : nothing}
          </span>`
        : nothing
    }
  </div>`;
}

/** Renders the button of an action; in the row's menu it has text. */
export function memberButton(
  action: MemberAction,
  member: ConferenceMember,
  context: Pick<MemberRowContext, 'localize' | 'active' | 'isPending' | 'onAct'>,
  inMenu = false,
): TemplateResult {
  const {localize, active, isPending, onAct} = context;
  const {name, icon, on} = lookOf(action, member, localize);
  const pending = isPending(action);
  return html`<button
    part=${inMenu ? `menu-${action}` : action}
    class="${inMenu ? 'control' : 'act plain'} ${on ? 'on' : ''} ${action} ${pending ? 'pending' : ''}"
    type="button"
    tabindex=${active ? '0' : '-1'}
    aria-label=${inMenu ? nothing : name}
    title=${inMenu ? nothing : name}
    aria-busy=${pending ? 'true' : nothing}
    @click=${() => onAct(member, action)}
  >
    ${icon}${inMenu ? html`<span class="line">${name}</span>` : nothing}
  </button>`;
}

function menuButton(member: ConferenceMember, {localize, active, onMenu}: MemberRowContext): TemplateResult {
  const name = localize.term('actionsFor', nameOf(member, localize));
  return html`<button
    part="member-more"
    class="act plain more-actions"
    type="button"
    tabindex=${active ? '0' : '-1'}
    popovertarget="member-menu"
    aria-label=${name}
    title=${name}
    @click=${() => onMenu(member)}
  >
    ${ellipsisIcon}
  </button>`;
}

/** Returns the name of an action, and the icon and state that show the member's current setting. */
function lookOf(
  action: MemberAction,
  member: ConferenceMember,
  localize: LocalizeController,
): {readonly name: string; readonly icon: TemplateResult; readonly on: boolean} {
  const {speaking, hearing, spotlighted} = member;
  const who = nameOf(member, localize);
  switch (action) {
    case 'speaking':
      return speaking
        ? {name: localize.term('muteMember', who), icon: micIcon, on: false}
        : {name: localize.term('unmuteMember', who), icon: micOffIcon, on: true};
    case 'hearing':
      return hearing
        ? {name: localize.term('deafenMember', who), icon: earIcon, on: false}
        : {name: localize.term('undeafenMember', who), icon: earOffIcon, on: true};
    case 'spotlighted':
      return {
        name: localize.term(spotlighted ? 'unpushMember' : 'pushMember', who),
        icon: pinIcon,
        on: spotlighted,
      };
    case 'again':
      return {name: localize.term('inviteAgain', who), icon: rotateCwIcon, on: false};
    case 'remove':
      return {name: localize.term('removeMember', who), icon: xIcon, on: false};
  }
}
