import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {ClockController} from '../../controllers/clock-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipError} from '../../errors.js';
import '../../locales/desk/console-en.js';
import {latinDigits} from '../../locales/latin-digits.js';
import {doNotDisturbButton} from '../shared/do-not-disturb.js';
import {circleDotIcon} from '../shared/icons/controls.js';
import {sirenIcon} from '../shared/icons.js';
import {phoneIncomingIcon} from '../shared/icons/later.js';
import {registrationStatus} from '../shared/registration.js';
import {doNotDisturbStyles} from '../shared/styles/do-not-disturb.styles.js';
import {registrationStyles} from '../shared/styles/registration.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {toggleStyles} from '../shared/styles/toggle.styles.js';
import {timeOfDay} from '../shared/history-time.js';
import {sosCount, waitingCount} from './regions.js';
import {unseen} from './unseen.styles.js';

const DATE = {weekday: 'short', month: 'short', day: 'numeric'} as const;

/**
 * The bar of a desk: the user and the connection, how many calls wait, what is recorded, and the time.
 *
 * @fires {CustomEvent} queue - The user wants to go to the calls that wait.
 */
export class ConsoleBarElement extends LitElement {
  static readonly parts = 'sos, waiting, recording, clock, date, do-not-disturb, connect, mailbox, error';

  static override styles = [
    inner,
    registrationStyles,
    doNotDisturbStyles,
    toggleStyles,
    css`
      :host {
        flex: 1;
        min-inline-size: 0;
        container-type: inline-size;
      }
      .bar {
        display: flex;
        align-items: center;
        gap: var(--_space-2);
        font-size: var(--_text-s);
      }
      .bar b,
      .user {
        font-size: var(--_text-m);
      }
      /* The name is between the dot and the number. */
      .dot {
        order: -2;
      }
      .user {
        order: -1;
        flex-shrink: 0.5;
        font-weight: 650;
      }
      .bar .user + .dot + b {
        color: var(--_quiet);
        font-weight: inherit;
      }
      .space {
        flex: 1;
      }
      .chip {
        flex: none;
        display: flex;
        align-items: center;
        gap: 0.375rem;
        min-block-size: 2rem;
        padding-inline: var(--_space-3);
        border-radius: var(--_radius-full);
        background: var(--_fill);
        font-weight: 600;
        white-space: nowrap;
      }
      .chip .icon {
        inline-size: 1.125rem;
        block-size: 1.125rem;
      }
      button.chip:hover {
        background: var(--_fill-hover);
      }
      .chip.none {
        background: none;
        color: var(--_quiet);
      }
      .chip.sos,
      .chip.sos:hover {
        background: var(--_danger);
        color: var(--_on-danger);
      }
      /* Its place is kept. */
      .chip.sos.none {
        visibility: hidden;
      }
      .only {
        display: none;
      }
      .recording {
        display: flex;
        align-items: center;
        gap: 0.375rem;
        white-space: nowrap;
      }
      .recording .icon {
        inline-size: 1.125rem;
        block-size: 1.125rem;
        color: var(--_danger);
      }
      .hint {
        flex: 0 1 auto;
      }
      .error {
        flex: 0 1 auto;
        color: var(--_danger);
      }
      .clock {
        flex: none;
        font-size: var(--_text-l);
        font-weight: 650;
      }
      .date {
        flex: none;
      }
      @container (inline-size < 48rem) {
        .date,
        .recording .line {
          display: none;
        }
      }
      @container (inline-size < 34rem) {
        .clock,
        .user {
          display: none;
        }
        /* A screen reader says it without a place. */
        .error {
          ${unseen}
        }
        .chip {
          padding-inline: var(--_space-2);
        }
      }
      @container (26rem <= inline-size < 34rem) {
        .chip.sos .icon {
          display: none;
        }
      }
      @container (inline-size < 26rem) {
        .recording,
        .chip .text {
          display: none;
        }
        [role='status'] {
          ${unseen}
        }
        .chip .only {
          display: inline;
        }
        .chip.sos.none {
          display: none;
        }
      }
      /* Half a number would look like another one. */
      @container (inline-size < 14rem) {
        .dot + b {
          ${unseen}
        }
      }
      @media (forced-colors: active) {
        .chip,
        .toggle {
          border: 1px solid;
        }
      }
    `,
  ];

  /** Why a key of the desk did nothing. */
  @property({attribute: false}) hint = '';
  /** Why the command of a key failed. */
  @property({attribute: false}) failure: SipError | undefined;

  readonly #client = new ClientController(this);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.#client.client, ...(this.#client.client?.state.calls ?? [])]);
    new ClockController(this, () => Date.now());
  }

  protected override render(): TemplateResult {
    const {client} = this.#client;
    const localize = this.#localize;
    const now = Date.now();
    return html`<div class="bar">
      ${client ? this.#renderClient(client) : html`<span class="quiet line">${this.#client.absence(localize)}</span>`}
      <span class="space"></span>
      ${client ? this.#renderRecording(client) : nothing}
      <time part="clock" class="clock number">${timeOfDay(now, localize.lang())}</time>
      <span part="date" class="date quiet"
        >${new Intl.DateTimeFormat(latinDigits(localize.lang()), DATE).format(now)}</span
      >
      ${client ? doNotDisturbButton(client, localize) : nothing}
    </div>`;
  }

  #renderClient(client: BaseClient): TemplateResult {
    const localize = this.#localize;
    const error = this.failure ?? this.#commands.error ?? client.state.error;
    const text = error ? localize.describe(error) : '';
    return html`${this.#renderName(client)} ${registrationStatus(client, localize, this.#commands, this)}
      ${this.#renderCount('sos', sosCount(client))} ${this.#renderCount('waiting', waitingCount(client))}
      ${error ? html`<span part="error" class="error line" role="alert" title=${text}>${text}</span>` : nothing}
      <span class="hint quiet line" role="status" title=${this.hint || nothing}>${this.hint}</span>`;
  }

  /** Renders the user's name, if the page or the directory knows it. */
  #renderName(client: BaseClient): TemplateResult | typeof nothing {
    const {user} = client.options;
    const {name} = client.identify({number: user, name: ''}, {directory: true});
    return name && name !== user ? html`<bdi class="user line" title=${name}>${name}</bdi>` : nothing;
  }

  /** Renders a counter that leads to the calls; its place is the same if there are none. */
  #renderCount(part: 'sos' | 'waiting', count: number): TemplateResult {
    const localize = this.#localize;
    const text = localize.term(part === 'sos' ? 'sosCalls' : 'waitingCount', String(count));
    const name = localize.explained(text, localize.term('goToQueue'));
    return html`<button
      part=${part}
      class="chip ${part} ${count > 0 ? '' : 'none'}"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${() => this.dispatchEvent(new CustomEvent('queue'))}
    >
      ${part === 'sos' ? sirenIcon : phoneIncomingIcon}<span class="text number">${text}</span
      ><span class="only number" aria-hidden="true">${count}</span>
    </button>`;
  }

  #renderRecording({state}: BaseClient): TemplateResult | typeof nothing {
    const count = state.calls.filter((call) => call.state.recording).length;
    if (count === 0) return nothing;
    const text = this.#localize.term('recordingCount', String(count));
    return html`<span part="recording" class="recording" role="img" aria-label=${text} title=${text}
      >${circleDotIcon}<span class="line" aria-hidden="true">${text}</span></span
    >`;
  }
}
