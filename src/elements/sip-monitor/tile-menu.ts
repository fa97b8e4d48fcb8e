import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import {isConference} from '../../core/conference/is-conference.js';
import type {Party} from '../../core/types.js';
import '../../locales/desk/rounds-en.js';
import {focusOnce} from '../shared/focus.js';
import {nameOf} from '../shared/people/people.js';
import {moveByArrow} from '../shared/row-popovers.js';
import {menuItems} from '../shared/styles/row-menu.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {userPlusIcon} from './icons.js';

/**
 * The menu of a camera's tile. The content of a popover.
 *
 * @fires {CustomEvent<string>} done - An action was done: the text says which.
 */
export class TileMenuElement extends LitElement {
  static override styles = [inner, menuItems];

  @property({attribute: false}) client!: BaseClient;
  @property({attribute: false}) party!: Party;

  readonly #localize = new LocalizeController(this);
  readonly #commands = new CommandController(this);

  constructor() {
    super();
    new StateController(this, () => [this.client, this.#conference]);
  }

  async open(): Promise<void> {
    await this.updateComplete;
    focusOnce(this, this.renderRoot.querySelector('button'));
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const conference = this.#conference;
    const reason = this.#reasonIn(conference);
    return html`<div role="menu" aria-label=${nameOf(this.party, localize)} @keydown=${moveByArrow}>
      <button
        part="invite"
        class="item"
        type="button"
        role="menuitem"
        tabindex="-1"
        aria-disabled=${reason ? 'true' : nothing}
        aria-labelledby="invite"
        aria-describedby=${reason ? 'why' : nothing}
        @click=${() => !reason && conference && this.#invite(conference)}
      >
        ${userPlusIcon}<span
          ><span id="invite">${localize.term('inviteToConference')}</span>${
            reason ? html`<small id="why">${reason}</small>` : nothing
          }</span
        >
      </button>
    </div>`;
  }

  /** The conference that runs here, and whose members may be invited: the current one, or else the newest. */
  get #conference(): SipConference | undefined {
    const {calls, current} = this.client.state;
    const all = calls.filter(isConference).filter(({state, type}) => {
      const members = state.abilities?.members ?? this.client.capabilities.members;
      return type === 'conference' && state.phase === 'answered' && members;
    });
    return all.find((call) => call === current) ?? all.at(-1);
  }

  #reasonIn(conference: SipConference | undefined): string {
    if (!conference) return this.#localize.term('noConferenceRuns');
    const member = conference.state.members.find(({number}) => number === this.party.number);
    return member && member.phase !== 'released' ? this.#localize.term('isInConference') : '';
  }

  #invite(conference: SipConference): void {
    const {party} = this;
    const text = this.#localize.term('invitedToConference', nameOf(party, this.#localize));
    this.dispatchEvent(new Event('close'));
    void this.#commands.run(async () => {
      await conference.addMember(party.number);
      this.dispatchEvent(new CustomEvent('done', {detail: text}));
    });
  }
}
