import {copied} from '../util/shortened.js';
import type {AlarmAcknowledgement} from '../alarms/alarm.js';
import type {SipCall} from '../call/call.js';
import type {Noted} from '../history/history-entry.js';
import {fileIn, type SipMessage} from '../messages/message.js';
import type {ConnectionState, Party, ReceivedMessage, RegistrationState} from '../types.js';
import type {JournalHost} from './journal-host.js';
import type {JournalReport} from './journal-store.js';
import {JournaledCall, type MemberEvent} from './journaled-call.js';
import type {StrangerRows} from './stranger-rows.js';

/** What a recorder needs of its journal. */
export interface JournalRecorderDelegate {
  readonly report: JournalReport;
  readonly strangers: StrangerRows;
  /** Whether the journal has the beginning of the call and not its end. */
  isOpen(call: string): boolean;
  /** Returns what the journal has last of each member of a conference, by their numbers. */
  membersOf(call: string): ReadonlyMap<string, MemberEvent>;
  /** Returns the id of the row with which an SOS call began, if the journal has it. */
  beginningOf(call: string): string | undefined;
  /** Whether this is the shift of an earlier page, which has not signed out. */
  isReturn(): boolean;
}

/** How many calls are known by their ids. */
const MOST_IDS = 1_000;

/** Follows a client, and reports what happens to its journal. */
export class JournalRecorder {
  readonly #client: JournalHost;
  readonly #delegate: JournalRecorderDelegate;
  readonly #followed = new WeakSet<SipCall>();
  /** The ids of the last calls that were followed or refused. */
  readonly #ids = new Set<string>();
  #signedInAt: number | undefined;
  #connection: ConnectionState;
  #registration: RegistrationState = 'unregistered';
  #lostAt: number | undefined;

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
      this.#know(call.id);
      const continued = call.state.phase === 'answered' && this.#delegate.isOpen(call.id);
      const {report, strangers} = this.#delegate;
      const members = continued ? this.#delegate.membersOf(call.id) : new Map<string, MemberEvent>();
      new JournaledCall(call, {report, strangers, me: this.#me, continued, members});
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
    if (this.#signedInAt === undefined) {
      if (registration !== 'registered') return;
      this.#signedInAt = Date.now();
      const event = this.#delegate.isReturn() ? 'returned' : 'signed-in';
      this.#delegate.report({kind: 'session', event}, {name: `session:${event}`, by: 'tabs'});
      return;
    }
    const isOut =
      connection === 'disconnected' ||
      registration === 'rejected' ||
      // While the connection is lost, nobody has signed out.
      (registration === 'unregistered' && before !== registration && connection === 'connected');
    if (!isOut) return;
    const duration = secondsSince(this.#signedInAt);
    this.#signedInAt = undefined;
    this.#lostAt = undefined;
    this.#delegate.strangers.flush();
    this.#delegate.report(
      {kind: 'session', event: 'signed-out', duration, ...(error && {cause: error.code})},
      {name: 'session:signed-out', by: 'tabs'},
    );
  }

  #followConnection(): void {
    const {connection, error} = this.#client.state;
    if (connection === this.#connection) return;
    this.#connection = connection;
    if (this.#signedInAt === undefined) return;
    if (connection === 'reconnecting' && this.#lostAt === undefined) {
      this.#lostAt = Date.now();
      this.#delegate.report(
        {kind: 'connection', event: 'lost', ...(error && {cause: error.code})},
        {name: 'connection:lost', by: 'tabs'},
      );
    } else if (connection === 'connected' && this.#lostAt !== undefined) {
      const duration = secondsSince(this.#lostAt);
      this.#lostAt = undefined;
      this.#delegate.report(
        {kind: 'connection', event: 'restored', duration},
        {name: 'connection:restored', by: 'tabs'},
      );
    }
  }

  #onReceived({from: number, name, text}: ReceivedMessage): void {
    const party = this.#client.identify({number, name: name ?? ''});
    this.#reportOf(
      number,
      {...messageEntry(text), event: 'received', direction: 'incoming', ...named(party)},
      {name: copied(`received:${number}:${text.slice(0, 200)}`), by: 'tabs'},
    );
  }

  #onMessage({id, direction, state, number, text, error}: SipMessage): void {
    if (direction !== 'outgoing' || (state !== 'sent' && state !== 'failed')) return;
    this.#delegate.strangers.know({direction, number});
    const party = this.#client.identify({number, name: ''});
    this.#delegate.report(
      {...messageEntry(text), event: state, direction, ...named(party), ...(error && {cause: error})},
      // Receipts change a message that was sent.
      {name: `${state}:${id}`, by: state === 'sent' ? 'once' : 'own'},
    );
  }

  /** Reports what a party has done, who may be a stranger. */
  #reportOf(number: string, ...row: Parameters<JournalReport>): void {
    const {report, strangers} = this.#delegate;
    (strangers.has(number) ? strangers.report : report)(...row);
  }

  /** Reports who has acknowledged an SOS; its call may be over. */
  #onAcknowledged({id, number, name, author}: AlarmAcknowledgement): void {
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
      {name: copied(`acknowledgement:${id}`), by: 'once'},
    );
  }

  /** Remembers a call; its id is a part of its INVITE, which would stay in memory with it. */
  #know(id: string): void {
    this.#ids.add(copied(id));
    const [oldest] = this.#ids;
    if (this.#ids.size > MOST_IDS) this.#ids.delete(oldest!);
  }

  /** Reports calls that never were one: the server refused them, or this side, before they rang. */
  #onNoted({id, type, direction, remote, cause}: Noted): void {
    // Strangers may have displaced the id of a call that has been running for long.
    if (this.#ids.has(id) || this.#client.state.calls.some((call) => call.id === id)) return;
    this.#know(id);
    const code = cause?.code;
    const {number} = remote;
    this.#delegate.strangers.know({direction, number});
    this.#reportOf(
      number,
      {
        kind: type,
        event: 'refused',
        call: id,
        direction,
        ...named(this.#client.identify(remote)),
        ...(code && code !== 'normal' && {cause: code}),
      },
      {name: `${type}:${id}:refused`, by: 'tabs'},
    );
  }
}

function messageEntry(text: string): {readonly kind: 'text' | 'file'; readonly text: string} {
  return {kind: fileIn(text) ? 'file' : 'text', text};
}

function named({number, name}: Party): {readonly number: string; readonly name: string} {
  return {number, name};
}

function secondsSince(time: number): number {
  return Math.round((Date.now() - time) / 1_000);
}
