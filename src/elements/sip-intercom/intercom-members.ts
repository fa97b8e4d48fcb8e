import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {state} from 'lit/decorators.js';
import {callContext} from '../../context/call-context.js';
import {inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {IntercomMember, SipIntercom} from '../../core/intercom/intercom.js';
import {usersIcon} from '../shared/icons/phone.js';
import {initialsOf, nameLine, pictureOf} from '../shared/people/people.js';
import {initials, listPanel} from '../shared/styles/list-panel.styles.js';
import {menuBox} from '../shared/styles/row-menu.styles.js';
import {inner} from '../shared/styles/shared.styles.js';

/** How many members of the group are in an intercom, and the button that lists them; nothing if they are unknown. */
export class IntercomMembersElement extends LitElement {
  static readonly parts = 'members, member-list';

  static override styles = [
    inner,
    listPanel,
    initials,
    menuBox,
    css`
      :host {
        flex: none;
      }
      .toggle:has(+ :popover-open) {
        background: var(--_fill);
      }
      @media (forced-colors: active) {
        .toggle:has(+ :popover-open) {
          forced-color-adjust: none;
          background: SelectedItem;
          color: SelectedItemText;
        }
      }
      .menu {
        max-block-size: min(20rem, 60vh);
        overflow-y: auto;
      }
      [role='listitem'] {
        gap: var(--_space-2);
        padding: var(--_space-1) var(--_space-2);
      }
      .away .avatar {
        opacity: 0.6;
      }
      .speaking {
        color: var(--_success);
        font-weight: 600;
      }
    `,
  ];

  @inherited(callContext) intercom!: SipIntercom;
  @state() private open = false;

  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.intercom]);
  }

  protected override render(): TemplateResult | typeof nothing {
    const {groupMembers} = this.intercom.state;
    if (!groupMembers) return nothing;
    const localize = this.#localize;
    const joined = groupMembers.filter((member) => member.joined);
    const count = localize.term('groupJoined', String(joined.length), String(groupMembers.length));
    const name = localize.explained(localize.term('groupMembers'), count);
    return html`<button
        part="members"
        class="toggle"
        type="button"
        popovertarget="list"
        aria-label=${name}
        title=${name}
      >
        ${usersIcon}<span class="number">${joined.length}</span>
      </button>
      <div
        id="list"
        part="member-list"
        class="menu"
        popover
        role="list"
        tabindex="0"
        aria-label=${name}
        @beforetoggle=${(event: ToggleEvent) => (this.open = event.newState === 'open')}
      >
        ${
          this.open
            ? [...joined, ...groupMembers.filter((member) => !member.joined)].map((member) =>
                this.#renderMember(member),
              )
            : nothing
        }
      </div>`;
  }

  #renderMember(given: IntercomMember): TemplateResult {
    const member = this.intercom.identify(given);
    const {joined, speaking} = member;
    const localize = this.#localize;
    return html`<div role="listitem" class=${joined ? '' : 'away'}>
      <span class="avatar" aria-hidden="true" data-initials=${initialsOf(member)}>${pictureOf(member)}</span>
      <span class="words">
        ${nameLine(member, localize)}
        ${
          speaking || !joined
            ? html`<span class="state ${speaking ? 'speaking' : 'quiet'}"
                >${localize.term(speaking ? 'speakingNow' : 'memberAway')}</span
              >`
            : nothing
        }
      </span>
    </div>`;
  }
}
