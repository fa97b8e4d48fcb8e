import {css, html, LitElement, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {ConsolePanelElement} from './console-panel.js';
import type {Handover} from '../../core/handover/handover.js';
import type {ShiftEnd} from '../../core/handover/end-shift.js';
import type {DeskKeys} from './desk-keys.js';
import type {RegionName} from './regions.js';
import type {ShiftEnded} from './shift-controller.js';

export type {DeskKeyName, DeskKeys} from './desk-keys.js';
export type {ShiftEnded} from './shift-controller.js';

/**
 * A dispatcher's desk that fills the window: the directory, calls, conferences and cameras, the queue, messages and talk
 * groups, each in a region that scrolls inside.
 *
 * The user drags the dividers between the regions, divides the center, and saves layouts by name. All of it is
 * remembered for the account.
 *
 * A child with the attribute `data-region` replaces what a region shows: `left`, `center`, `queue`, `right` or `bottom`; in the
 * `top` region it is added. Several children of one region are tabs, in their order; the attribute `data-label` names the tab. An
 * element of this package has a name without it. In `locked`, it is shown after the end of a shift, such as your sign-in. The regions get the client from this element.
 *
 * Below 1280 px, the left and the right side are drawers; below 600 px, each region is a tab.
 *
 * The panel is loaded when the element is first on a page.
 *
 * @slot - The page's own regions: elements with the attribute `data-region`.
 * @fires {CustomEvent<{handover: Handover, journalKept: boolean, recordingsKept: boolean}>} sip-hand-over - The user has handed over and is signed out. `journalKept` tells that `hand-over="erase"` has kept the journal, because your sink has not taken all of it; `recordingsKept` that it has kept recordings that are still to be uploaded.
 * @fires {CustomEvent<{handover: Handover}>} sip-take-over - The user has taken over what was handed over.
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around everything.
 * @csspart top - The region at the top: the user, the counters and the clock.
 * @csspart left - The region on the left.
 * @csspart center - The region in the center.
 * @csspart queue - The region on the right, above.
 * @csspart right - The region on the right, below.
 * @csspart bottom - The region at the bottom.
 * @csspart sos - The number of SOS that wait or are not acknowledged; it leads to the queue.
 * @csspart waiting - The number of other calls that wait; it leads to the queue.
 * @csspart recording - The sign that calls are recorded.
 * @csspart clock - The clock.
 * @csspart date - The date.
 * @csspart do-not-disturb - The button that turns do not disturb on or off.
 * @csspart connect - The button that connects and registers, shown while there is no connection.
 * @csspart mailbox - The sign that there are voice messages.
 * @csspart error - A failure of the connection.
 * @csspart layouts - The button with the layouts.
 * @csspart layout-list - The list of the layouts.
 * @csspart layout - The button that applies a layout.
 * @csspart remove-layout - The button that removes a layout.
 * @csspart default-layout - The button that applies the default layout.
 * @csspart layout-name - The field for the name of the layout.
 * @csspart save-layout - The button that saves the layout.
 * @csspart keys - The button that lists the keys.
 * @csspart key-list - The list of the keys.
 * @csspart hand-over - The button that hands over.
 * @csspart handed-over - The button that shows what the user before has handed over.
 * @csspart hand-over-panel - What is handed over.
 * @csspart hand-over-comment - The field for a comment.
 * @csspart hand-over-csv - The button that saves a CSV file.
 * @csspart hand-over-json - The button that saves a JSON file.
 * @csspart hand-over-call - The button that calls a number that was handed over.
 * @csspart hand-over-close - The button that closes it.
 * @csspart end-shift - The button that ends the shift.
 * @csspart take-over - The button that takes over.
 * @csspart locked - What is shown after the end of a shift.
 * @csspart reload - The button that reloads the page then.
 * @csspart tabs - The tabs of a region.
 * @csspart tab - Each tab of a region.
 * @csspart arrangements - The buttons that divide the center.
 * @csspart arrangement - Each of the buttons that divide the center.
 * @csspart divider - The dividers between regions.
 * @csspart drawer - A side that is a drawer.
 * @csspart open-drawer - The button that opens a drawer.
 * @csspart close-drawer - The button that closes a drawer.
 * @csspart region-tabs - The tabs of the regions in a narrow desk.
 * @csspart region-tab - Each tab of the regions in a narrow desk.
 * @csspart directory - The `<sip-directory>`.
 * @csspart dialer - The `<sip-dialer>`.
 * @csspart call - The `<sip-call>`.
 * @csspart conference - The `<sip-conference>`.
 * @csspart wall - The `<sip-monitor>`.
 * @csspart queue-calls - The `<sip-queue>` of calls.
 * @csspart map - The `<sip-map>`, if the server reports positions.
 * @csspart speed-dial - The `<sip-keys>`.
 * @csspart messages - The `<sip-messages>`.
 * @csspart journal - The `<sip-journal>`.
 * @csspart history - The `<sip-history>`.
 * @csspart files - The `<sip-upload>`.
 * @csspart groups - The `<sip-channels>`.
 */
export class SipConsoleElement extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        block-size: 100dvh;
      }
    `,
  ];

  /** The regions to show, separated by spaces: `top`, `left`, `center`, `queue`, `right`, `bottom`; all if empty. */
  @property() regions = '';
  /**
   * Keys that replace the defaults, as `{answer: 'F9', groups: ['F5', 'F6']}`; as an attribute `answer: F9; groups: F5 F6`. An empty
   * value turns a key off, `none` all of them. The names are `answer`, `hold`, `search`, `listen`, `groups`, `talk`, `repeat`,
   * `regions` and `list`.
   */
  @property() keys: DeskKeys | string = '';
  /**
   * What becomes of the data of a user who hands over: `lock` keeps it in the browser and shows nothing of it, `erase` erases
   * all of it, with the journal; `off` removes the button.
   */
  @property({attribute: 'hand-over'}) handOver: ShiftEnd | 'off' = 'lock';
  /** Hands over the newest unread text of each sender; otherwise only who has written, and how many. */
  @property({type: Boolean, attribute: 'hand-over-texts'}) handOverTexts = false;
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #lazy = new LazyElement<ConsolePanelElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-console-panel',
    load: async () => (await import('./inner.js')).inner,
  });

  constructor() {
    super();
    new ClientController(this, () => this.htmlFor, {handsOn: true});
  }

  /** Shows a region if it is hidden, and moves the focus to it. */
  focusRegion(name: RegionName): void {
    this.#lazy.use((panel) => panel.focusRegion(name));
  }

  protected override render(): TemplateResult {
    const words = (text: string): readonly string[] => String(text).split(/\s+/).filter(Boolean);
    return this.#lazy.render(
      () =>
        html`<sip-console-panel
          exportparts=${this.#lazy.parts}
          .regions=${words(this.regions)}
          .keys=${this.keys}
          .handOver=${this.handOver}
          .handOverTexts=${this.handOverTexts}
        ></sip-console-panel>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-console': SipConsoleElement;
  }
  interface HTMLElementEventMap {
    'sip-hand-over': CustomEvent<ShiftEnded>;
    'sip-take-over': CustomEvent<{readonly handover: Handover}>;
  }
}
