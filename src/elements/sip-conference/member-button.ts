import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {ConferenceMember} from '../../core/conference/conference-member.js';
import {micIcon, micOffIcon} from '../shared/icons/controls.js';
import {xIcon} from '../shared/icons.js';
import {rotateCwIcon} from '../shared/icons/later.js';
import {nameOf} from '../shared/people/people.js';
import {earIcon, earOffIcon, pinIcon} from './icons.js';
import type {MemberAction} from './member-commands.js';

/** The properties of an action's button. */
export interface MemberButton {
  readonly localize: LocalizeController;
  readonly member: ConferenceMember;
  /** Whether the button can be reached by the Tab key. */
  readonly active: boolean;
  readonly pending: boolean;
  /** Whether the button is an item of the menu, with text. */
  readonly inMenu?: boolean;
  readonly onAct: () => void;
}

/** Renders the button of an action on a member. */
export function memberButton(
  action: MemberAction,
  {localize, member, active, pending, inMenu = false, onAct}: MemberButton,
): TemplateResult {
  const {name, icon, on} = lookOf(action, member, localize);
  return html`<button
    part=${inMenu ? `menu-${action}` : action}
    class="${inMenu ? 'control' : 'act plain'} ${on ? 'on' : ''} ${action} ${pending ? 'pending' : ''}"
    type="button"
    tabindex=${active ? '0' : '-1'}
    aria-label=${inMenu ? nothing : name}
    title=${inMenu ? nothing : name}
    aria-busy=${pending ? 'true' : nothing}
    @click=${onAct}
  >
    ${icon}${inMenu ? html`<span class="line">${name}</span>` : nothing}
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
