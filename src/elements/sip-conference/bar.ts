import {html, nothing, type TemplateResult} from 'lit';
import type {SipConference} from '../../core/conference/conference.js';
import {circleStopIcon} from '../shared/icons.js';
import {notice} from '../shared/notice.js';
import {nameLine} from '../shared/people/people.js';
import type {ConferenceContext, ShownConference} from './host.js';
import {filePlayIcon, userPlusIcon} from './icons.js';
import type {MemberCommands} from './member-commands.js';
import type {SidePanel, SidePanelName} from './side-panel.js';

/**
 * The bar of a conference: its name, the number of members and the duration; buttons play files, invite, and end it for
 * all.
 */
export class ConferenceBar {
  readonly #context: ConferenceContext;
  readonly #commands: MemberCommands;
  readonly #side: SidePanel;
  #asks = false;
  /** Whether the question has just opened, so that the confirm button takes the focus. */
  #asked = false;

  constructor(context: ConferenceContext, commands: MemberCommands, side: SidePanel) {
    this.#context = context;
    this.#commands = commands;
    this.#side = side;
  }

  /** Closes the question. */
  close(): void {
    this.#asks = false;
  }

  updated(): void {
    if (!this.#asked) return;
    this.#asked = false;
    this.#context.host.renderRoot.querySelector<HTMLElement>('[part=end-confirm]')?.focus();
  }

  render({conference, client}: ShownConference): TemplateResult {
    const {localize} = this.#context;
    const {members, phase} = conference.state;
    const here = members.filter((member) => !member.file && member.phase === 'answered').length;
    const may = this.#commands.mayChange(conference);
    const {members: all, playFile} = client.capabilities;
    const {members: invites = all, end: ends = true} = conference.state.abilities ?? {};
    const end = localize.term(conference.type === 'broadcast' ? 'endBroadcast' : 'endForAll');
    return html`<div class="bar head">
      ${nameLine(conference.remote, localize)}
      <span class="quiet number facts"
        >${
          here && phase === 'answered'
            ? html`<span title=${localize.term('takePart', String(here))}
                ><span aria-hidden="true">${here}</span
                ><span class="hidden">${localize.term('takePart', String(here))}</span></span
              >`
            : nothing
        }<sip-duration></sip-duration
      ></span>
      <span class="space"></span>
      ${may && playFile ? this.#toggle('files', localize.term('playFile'), filePlayIcon) : nothing}
      ${may && invites ? this.#toggle('invite', localize.term('addMembers'), userPlusIcon) : nothing}
      ${
        may && ends
          ? html`<button
              part="end"
              class="toggle end"
              type="button"
              title=${end}
              aria-label=${end}
              @click=${this.#ask}
            >
              ${circleStopIcon}<span class="word">${end}</span>
            </button>`
          : nothing
      }
    </div>`;
  }

  /** Renders the question whether to end the conference for all. */
  renderQuestion(conference: SipConference): TemplateResult | typeof nothing {
    if (!this.#asks || !this.#commands.mayChange(conference)) return nothing;
    const {localize} = this.#context;
    const broadcast = conference.type === 'broadcast';
    const more = html`<span class="answers">
      <button part="end-cancel" class="pill" type="button" @click=${this.#cancel}>
        ${localize.term('cancel')}
      </button>
      <button
        part="end-confirm"
        class="pill stop"
        type="button"
        @click=${() => void this.#commands.run(conference, 'end', () => conference.end())}
      >
        ${localize.term(broadcast ? 'endBroadcast' : 'endForAll')}
      </button>
    </span>`;
    const text = localize.term(broadcast ? 'endBroadcastQuestion' : 'endQuestion');
    return notice(text, {localize, asks: circleStopIcon, more});
  }

  #toggle(panel: SidePanelName, name: string, icon: TemplateResult): TemplateResult {
    return html`<button
      part=${panel}
      class="toggle"
      type="button"
      aria-label=${name}
      title=${name}
      aria-expanded=${this.#side.open === panel ? 'true' : 'false'}
      @click=${() => this.#side.toggle(panel)}
    >
      ${icon}
    </button>`;
  }

  readonly #ask = (): void => {
    this.#asks = this.#asked = true;
    this.#context.host.requestUpdate();
  };

  readonly #cancel = (): void => {
    this.#asks = false;
    const {host} = this.#context;
    host.requestUpdate();
    host.renderRoot.querySelector<HTMLElement>('[part=end]')?.focus();
  };
}
