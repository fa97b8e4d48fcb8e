import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {CommandController} from '../../../controllers/command-controller.js';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import {StateController} from '../../../controllers/state-controller.js';
import type {SipCall} from '../../../core/call/call.js';
import type {BaseClient} from '../../../core/client/client.js';
import type {Feature} from '../../../core/pbx/feature-codes.js';
import type {CodeAnswer, Pbx} from '../../../core/pbx/pbx.js';
import type {Terms} from '../../../locales/terms.js';
import {openMicrophoneAhead} from '../calls/microphone-ahead.js';
import {shortMoment} from '../history-time.js';
import {phoneForwardedIcon} from '../icons/controls.js';
import {errorDetails, notice} from '../notice.js';
import {insertCleaned} from '../people/dial-field.js';
import {unregisteredReason} from '../calls/registered.js';
import {inner} from '../styles/shared.styles.js';
import {toggleStyles} from '../styles/toggle.styles.js';
import {menuBox} from '../styles/row-menu.styles.js';
import {styles} from './phone-service.styles.js';

/** The features of the panel. */
type Service = Extract<
  Feature,
  'voicemail' | 'forward' | 'forwardOff' | 'dndOn' | 'dndOff' | `queue${string}`
>;

/** The word of each button. */
const WORDS = {
  voicemail: 'playVoicemail',
  forward: 'turnOn',
  forwardOff: 'turnOff',
  dndOn: 'turnOn',
  dndOff: 'turnOff',
  queueLogin: 'queueLogin',
  queueLogout: 'queueLogout',
  queuePause: 'queuePause',
  queueResume: 'queueResume',
} as const satisfies Record<Service, keyof Terms>;

const FORWARDING = ['forward', 'forwardOff'] as const;
const DND = ['dndOn', 'dndOff'] as const;
const QUEUE = ['queueLogin', 'queueLogout', 'queuePause', 'queueResume'] as const;

/** What each answered code has set, in words. */
const SET = {
  dndOn: 'lastOn',
  dndOff: 'lastOff',
  forwardOff: 'lastOff',
  queueLogin: 'lastLogin',
  queueLogout: 'lastLogout',
  queuePause: 'lastPause',
  queueResume: 'lastResume',
} as const satisfies Partial<Record<Service, keyof Terms>>;

/** A group of the panel. */
interface ServiceGroup {
  /** The id of its name. */
  readonly id: string;
  readonly name: keyof Terms & ('callForwarding' | 'disturbAll' | 'queueService' | 'voicemail');
  /** What was set last, or what waits. */
  readonly facts: readonly string[];
  readonly features: readonly Service[];
  /** The name of its field, and the features that need it. */
  readonly field?: string;
  readonly needField?: readonly Service[];
}

/**
 * The button of the user’s settings at the PBX, and its panel: voice messages, forwarding, do not disturb for all phones,
 * queues. The PBX does not tell its settings, so the panel says what was set here.
 */
export class PhoneServiceElement extends LitElement {
  static readonly parts = 'phone-service, service-panel, service, service-number, service-button, notice';

  static override styles = [inner, toggleStyles, menuBox, styles];

  @property({attribute: false}) client!: BaseClient;

  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  /** The feature whose code was called last, whose group shows a failure. */
  #called: Service | undefined;

  constructor() {
    super();
    new StateController(this, () => [this.client, this.client.pbx]);
    openMicrophoneAhead(this, () => this.client, ['service-button']);
  }

  /** Whether the panel has something for a client. */
  static isUseful({pbx}: BaseClient): boolean {
    const features: readonly Service[] = [...FORWARDING, ...DND, ...QUEUE];
    return !!pbx && (pbx.voicemailNumber !== '' || features.some((feature) => pbx.has(feature)));
  }

  protected override render(): TemplateResult | typeof nothing {
    const {pbx} = this.client;
    if (!pbx) return nothing;
    const localize = this.#localize;
    const name = localize.term('phoneService');
    return html`<button
        part="phone-service"
        class="toggle"
        type="button"
        aria-haspopup="dialog"
        aria-label=${name}
        title=${name}
        popovertarget="services"
      >
        ${phoneForwardedIcon}
      </button>
      <div
        id="services"
        part="service-panel"
        popover
        class="menu"
        role="dialog"
        aria-label=${name}
        @toggle=${this.#onToggle}
      >
        <h2>${name}</h2>
        ${this.#groups(pbx).map((group) => this.#renderGroup(group))}
        ${pbx.has('forward') || pbx.has('dndOn') || pbx.has('queueLogin') ? html`<p class="quiet hint">${localize.term('serviceHint')}</p>` : nothing}
      </div>`;
  }

  get #panel(): HTMLElement | null {
    return this.renderRoot.querySelector('#services');
  }

  /** What the PBX has for the user. */
  #groups(pbx: Pbx): readonly ServiceGroup[] {
    const localize = this.#localize;
    const {forwarding, doNotDisturb, queues} = pbx.state;
    const has = <F extends Service>(features: readonly F[]): readonly F[] =>
      features.filter((feature) => pbx.has(feature));
    const asked = has(QUEUE).filter((feature) => pbx.codes[feature]!.includes('{queue}'));
    const messages = this.client.state.waitingMessages;
    const waiting = messages?.waiting
      ? [localize.term('waitingMessages', messages.fresh ? String(messages.fresh) : '', '')]
      : [];
    const groups: readonly ServiceGroup[] = [
      {
        id: 'voicemail',
        name: 'voicemail',
        facts: waiting,
        features: pbx.voicemailNumber ? ['voicemail'] : [],
      },
      {
        id: 'forwarding',
        name: 'callForwarding',
        facts: [this.#lastSet(forwarding)],
        features: has(FORWARDING),
        ...(pbx.has('forward') && {field: localize.term('forwardTo'), needField: ['forward']}),
      },
      {id: 'disturb', name: 'disturbAll', facts: [this.#lastSet(doNotDisturb)], features: has(DND)},
      {
        id: 'queue',
        name: 'queueService',
        facts: queues.length ? queues.map((answer) => this.#lastSet(answer)) : [this.#lastSet(undefined)],
        features: has(QUEUE),
        ...(asked.length && {field: localize.term('queueNumber'), needField: asked}),
      },
    ];
    return groups.filter(({features}) => features.length > 0);
  }

  #lastSet(answer: CodeAnswer | undefined): string {
    const localize = this.#localize;
    if (!answer) return localize.term('neverSet');
    const {feature, number, time} = answer;
    const what =
      feature === 'forward'
        ? localize.term('lastForward', number)
        : localize.term(SET[feature as keyof typeof SET]);
    const text = localize.term('lastSet', what, shortMoment(time, Date.now(), localize.lang()));
    return feature.startsWith('queue') && number ? localize.explained(localize.isolated(number), text) : text;
  }

  #renderGroup({id, name, facts, features, field, needField = []}: ServiceGroup): TemplateResult {
    const localize = this.#localize;
    const reason = unregisteredReason(this.client, localize);
    const {error, pending} = this.#commands;
    const failed = error && this.#called && features.includes(this.#called) ? error : undefined;
    return html`<form
      part="service"
      class="service"
      aria-labelledby=${id}
      @submit=${(event: SubmitEvent) => this.#onSubmit(event, needField, !!reason)}
    >
      <h3 id=${id}>${localize.term(name)}</h3>
      ${facts.map((fact) => html`<p class="quiet fact" role="status">${fact}</p>`)}
      <div class="controls">
        ${
          field
            ? html`<input
                part="service-number"
                class="number"
                type="tel"
                dir="auto"
                autocomplete="off"
                maxlength="64"
                placeholder=${field}
                aria-label=${field}
                @beforeinput=${this.#onBeforeInput}
              />`
            : nothing
        }
        ${features.map(
          (feature) =>
            html`<button
              part="service-button"
              class="pill"
              type="submit"
              value=${feature}
              title=${reason ?? nothing}
              aria-disabled=${reason ? 'true' : nothing}
              aria-busy=${pending && this.#called === feature ? 'true' : nothing}
            >
              <span class="line">${localize.term(WORDS[feature])}</span>
            </button>`,
        )}
      </div>
      ${
        failed
          ? notice(
              localize.sentences([
                localize.describe(failed),
                // An answer of the PBX; any other error says itself what to do.
                failed.status ? localize.term('codeRefused') : '',
              ]),
              {localize, onDismiss: this.#commands.dismiss, more: errorDetails(failed, localize)},
            )
          : nothing
      }
    </form>`;
  }

  /** Calls the code of the button that was pressed; by Enter, of the first. */
  #onSubmit(event: SubmitEvent, needField: readonly Service[], disabled: boolean): void {
    event.preventDefault();
    const {pbx} = this.client;
    if (!pbx || disabled || this.#commands.pending) return;
    const form = event.target as HTMLFormElement;
    const button = event.submitter ?? form.querySelector('button');
    const feature = (button as HTMLButtonElement).value as Service;
    const field = form.querySelector('input');
    const number = field?.value.trim() ?? '';
    if (!number && needField.includes(feature)) return field?.focus();
    this.#called = feature;
    void this.#commands.run(() => ask(pbx, feature, number));
  }

  readonly #onToggle = ({newState}: ToggleEvent): void => {
    if (newState === 'open') this.#panel?.querySelector('button')?.focus({preventScroll: true});
    else this.#commands.dismiss();
    this.requestUpdate();
  };

  readonly #onBeforeInput = (event: InputEvent): void => {
    insertCleaned(event.target as HTMLInputElement, event, this.client);
  };
}

/** Calls the code of a feature. */
async function ask(pbx: Pbx, feature: Service, number: string): Promise<SipCall> {
  switch (feature) {
    case 'voicemail':
      return pbx.playVoicemail();
    case 'forward':
      return pbx.forward(number);
    case 'forwardOff':
      return pbx.endForwarding();
    case 'dndOn':
    case 'dndOff':
      return pbx.setDoNotDisturb(feature === 'dndOn');
    case 'queueLogin':
      return pbx.logIntoQueue(number);
    case 'queueLogout':
      return pbx.logOutOfQueue(number);
    case 'queuePause':
    case 'queueResume':
      return pbx.pauseInQueue(number, feature === 'queuePause');
  }
}
