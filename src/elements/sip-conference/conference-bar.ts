import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, query, state} from 'lit/decorators.js';
import type {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {circleStopIcon, usersIcon} from '../shared/icons.js';
import {notice} from '../shared/notice.js';
import {nameLine} from '../shared/people/people.js';
import {listPanel, noticeMargin} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {SIDE_PARTS, type ConferenceSideElement, type SidePanel} from './conference-side.js';
import {filePlayIcon, userPlusIcon} from './icons.js';
import type {MemberCommands} from './member-commands.js';
import {participants} from './tiles.js';
import type {UploadedFiles} from './uploaded-files.js';

/** The parts of the bar that pages style. */
export const BAR_PARTS = `files, invite, end, end-confirm, end-cancel, notice, ${SIDE_PARTS}`;

/**
 * The bar of a conference: its name, the number of members and the duration; buttons play files, invite, and end it for
 * all.
 */
export class ConferenceBarElement extends LitElement {
  static override styles = [
    inner,
    listPanel,
    noticeMargin,
    css`
      .head > .line {
        flex: 0 1 auto;
      }
      .facts {
        display: flex;
        flex: none;
        gap: 0.375rem;
      }
      .facts > span + sip-duration::part(time)::before {
        content: '· ';
      }
      .here .icon {
        inline-size: 0.875rem;
        block-size: 0.875rem;
        vertical-align: -0.125em;
      }
      .toggle[aria-expanded='true'] {
        background: var(--_fill);
        color: var(--_accent);
      }
      .toggle.end {
        color: var(--_danger);
      }
      .answers {
        display: flex;
        gap: var(--_space-2);
        margin-block-start: var(--_space-2);
      }
      @container (inline-size < 40rem) {
        /* Beside the buttons there is room for the name alone. */
        .answered .name + .number {
          display: none;
        }
      }
      @container (inline-size < 30rem) {
        .toggle.end .word {
          display: none;
        }
      }
    `,
  ];

  @property({attribute: false}) client!: BaseClient;
  @property({attribute: false}) conference!: SipConference;
  @property({attribute: false}) commands!: CommandController;
  @property({attribute: false}) memberCommands!: MemberCommands;
  @property({attribute: false}) uploads!: UploadedFiles;
  /** Whether the bar and its panel are shown; the question is shown in any case. */
  @property({attribute: false}) shown = true;

  @state() private open: SidePanel | undefined;
  @state() private asks = false;

  @query('[part=end]') private readonly end!: HTMLElement | null;
  @query('[part=end-confirm]') private readonly confirm!: HTMLElement | null;
  @query('sip-conference-side') private readonly side!: ConferenceSideElement;

  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.client, this.conference, this.memberCommands]);
    new FocusKeeper(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('conference')) return;
    this.open = undefined;
    this.asks = false;
  }

  protected override render(): TemplateResult {
    const {client, conference, shown} = this;
    return html`${shown ? this.#renderHead() : nothing}
      <sip-conference-side
        exportparts=${SIDE_PARTS}
        .client=${client}
        .conference=${conference}
        .commands=${this.commands}
        .memberCommands=${this.memberCommands}
        .uploads=${this.uploads}
        .open=${shown && conference.state.phase === 'answered' ? this.open : undefined}
        @close=${this.#onClose}
      ></sip-conference-side>
      ${this.#renderQuestion()}`;
  }

  #renderHead(): TemplateResult {
    const {client, conference, memberCommands} = this;
    const localize = this.#localize;
    const {phase} = conference.state;
    const here = participants(conference).length;
    const may = memberCommands.mayChange(conference);
    const {members: all, playFile} = client.capabilities;
    const {members: invites = all, end: ends = true} = conference.state.abilities ?? {};
    const end = localize.term(conference.type === 'broadcast' ? 'endBroadcast' : 'endForAll');
    return html`<div class="bar head ${phase}">
      ${nameLine(conference.remote, localize)}
      <span class="quiet number facts"
        >${
          here && phase === 'answered'
            ? html`<span class="here" title=${localize.term('takePart', String(here))}
                ><span aria-hidden="true">${usersIcon} ${here}</span
                ><span class="hidden">${localize.term('takePart', String(here))}</span></span
              >`
            : nothing
        }<sip-duration></sip-duration
      ></span>
      <span class="space"></span>
      ${may && playFile ? this.#renderToggle('files', localize.term('playFile'), filePlayIcon) : nothing}
      ${may && invites ? this.#renderToggle('invite', localize.term('addMembers'), userPlusIcon) : nothing}
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

  #renderToggle(panel: SidePanel, name: string, icon: TemplateResult): TemplateResult {
    return html`<button
      part=${panel}
      class="toggle"
      type="button"
      aria-label=${name}
      title=${name}
      aria-expanded=${this.open === panel ? 'true' : 'false'}
      @click=${() => void this.#toggle(panel)}
    >
      ${icon}
    </button>`;
  }

  /** Renders the question whether to end the conference for all. */
  #renderQuestion(): TemplateResult | typeof nothing {
    const {conference, memberCommands} = this;
    if (!this.asks || !memberCommands.mayChange(conference)) return nothing;
    const localize = this.#localize;
    const broadcast = conference.type === 'broadcast';
    const more = html`<span class="answers">
      <button part="end-cancel" class="pill" type="button" @click=${this.#cancel}>
        ${localize.term('cancel')}
      </button>
      <button
        part="end-confirm"
        class="pill stop"
        type="button"
        @click=${() => void memberCommands.run(conference, 'end', () => conference.end())}
      >
        ${localize.term(broadcast ? 'endBroadcast' : 'endForAll')}
      </button>
    </span>`;
    const text = localize.term(broadcast ? 'endBroadcastQuestion' : 'endQuestion');
    return notice(text, {localize, asks: circleStopIcon, more});
  }

  /** Opens or closes a panel; an opened panel takes the focus. */
  async #toggle(panel: SidePanel): Promise<void> {
    this.open = this.open === panel ? undefined : panel;
    if (!this.open) return;
    await this.updateComplete;
    await this.side.updateComplete;
    this.side.focus();
  }

  readonly #onClose = (): void => {
    const {open} = this;
    this.open = undefined;
    this.renderRoot.querySelector<HTMLElement>(`[part=${open!}]`)?.focus();
  };

  readonly #ask = (): void => {
    this.asks = true;
    void this.updateComplete.then(() => this.confirm?.focus());
  };

  readonly #cancel = (): void => {
    this.asks = false;
    this.end?.focus();
  };
}
