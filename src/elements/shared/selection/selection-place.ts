import {css, html, LitElement, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ClientController} from '../../../controllers/client-controller.js';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import {StateController} from '../../../controllers/state-controller.js';
import '../../../locales/desk/selection-en.js';
import {defineInner} from '../define-inner.js';
import {LazyModule} from '../lazy-module.js';
import {inner} from '../styles/shared.styles.js';
import {SELECTION_PARTS} from './selection-parts.js';
import type {SelectionAction} from './selection-actions.js';
import type {SelectionBarElement, SelectionHint} from './selection-bar.js';
import {selectionOf, type Selected, type Selection} from './selection.js';

/** The bar, which is loaded when something is first selected. */
const BAR = new LazyModule(async () => {
  const {inner} = await import('./inner.js');
  defineInner(inner);
  return inner;
});

/**
 * The place of the bar with which the user acts on what is selected, below a list. It is there from the beginning, so that
 * nothing moves when something is selected.
 *
 * @fires {Event} leave - The focus was in the bar, and what had it is gone.
 */
export class SelectionPlaceElement extends LitElement {
  static readonly parts = `${SELECTION_PARTS}, notice`;

  static override styles = [
    inner,
    css`
      :host {
        position: relative;
        display: grid;
        box-sizing: border-box;
        block-size: var(--_place, 5.75rem);
        border-block-start: 1px solid var(--_border);
        background: var(--_surface);
      }
      .hint {
        align-self: center;
        padding-inline: var(--_space-4);
        font-size: var(--_text-s);
        text-align: center;
        text-wrap: balance;
      }
    `,
  ];

  /** The term that says how to select. */
  @property() hint: SelectionHint = 'selectHint';

  readonly #client = new ClientController(this);
  readonly #localize = new LocalizeController(this);
  /** Whether something was selected, or is still done with it. */
  #used = false;
  #focused = false;
  /** The selection that knows of this place. */
  #placed: Selection | undefined;

  constructor() {
    super();
    new StateController(this, () => [this.#selection]);
  }

  get #selection(): Selection | undefined {
    const {client} = this.#client;
    return client && selectionOf(client);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#placeFor(undefined);
  }

  /**
   * Loads the bar, and does an action with people and groups that need not be selected; resolves when it has begun, or failed.
   *
   * @throws {SipError} If the bar cannot be loaded.
   */
  async act(action: SelectionAction, items: readonly Selected[]): Promise<void> {
    this.#used = true;
    await BAR.wait();
    this.requestUpdate();
    await this.updateComplete;
    await this.renderRoot.querySelector<SelectionBarElement>('sip-selection-bar')?.act(action, items);
  }

  protected override willUpdate(): void {
    if (this.isConnected) this.#placeFor(this.#selection);
    const {items, rollCall} = this.#selection?.state ?? {};
    this.#used ||= !!items?.length || !!rollCall;
    this.#focused = this.matches(':focus-within');
  }

  protected override render(): TemplateResult {
    if (this.#used && BAR.load(this))
      return html`<sip-selection-bar
        exportparts=${SelectionPlaceElement.parts}
        .hint=${this.hint}
        @leave=${this.#onLeave}
      >
      </sip-selection-bar>`;
    return html`<p class="hint quiet">${this.#localize.term(this.hint)}</p>`;
  }

  protected override updated(): void {
    if (this.#focused && !this.matches(':focus-within')) this.#onLeave();
  }

  #placeFor(selection: Selection | undefined): void {
    if (selection === this.#placed) return;
    this.#placed?.addPlaces(-1);
    this.#placed = selection;
    selection?.addPlaces(1);
  }

  readonly #onLeave = (): void => {
    this.dispatchEvent(new Event('leave'));
  };
}
