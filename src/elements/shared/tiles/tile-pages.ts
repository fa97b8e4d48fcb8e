import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import '../../../locales/desk/pages-en.js';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import {FocusKeeper} from '../focus-keeper.js';
import {checkIcon} from '../icons/controls.js';
import {repeat} from '../repeat.js';
import {form} from '../styles/form.styles.js';
import {inner} from '../styles/shared.styles.js';
import {moveAmongTabs} from '../tab-keys.js';
import {LONGEST_NAME} from './page-limits.js';

/** What happens on a page that is not in view. */
export interface PageSign {
  /** The class by which it is colored, such as `alarm`. */
  readonly look: string;
  readonly icon: TemplateResult;
  readonly text: string;
}

/** A page as its tab shows it. */
export interface PageTab {
  readonly id: string;
  /** What the user calls it, or its number. */
  readonly title: string;
  /** What the user calls it; empty until then. */
  readonly name: string;
  /** How many of its tiles are selected. */
  readonly selected: number;
  /** What happens on it, the most important first: the first fact is a word, the others are shapes. */
  readonly signs: readonly PageSign[];
}

/**
 * The tabs of the pages above the tiles, which are in its slot. With one page, nothing but these.
 *
 * With the attribute `flat`, what happens on a page is beside the title of its tab, not below.
 *
 * @fires {CustomEvent<string>} show - The user chose a page: its id.
 * @fires {CustomEvent<string>} rename - The user renamed the page in view.
 * @fires {CustomEvent} remove - The user removes the page in view.
 */
export class TilePagesElement extends LitElement {
  static override styles = [
    inner,
    form,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-content: start;
        gap: var(--_space-2);
        min-inline-size: 0;
      }
      .edit {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--_space-2);
        min-inline-size: 0;
      }
      .tabs {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_space-1) var(--_space-2);
        min-inline-size: 0;
      }
      /* Its width does not depend on what happens on its page. */
      [role='tab'] {
        display: grid;
        flex: 1 1 var(--_page-tab, 7rem);
        align-content: center;
        min-inline-size: 0;
        max-inline-size: 14rem;
        min-block-size: 2.75rem;
        padding: 0.125rem var(--_space-2);
        border: 2px solid transparent;
        border-block-end-color: var(--_border);
        border-radius: var(--_radius-s) var(--_radius-s) 0 0;
        text-align: start;
        color: var(--_quiet);
      }
      /* Beside the title, signs do not move it. */
      :host([flat]) [role='tab'] {
        display: flex;
        align-items: center;
        gap: 0.375rem;
      }
      :host([flat]) .signs {
        flex: 1 0 1rem;
        container-type: inline-size;
      }
      :host([flat]) .signs:empty {
        display: none;
      }
      @container (width < 4rem) {
        :host([flat]) .sign > .line {
          position: absolute;
          inline-size: 1px;
          clip-path: inset(50%);
        }
      }
      [role='tab']:hover {
        background: var(--_fill);
      }
      [role='tab'][aria-selected='true'] {
        border-block-end-color: var(--_accent);
        color: var(--_text);
      }
      [role='tab'].over {
        border: 2px dashed var(--_accent);
      }
      .title {
        font-weight: 600;
      }
      .head,
      .signs {
        display: flex;
        align-items: center;
        gap: 0.375rem;
        min-inline-size: 0;
      }
      .head .sign,
      .signs {
        font-size: var(--_text-s);
      }
      .signs {
        min-block-size: 1lh;
      }
      .sign {
        display: inline-flex;
        align-items: center;
        gap: 0.25rem;
        min-inline-size: 0;
      }
      .sign .icon {
        flex: none;
        inline-size: 1rem;
        block-size: 1rem;
      }
      :is(.receiving, .speaking) {
        color: var(--_success);
      }
      .waiting {
        color: var(--_warning);
      }
      :is(.refused, .alarm) {
        color: var(--_danger);
      }
      .alarm,
      .sign:first-child {
        font-weight: 600;
      }
      .edit .input {
        flex: 1 1 8rem;
        inline-size: auto;
        max-inline-size: 20rem;
      }
      .edit .pill {
        flex: none;
      }
      /* The host may be a column whose page scrolls. */
      #page {
        flex: 1;
        min-block-size: 0;
        min-inline-size: 0;
        overflow: var(--_page-overflow, visible);
        overscroll-behavior: contain;
      }
    `,
  ];

  @property({attribute: false}) pages: readonly PageTab[] = [];
  /** The id of the page in view. */
  @property({attribute: false}) shown = '';
  /** Whether the user arranges the tiles: pages are renamed and removed then. */
  @property({attribute: false}) arranging = false;
  /** The id of the page over which a tile is dragged. */
  @property({attribute: false}) over = '';

  @query('[part=page-name]') private readonly nameField!: HTMLInputElement | null;

  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new FocusKeeper(this, '[aria-selected=true]');
  }

  /** Returns the id of the page whose tab is at a point of the viewport; empty if there is none. */
  pageAt(x: number, y: number): string {
    const tab = [...this.renderRoot.querySelectorAll<HTMLElement>('[role=tab]')].find((each) => {
      const {left, right, top, bottom} = each.getBoundingClientRect();
      return x >= left && x < right && y >= top && y < bottom;
    });
    return tab?.dataset['page'] ?? '';
  }

  /** Moves the focus to the name of the page in view. */
  async editName(): Promise<void> {
    await this.updateComplete;
    this.nameField?.focus();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('[aria-selected=true]')?.focus(options);
  }

  protected override render(): TemplateResult {
    const {pages} = this;
    const several = pages.length > 1;
    return html`${several ? this.#renderTabs() : nothing}
      ${this.arranging && several ? this.#renderEdit() : nothing}
      <div
        id="page"
        role=${several ? 'tabpanel' : nothing}
        aria-labelledby=${several ? `tab-${this.shown}` : nothing}
      >
        <slot></slot>
      </div>`;
  }

  #renderTabs(): TemplateResult {
    return html`<div
      part="pages"
      class="tabs"
      role="tablist"
      aria-label=${this.#localize.term('groupPages')}
      @keydown=${this.#onKeydown}
    >
      ${repeat(
        this.pages,
        ({id}) => id,
        (page) => this.#renderTab(page),
      )}
    </div>`;
  }

  #renderTab(page: PageTab): TemplateResult {
    const {id, title} = page;
    const chosen = id === this.shown;
    return html`<button
      id="tab-${id}"
      part="page"
      class=${id === this.over ? 'over' : ''}
      data-page=${id}
      type="button"
      role="tab"
      aria-selected=${chosen ? 'true' : 'false'}
      aria-controls="page"
      tabindex=${chosen ? 0 : -1}
      title=${title}
      @click=${() => this.#tell('show', id)}
    >
      <span class="head">
        <bdi class="title line">${title}</bdi>
        ${page.selected ? this.#renderSelected(page.selected) : nothing}
      </span>
      <span class="signs">${chosen ? nothing : this.#renderSigns(page)}</span>
    </button>`;
  }

  /** Renders what happens on a page that is not in view: the first fact as a word, the others as shapes. */
  #renderSigns({signs}: PageTab): readonly TemplateResult[] {
    return signs.map(
      ({look, icon, text}, index) =>
        html`<span class="sign ${look}" title=${text}
          >${icon}<span class=${index ? 'hidden' : 'line'}>${text}</span></span
        >`,
    );
  }

  #renderSelected(selected: number): TemplateResult {
    const text = this.#localize.term('groupsSelected', String(selected));
    return html`<span class="sign" title=${text}
      >${checkIcon}<span class="hidden">${text}</span
      ><span class="number" aria-hidden="true">${selected}</span></span
    >`;
  }

  #renderEdit(): TemplateResult {
    const localize = this.#localize;
    const page = this.pages.find(({id}) => id === this.shown);
    const label = localize.term('pageName');
    return html`<div class="edit">
      <input
        part="page-name"
        class="input"
        dir="auto"
        maxlength=${LONGEST_NAME}
        aria-label=${label}
        placeholder=${label}
        .value=${page?.name ?? ''}
        @input=${({target}: Event) => this.#tell('rename', (target as HTMLInputElement).value)}
      />
      <button part="page-remove" class="pill" type="button" @click=${() => this.#tell('remove')}>
        ${localize.term('removePage')}
      </button>
    </div>`;
  }

  #tell(type: 'show' | 'rename' | 'remove', detail = ''): void {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const {altKey, ctrlKey, metaKey, shiftKey} = event;
    if (!(altKey || ctrlKey || metaKey || shiftKey)) moveAmongTabs(event);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-tile-pages': TilePagesElement;
  }
}
