import {html, LitElement, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {Numbers} from '../../core/directory/directory.js';
import type {Party} from '../../core/types.js';
import {writtenNumbers} from '../../core/util/number.js';
import {CallClaimController} from '../shared/calls/call-claim.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {ChannelsPanelElement} from './channels-panel.js';

/**
 * Talk groups as tiles: hears several groups at the same time, and speaks to one of them or to all that are selected.
 *
 * One press on a tile joins or selects its group, another press on another tile adds that to the selection; holding a tile speaks to that group alone. A
 * button and a key speak to all selected groups; each group that refuses the floor is named. Every tile has a key of its own; `?` lists the keys.
 *
 * Tiles are moved by Alt with the arrow keys, or dragged, and grouped into pages; both are remembered for the account.
 *
 * While the user speaks to groups, the calls and conferences of the client do not hear them, unless `heard-by-calls` is set.
 *
 * The floor is given back when the button or key is released, and whenever the release might be missed, as `<sip-intercom>` does.
 *
 * The panel is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<{selected: string}>} sip-channels-select - The user changed the selection: its numbers, separated by commas.
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around everything.
 * @csspart tiles - The list of the tiles.
 * @csspart pages - The tabs of the pages, if there are several.
 * @csspart page - The tab of a page, with what happens in its groups.
 * @csspart page-add - The button that adds a page, while tiles are moved.
 * @csspart page-name - The name of the page in view, while tiles are moved.
 * @csspart page-remove - The button that removes the page in view, while tiles are moved.
 * @csspart move-to-page - The option that moves the group to another page.
 * @csspart undo - The button that undoes a change of the pages.
 * @csspart tile - The button of a group's tile.
 * @csspart name - The name of a group.
 * @csspart key - The key of a group.
 * @csspart activity - What happens in a group: a shape and a word.
 * @csspart time - How long someone has been speaking.
 * @csspart detail - Who speaks, the user's place in the queue, why the user was refused, or when the group was heard last.
 * @csspart joined - How many members have joined the group.
 * @csspart alarm - The urgent or SOS call of a member of the group.
 * @csspart options - The button that opens a group's options.
 * @csspart option-list - The options of a group.
 * @csspart listen-only - The option that keeps the user from speaking to the group.
 * @csspart priority - The option that gives the group priority, with `scan`.
 * @csspart repeat - The option that plays what was last heard of the group, with the client's `recall`.
 * @csspart select-members - The option that selects the people of the group, with a `<sip-directory selectable>` of the same client.
 * @csspart join - The option that joins the group.
 * @csspart leave - The option that leaves the group.
 * @csspart talk - The button that speaks to the selected groups.
 * @csspart sounds - The button that opens the sounds to play to the selected groups.
 * @csspart sounds-panel - The panel of the sounds.
 * @csspart play - The option that plays sounds to the group alone.
 * @csspart refusals - The groups that do not hear the user, and why.
 * @csspart hint - How the tiles are used, and whether calls hear the user.
 * @csspart join-all - The button that joins all groups.
 * @csspart arrange - The button that lets the user drag tiles, or no longer.
 * @csspart keys - The button that lists the keys.
 * @csspart key-list - The list of the keys.
 * @csspart devices - The pedals and gamepads, in the list of the keys.
 * @csspart device-list - Their buttons that speak to groups.
 * @csspart remove - The button that removes one of them.
 * @csspart target - What the next button speaks to.
 * @csspart connect - The button that connects a pedal.
 * @csspart learn - The button that learns a button, or no longer.
 * @csspart sound - The button that turns the sound on.
 * @csspart notice - A message about a failure or a limitation.
 * @csspart retry - The button that tries to open a missing microphone or camera.
 */
export class SipChannelsElement extends LitElement {
  static override styles = [shared];

  /**
   * The groups, 24 at most: numbers or `number=name`, separated by commas, such as `9001=All hands, 9002`; as a
   * property also a list. Without them, the groups of the server's directory.
   */
  @property() groups: string | readonly (string | Party)[] = '';
  /** The numbers of the selected groups. */
  @property() selected: Numbers = '';
  /** A key that speaks to the selected groups while it is held, as that of a `<sip-intercom>`; empty for none. */
  @property({attribute: 'push-key'}) pushKey = 'F8';
  /**
   * The keys of the groups, in their order, separated by spaces: a press selects the group, holding the key speaks to it alone;
   * empty for none.
   */
  @property({attribute: 'group-keys'}) groupKeys = '1 2 3 4 5 6 7 8 9';
  /** The first press speaks to the selected groups and the second one ends, for users who cannot hold a button. */
  @property({type: Boolean, attribute: 'press-to-toggle', reflect: true}) pressToToggle = false;
  /** Joins each group once the client is registered; the browser asks for the microphone then. */
  @property({type: Boolean, reflect: true}) autojoin = false;
  /** Lets the calls and conferences of the client hear what the user says to groups. */
  @property({type: Boolean, attribute: 'heard-by-calls', reflect: true}) heardByCalls = false;
  /** Keeps the sound off until the user turns it on. */
  @property({type: Boolean, reflect: true}) silent = false;
  /**
   * Lets the user give groups priority, in their options: all others are lowered while one of them is heard, as the
   * client's `duck` says.
   */
  @property({type: Boolean, reflect: true}) scan = false;
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #client = new ClientController(this, () => this.htmlFor, {handsOn: true});
  readonly #lazy = new LazyElement<ChannelsPanelElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-channels-panel',
    load: async () => (await import('./inner.js')).inner,
  });

  constructor() {
    super();
    new StateController(this, () => [this.#client.client]);
    new CallClaimController(
      this,
      () => this.#client.client,
      () => this.#lazy.element?.intercoms ?? [],
    );
  }

  /**
   * Joins all groups that are not joined; resolves once the server has answered.
   *
   * @throws {SipError} The error of a group that cannot be joined; the others are joined all the same.
   */
  async join(): Promise<void> {
    await (await this.#lazy.load()).join();
  }

  /** Leaves all groups. */
  async leave(): Promise<void> {
    await Promise.all((this.#lazy.element?.intercoms ?? []).map((intercom) => intercom.hangup()));
  }

  /** Moves the focus to the first tile. */
  override focus(options?: FocusOptions): void {
    this.#lazy.use((panel) => panel.focus(options));
  }

  protected override render(): TemplateResult {
    return this.#lazy.render(
      () =>
        html`<sip-channels-panel
          exportparts=${this.#lazy.parts}
          .groups=${this.groups}
          .selected=${writtenNumbers(this.selected)}
          .pushKey=${String(this.pushKey)}
          .groupKeys=${String(this.groupKeys).split(/\s+/)}
          .pressToToggle=${this.pressToToggle}
          .autojoin=${this.autojoin}
          .heardByCalls=${this.heardByCalls}
          .silent=${this.silent}
          .scan=${this.scan}
          @select=${this.#onSelect}
          @sound=${this.#onSound}
        ></sip-channels-panel>`,
    );
  }

  readonly #onSelect = ({detail}: CustomEvent<string>): void => {
    this.selected = detail;
    this.dispatchEvent(
      new CustomEvent('sip-channels-select', {detail: {selected: detail}, bubbles: true, composed: true}),
    );
  };

  readonly #onSound = (): void => {
    this.silent = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-channels': SipChannelsElement;
  }
  interface HTMLElementEventMap {
    'sip-channels-select': CustomEvent<{readonly selected: string}>;
  }
}
