import {ContextProvider} from '@lit/context';
import {html, LitElement, type TemplateResult} from 'lit';
import {callContext} from '../../context/call-context.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {Numbers} from '../../core/directory/directory.js';
import type {IntercomState, SipIntercom} from '../../core/intercom/intercom.js';
import {CallClaimController} from '../shared/calls/call-claim.js';
import {forwardCommands, INTERCOM_COMMANDS, type IntercomCommands} from '../shared/calls/call-commands.js';
import {setState} from '../shared/custom-state.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import {shownIntercom} from './shown-intercom.js';
import type {IntercomPanelElement} from './intercom-panel.js';

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type -- They are defined below the class.
export interface SipIntercomElement extends IntercomCommands {}

/**
 * Push to talk: joins an intercom group, plays it, shows the speaker, and lets the user speak while they hold the
 * button by pointer, by the space bar or Enter on it, by a key (F8, or another one that the page chooses), or by a pedal, a
 * hand microphone or a gamepad that the user has connected.
 *
 * The microphone is heard only while the server grants the floor. The element releases the floor when the button is
 * released, and whenever the release might be missed: the window loses the focus, the page is hidden, the pointer is
 * lost, the button loses the focus while a key holds it, the connection is lost, or the element leaves the document.
 * The speaker is shown and announced; short tones signal that the user is heard, that they are not, and that another
 * speaker has finished.
 *
 * Without a group it shows the client's newest intercom; while there is none, a field for a group's number. It plays
 * the sound, and a `<sip-call>` beside it does not show the intercom.
 *
 * The methods of the intercom shown are the element's, too, such as `requestFloor()`; they reject with `call-not-found` if
 * there is none.
 *
 * The panel is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around everything.
 * @csspart group-field - The field for a group's number.
 * @csspart join - The button that joins.
 * @csspart cancel - The button that cancels joining.
 * @csspart members - The button with the number of members in the intercom, if the server reports them.
 * @csspart member-list - The list that it opens.
 * @csspart speaker - The speaker.
 * @csspart time - How long the user has been speaking; in the last seconds, how long the speaker may still speak.
 * @csspart queue - How many wait to speak, or the user's place among them, if the server reports it.
 * @csspart talk - The push-to-talk button.
 * @csspart devices - The pedals and gamepads.
 * @csspart device-list - Their buttons that speak to groups.
 * @csspart remove - The button that removes one of them.
 * @csspart target - What the next button speaks to.
 * @csspart connect - The button that connects a pedal.
 * @csspart learn - The button that learns a button, or no longer.
 * @csspart leave - The button that leaves.
 * @csspart decline - The button that declines a group's call.
 * @csspart answer-audio - The button that answers a group's call.
 * @csspart sound - The button that turns the sound on.
 * @csspart call-sound - The button that opens the sound of the intercom: its volume, level, silence, and output.
 * @csspart call-sound-menu - The sound of the intercom.
 * @csspart notice - A message about a failure or a limitation.
 * @csspart retry - The button that tries to open a missing microphone or camera.
 * @cssprop [--sip-intercom-button=9rem] - The width of the push-to-talk button.
 * @cssstate granted - The user is heard.
 * @cssstate taken - Another member is heard.
 * @cssstate joined - The intercom is connected.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class SipIntercomElement extends LitElement {
  static override styles = [shared];

  /** The id of the intercom to show; if empty, the other attributes choose it. */
  @property() sid = '';
  /** The number of the group to join. */
  @property() group = '';
  /** The members that a temporary group calls: numbers, or one string separated by commas. */
  @property() members: Numbers = '';
  /** The number of a temporary group; the server assigns one if empty. */
  @property() number = '';
  /** The name of a temporary group. */
  @property() name = '';
  /**
   * A key that works like the button anywhere on the page: `F8`, `Control+T`, or a `KeyboardEvent.code` such as
   * `Space`, `ControlRight`; empty for none. Keys other than function keys do nothing while the user types; the space
   * bar and Enter also do nothing while a button has the focus. If several intercoms have the same key, it works for
   * the one that was joined first.
   */
  @property({attribute: 'push-key'}) pushKey = 'F8';
  /** The first press begins and the second one ends, for users who cannot hold a button. */
  @property({type: Boolean, attribute: 'press-to-toggle', reflect: true})
  pressToToggle = false;
  /** Keeps the sound off until the user turns it on. */
  @property({type: Boolean, reflect: true}) silent = false;
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #internals = this.attachInternals();
  readonly #client = new ClientController(this, () => this.htmlFor, {handsOn: true});
  readonly #provider = new ContextProvider(this, {context: callContext});
  readonly #lazy = new LazyElement<IntercomPanelElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-intercom-panel',
    load: async () => (await import('./inner.js')).inner,
  });
  /** The intercom joined here last. */
  #joined: SipIntercom | undefined;
  #shown: SipIntercom | undefined;

  constructor() {
    super();
    new StateController(this, () => [
      this.#client.client,
      ...(this.#client.client?.state.calls ?? []),
      this.#shown,
    ]);
    new CallClaimController(
      this,
      () => this.#client.client,
      () => {
        const {intercom} = this;
        return intercom && !this.#lazy.failed ? [intercom] : [];
      },
    );
  }

  /** The intercom shown. */
  get intercom(): SipIntercom | undefined {
    const {sid, group} = this;
    return shownIntercom(this.#client.client, {sid, group, own: this.#joined});
  }

  /** The state of the intercom shown; undefined if there is none. */
  get state(): Readonly<IntercomState> | undefined {
    return this.intercom?.state;
  }

  /**
   * Joins the group, or calls the members; resolves once the server has named the intercom. The element also shows a
   * failure.
   *
   * @throws {SipError} The error that `SipClient.intercom` rejects with; `invalid-state` while joining.
   */
  async start(): Promise<SipIntercom> {
    return (await this.#lazy.load()).start();
  }

  /** Cancels joining, or leaves the intercom. */
  async stop(): Promise<void> {
    // Waits as `start` does, so that it cancels what was started before.
    const panel = await this.#lazy.load().catch(() => undefined);
    if (!panel?.cancel()) await this.intercom?.hangup();
  }

  /** Moves the focus to the push-to-talk button, or to the controls that precede it. */
  override focus(options?: FocusOptions): void {
    this.#lazy.use((panel) => panel.focus(options));
  }

  protected override willUpdate(): void {
    const next = this.intercom;
    if (next !== this.#shown) this.#provider.setValue(next);
    this.#shown = next;
  }

  protected override render(): TemplateResult {
    return this.#lazy.render(
      () =>
        html`<sip-intercom-panel
          exportparts=${this.#lazy.parts}
          .intercom=${this.#shown}
          .sid=${this.sid}
          .group=${this.group}
          .members=${this.members}
          .number=${this.number}
          .name=${this.name}
          .pushKey=${String(this.pushKey)}
          .pressToToggle=${this.pressToToggle}
          .silent=${this.silent}
          @joined=${this.#onJoined}
          @sound=${this.#onSound}
        ></sip-intercom-panel>`,
    );
  }

  protected override updated(): void {
    const {phase, floor} = this.#shown?.state ?? {};
    const joined = phase === 'answered';
    setState(this.#internals, 'joined', joined);
    for (const name of ['granted', 'taken'] as const)
      setState(this.#internals, name, joined && floor === name);
  }

  readonly #onJoined = ({detail}: CustomEvent<SipIntercom>): void => {
    this.#joined = detail;
    this.requestUpdate();
  };

  readonly #onSound = (): void => {
    this.silent = false;
  };
}

forwardCommands(SipIntercomElement.prototype, INTERCOM_COMMANDS, ({intercom}) => intercom);

declare global {
  interface HTMLElementTagNameMap {
    'sip-intercom': SipIntercomElement;
  }
}
