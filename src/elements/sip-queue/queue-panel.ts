import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {CallCommands} from '../../controllers/call-commands.js';
import {ClientController} from '../../controllers/client-controller.js';
import {ClockController, formatDuration} from '../../controllers/clock-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {Alarm} from '../../core/alarms/alarm.js';
import type {SipCall} from '../../core/call/call.js';
import {isUrgent} from '../../core/call-kinds.js';
import {isWaiting} from '../../core/call/newest-call.js';
import type {BaseClient} from '../../core/client/client.js';
import type {TabCall} from '../../core/tabs/tab-call.js';
import {SipError} from '../../errors.js';
import '../../locales/desk/queue-en.js';
import {answered, holdsOther, otherSpeaks} from '../shared/calls/answer-controls.js';
import {incomingText} from '../shared/calls/call-texts.js';
import {EndedCalls} from '../shared/calls/ended-calls.js';
import {openMicrophoneAhead} from '../shared/calls/microphone-ahead.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {FocusKeeper, rowInItsPlace} from '../shared/focus-keeper.js';
import {phoneIncomingIcon} from '../shared/icons/later.js';
import {usersIcon} from '../shared/icons/phone.js';
import {callable} from '../shared/last-dialed.js';
import {listBar} from '../shared/buttons/list-bar.js';
import {commandNotice} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';
import {isRegistered} from '../shared/registration.js';
import {repeat} from '../shared/repeat.js';
import {inner} from '../shared/styles/shared.styles.js';
import {alarmCard} from './alarm-card.js';
import {FixedPlaces} from './fixed-places.js';
import {callToReturnTo, canConfer, confer, inOrder, isQueued, returnTo} from './queue-order.js';
import {endedRow, queueRow, tabRow, type QueueRowContext} from './queue-row.js';
import {styles} from './queue-panel.styles.js';

/** How many alarms have a place at once; the others are scrolled to. */
const MOST_ALARMS = 3;

/** The contents of a `<sip-queue>`. */
export class QueuePanelElement extends LitElement {
  static readonly parts =
    'panel, sos-count, longest-wait, alarms, alarm, live, position, acknowledge, return, line, ended, urgent, choose, answer, answer-audio, answer-hangup, show-camera, decline, hold, hangup, again, dismiss, selection, merge, notice';

  static override styles = [inner, styles];

  readonly #client = new ClientController(this);
  readonly #commands = new CallCommands(this);
  /** For commands whose call may be over by the time they fail. */
  readonly #general = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #ended = new EndedCalls(
    this,
    () => this.#client.client,
    () => this.#isAimed,
  );
  readonly #places = new FixedPlaces();
  readonly #alarmPlaces = new FixedPlaces();
  /** How many alarms have a place. */
  #room = 1;
  /** Whether the pointer is on the list. */
  #pointed = false;
  #chosen: ReadonlySet<SipCall> = new Set();
  /** What was acknowledged last, for screen readers. */
  #acknowledged = '';

  constructor() {
    super();
    new StateController(this, () => [
      this.#client.client,
      ...(this.#client.client?.calls ?? []),
      ...this.#tabCalls,
    ]);
    new ClockController(this, () =>
      this.#alarms.length || this.#calls.length || this.#tabCalls.length ? Date.now() : undefined,
    );
    openMicrophoneAhead(this, () => this.#client.client, ['again']);
    // Keyboard users continue at the row that follows the one that is gone.
    new FocusKeeper(
      this,
      rowInItsPlace(this, () => () => this.#rows),
    );
  }

  /** See `SipQueueElement.answer`. */
  async answer(): Promise<void> {
    const first = inOrder(this.#shown).find(isWaiting);
    if (!first) throw new SipError('invalid-state', {subject: 'answer'});
    await answered(first, first.media);
  }

  /** Moves the focus to the first button of the list. */
  override focus(options?: FocusOptions): void {
    const first = this.#rows[0]?.querySelector<HTMLElement>('.actions button');
    (first ?? this.renderRoot.querySelector<HTMLElement>('.card'))?.focus(options);
  }

  get #alarms(): readonly Alarm[] {
    return this.#client.client?.state.alarms ?? [];
  }

  /** The calls, those of alarms included. */
  get #shown(): readonly SipCall[] {
    return (this.#client.client?.calls ?? []).filter(isQueued);
  }

  /** The calls that have no alarm. */
  get #calls(): readonly SipCall[] {
    const alarmed = new Set(this.#alarms.map(({id}) => id));
    return this.#shown.filter(({id}) => !alarmed.has(id));
  }

  /** The calls that other tabs have. */
  get #tabCalls(): readonly TabCall[] {
    return (this.#client.client?.state.tabCalls ?? []).filter(isQueued);
  }

  /** The rows in which there is something. */
  get #rows(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.row')];
  }

  /** Whether the pointer is on the list, or the focus of a keyboard user is in it. */
  get #isAimed(): boolean {
    // A touch leaves the list hovered; a list that is gone was never left.
    const aimed = this.#pointed ? '.lists:hover, .lists :focus-visible' : '.lists :focus-visible';
    return this.renderRoot.querySelector(aimed) !== null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const {client} = this.#client;
    // Learns of the alarms of other tabs. If loading fails, the next update tries again.
    if (client && isRegistered(client)) client.alarms.load().catch(() => {});
    const calls = this.#calls;
    if ([...this.#chosen].some((call) => !calls.includes(call) || !canConfer(call)))
      this.#chosen = new Set([...this.#chosen].filter((call) => calls.includes(call) && canConfer(call)));
  }

  protected override render(): TemplateResult {
    const {client} = this.#client;
    const localize = this.#localize;
    return html`<div
      part="panel"
      class="card"
      role="group"
      aria-label=${localize.term('queue')}
      tabindex="-1"
    >
      ${client ? this.#renderBar() : nothing}
      <div class="hidden" role="alert">${this.#announcement(isUrgent)}</div>
      <div class="hidden" role="status">
        ${this.#announcement((type) => !isUrgent(type)) || this.#acknowledged}
      </div>
      ${client ? this.#renderLists(client) : absenceNote(phoneIncomingIcon, this.#client, localize)}
      ${client ? this.#renderSelection(client) : nothing}
    </div>`;
  }

  #renderBar(): TemplateResult {
    const localize = this.#localize;
    const count = this.#alarms.length;
    const waiting = this.#shown.filter(isWaiting);
    const longest = Date.now() - Math.min(...waiting.map(({began}) => began));
    return listBar(
      html`<b class="line">${localize.term('queue')}</b>${
          count
            ? html`<b part="sos-count" class="chip sos">${localize.term('sosCount', String(count))}</b>`
            : nothing
        }`,
      waiting.length
        ? html`<span part="longest-wait" class="quiet line"
            >${localize.term('longestWait', formatDuration(Math.max(0, Math.floor(longest / 1000))))}</span
          >`
        : nothing,
    );
  }

  #renderLists(client: BaseClient): TemplateResult {
    const localize = this.#localize;
    const fixed = this.#isAimed;
    const alarms = new Map(this.#alarms.map((alarm) => [alarm.number || alarm.id, alarm]));
    const calls = new Map(this.#ended.with(this.#calls).map((call): [string, SipCall] => [call.id, call]));
    const order = inOrder([...calls.values()].filter(({state}) => state.phase !== 'released'));
    // What has ended keeps its place until it is gone.
    const ended = [...calls.keys()].filter((id) => !order.some((call) => call.id === id));
    const alarmPlaces = this.#alarmPlaces.arrange([...alarms.keys()], fixed);
    if (!fixed) this.#room = Math.min(MOST_ALARMS, Math.max(1, alarms.size));
    const places = this.#places.arrange([...order.map(({id}) => id), ...ended], fixed);
    const tabCalls = this.#tabCalls;
    const lines = places.length + tabCalls.length;
    return html`<div
      class="lists"
      tabindex=${alarms.size || lines ? nothing : 0}
      @pointerenter=${this.#onPointer}
      @pointerleave=${this.#onPointer}
      @focusout=${() => setTimeout(() => this.requestUpdate())}
      @keydown=${this.#onKeydown}
    >
      <div
        part="alarms"
        class="alarms room-${this.#room}"
        role=${alarms.size ? 'list' : nothing}
        aria-label=${alarms.size ? 'SOS' : nothing}
      >
        ${alarms.size ? nothing : html`<div class="none quiet" aria-hidden="true">${localize.term('noSos')}</div>`}
        ${repeat(
          alarms.size ? alarmPlaces : [],
          (key) => key ?? {},
          (key) => this.#renderAlarm(client, key === undefined ? undefined : alarms.get(key)),
        )}
      </div>
      ${
        lines
          ? html`<div class="calls" role="list" aria-label=${localize.term('calls')}>
              ${repeat(
                places,
                (id) => id ?? {},
                (id) => this.#renderCall(client, id === undefined ? undefined : calls.get(id)),
              )}
              ${repeat(
                tabCalls,
                (call) => call,
                (call) => this.#renderTabCall(call),
              )}
            </div>`
          : alarms.size
            ? nothing
            : emptyNote(phoneIncomingIcon, localize.term('queueEmpty'), localize.term('noCalls'))
      }
    </div>`;
  }

  #renderAlarm(client: BaseClient, alarm: Alarm | undefined): TemplateResult {
    if (!alarm) return html`<div class="gap" role="none"></div>`;
    const {id, number, name} = alarm;
    const call = this.#shown.find((each) => each.id === id);
    const remote = call?.remote ?? client.identify({number, name});
    const commands = call ? this.#commands.of(call) : this.#general;
    const before = callToReturnTo(client, call);
    const possible = callable({number, type: 'sos'}) && isRegistered(client);
    return html`<div part="alarm" class="row alarm" role="listitem">
      ${alarmCard({
        alarm,
        remote,
        call,
        before,
        commands,
        localize: this.#localize,
        now: Date.now(),
        speaks: !!call && otherSpeaks(client, call),
        holds: !!call && holdsOther(client, call),
        onReturn: () => void this.#general.run(() => returnTo(client, before!, call)),
        onResume: () => client.activate(call!),
        onAgain: possible ? () => void this.#general.run(() => client.call(number)) : undefined,
        onAcknowledge: () =>
          void this.#general.run(async () => {
            await client.alarms.acknowledge(id);
            this.#acknowledged = this.#localize.term('acknowledged', nameOf(remote, this.#localize));
          }),
      })}
    </div>`;
  }

  #renderCall(client: BaseClient, call: SipCall | undefined): TemplateResult {
    if (!call) return html`<div class="gap" role="none"></div>`;
    const localize = this.#localize;
    const commands = this.#commands.of(call);
    const runs = call.type === 'sos' && call.state.phase === 'answered';
    const before = runs ? callToReturnTo(client, call) : undefined;
    const context: QueueRowContext = {
      call,
      localize,
      commands,
      now: Date.now(),
      speaks: otherSpeaks(client, call),
      holds: holdsOther(client, call),
      onReturn: () => client.activate(call),
      // Once it is acknowledged, it has no card any more, whose button returns.
      back: before && {to: before, press: () => void this.#general.run(() => returnTo(client, before, call))},
    };
    if (call.state.phase === 'released') return this.#renderEnded(client, context);
    const name = nameOf(call.remote, localize);
    const choose = localize.explained(localize.term('queueChoose'), name);
    return html`<div
      part="line"
      class="row ${call === client.state.current && !isWaiting(call) ? 'current' : ''}"
      role="listitem"
    >
      ${queueRow(
        context,
        canConfer(call) && this.#eligible.length > 1
          ? html`<label class="choose"
              ><input
                part="choose"
                type="checkbox"
                title=${choose}
                aria-label=${choose}
                .checked=${this.#chosen.has(call)}
                @change=${({target}: Event) => this.#choose(call, (target as HTMLInputElement).checked)}
            /></label>`
          : nothing,
      )}
    </div>`;
  }

  #renderTabCall(call: TabCall): TemplateResult {
    return html`<div part="line" class="row" role="listitem">
      ${tabRow(call, {localize: this.#localize, commands: this.#commands.of(call)})}
    </div>`;
  }

  #renderEnded(client: BaseClient, context: QueueRowContext): TemplateResult {
    const {call} = context;
    const again = this.#ended.again(client, call);
    return html`<div part="ended" class="row ended" role="listitem">
      ${endedRow(context, again && (() => void this.#general.run(again)), () => this.#ended.remove(call))}
    </div>`;
  }

  /** The calls that a conference can be made of. */
  get #eligible(): readonly SipCall[] {
    return this.#calls.filter(canConfer);
  }

  /** Renders what lies over the end of the list, or below it: failures, and what can be done with the chosen calls. */
  #renderSelection(client: BaseClient): TemplateResult {
    const localize = this.#localize;
    const all = [
      this.#general,
      ...[...this.#shown, ...this.#tabCalls].map((call) => this.#commands.of(call)),
    ];
    const failed = all.find(({error}) => error);
    const chosen = this.#shown.filter((call) => this.#chosen.has(call));
    const possible = chosen.length > 1 && !this.#general.pending;
    return html`<div class="foot">
      ${failed ? commandNotice(failed, localize) : nothing}
      ${
        this.#eligible.length > 1
          ? html`<div part="selection" class="selection">
              <span class="quiet"
                >${
                  chosen.length
                    ? localize.term('queueChosen', String(chosen.length))
                    : localize.term('queueChooseHint')
                }</span
              >
              ${commandButton(
                undefined,
                html`${usersIcon}<span class="line">${localize.term('queueConfer')}</span>`,
                () => possible && void this.#general.run(() => this.#confer(client, chosen)),
                {
                  part: 'merge',
                  look: 'pill accent',
                  tip: possible ? nothing : localize.term('queueChooseHint'),
                  disabled: !possible,
                },
              )}
            </div>`
          : nothing
      }
    </div>`;
  }

  async #confer(client: BaseClient, calls: readonly SipCall[]): Promise<void> {
    await confer(client, calls);
    this.#chosen = new Set();
    this.requestUpdate();
  }

  #choose(call: SipCall, chosen: boolean): void {
    const others = [...this.#chosen].filter((other) => other !== call);
    this.#chosen = new Set(chosen ? [...others, call] : others);
    this.requestUpdate();
  }

  readonly #onPointer = ({type}: Event): void => {
    this.#pointed = type === 'pointerenter';
    this.requestUpdate();
  };

  /** Moves the focus between the rows: to the button that a press most likely means. */
  readonly #onKeydown = (event: KeyboardEvent): void => {
    const {key, altKey, ctrlKey, metaKey, shiftKey} = event;
    if (altKey || ctrlKey || metaKey || shiftKey) return;
    const rows = this.#rows;
    const place = rows.findIndex((row) => row.contains(event.target as Node));
    const next = {ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: rows.length - 1}[key];
    if (next === undefined || !rows[next]) return;
    event.preventDefault();
    rows[next].querySelector<HTMLElement>('.actions button')?.focus();
  };

  /** The newest waiting call, unless an element beside this one announces it. */
  #announcement(wanted: (type: SipCall['type']) => boolean): string {
    const call = this.#shown.findLast((each) => isWaiting(each) && wanted(each.type));
    if (!call) return '';
    const host = (this.getRootNode() as Partial<ShadowRoot>).host ?? this;
    const root = host.getRootNode() as Document | ShadowRoot;
    const others = root.querySelectorAll('sip-incoming, sip-calls');
    if ([...others].some((other) => (other as {calls?: readonly SipCall[]}).calls?.includes(call))) return '';
    return incomingText(call, this.#localize);
  }
}
