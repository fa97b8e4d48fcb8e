import {stopwatch} from '../../stopwatch.js';
import {copied} from '../util/shortened.js';
import type {AlarmAcknowledgement} from '../alarms/alarm.js';
import type {SipCall} from '../call/call.js';
import type {Noted} from '../history/history-entry.js';
import {fileIn, groupOf, type SipMessage} from '../messages/message.js';
import type {ConnectionState, Party, ReceivedMessage, RegistrationState} from '../types.js';
import type {JournalHost} from './journal-host.js';
import type {JournalEntry} from './journal-row.js';
import type {JournalFact, JournalReport} from './journal-store.js';
import {JournaledCall, type MemberEvent} from './journaled-call.js';
import type {LimitedRows} from './limited-rows.js';

/** What a recorder needs of its journal. */
export interface JournalRecorderDelegate {
  readonly report: JournalReport;
  /** What others cause. */
  readonly limited: LimitedRows;
  /** Whether the journal has the beginning of the call and not its end. */
  isOpen(call: string): boolean;
  /** Returns what the journal has last of each member of a conference, by their numbers. */
  membersOf(call: string): ReadonlyMap<string, MemberEvent>;
  /** Returns the id of the row with which an SOS call began, if the journal has it. */
  beginningOf(call: string): string | undefined;
  /** Whether this is the shift of an earlier page, which has not signed out. */
  isReturn(): boolean;
}

/** By how many characters of their beginning and their end tabs compare texts that they have received. */
const ENDS = 100;

/** Follows a client, and reports what happens to its journal. */
export class JournalRecorder {
  readonly #client: JournalHost;
  readonly #delegate: JournalRecorderDelegate;
  readonly #followed = new WeakSet<SipCall>();
  #signedIn: (() => number) | undefined;
  #connection: ConnectionState;
  #registration: RegistrationState = 'unregistered';
  #lost: (() => number) | undefined;

  constructor(client: JournalHost, delegate: JournalRecorderDelegate) {
    this.#client = client;
    this.#delegate = delegate;
    this.#connection = client.state.connection;
    client.addEventListener('statechange', this.#follow);
    client.addEventListener('sip-message-received', ({detail}) => this.#onReceived(detail.message));
    client.addEventListener('sip-message-state', ({detail}) => this.#onMessage(detail.message));
    client.addEventListener('sip-alarm-acknowledged', ({detail}) => this.#onAcknowledged(detail));
    client.history.addEventListener('noted', ({detail}) => this.#onNoted(detail));
    this.#follow();
  }

  readonly #follow = (): void => {
    this.#followConnection();
    this.#followSession();
    for (const call of this.#client.state.calls) {
      if (this.#followed.has(call)) continue;
      this.#followed.add(call);
      // An earlier page, or another tab, has noted it, and not its end.
      const known = this.#delegate.isOpen(call.id);
      const continued = known && call.state.phase === 'answered';
      const {report, limited} = this.#delegate;
      const members = continued ? this.#delegate.membersOf(call.id) : new Map<string, MemberEvent>();
      new JournaledCall(call, {report, limited, me: this.#me, known, members});
    }
  };

  get #me(): Party {
    const {user: number} = this.#client.options;
    return this.#client.identify({number, name: ''});
  }

  #followSession(): void {
    const {registration, connection, error} = this.#client.state;
    const before = this.#registration;
    this.#registration = registration;
    if (!this.#signedIn) {
      if (registration !== 'registered') return;
      this.#signedIn = stopwatch();
      const event = this.#delegate.isReturn() ? 'returned' : 'signed-in';
      this.#delegate.report(
        {kind: 'session', event},
        {name: `session:${event}`, by: 'tabs', until: 'session:signed-out'},
      );
      return;
    }
    const isOut =
      connection === 'disconnected' ||
      registration === 'rejected' ||
      // While the connection is lost, nobody has signed out.
      (registration === 'unregistered' && before !== registration && connection === 'connected');
    if (!isOut) return;
    const duration = secondsOf(this.#signedIn);
    this.#signedIn = undefined;
    this.#lost = undefined;
    this.#delegate.limited.flush();
    this.#delegate.report(
      {kind: 'session', event: 'signed-out', duration, ...(error && {cause: error.code})},
      {name: 'session:signed-out', by: 'tabs', until: 'session:signed-in'},
    );
  }

  #followConnection(): void {
    const {connection, error} = this.#client.state;
    if (connection === this.#connection) return;
    this.#connection = connection;
    if (!this.#signedIn) return;
    if (connection === 'reconnecting' && !this.#lost) {
      this.#lost = stopwatch();
      this.#delegate.report(
        {kind: 'connection', event: 'lost', ...(error && {cause: error.code})},
        {name: 'connection:lost', by: 'tabs', until: 'connection:restored'},
      );
    } else if (connection === 'connected' && this.#lost) {
      const duration = secondsOf(this.#lost);
      this.#lost = undefined;
      this.#delegate.report(
        {kind: 'connection', event: 'restored', duration},
        {name: 'connection:restored', by: 'tabs', until: 'connection:lost'},
      );
    }
  }

  #onReceived({from: number, name, text}: ReceivedMessage): void {
    const party = this.#client.identify({number, name: name ?? ''});
    this.#delegate.limited.report(
      {...messageEntry(text), event: 'received', direction: 'incoming', ...named(party)},
      {
        name: copied(`received:${number}:${text.length}:${text.slice(0, ENDS)}${text.slice(-ENDS)}`),
        by: 'tabs',
      },
    );
  }

  #onMessage({id, direction, state, number: key, text, error, file, recipients}: SipMessage): void {
    if (direction !== 'outgoing' || (state !== 'sent' && state !== 'failed')) return;
    // Each recipient of a file to a group has a row; the group has one only if it could not be uploaded.
    if (recipients && state === 'sent') return;
    const number = groupOf(key) ?? key;
    this.#delegate.limited.know({direction, number});
    const party = this.#client.identify({number, name: ''});
    this.#delegate.report(
      {...messageEntry(text, file), event: state, direction, ...named(party), ...(error && {cause: error})},
      // Receipts change a message that was sent.
      {name: `${state}:${id}`, by: state === 'sent' ? 'once' : 'own'},
    );
  }

  /** Reports who has acknowledged an SOS; its call may be over. */
  #onAcknowledged({id, number, name, author, since}: AlarmAcknowledgement): void {
    const {number: person, name: personName} = this.#client.identify({number: author, name: ''});
    const of = this.#delegate.beginningOf(id);
    this.#delegate.report(
      {
        kind: 'acknowledgement',
        event: 'written',
        call: copied(id),
        ...named(this.#client.identify({number, name})),
        person,
        personName,
        ...(of !== undefined && {of}),
      },
      // A caller may give two calls one id.
      {name: copied(`acknowledgement:${id}:${since}`), by: 'once'},
    );
  }

  /** Reports calls that this page does not have: refused before they rang, or left by an earlier page. */
  #onNoted({ending, id, type, direction, remote, spoken, cause}: Noted): void {
    // Such a call is followed.
    if (ending === 'here') return;
    const event = ending === 'left' ? 'ended' : 'refused';
    const code = cause?.code;
    const {report, limited} = this.#delegate;
    limited.know({direction, number: remote.number});
    const row: JournalEntry = {
      kind: type,
      event,
      call: copied(id),
      direction,
      ...named(this.#client.identify(remote)),
      ...(spoken !== undefined && {duration: Math.round(spoken / 1_000)}),
      ...(code && code !== 'normal' && {cause: code}),
    };
    const fact: JournalFact = {name: copied(`${type}:${id}:${event}`), by: 'tabs'};
    const isOfOthers = direction === 'incoming' && spoken === undefined;
    (isOfOthers ? limited.report : report)(row, fact);
  }
}

/** @param file - The file that a message of the user has, also before it is uploaded. */
function messageEntry(
  text: string,
  file = fileIn(text),
): {readonly kind: 'text' | 'file'; readonly text: string} {
  return {kind: file ? 'file' : 'text', text};
}

function named({number, name}: Party): {readonly number: string; readonly name: string} {
  return {number, name};
}

function secondsOf(passed: () => number): number {
  return Math.round(passed() / 1_000);
}
