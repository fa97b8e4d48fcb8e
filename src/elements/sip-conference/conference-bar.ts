import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {callContext} from '../../context/call-context.js';
import {clientContext} from '../../context/client-context.js';
import {inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import {isInaudible} from '../../core/sound/sound-state.js';
import {SoundMenuElement} from '../shared/calls/sound-menu.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {usersIcon} from '../shared/icons/phone.js';
import {nameLine} from '../shared/people/people.js';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {ConferenceFilesElement} from './conference-files.js';
import {ConferenceInviteElement} from './conference-invite.js';
import {filePlayIcon, powerIcon, userPlusIcon} from './icons.js';
import {memberCommandsContext, type MemberCommands} from './member-commands.js';
import {participants} from './stage/tiles.js';
import {filesContext, type PlayableFiles} from '../shared/calls/playable-files.js';

/** What the buttons of the bar open. */
type Panel = 'files' | 'invite' | 'end';

/**
 * The bar of a conference: its name, the number of members and the duration; buttons play files, invite, and end it for
 * all. What they open lies over the stage, so that nothing moves under the pointer.
 */
export class ConferenceBarElement extends LitElement {
  static readonly parts = `files, invite, end, end-confirm, end-cancel, ${SoundMenuElement.parts}, ${ConferenceInviteElement.parts}, ${ConferenceFilesElement.parts}`;

  static override styles = [
    inner,
    listPanel,
    css`
      .bar {
        anchor-name: --bar;
      }
      .head > .line {
        flex: 0 1 auto;
      }
      .facts {
        display: flex;
        flex: none;
        gap: 0.375rem;
      }
      .facts > span + sip-duration::part(time)::before {
        content: '·';
        margin-inline-end: 0.375rem;
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
      .panel {
        inline-size: 22rem;
        max-inline-size: calc(100vw - 1rem);
        /* The controls of the stage stay in view. */
        max-block-size: min(17.5rem, 100vh - 1rem);
        overflow-y: auto;
        overscroll-behavior: contain;
        border: 1px solid var(--_border);
        border-radius: var(--_radius-m);
        padding: 0;
        background: var(--_surface);
        color: var(--_text);
        box-shadow: 0 0.5rem 2rem rgb(0 0 0 / 35%);
      }
      @supports (position-area: block-end) {
        .panel {
          position-anchor: --bar;
          position-area: block-end center;
          position-try-fallbacks: flip-block;
          justify-self: end;
          margin: var(--_space-1) var(--_space-2);
          max-inline-size: calc(100% - 2 * var(--_space-2));
        }
      }
      .question {
        display: grid;
        gap: var(--_space-3);
        padding: var(--_space-4);
      }
      .answers {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_space-2);
      }
      @media (forced-colors: active) {
        .toggle[aria-expanded='true'] {
          forced-color-adjust: none;
          background: SelectedItem;
          color: SelectedItemText;
        }
      }
      @container (inline-size < max(40rem, 640px)) {
        .panel {
          max-block-size: min(14.5rem, 100vh - 1rem);
        }
        /* Beside the buttons there is room for the name alone. */
        .answered .name + .number {
          display: none;
        }
      }
      /* There the name needs the room, unless the user would not know why they hear nothing. */
      @container (inline-size < max(24rem, 384px)) {
        sip-sound-menu:not(.off) {
          display: none;
        }
      }
      @container (inline-size < max(30rem, 480px)) {
        .toggle.end .word {
          display: none;
        }
      }
    `,
  ];

  @inherited(clientContext) client!: BaseClient;
  @inherited(callContext) conference!: SipConference;
  @inherited(memberCommandsContext) memberCommands!: MemberCommands;
  @inherited(filesContext) playable!: PlayableFiles;
  /** Whether the bar is shown. */
  @property({attribute: false}) shown = true;

  /** The panel that is open. */
  @state() private open: Panel | undefined;

  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.client, this.conference, this.memberCommands]);
    new FocusKeeper(this);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.get('conference')) this.#close();
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.shown ? html`${this.#renderHead()} ${this.#renderPanels()}` : nothing;
  }

  #renderHead(): TemplateResult {
    const {conference} = this;
    const localize = this.#localize;
    const {phase} = conference.state;
    const here = participants(conference).length;
    const {files, invite, end} = this.#offers;
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
      ${
        phase === 'answered'
          ? html`<sip-sound-menu
              class=${isInaudible(conference.state.sound) ? 'off' : ''}
              exportparts=${SoundMenuElement.parts}
              .call=${conference}
              .devices=${this.client.devices}
            ></sip-sound-menu>`
          : nothing
      }
      ${files ? this.#renderToggle('files', localize.term('playFile'), filePlayIcon) : nothing}
      ${invite ? this.#renderToggle('invite', localize.term('addMembers'), userPlusIcon) : nothing}
      ${end ? this.#renderToggle('end', this.#endText, powerIcon, true) : nothing}
    </div>`;
  }

  /** Which panels there are. */
  get #offers(): Readonly<Record<Panel, boolean>> {
    const {client, conference, memberCommands} = this;
    const may = memberCommands.mayChange(conference);
    const {members: all, playFile} = client.capabilities;
    const {members: invites = all, end: ends = true} = conference.state.abilities ?? {};
    return {files: may && playFile, invite: may && invites, end: may && ends};
  }

  get #endText(): string {
    return this.#localize.term(this.conference.type === 'broadcast' ? 'endBroadcast' : 'endForAll');
  }

  #renderToggle(panel: Panel, name: string, icon: TemplateResult, inWords = false): TemplateResult {
    return html`<button
      part=${panel}
      class="toggle ${panel}"
      type="button"
      popovertarget="panel-${panel}"
      aria-haspopup="dialog"
      aria-label=${name}
      title=${name}
      aria-expanded=${this.open === panel ? 'true' : 'false'}
    >
      ${icon}${inWords ? html`<span class="word">${name}</span>` : nothing}
    </button>`;
  }

  #renderPanels(): TemplateResult {
    const {files, invite, end} = this.#offers;
    const localize = this.#localize;
    return html`${
      files
        ? this.#renderPanel(
            'files',
            localize.term('playFile'),
            html`<sip-conference-files
              exportparts=${ConferenceFilesElement.parts}
              @close=${this.#close}
            ></sip-conference-files>`,
          )
        : nothing
    }
    ${
      invite
        ? this.#renderPanel(
            'invite',
            localize.term('addMembers'),
            html`<sip-conference-invite
              exportparts=${ConferenceInviteElement.parts}
            ></sip-conference-invite>`,
          )
        : nothing
    }
    ${end ? this.#renderPanel('end', this.#endText, this.#renderQuestion(), 'alertdialog') : nothing}`;
  }

  #renderPanel(
    panel: Panel,
    name: string,
    content: TemplateResult,
    role: 'dialog' | 'alertdialog' = 'dialog',
  ): TemplateResult {
    return html`<div
      id="panel-${panel}"
      class="panel"
      popover
      role=${role}
      aria-label=${name}
      aria-describedby=${role === 'alertdialog' ? 'question' : nothing}
      @beforetoggle=${(event: ToggleEvent) => this.#onClosing(panel, event)}
      @toggle=${(event: ToggleEvent) => this.#onToggle(panel, event)}
    >
      ${content}
    </div>`;
  }

  /** Renders the question whether to end the conference for all. */
  #renderQuestion(): TemplateResult {
    const {conference, memberCommands} = this;
    const localize = this.#localize;
    const broadcast = conference.type === 'broadcast';
    return html`<div class="question">
      <p id="question">${localize.term(broadcast ? 'endBroadcastQuestion' : 'endQuestion')}</p>
      <div class="answers">
        <button part="end-cancel" class="pill" type="button" @click=${this.#close}>
          ${localize.term('cancel')}
        </button>
        <button
          part="end-confirm"
          class="pill stop"
          type="button"
          @click=${() => void memberCommands.run(conference, 'end', () => conference.end())}
        >
          ${this.#endText}
        </button>
      </div>
    </div>`;
  }

  /** Returns the focus to the button. */
  #onClosing(panel: Panel, {newState, currentTarget}: ToggleEvent): void {
    if (newState === 'closed' && (currentTarget as HTMLElement).matches(':focus-within'))
      this.renderRoot.querySelector<HTMLElement>(`[part=${panel}]`)?.focus({preventScroll: true});
  }

  /** Moves the focus into the opened panel. */
  #onToggle(panel: Panel, {newState, currentTarget}: ToggleEvent): void {
    if (newState === 'open') {
      this.open = panel;
      if (panel === 'files') void this.playable.load();
      const selector = 'sip-conference-files, sip-conference-invite, [part=end-cancel]';
      (currentTarget as HTMLElement).querySelector<HTMLElement>(selector)?.focus();
    } else if (this.open === panel) this.open = undefined;
  }

  readonly #close = (): void => {
    this.renderRoot.querySelector<HTMLElement>('.panel:popover-open')?.hidePopover();
  };
}
