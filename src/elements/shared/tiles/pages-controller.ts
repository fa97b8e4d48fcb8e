import {html, nothing, type ReactiveElement, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import '../../../locales/desk/pages-en.js';
import {barButton} from '../buttons/list-bar.js';
import {notice} from '../notice.js';
import {plusIcon} from './icons.js';
import {MOST_PAGES} from './page-limits.js';
import type {TileArranger} from './tile-arranger.js';
import type {TilePage} from './tile-page.js';
import type {PageTab} from './tile-pages.js';

/** What the tabs of a panel show, and what the user does by them. */
interface PagesView {
  /** Whether the signs of a tab are beside its title, not below. */
  readonly flat?: boolean;
  readonly tabs: readonly PageTab[];
  readonly arranger: Pick<TileArranger<HTMLElement>, 'arranging' | 'overPage'>;
  readonly onShow: (id: string) => void;
  readonly onRename: (id: string, name: string) => void;
  readonly onRemove: () => void;
}

/** The pages of tiles of a panel: which of them is in view, what they are called, and how a change of them is undone. */
export class PagesController<Page extends TilePage> {
  /** The `part`s of the tabs. */
  static readonly parts = 'pages, page, page-name, page-remove';

  readonly #panel: ReactiveElement;
  readonly #localize: LocalizeController;
  readonly #pages: () => readonly Page[];
  /** The id of the page that the user has chosen. */
  #chosen = '';
  #undo: {readonly text: () => string; readonly run: () => void} | undefined;

  /** @param pages - Returns the pages in their order. */
  constructor(panel: ReactiveElement, localize: LocalizeController, pages: () => readonly Page[]) {
    this.#panel = panel;
    this.#localize = localize;
    this.#pages = pages;
  }

  /** The page in view: the first one unless the user has chosen another; undefined if there are no pages. */
  get shown(): Page | undefined {
    const pages = this.#pages();
    return pages.find(({id}) => id === this.#chosen) ?? pages[0];
  }

  /** Shows a page; the first one if there is no page with this id. */
  show(id: string): void {
    this.#chosen = id;
    this.#panel.requestUpdate();
  }

  /** Returns what the user calls a page, or its number. */
  titleOf({id, name}: TilePage): string {
    const place = this.#pages().findIndex((page) => page.id === id) + 1;
    return name.trim() || this.#localize.term('pageNumber', String(place));
  }

  /** Offers to undo the last change. */
  offerUndo(text: () => string, run: () => void): void {
    this.#undo = {text, run};
    this.#panel.requestUpdate();
  }

  forgetUndo(): void {
    this.#undo = undefined;
    this.#panel.requestUpdate();
  }

  /** Renders what the user has changed, with what undoes it. */
  renderUndo(): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const undo = this.#undo;
    if (!undo) return nothing;
    const run = (): void => {
      undo.run();
      this.forgetUndo();
    };
    return notice(undo.text(), {
      localize,
      informs: true,
      onDismiss: () => this.forgetUndo(),
      links: html`<button part="undo" class="link" type="button" @click=${run}>
        ${localize.term('undo')}
      </button>`,
    });
  }

  /** Renders the button that adds a page, if there is room for one. */
  renderAdd(onAdd: () => void): TemplateResult | typeof nothing {
    if (this.#pages().length >= MOST_PAGES) return nothing;
    const name = this.#localize.term('newPage');
    return barButton('page-add', name, html`${plusIcon}<span class="wide">${name}</span>`, onAdd);
  }

  /** Renders the tabs, and the tiles of the page in view below. */
  render(
    {flat = false, tabs, arranger, onShow, onRename, onRemove}: PagesView,
    tiles: unknown,
  ): TemplateResult {
    const shown = this.shown?.id ?? '';
    return html`<sip-tile-pages
      ?flat=${flat}
      exportparts=${PagesController.parts}
      .pages=${tabs}
      .shown=${shown}
      .arranging=${arranger.arranging}
      .over=${arranger.overPage}
      @show=${({detail}: CustomEvent<string>) => onShow(detail)}
      @rename=${({detail}: CustomEvent<string>) => onRename(shown, detail)}
      @remove=${onRemove}
      >${tiles}</sip-tile-pages
    >`;
  }
}
