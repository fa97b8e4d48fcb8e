import {html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {CallHistory} from '../../core/history/call-history.js';
import type {HistoryEntry} from '../../core/history/history-entry.js';
import {xIcon} from '../shared/icons.js';

/** What was taken out last. */
interface Removed {
  readonly history: CallHistory;
  readonly entries: readonly HistoryEntry[];
  readonly text: string;
}

/** Takes entries out of a history and offers to put them back; keeps the keyboard near what is gone. */
export class HistoryRemoval implements ReactiveController {
  readonly #host: ReactiveElement;
  #removed: Removed | undefined;
  /** The row that the keyboard goes on at; beyond them all where it goes to the undo. */
  #place: number | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  /**
   * Takes entries out.
   *
   * @param text - What is said of it.
   * @param place - The number of the row that the keyboard goes on at; the undo button without it.
   */
  remove(
    history: CallHistory,
    entries: readonly HistoryEntry[],
    text: string,
    place = Number.POSITIVE_INFINITY,
  ): void {
    this.#removed = {history, entries: history.remove(...entries.map(({id}) => id)), text};
    this.#place = place;
    this.#host.requestUpdate();
  }

  /** What was taken out, with the button that puts it back. */
  render(history: CallHistory | undefined, localize: LocalizeController): TemplateResult | typeof nothing {
    const removed = this.#removed;
    if (!removed || removed.history !== history) return nothing;
    const dismiss = localize.term('dismiss');
    const undo = (): void => {
      history.restore(removed.entries);
      this.#forget();
    };
    return html`<div class="undo">
      <span class="line" title=${removed.text}>${removed.text}</span>
      <button part="undo" class="link" type="button" @click=${undo}>${localize.term('undo')}</button>
      <button
        class="dismiss"
        type="button"
        aria-label=${dismiss}
        title=${dismiss}
        @click=${() => this.#forget()}
      >
        ${xIcon}
      </button>
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

  #forget(): void {
    this.#removed = undefined;
    this.#place = 0;
    this.#host.requestUpdate();
  }
}
