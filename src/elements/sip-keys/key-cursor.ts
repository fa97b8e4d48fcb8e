import type {ReactiveElement} from 'lit';

/** The key that has the focus, or to which Tab leads, among the cells of a panel. */
export class KeyCursor {
  readonly #panel: ReactiveElement;
  #id = '';

  constructor(panel: ReactiveElement) {
    this.#panel = panel;
  }

  /** The id of the key; empty if there are no keys. */
  get id(): string {
    return this.#id;
  }

  /** The cells of all keys in view. */
  get cells(): readonly HTMLElement[] {
    return [...this.#panel.renderRoot.querySelectorAll<HTMLElement>('[role=gridcell]')];
  }

  /** Where the focus of the panel goes: to this key, to the first one, or to the card. */
  get entrance(): HTMLElement | null {
    return this.cellOf(this.#id) ?? this.cells[0] ?? this.#panel.renderRoot.querySelector('.card');
  }

  cellOf(id: string): HTMLElement | undefined {
    return this.cells.find((cell) => cell.dataset['id'] === id);
  }

  /** Stays on its key if that is among these; otherwise it is on the first. */
  follow(ids: readonly string[]): void {
    if (!ids.includes(this.#id)) this.#id = ids[0] ?? '';
  }

  moveTo(id: string): void {
    if (id === this.#id) return;
    this.#id = id;
    this.#panel.requestUpdate();
  }

  /** Moves to a key, and the focus with it. */
  async focusOn(id: string): Promise<void> {
    this.moveTo(id);
    await this.#panel.updateComplete;
    this.cellOf(id)?.focus();
  }
}
