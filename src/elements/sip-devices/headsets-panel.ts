import '../../locales/call/devices-en.js';
import '../../locales/call/headsets-en.js';
import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {HeadsetChoice, SipHeadset, SipHeadsets} from '../../core/headsets/headsets.js';
import type {HeadsetStatus} from '../../core/headsets/headset.js';
import {commandButton} from '../shared/buttons/command-button.js';
import type {InnerElements} from '../shared/define-inner.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {xIcon} from '../shared/icons.js';
import {notice} from '../shared/notice.js';
import {inner as base} from '../shared/styles/shared.styles.js';
import {toggleStyles} from '../shared/styles/toggle.styles.js';

const styles = css`
  .view {
    display: grid;
    gap: var(--_space-2);
  }
  .title {
    margin: 0;
    font-size: var(--_text-s);
    font-weight: 600;
  }
  [role='status']:empty {
    display: none;
  }
  .quiet {
    font-size: var(--_text-s);
    overflow-wrap: anywhere;
  }
  ul {
    display: grid;
    gap: var(--_space-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: var(--_small);
  }
  .words {
    flex: 1;
    display: grid;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .forget {
    color: var(--_quiet);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  .choices .pill {
    flex: none;
    max-inline-size: 100%;
    padding-inline: var(--_space-3);
    block-size: auto;
    min-block-size: var(--_control);
    white-space: normal;
  }
`;

/** The terms of what a headset can be. */
const STATUS = {
  ready: 'headsetReady',
  opening: undefined,
  blocked: 'headsetBlocked',
  absent: 'headsetAbsent',
  forbidden: 'headsetForbidden',
} as const satisfies Readonly<Record<HeadsetStatus, string | undefined>>;

/** The headsets whose buttons the user has connected: lists them, connects another one, forgets one. An inner element. */
export class HeadsetsPanelElement extends LitElement {
  static readonly parts = 'headset-list, connect-headset, retry-headset, forget-headset';

  static override styles = [base, toggleStyles, styles];

  @property({attribute: false}) client: BaseClient | undefined;
  @state() private headsets: SipHeadsets | undefined;
  @state() private choice: HeadsetChoice | undefined;

  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.headsets]);
    // A row that is forgotten.
    new FocusKeeper(this, '[part=connect-headset]');
  }

  /** Lets the user choose a headset, within a user gesture. */
  async connect(): Promise<void> {
    this.choice = await (await this.client?.openHeadsets())?.connect();
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[part=connect-headset]')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const {client} = this;
    // Without the code for them, the list stays empty.
    if (changed.has('client'))
      client?.openHeadsets().then(
        (headsets) => (this.headsets = headsets),
        () => {},
      );
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {headsets = [], elsewhere = false} = this.headsets?.state ?? {};
    return html`<div class="view" role="group" aria-labelledby="title">
      <h3 id="title" class="title">${localize.term('headsets')}</h3>
      <p class="quiet">${localize.term('headsetsHint')}</p>
      ${
        headsets.length > 0
          ? html`<ul part="headset-list" aria-labelledby="title">
              ${headsets.map((headset) => this.#renderHeadset(headset))}
            </ul>`
          : nothing
      }
      <p class="quiet" role="status">${elsewhere ? localize.term('headsetElsewhere') : ''}</p>
      ${this.#renderNotice()}
      <div class="choices">
        <button part="connect-headset" class="pill" type="button" @click=${() => void this.connect()}>
          ${localize.term('connectHeadset')}
        </button>
        ${
          headsets.some(({status}) => status === 'blocked')
            ? html`<button
                part="retry-headset"
                class="pill"
                type="button"
                @click=${() => void this.headsets?.refresh()}
              >
                ${localize.term('tryAgain')}
              </button>`
            : nothing
        }
      </div>
    </div>`;
  }

  #renderHeadset(headset: SipHeadset): TemplateResult {
    const localize = this.#localize;
    const status = STATUS[headset.status];
    const forget = localize.term('forgetHeadset', headset.name);
    const onForget = (): void => void this.headsets?.forget(headset);
    return html`<li>
      <span class="words">
        <b>${headset.name}</b>
        ${status ? html`<span class="quiet" role="status">${localize.term(status)}</span>` : nothing}
      </span>
      ${commandButton(forget, xIcon, onForget, {part: 'forget-headset', look: 'toggle forget'})}
    </li>`;
  }

  #renderNotice(): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const term =
      this.choice === 'no-buttons'
        ? 'headsetNoButtons'
        : this.choice === 'forbidden'
          ? 'headsetsForbidden'
          : undefined;
    if (!term) return nothing;
    return notice(localize.term(term), {localize, onDismiss: () => (this.choice = undefined)});
  }
}

/** The element, by its tag. */
export const inner: InnerElements = {'sip-headsets-panel': HeadsetsPanelElement};

declare global {
  interface HTMLElementTagNameMap {
    'sip-headsets-panel': HeadsetsPanelElement;
  }
}
