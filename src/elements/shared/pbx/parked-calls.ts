import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {CommandController} from '../../../controllers/command-controller.js';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import {StateController} from '../../../controllers/state-controller.js';
import type {BaseClient} from '../../../core/client/client.js';
import type {ParkedCall} from '../../../core/pbx/pbx.js';
import {openMicrophoneAhead} from '../calls/microphone-ahead.js';
import {commandButton} from '../buttons/command-button.js';
import {FocusKeeper} from '../focus-keeper.js';
import {xIcon} from '../icons.js';
import {commandNotice} from '../notice.js';
import {nameLine, nameOf} from '../people/people.js';
import {unregisteredReason} from '../calls/registered.js';
import {repeat} from '../repeat.js';
import {inner} from '../styles/shared.styles.js';
import {circleParkingIcon} from './icons.js';
import {fieldLook, slotField} from './slot-field.js';

/** The calls that the user has parked: where they are, and what retrieves them. */
export class ParkedCallsElement extends LitElement {
  static readonly parts = 'parked, retrieve, slot, forget, notice';

  static override styles = [
    inner,
    fieldLook,
    css`
      .parked {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--_space-2);
        padding-block: var(--_space-2);
        padding-inline: var(--_space-4) var(--_space-2);
        font-size: var(--_text-s);
      }
      :host(.below) .parked {
        border-block-start: 1px solid var(--_border);
      }
      :host(.above) .parked {
        border-block-end: 1px solid var(--_border);
      }
      .sign {
        flex: none;
        display: grid;
        color: var(--_accent);
      }
      .words {
        flex: 1 1 9rem;
        display: grid;
        min-inline-size: 0;
      }
      .name {
        font-weight: 600;
      }
      form {
        flex: 0 1 auto;
        display: flex;
        gap: var(--_space-2);
        margin: 0;
        margin-inline-start: auto;
      }
      input {
        inline-size: 8rem;
        min-inline-size: 5rem;
        block-size: var(--_small);
      }
      .pill {
        flex: none;
        block-size: var(--_small);
      }
      .forget {
        flex: none;
        display: grid;
        place-content: center;
        inline-size: var(--_small);
        block-size: var(--_small);
        border-radius: 50%;
        color: var(--_quiet);
      }
      .forget:hover {
        background: var(--_fill);
      }
      .forget .icon,
      .sign .icon {
        inline-size: 1.125rem;
        block-size: 1.125rem;
      }
      .notice {
        margin: var(--_space-2) var(--_space-3);
      }
      /* On the stage of the call that was parked. */
      :host(.one) {
        justify-self: center;
        inline-size: min(100%, 26rem);
        border-radius: var(--_radius-m);
        background: var(--_surface);
        color: var(--_text);
      }
      :host(.one) .parked:not(:has(input)) {
        flex-wrap: nowrap;
      }
      @media (pointer: coarse) {
        .pill,
        .forget,
        input {
          min-block-size: 44px;
          min-inline-size: 44px;
        }
      }
    `,
  ];

  @property({attribute: false}) client!: BaseClient;
  /** The id of the only call to show; all if undefined. */
  @property({attribute: false}) only: string | undefined;

  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.client, this.client.pbx]);
    new FocusKeeper(this, () => () => this.renderRoot.querySelector<HTMLElement>('[part=retrieve]'));
    openMicrophoneAhead(this, () => this.client, ['retrieve']);
  }

  protected override render(): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const {pbx} = this.client;
    const all = pbx?.state.parked ?? [];
    const shown = all.filter(({id}) => this.only === undefined || id === this.only);
    if (!shown.length) return nothing;
    return html`<div class="list" role="list" aria-label=${localize.term('parkedCalls')}>
        ${repeat(
          shown,
          ({id}) => id,
          (entry) => this.#renderEntry(entry, all),
        )}
      </div>
      ${
        // The stage shows the failure itself.
        this.only === undefined ? commandNotice(this.#commands, localize) : nothing
      }`;
  }

  #renderEntry(entry: ParkedCall, all: readonly ParkedCall[]): TemplateResult {
    const localize = this.#localize;
    const remote = this.client.identify(entry.remote);
    const name = nameOf(remote, localize);
    return html`<div part="parked" class="parked" role="listitem">
      <span class="sign">${circleParkingIcon}</span>
      <span class="words"
        >${this.only === undefined ? nameLine(remote, localize) : nothing}<span class="quiet" role="status"
          >${whereText(entry, localize)}</span
        ></span
      >
      ${this.#renderRetrieve(entry, all, name)}
      ${
        // The stage of the call has its name, and a button that clears it.
        this.only === undefined
          ? commandButton(
              localize.term('forgetParked', name),
              xIcon,
              () => this.client.pbx?.forgetParked(entry.id),
              {part: 'forget', look: 'forget'},
            )
          : nothing
      }
    </div>`;
  }

  #renderRetrieve(
    entry: ParkedCall,
    all: readonly ParkedCall[],
    name: string,
  ): TemplateResult | typeof nothing {
    const {codes} = this.client.pbx!;
    // Without slots the PBX has a queue: its first call is the one that is retrieved.
    const queued = !codes.retrieve?.includes('{slot}');
    if (!codes.retrieve || (queued && entry !== all[0])) return nothing;
    const localize = this.#localize;
    const reason = unregisteredReason(this.client, localize);
    return html`<form @submit=${(event: SubmitEvent) => this.#onSubmit(event, entry, !!reason)}>
      ${entry.number ? nothing : slotField(localize)}
      <button
        part="retrieve"
        class="pill accent"
        type="submit"
        aria-label=${localize.term('retrieveCall', name)}
        title=${reason ?? nothing}
        aria-disabled=${reason ? 'true' : nothing}
        aria-busy=${this.#commands.pending ? 'true' : nothing}
      >
        ${localize.term('retrieve')}
      </button>
    </form>`;
  }

  #onSubmit(event: SubmitEvent, entry: ParkedCall, disabled: boolean): void {
    event.preventDefault();
    if (disabled || this.#commands.pending) return;
    const field = (event.target as HTMLFormElement).querySelector('input');
    const slot = field ? field.value.trim() : entry.slot;
    if (field && !slot) return field.focus();
    void this.#commands.run(async () => this.client.pbx?.retrieve({...entry, slot}));
  }
}

/** Where a call is parked, as far as that is known. */
function whereText({slot, number}: ParkedCall, localize: LocalizeController): string {
  if (slot && (!number || number === slot)) return localize.term('parkedAt', slot);
  return number ? localize.term('parkedFor', number) : localize.term('parkedUnknown');
}
