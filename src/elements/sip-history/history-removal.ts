import {html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {CallHistory} from '../../core/history/call-history.js';
import type {HistoryEntry} from '../../core/history/history-entry.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {xIcon} from '../shared/icons.js';

/** The entries removed last. */
interface Removed {
  readonly history: CallHistory;
  readonly entries: readonly HistoryEntry[];
  readonly text: string;
}

/** Removes entries from a history and offers to restore them; keeps the keyboard focus near the removed row. */
export class HistoryRemoval implements ReactiveController {
  readonly #host: ReactiveElement;
  #removed: Removed | undefined;
  /** The index of the row to focus next; beyond the last row, the undo button. */
  #place: number | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  /**
   * Removes entries.
   *
   * @param text - The message about the removal.
   * @param place - The index of the row to focus next; without it, the undo button.
   */
  remove(
    history: CallHistory,
    entries: readonly HistoryEntry[],
    text: string,
    place = Number.POSITIVE_INFINITY,
  ): void {
    this.#offer({history, entries: history.remove(...entries.map(({id}) => id)), text}, place);
  }

  /** Clears a history, as `remove` does for its entries. */
  clear(history: CallHistory, text: string): void {
    this.#offer({history, entries: history.clear(), text}, Number.POSITIVE_INFINITY);
  }

  /** Renders the message about the removed entries, with the undo button. */
  render(history: CallHistory | undefined, localize: LocalizeController): TemplateResult | typeof nothing {
    const removed = this.#removed;
    if (!removed || removed.history !== history) return nothing;
    const undo = (): void => {
      history.restore(removed.entries);
      this.#forget();
    };
    return html`<div class="undo">
      <span class="line" title=${removed.text}>${removed.text}</span>
      <button part="undo" class="link" type="button" @click=${undo}>${localize.term('undo')}</button>
      ${commandButton(localize.term('dismiss'), xIcon, () => this.#forget(), {look: 'dismiss'})}
    </div>`;
  }

  hostUpdated(): void {
    const place = this.#place;
    if (place === undefined) return;
    this.#place = undefined;
    const {renderRoot} = this.#host;
    const rows = [...renderRoot.querySelectorAll<HTMLElement>('[part=remove]')];
    const row = Number.isFinite(place) ? rows[Math.min(place, rows.length - 1)] : undefined;
    const find = (part: string): HTMLElement | null => renderRoot.querySelector(`[part=${part}]`);
    const target = row ?? find('undo') ?? find('filter');
    target?.focus({preventScroll: !row});
  }

  #offer(removed: Removed, place: number): void {
    this.#removed = removed;
    this.#place = place;
    this.#host.requestUpdate();
  }

  #forget(): void {
    this.#removed = undefined;
    this.#place = 0;
    this.#host.requestUpdate();
  }
}
