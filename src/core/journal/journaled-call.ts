import type {SipCall} from '../call/call.js';
import {isConference} from '../conference/is-conference.js';
import {isIntercom} from '../intercom/is-intercom.js';
import type {CallPhase, CallType, ConferenceMember, Party} from '../types.js';
import type {FinishedRecording} from '../call/call-state.js';
import type {JournalEntry, JournalEvent, JournalKind} from './journal-row.js';
import type {JournalFact, JournalReport} from './journal-store.js';
import type {LimitedRows} from './limited-rows.js';

/** What a journaled call needs. */
export interface JournaledCallDelegate {
  readonly report: JournalReport;
  /** What others cause. */
  readonly limited: LimitedRows;
  /** This side, which is among the members of a conference, or has the floor. */
  readonly me: Party;
  /** Whether an earlier page, or another tab, has noted the call, and not its end. */
  readonly known: boolean;
  /** What an earlier page has noted last of each member, by their numbers. */
  readonly members: ReadonlyMap<string, MemberEvent>;
}

/** What is noted of a member: `refused` if they were called and have not joined. */
export type MemberEvent = 'joined' | 'left' | 'refused';

/** Who has the floor, and since when, by the page's clock. */
interface Floor extends Party {
  readonly since: number;
}

/** One call that a journal follows to its end. */
export class JournaledCall {
  readonly #call: SipCall;
  readonly #delegate: JournaledCallDelegate;
  readonly #ending = new AbortController();
  #type: CallType;
  #phase: CallPhase = 'init';
  #recording = false;
  /** Whether a row was written. */
  #begun = false;
  #floor: Floor | undefined;
  /** What was noted last of the members, by their numbers; nothing once they are called again. */
  readonly #members: Map<string, MemberEvent>;
  /** The ids of the files that play. */
  readonly #files = new Set<string>();

  constructor(call: SipCall, delegate: JournaledCallDelegate) {
    this.#call = call;
    this.#delegate = delegate;
    this.#type = call.type;
    this.#members = new Map(delegate.members);
    this.#begin(delegate.known);
    const {signal} = this.#ending;
    call.addEventListener('statechange', () => this.#follow(), {signal});
    call.addEventListener('memberchange', ({detail}) => this.#followMember(detail.member), {signal});
    call.addEventListener('photo', ({detail: {name: text}}) => this.#note('photo', 'taken', {text}));
    // The file may arrive after the call's end.
    call.addEventListener('recording', ({detail}) => this.#noteRecording(detail));
    this.#follow();
  }

  #begin(known: boolean): void {
    const {direction, remoteParty, state} = this.#call;
    if (!known) this.#note(this.#type, 'began', {}, this.#fact('began'));
    else if (state.phase === 'answered') {
      this.#phase = state.phase;
      this.#note(this.#type, 'continued');
    } else {
      // It still rings.
      this.#delegate.limited.know({direction, number: remoteParty.number});
      this.#begun = true;
    }
  }

  #follow(): void {
    const call = this.#call;
    const {phase, recording} = call.state;
    if (call.type !== this.#type) {
      this.#type = call.type;
      this.#note(call.type, 'began', {}, this.#fact('began', 'own'));
    }
    if (recording !== this.#recording) {
      this.#recording = recording;
      if (recording) this.#note('recording', 'began');
    }
    if (phase !== this.#phase) {
      this.#phase = phase;
      if (phase === 'answered') this.#note(this.#type, 'answered', {}, this.#fact('answered', 'own'));
    }
    if (isConference(call)) for (const member of call.state.members) this.#followMember(member);
    if (isIntercom(call)) this.#followFloor();
    if (phase === 'released') this.#end();
  }

  #followMember(member: ConferenceMember): void {
    const {number, phase, file} = member;
    if (file) return this.#followFile(member);
    if (number === this.#delegate.me.number) return;
    const before = this.#members.get(number);
    if (phase === 'answered' && before !== 'joined') this.#noteMember(member, 'joined');
    else if (phase === 'released' && before === 'joined') this.#noteMember(member, 'left');
    else if (phase === 'released' && before === undefined) this.#noteMember(member, 'refused');
    // They are called again.
    else if (phase !== 'answered' && phase !== 'released') this.#members.delete(number);
  }

  #noteMember(member: ConferenceMember, event: MemberEvent): void {
    this.#members.set(member.number, event);
    const person = personOf(this.#call.identify(member));
    this.#note(this.#type, event, {...person, ...(event !== 'joined' && causeOf(member))});
  }

  /** Notes a file that the server plays, each time that it begins. */
  #followFile({number, name, phase}: ConferenceMember): void {
    if (phase === 'released') this.#files.delete(number);
    if (phase !== 'answered' || this.#files.has(number)) return;
    this.#files.add(number);
    this.#note(this.#type, 'played', {text: name || number});
  }

  #followFloor(): void {
    const before = this.#floor;
    const holder = this.#floorHolder();
    if (holder?.number === before?.number) return;
    const now = performance.now();
    if (before)
      this.#note(this.#type, 'floor-ended', {...personOf(before), duration: seconds(now - before.since)});
    this.#floor = holder && {...holder, since: now};
    if (holder) this.#note(this.#type, 'floor', personOf(holder));
  }

  /** Who has the floor; without a number if the server does not report who. */
  #floorHolder(): Party | undefined {
    const call = this.#call;
    if (!isIntercom(call) || call.state.phase === 'released') return undefined;
    const {floor, speaker} = call.state;
    if (floor === 'granted') return this.#delegate.me;
    if (floor === 'taken') return call.identify(speaker ?? {number: '', name: ''});
    return speaker && call.identify(speaker);
  }

  #noteRecording({id, duration, error, name}: FinishedRecording): void {
    this.#note('recording', error?.code === 'recording-failed' ? 'failed' : 'taken', {
      duration: Math.round(duration),
      ...(id && {recording: id}),
      ...(name && {text: name}),
      ...(error && {cause: error.code}),
    });
  }

  #end(): void {
    this.#ending.abort();
    const {direction, duration, state} = this.#call;
    const elsewhere = state.cause?.code === 'answered-elsewhere';
    const shared = direction === 'incoming' && duration === undefined;
    const code = state.cause?.code;
    this.#note(
      this.#type,
      'ended',
      {
        ...(duration !== undefined && {duration: seconds(duration)}),
        ...(code && code !== 'normal' && {cause: code}),
      },
      // Another tab that has answered says more than this one, in which it only rang.
      elsewhere ? this.#fact('answered') : this.#fact('ended', shared ? 'tabs' : 'own'),
    );
  }

  #fact(event: JournalEvent, by: JournalFact['by'] = 'tabs'): JournalFact {
    return {name: `${this.#type}:${this.#call.id}:${event}`, by};
  }

  #note(kind: JournalKind, event: JournalEvent, more: Partial<JournalEntry> = {}, fact?: JournalFact): void {
    const {id: call, direction, remoteParty} = this.#call;
    const {number} = remoteParty;
    // What the user has chosen, such as whom they listen in to, has the name by which they know it.
    const name = remoteParty.name || this.#call.remote.name;
    const {report, limited} = this.#delegate;
    // Later, the other side may say another number.
    if (!this.#begun) limited.know({direction, number});
    const isOfOthers = this.#isOfOthers(kind, event, more.person);
    (isOfOthers ? limited.report : report)({kind, event, call, direction, number, name, ...more}, fact);
    this.#begun = true;
  }

  /** Whether others can cause such rows as often as they like. */
  #isOfOthers(kind: JournalKind, event: JournalEvent, person: string | undefined): boolean {
    const {answeredAt, autoAnswered} = this.#call.state;
    if (kind === 'recording' || kind === 'photo') return false;
    // The other side of a running call changes what it is, and who takes part.
    const isOfMember = person !== undefined && event !== 'floor' && event !== 'floor-ended';
    if (isOfMember || event === 'played' || (event === 'began' && this.#begun)) return true;
    const takesPart = event !== 'began' && answeredAt !== undefined && !autoAnswered;
    return this.#call.direction === 'incoming' && !takesPart;
  }
}

function personOf({number, name}: Party): Partial<JournalEntry> {
  return {person: number, personName: name};
}

function causeOf({cause}: ConferenceMember): Partial<JournalEntry> {
  return cause && cause.code !== 'normal' ? {cause: cause.code} : {};
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 1_000);
}
