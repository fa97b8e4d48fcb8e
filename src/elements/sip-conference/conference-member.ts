import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {ConferenceMember} from '../../core/conference/conference-member.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {ellipsisIcon} from '../shared/icons/later.js';
import {initialsOf, nameOf, pictureOf, titleOf} from '../shared/people/people.js';
import {inner} from '../shared/styles/shared.styles.js';
import {initials, listPanel} from '../shared/styles/list-panel.styles.js';
import {actions, memberStates} from './conference.styles.js';
import type {MemberAction} from './member-commands.js';
import {memberButton} from './member-button.js';
import {memberTexts, talks} from './member-text.js';

/** The id of the menu with the actions that do not fit in a narrow row; it is beside the rows. */
export const MENU_ID = 'member-menu';

/** Whether two lists have different items. */
const differ = (one: readonly string[], other?: readonly string[]): boolean => one.join() !== other?.join();

/**
 * A member in the list: name, state and actions. Its box, its role and its name for screen readers are set by the list,
 * which also moves the focus.
 *
 * @fires {CustomEvent<MemberAction>} act - An action is chosen.
 * @fires {Event} menu - The menu of the member opens.
 */
export class ConferenceMemberElement extends LitElement {
  static readonly parts = 'member-more, speaking, hearing, spotlighted, remove, again';

  static override styles = [
    inner,
    listPanel,
    initials,
    memberStates,
    actions,
    css`
      .who {
        flex: 1;
        display: flex;
        align-items: center;
        gap: var(--_space-3);
        min-inline-size: 0;
      }
      :host(:is(.released, .init, .ringing)) .avatar {
        filter: grayscale(1);
      }
      .avatar.talks {
        box-shadow:
          0 0 0 2px var(--_surface),
          0 0 0 4px var(--_success);
      }
      @media (forced-colors: active) {
        .avatar.talks {
          outline: 3px solid Highlight;
        }
      }
      .word {
        flex: none;
      }
      .word.talks {
        color: var(--_success);
      }
      .acts {
        display: flex;
        flex: none;
        gap: var(--_space-1);
      }
      .act.on {
        color: var(--_danger);
      }
      .act.spotlighted.on {
        color: var(--_accent);
        background: color-mix(in oklab, var(--_accent) 16%, var(--_surface));
      }
      .act.more-actions {
        display: none;
      }
      /* The user's own row has no button that removes; its place stays empty. */
      @container (inline-size >= max(30rem, 480px)) {
        .acts.own {
          margin-inline-end: calc(var(--_small) + var(--_space-1));
        }
      }
      @container (inline-size < max(30rem, 480px)) {
        .acts .act:not(.more-actions, .again, :only-child) {
          display: none;
        }
        .act.more-actions {
          display: grid;
        }
      }
      @container (inline-size < max(20rem, 320px)) {
        .avatar {
          display: none;
        }
      }
    `,
  ];

  @property({attribute: false}) member!: ConferenceMember;
  /** Whether the cursor is on the row. */
  @property({attribute: false}) active = false;
  /** Whether the member is this user. */
  @property({attribute: false}) own = false;
  @property({attribute: false, hasChanged: differ}) actions: readonly MemberAction[] = [];
  /** The actions that the server has not replied to. */
  @property({attribute: false, hasChanged: differ}) pending: readonly MemberAction[] = [];

  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new FocusKeeper(this);
  }

  /** The buttons that are visible. */
  get buttons(): readonly HTMLElement[] {
    const all = this.renderRoot.querySelectorAll<HTMLElement>('button');
    return [...all].filter((button) => button.offsetParent);
  }

  protected override render(): TemplateResult {
    const {member, actions} = this;
    const localize = this.#localize;
    const {number} = member;
    const name = nameOf(member, localize);
    return html`<span class="who" role="gridcell">
        <span
          class="avatar ${talks(member) ? 'talks' : ''}"
          aria-hidden="true"
          data-initials=${initialsOf(member)}
          >${pictureOf(member)}</span
        >
        <span class="words">
          <bdi class="line name" title=${titleOf(member, localize)}>${name}</bdi>
          <span class="quiet state">
            ${memberTexts(member, localize).map(
              (text, index) =>
                html`<span class="word ${!index && talks(member) ? 'talks' : ''}">${text}</span>`,
            )}
            ${this.own ? html`<span class="word">${localize.term('you')}</span>` : nothing}
            ${name === number ? nothing : html`<span class="line number"><bdi>${number}</bdi></span>`}
          </span>
        </span>
      </span>
      ${
        actions.length
          ? html`<span class="acts ${this.own ? 'own' : ''}" role="gridcell">
              ${actions.map((action) => this.#renderButton(action))}
              ${actions.length > 1 ? this.#renderMenuButton() : nothing}
            </span>`
          : nothing
      }`;
  }

  #renderButton(action: MemberAction): TemplateResult {
    const {member, active, pending} = this;
    return memberButton(action, {
      localize: this.#localize,
      member,
      active,
      pending: pending.includes(action),
      onAct: () => this.dispatchEvent(new CustomEvent('act', {detail: action})),
    });
  }

  #renderMenuButton(): TemplateResult {
    const name = this.#localize.term('actionsFor', nameOf(this.member, this.#localize));
    // An id in markup is not found across shadow roots: the menu is beside the rows, unless the row is gone.
    const menu = (this.getRootNode() as Partial<ShadowRoot>).getElementById?.(MENU_ID);
    return html`<button
      part="member-more"
      class="act plain more-actions"
      type="button"
      tabindex=${this.active ? '0' : '-1'}
      .popoverTargetElement=${menu ?? null}
      aria-label=${name}
      title=${name}
      @click=${() => this.dispatchEvent(new Event('menu'))}
    >
      ${ellipsisIcon}
    </button>`;
  }
}
