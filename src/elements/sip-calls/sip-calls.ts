import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {openMicrophoneAhead} from '../shared/calls/microphone-ahead.js';
import {repeat} from '../shared/repeat.js';
import {ClientController} from '../../controllers/client-controller.js';
import {ClockController} from '../../controllers/clock-controller.js';
import {CallCommands} from '../../controllers/call-commands.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {TabCall} from '../../core/tabs/tab-call.js';
import type {BaseClient} from '../../core/client/client.js';
import {isIntercomType, isLine, isLookedAt, isUrgent} from '../../core/call-kinds.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import {isWaiting} from '../../core/call/newest-call.js';
import {holdsOther, otherSpeaks} from '../shared/calls/answer-controls.js';
import {urgentSign, urgentStyles} from '../shared/calls/urgent-sign.js';
import {callActions, endedActions, lineActions, lineHead, type CallLineContext} from './call-line.js';
import {EndedCalls} from '../shared/calls/ended-calls.js';
import {incomingText} from '../shared/calls/call-texts.js';
import {setState} from '../shared/custom-state.js';
import {doNotDisturbButton} from '../shared/do-not-disturb.js';
import {doNotDisturbStyles} from '../shared/styles/do-not-disturb.styles.js';
import {defineInner} from '../shared/define-inner.js';
import {FocusKeeper, rowInItsPlace} from '../shared/focus-keeper.js';
import {LazyModule} from '../shared/lazy-module.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {phoneIcon} from '../shared/icons.js';
import {listBar} from '../shared/buttons/list-bar.js';
import {commandNotice} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';
import {pbxTools} from '../shared/pbx/pbx-tools.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import {styles} from './sip-calls.styles.js';
import type {} from '../sip-incoming/sip-incoming.js';

/** The offers of calls that need them. */
const offers = new LazyModule(() => import('./line-offers.js'));

/** What connects calls with conferences and intercoms; its value is the parts that it exports. */
const patches = new LazyModule(async () => {
  const {PatchesPanelElement} = await import('./patches-panel.js');
  defineInner({'sip-calls-patches': PatchesPanelElement});
  return PatchesPanelElement.parts;
});

/**
 * Shows all calls as lines: the other party, the state and the duration. Each line can answer, hold and end its call.
 *
 * An ended call stays for some seconds, with how long it was. While the user listens in on a call of others, the line
 * says so and offers to barge in or to end that call; in a consultation, to complete the transfer. If there are several
 * calls, the current one offers to merge them into one conference, and then to split them.
 *
 * Pressing a line resumes its call and holds the active one; a `<sip-call>` without `sid` then shows it. If another
 * call is active, a ringing call can be answered in two ways: hold the other call, or end it. A call that the page
 * keeps quiet (it canceled `sip-call-received`) is not shown while it rings. A screen reader announces a new waiting
 * call once, unless a `<sip-incoming>` beside this element does. Urgent and SOS calls come first and interrupt whatever
 * the screen reader is reading.
 *
 * If a conference or an intercom is among several calls, they can be connected: everyone hears everyone. A row shows who
 * is connected; the user takes members out, and joins, listens or steps out.
 *
 * If the tabs are one phone, the calls of other tabs follow, and can be muted, held and ended from here.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command of a line failed.
 * @csspart panel - The box around everything.
 * @csspart do-not-disturb - The button that turns do not disturb on or off.
 * @csspart line - Each call.
 * @csspart urgent - The red header of an urgent or SOS call; a chip after the call.
 * @csspart ended - Each ended call; it is shown for some seconds, with how long it was.
 * @csspart again - The button that calls again.
 * @csspart dismiss - The button that removes an ended call.
 * @csspart offer - What a line offers: to complete a transfer, to merge calls, to barge into a call of others or end it.
 * @csspart complete-transfer - The button that completes a transfer after a consultation.
 * @csspart cancel-transfer - The button that ends the consultation and resumes the call.
 * @csspart merge - The button that merges the calls into one conference.
 * @csspart split - The button that ends the conference: this call continues, the others are held.
 * @csspart connect-calls - The button that opens the choice of what to connect.
 * @csspart choices - The calls, conferences and intercoms that can be connected.
 * @csspart connect - The button that connects those that are chosen.
 * @csspart patch - Each row of calls that are connected.
 * @csspart patch-member - A member of such a row.
 * @csspart take-out - The button that takes a member out and holds it; the others go on.
 * @csspart also-connect - The button that connects one more.
 * @csspart join - The button that lets the user speak and hear.
 * @csspart listen - The button that lets the user only hear.
 * @csspart step-out - The button that lets the user neither speak nor hear.
 * @csspart disconnect - The button that ends the connection: the current call continues, the others are held.
 * @csspart barge-in - The button that barges into the call that the user listens to.
 * @csspart force-end - The button that ends a call of others after the user has confirmed that.
 * @csspart cancel - The button that cancels ending the call of others, or connecting calls.
 * @csspart confirm - The button that confirms ending the call of others.
 * @csspart switch - The part of a line that resumes its call.
 * @csspart mute - The button that mutes the microphone in a call of another tab.
 * @csspart hold - The button that holds or resumes a call.
 * @csspart hangup - The button that ends a call.
 * @csspart decline - The button that declines a call.
 * @csspart answer - The button that answers and holds the active call.
 * @csspart answer-audio - The button that answers a video call with audio only.
 * @csspart answer-hangup - The button that answers and ends the active call.
 * @csspart parked - Each call that was parked here, with where it is.
 * @csspart slot - The field for the slot of a parked call.
 * @csspart retrieve - The button that retrieves a parked call.
 * @csspart forget - The button that removes a parked call from the list.
 * @csspart notice - A message about a failure.
 * @cssstate waiting - A call waits to be answered.
 */
export class SipCallsElement extends LitElement {
  static override styles = [shared, urgentStyles, styles, doNotDisturbStyles];

  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #internals = this.attachInternals();
  readonly #client = new ClientController(this, () => this.htmlFor);
  readonly #commands = new CallCommands(this);
  /** For commands whose call may be over by the time they fail. */
  readonly #general = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #ended = new EndedCalls(this, () => this.#client.client);
  /** The call of others that is about to be ended. */
  #confirming: SipCall | undefined;

  constructor() {
    super();
    new StateController(this, () => {
      const {client} = this.#client;
      return [client, ...(client?.state.calls ?? []), ...this.#tabCalls];
    });
    openMicrophoneAhead(this, () => this.#client.client, ['again']);
    // Keyboard users continue at the line that takes the place of the one that is gone.
    new FocusKeeper(
      this,
      rowInItsPlace(this, (focused) => {
        const kind = focused.closest('[part=ended]') ? '[role=listitem]' : '[part=line]';
        return () => [...this.renderRoot.querySelectorAll(kind)];
      }),
    );
    new ClockController(this, () =>
      [...this.calls, ...this.#tabCalls].reduce<number | undefined>(
        (first, {duration}) => first ?? duration,
        undefined,
      ),
    );
  }

  /** The calls shown: urgent ones first, then oldest first. Cameras that this client watches are left out. */
  get calls(): readonly SipCall[] {
    const shown = (this.#client.client?.state.calls ?? []).filter(
      ({state, type, direction}) =>
        (!state.quiet || state.phase === 'answered') && !(isLookedAt(type) && direction === 'outgoing'),
    );
    return shown.sort((one, other) => Number(isUrgent(other.type)) - Number(isUrgent(one.type)));
  }

  /** The calls that other tabs of the phone have. */
  get #tabCalls(): readonly TabCall[] {
    return this.#client.client?.state.tabCalls ?? [];
  }

  protected override render(): TemplateResult {
    const {client} = this.#client;
    const calls = this.calls;
    const tabCalls = this.#tabCalls;
    const lines = client ? this.#ended.with(calls) : [];
    const localize = this.#localize;
    return html`<div
      part="panel"
      class="card"
      role="group"
      aria-label=${localize.term('calls')}
      tabindex="-1"
    >
      ${client ? this.#renderBar(client, calls.length + tabCalls.length) : nothing}
      ${commandNotice(this.#general, localize)} ${pbxTools(client, this)?.parkedCalls(client, 'above')}
      ${
        client && connects(client) && patches.value
          ? html`<sip-calls-patches exportparts=${patches.value} .client=${client}></sip-calls-patches>`
          : nothing
      }
      <div class="hidden" role="alert">${this.#announcement(calls.filter(({type}) => isUrgent(type)))}</div>
      <div class="hidden" role="status">${this.#announcement(calls.filter(({type}) => !isUrgent(type)))}</div>
      ${
        client && lines.length + tabCalls.length
          ? html`<div role="list">
              ${repeat(
                lines,
                ({id}) => id,
                (call) => this.#renderLine(client, call),
              )}
              ${repeat(
                tabCalls,
                (call) => call,
                (call) => this.#renderTabCall(call),
              )}
            </div>`
          : client
            ? emptyNote(phoneIcon, localize.term('noCallsHint'), localize.term('noCalls'))
            : absenceNote(phoneIcon, this.#client, localize)
      }
    </div>`;
  }

  protected override willUpdate(): void {
    const {calls} = this;
    const wanted = calls.some(({type}) => type === 'listen-in' || type === 'barge-in');
    // A consultation, or calls that can be merged.
    if (wanted || calls.length > 1) offers.load(this);
    const {client} = this.#client;
    if (client && connects(client)) patches.load(this);
  }

  protected override updated(): void {
    setState(this.#internals, 'waiting', this.calls.some(isWaiting));
  }

  #renderBar(client: BaseClient, count: number): TemplateResult {
    return listBar(
      html`<b>${this.#localize.term('calls')}</b
        >${count ? html`<span class="quiet number">${count}</span>` : nothing}`,
      doNotDisturbButton(client, this.#localize, true),
    );
  }

  #renderLine(client: BaseClient, call: SipCall): TemplateResult {
    const commands = this.#commands.of(call);
    const localize = this.#localize;
    const current = client.state.current === call && !isWaiting(call);
    const context: CallLineContext = {
      call,
      localize,
      commands,
      speaks: otherSpeaks(client, call),
      holds: holdsOther(client, call),
      onSwitch:
        isWaiting(call) || isIntercom(call) || !isLine(call.type) || call.state.phase === 'released'
          ? undefined
          : () => void commands.run(() => client.activate(call)),
    };
    if (call.state.phase === 'released') return this.#renderEnded(client, context);
    const offered = offers.value?.lineOffers({
      ...context,
      client,
      general: this.#general,
      confirming: this.#confirming === call,
      onConfirm: (asks) => this.#confirm(asks ? call : undefined),
    });
    return html`<div part="line" role="listitem" class=${current ? 'current' : ''}>
      ${urgentSign(call, localize)} ${lineHead(context, current)} ${lineActions(context)}
      ${offered ?? nothing} ${commandNotice(commands, localize)}
    </div>`;
  }

  #renderTabCall(call: TabCall): TemplateResult {
    const commands = this.#commands.of(call);
    const localize = this.#localize;
    const context = {call, commands, localize, where: localize.term('inOtherTab')};
    return html`<div part="line" role="listitem" class="tab">
      ${lineHead(context, false)} ${callActions(context)} ${commandNotice(commands, localize)}
    </div>`;
  }

  #renderEnded(client: BaseClient, context: CallLineContext): TemplateResult {
    const {call} = context;
    const again = this.#ended.again(client, call);
    return html`<div part="ended" role="listitem" class="ended">
      ${lineHead(context, false)}
      ${endedActions(context, again && (() => void this.#general.run(again)), () => this.#ended.remove(call))}
    </div>`;
  }

  #confirm(call: SipCall | undefined): void {
    this.#confirming = call;
    this.requestUpdate();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[part=cancel]')?.focus());
  }

  /** The newest waiting call, unless a `<sip-incoming>` beside this element announces it. */
  #announcement(calls: readonly SipCall[]): string {
    const call = calls.findLast(isWaiting);
    if (!call) return '';
    const root = this.getRootNode() as Document | ShadowRoot;
    const announced = [...root.querySelectorAll('sip-incoming')].some((other) => other.calls?.includes(call));
    if (announced) return '';
    return isUrgent(call.type) || call.watched
      ? incomingText(call, this.#localize)
      : this.#localize.term('rings', nameOf(call.remote, this.#localize));
  }
}

/** Whether calls are connected, or can be: several calls of two are merged instead. */
function connects({state, patches}: BaseClient): boolean {
  const groups = state.calls.filter(({type}) => type === 'conference' || isIntercomType(type));
  return patches.some(({merges}) => !merges) || (groups.length > 0 && state.calls.length > 1);
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-calls': SipCallsElement;
  }
}
