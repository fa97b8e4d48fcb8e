import '../../locales/history-en.js';
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {guard} from 'lit/directives/guard.js';
import {openMicrophoneAhead} from '../shared/calls/microphone-ahead.js';
import {repeat} from '../shared/repeat.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {DayController} from '../../controllers/day-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {CallHistory} from '../../core/history/call-history.js';
import type {HistoryEntry} from '../../core/history/history-entry.js';
import type {Party} from '../../core/types.js';
import {SipError} from '../../errors.js';
import {setState} from '../shared/custom-state.js';
import {LazyModule} from '../shared/lazy-module.js';
import type {RecordedCalls} from '../shared/recordings/recorded-calls.js';
import {HistoryRemoval} from './history-removal.js';
import {historyRow} from './history-row.js';
import {absenceNote} from '../shared/empty-note.js';
import {phoneIcon} from '../shared/icons.js';
import {phoneMissedIcon, phoneOutgoingIcon, trash2Icon} from '../shared/icons/later.js';
import {lastDialed} from '../shared/last-dialed.js';
import {barButton, listBar} from '../shared/buttons/list-bar.js';
import {commandNotice} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';
import {property} from '../shared/property.js';
import {isRegistered, unregisteredReason} from '../shared/registration.js';
import {shared} from '../shared/styles/shared.styles.js';
import {styles} from './sip-history.styles.js';

/** What plays recordings of calls: loaded with the first row of a recorded call. */
const recorded = new LazyModule(() => import('../shared/recordings/recorded-calls.js'));

/**
 * Shows ended calls: missed, answered, outgoing and declined. One press calls again; the user can remove one or all
 * entries and undo the removal.
 *
 * Missed calls stay marked as new until the user presses or types something in the element. A screen reader announces
 * each call that is missed while the element is shown, once.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A call that was requested here failed.
 * @csspart panel - The box around everything.
 * @csspart filter - The button that shows only missed calls.
 * @csspart redial - The button that calls the number called last.
 * @csspart clear - The button that removes all entries shown.
 * @csspart entry - Each entry.
 * @csspart person - The name that leads to the page about the other side, if `people` tells one.
 * @csspart play - The button that plays the recording of a call, or closes its player.
 * @csspart player - The player of a recording.
 * @csspart call - The button that calls again.
 * @csspart remove - The button that removes an entry.
 * @csspart undo - The button that restores removed entries.
 * @csspart notice - A message about a failure.
 * @cssprop [--sip-history-height=26rem] - The height up to which the list grows before it scrolls.
 * @cssstate missed - There are missed calls that the user has not seen.
 */
export class SipHistoryElement extends LitElement {
  static override styles = [shared, styles];

  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';
  /** Shows only missed calls. */
  @property({type: Boolean, reflect: true}) missed = false;

  readonly #internals = this.attachInternals();
  readonly #client = new ClientController(this, () => this.htmlFor);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #removal = new HistoryRemoval(this);
  #recorded: RecordedCalls | undefined;
  #shownSince = 0;

  constructor() {
    super();
    new StateController(this, () => [this.#client.client, this.#history]);
    new DayController(this);
    openMicrophoneAhead(this, () => this.#client.client, ['call', 'redial']);
    for (const type of ['pointerdown', 'keydown'])
      this.addEventListener(type, () => this.#history?.markSeen());
  }

  /** The entries shown, newest first. */
  get entries(): readonly HistoryEntry[] {
    const entries = this.#history?.entries ?? [];
    return this.missed ? entries.filter(({outcome}) => outcome === 'missed') : entries;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#shownSince = Date.now();
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const history = this.#history;
    return html`<div part="panel" class="card" role="group" aria-label=${localize.term('history')}>
      ${history ? this.#renderBar(history) : nothing}
      <div class="hidden" role="status">${this.#announcement()}</div>
      ${commandNotice(this.#commands, localize)}
      ${history && this.entries.length ? this.#renderList() : this.#renderEmpty(history)}
      <div role="status">${this.#removal.render(history, localize)}</div>
    </div>`;
  }

  protected override updated(): void {
    setState(this.#internals, 'missed', !!this.#history?.state.unseen);
  }

  #identified(entry: HistoryEntry): HistoryEntry & Party {
    return this.#client.client?.identify(entry) ?? entry;
  }

  get #history(): CallHistory | undefined {
    return this.#client.client?.history;
  }

  #renderBar({state}: CallHistory): TemplateResult {
    const localize = this.#localize;
    const missed = localize.term('missedCalls', String(state.unseen));
    const clear = localize.term(this.missed ? 'clearMissed' : 'clearHistory');
    const filter = html`${phoneMissedIcon}<span aria-hidden="true">${localize.term('missed')}</span>`;
    return listBar(
      html`<b class="line">${localize.term('history')}</b> ${
          state.unseen
            ? html`<span class="badge number" title=${missed}
                ><span aria-hidden="true">${state.unseen}</span><span class="hidden">${missed}</span></span
              >`
            : nothing
        }`,
      html`${this.#renderRedial()}
      ${barButton('filter', localize.term('missedOnly'), filter, () => (this.missed = !this.missed), {pressed: this.missed})}
      ${this.entries.length ? barButton('clear', clear, trash2Icon, this.#onClear) : nothing}`,
    );
  }

  #renderRedial(): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const last = lastDialed(this.#history);
    if (!last) return nothing;
    const name = localize.term('redial', nameOf(this.#identified(last), localize));
    const reason = unregisteredReason(this.#client.client, localize);
    return barButton('redial', name, phoneOutgoingIcon, () => this.#onCall(last), {
      disabled: reason && localize.explained(name, reason),
    });
  }

  #renderList(): TemplateResult {
    const localize = this.#localize;
    const {client} = this.#client;
    const reason = unregisteredReason(client, localize);
    const now = Date.now();
    const entries = this.entries.map((entry) => this.#identified(entry));
    const pictured = entries.some(({picture}) => picture);
    const context = {pictured, localize, now, reason, onCall: this.#onCall, onRemove: this.#onRemove};
    const day = new Date(now).toDateString();
    const calls = entries.some((entry) => entry.recorded) ? this.#recordedCalls() : undefined;
    return html`<div role="list">
      ${repeat(
        entries,
        ({id}) => id,
        (entry) =>
          html`<div part="entry" role="listitem">
            ${guard(
              [
                entry,
                pictured,
                reason,
                day,
                localize.lang(),
                localize.term('history'),
                calls?.stateOf(entry.sid),
              ],
              () => historyRow({...context, entry, play: calls?.button(entry.sid, nameOf(entry, localize))}),
            )}${calls?.player(entry.sid, nameOf(entry, localize))}
          </div>`,
      )}
    </div>`;
  }

  #recordedCalls(): RecordedCalls | undefined {
    const {RecordedCalls} = recorded.load(this) ?? {};
    if (RecordedCalls)
      this.#recorded ??= new RecordedCalls(this, this.#localize, () => this.#client.client?.recordings);
    return this.#recorded;
  }

  #renderEmpty(history: CallHistory | undefined): TemplateResult {
    const localize = this.#localize;
    if (!history) return absenceNote(phoneIcon, this.#client, localize);
    const filtered = this.missed && history.entries.length > 0;
    return html`<div class="empty">
      ${phoneIcon}<b>${localize.term(this.missed ? 'noMissed' : 'noHistory')}</b>
      ${filtered ? nothing : html`<p class="quiet">${localize.term('noHistoryHint')}</p>`}
    </div>`;
  }

  /** The text for the last missed call, if it was missed while this element was shown. */
  #announcement(): string {
    const missed = this.#history?.entries.find(({outcome, seen}) => outcome === 'missed' && !seen);
    if (!missed || missed.time < this.#shownSince) return '';
    return this.#localize.term('missedFrom', nameOf(this.#identified(missed), this.#localize));
  }

  readonly #onCall = ({number, media}: HistoryEntry): void => {
    const {client} = this.#client;
    if (this.#commands.pending || !client) return;
    if (isRegistered(client)) void this.#commands.run(() => client.call(number, {media}));
    else this.#commands.fail(new SipError('not-registered'));
  };

  readonly #onRemove = (entry: HistoryEntry): void => {
    const text = this.#localize.term('callRemoved', nameOf(entry, this.#localize));
    const place = this.entries.findIndex(({id}) => id === entry.id);
    if (this.#history) this.#removal.remove(this.#history, [entry], text, place);
  };

  readonly #onClear = (): void => {
    const text = this.#localize.term(this.missed ? 'missedCleared' : 'historyCleared');
    const history = this.#history;
    if (history && this.missed) this.#removal.remove(history, this.entries, text);
    else if (history) this.#removal.clear(history, text);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-history': SipHistoryElement;
  }
}
