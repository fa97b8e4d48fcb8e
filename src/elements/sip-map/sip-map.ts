import {css, html, LitElement, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {MapAction, MapPanelElement} from './map-panel.js';

export type {MapAction} from './map-panel.js';

/**
 * A map of the people whose positions the server knows: where they are, how old that is, and whether they can be reached. It follows
 * them, and selects people in a box or a lasso, who are then called.
 *
 * The people are drawn over the page's own tiles or its own picture, or over a grid with a scale. Nothing is loaded from anywhere
 * that the page does not name.
 *
 * A disc is a person who can be reached, a square one in a call, a ring one who is offline; an old position is pale and dashed,
 * with its age. People who are near to each other are one circle with their number. Dragging with Shift selects those in a box; the
 * list beside the map does the same for keyboards and screen readers. Beside a selectable directory, or keys, it is one selection, with
 * one bar.
 *
 * The panel and the library that moves the map are loaded when the element is first on a page. It fills a height that the page gives
 * to it.
 *
 * @slot attribution - Who made the tiles or the picture, which their licence may require to show.
 * @fires {CustomEvent<{numbers: readonly string[]}>} sip-map-select - The user has selected other people.
 * @fires {CustomEvent<{action: MapAction, numbers: readonly string[]}>} sip-map-action - The user pressed an action for the selected people. Cancelable: if canceled, nothing happens.
 * @fires {CustomEvent<{action: SelectionAction, selected: readonly Selected[]}>} sip-selection-action - The user chose an action for all that is selected, if a directory or keys share the selection. Cancelable: if canceled, nothing happens.
 * @fires {CustomEvent<{action: DirectoryAction, person: Person}>} sip-directory-action - The user wants to write to a person: a `<sip-messages>` of the same client opens the conversation, or the page does.
 * @fires {CustomEvent<{error: SipError}>} sip-error - An action failed.
 * @csspart panel - The box around everything.
 * @csspart box - The button that selects in a box.
 * @csspart lasso - The button that selects with a lasso.
 * @csspart fit - The button that brings everyone into view.
 * @csspart people - The button that shows or hides the list.
 * @csspart world - The map.
 * @csspart zoom-in - The button that zooms in.
 * @csspart zoom-out - The button that zooms out.
 * @csspart scale - The scale.
 * @csspart list - The people in view.
 * @csspart row - Each person of the list.
 * @csspart selection - The bar with what can be done with the selected people.
 * @csspart selection-count - How much is selected.
 * @csspart clear-selection - The button that clears the selection.
 * @csspart selection-action - Each button of the bar.
 * @csspart selection-report - What became of each person after an action.
 * @csspart selection-text - The form of a text to those who are selected.
 * @csspart clear - The button that ends the selection.
 * @csspart call - The button that calls the selected person.
 * @csspart conference - The button that starts a conference with the selected people.
 * @csspart message - The button that opens a conversation.
 * @csspart retry - The button that requests something again.
 * @csspart notice - A message about a failure.
 */
export class SipMapElement extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        block-size: 30rem;
      }
      sip-map-panel {
        block-size: 100%;
      }
    `,
  ];

  /** The template of the URLs of tiles (Web Mercator), such as `/tiles/{z}/{x}/{y}.png`; a grid if empty. */
  @property() tiles = '';
  /** The largest zoom that has tiles. */
  @property({type: Number, attribute: 'max-zoom'}) maxZoom = 19;
  /** The URL of a picture of the page's own, such as a site plan with north at the top; needs `bounds`. */
  @property() picture = '';
  /** The corners of the picture in degrees: south, west, north, east, such as `29.91,121.59 29.95,121.65`. */
  @property() bounds = '';
  /** The place in the middle at first, in degrees north and east; if empty, everyone is in view. */
  @property() center = '';
  /** The zoom at first if `center` is set: 1 the world, 19 houses. */
  @property({type: Number}) zoom = 15;
  /** The numbers of the people to show, separated by `,`, `;` or spaces; everyone in the directory if empty. */
  @property() numbers = '';
  /** What the selected people are offered, separated by spaces: `call`, `conference`, `message`. */
  @property() actions = 'call conference message';
  /** The age from which a position is shown as old, in seconds. */
  @property({type: Number, attribute: 'old-after'}) oldAfter = 300;
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';
  /** The numbers of the people who are selected. */
  @property({attribute: false}) selection: readonly string[] = [];

  readonly #client = new ClientController(this, () => this.htmlFor, {handsOn: true});
  readonly #lazy = new LazyElement<MapPanelElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-map-panel',
    load: async () => (await import('./inner.js')).inner,
  });

  /** The client whose people are shown. */
  get client(): BaseClient | undefined {
    return this.#client.client;
  }

  /** Brings everyone into view. */
  fit(): void {
    this.#lazy.use((panel) => panel.fit());
  }

  /** Moves the focus to the map. */
  override focus(options?: FocusOptions): void {
    this.#lazy.use((panel) => panel.focus(options));
  }

  protected override render(): TemplateResult {
    return this.#lazy.render(
      () =>
        html`<sip-map-panel
          exportparts=${this.#lazy.parts}
          .tiles=${this.tiles}
          .maxZoom=${this.maxZoom}
          .picture=${this.picture}
          .bounds=${this.bounds}
          .center=${this.center}
          .zoom=${this.zoom}
          .numbers=${this.numbers}
          .actions=${this.actions}
          .oldAfter=${this.oldAfter}
          .selection=${Array.isArray(this.selection) ? this.selection : []}
          @sip-map-select=${this.#onSelect}
          ><slot name="attribution" slot="attribution"></slot
        ></sip-map-panel>`,
    );
  }

  readonly #onSelect = ({detail}: HTMLElementEventMap['sip-map-select']): void => {
    this.selection = detail.numbers;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-map': SipMapElement;
  }
  interface HTMLElementEventMap {
    'sip-map-select': CustomEvent<{readonly numbers: readonly string[]}>;
    'sip-map-action': CustomEvent<{readonly action: MapAction; readonly numbers: readonly string[]}>;
  }
}
