import type {SipError} from '../../errors.js';
import type {SipCall} from '../call/call.js';
import type {Position} from '../directory/people.js';
import {isTime, readStored, writeStored} from '../util/stored.js';
import {randomUuid} from '../util/uuid.js';
import type {Alarm, AlarmAcknowledgement} from './alarm.js';
import type {AlarmsOptions} from './alarms-options.js';

/** The version of the stored data; any other is dropped. */
const VERSION = 1;
/** How many alarms are kept: the oldest are dropped for more, which a stranger may cause. */
const MOST = 200;

/**
 * Keeps an alarm for each number that has sent an SOS, until the user acknowledges it: after the call, too, and after the
 * page if the account stores anything. All tabs of an account have the same alarms.
 */
export class AlarmKeeper {
  readonly #options: AlarmsOptions;
  readonly #followed = new Set<string>();
  readonly #ending = new AbortController();
  #alarms: readonly Alarm[] = [];
  /** Whether the alarms are stored, where other tabs change them, too. */
  #stored: boolean;

  /** Begins with what an earlier page, or another tab, has stored. */
  constructor(options: AlarmsOptions) {
    this.#options = options;
    this.#stored = options.key !== '';
    const {signal} = this.#ending;
    const {client} = options;
    addEventListener('storage', this.#onStorage, {signal});
    client.addEventListener('sip-call-resumed', ({detail}) => this.#follow(detail.call), {signal});
    client.addEventListener('sip-position', ({detail}) => this.#move(detail), {signal});
    this.#show(this.#current);
    for (const call of client.calls) this.#follow(call);
  }

  /** Adds an incoming SOS call; a further one of a number whose alarm is not acknowledged is added to that. */
  add(call: SipCall): void {
    const {id, remote} = call;
    const {answeredAt, phase} = call.state;
    const endedAt = phase === 'released' ? Date.now() : undefined;
    this.#change((alarms) => {
      if (alarms.some((alarm) => alarm.id === id)) return alarms;
      const before = alarms.find((alarm) => alarm.number !== '' && alarm.number === remote.number);
      const {time = call.began, count = 0, position} = before ?? {};
      const {number, name} = remote;
      const alarm = {id, number, name, time, count: count + 1, position, answeredAt, endedAt};
      return [...alarms.filter((other) => other !== before), alarm].slice(-MOST);
    });
    this.#follow(call);
  }

  /** Adds alarms that another user has handed over, whose calls are over; those of numbers that have one are in it. */
  take(handed: readonly Pick<Alarm, 'number' | 'name' | 'time' | 'count'>[], endedAt: number): void {
    this.#change((alarms) => {
      const known = new Set(alarms.map(({number}) => number));
      const added = handed.filter(({number}) => number === '' || !known.has(number));
      return [
        ...added.map(({number, name, time, count}) => ({
          id: randomUuid(),
          number,
          name,
          time,
          count,
          endedAt,
        })),
        ...alarms,
      ].slice(-MOST);
    });
  }

  /** Ends an alarm, and reports who has acknowledged it; does nothing if that was done before. */
  acknowledge(id: string): void {
    const acknowledged = this.#current.find((alarm) => alarm.id === id);
    if (!acknowledged) return;
    this.#change((alarms) => alarms.filter((alarm) => alarm.id !== id));
    const {number, name, position, time: since} = acknowledged;
    const {client} = this.#options;
    const {user: author} = client.options;
    const detail: AlarmAcknowledgement = {
      id,
      number,
      name,
      since,
      author,
      time: Date.now(),
      ...(position && {position}),
    };
    client.dispatchEvent(new CustomEvent('sip-alarm-acknowledged', {detail}));
  }

  /** Forgets all alarms. */
  end(): void {
    this.#ending.abort();
    writeStored(this.#options.key, VERSION, undefined);
    this.#show([]);
  }

  /** The alarms; another tab may have changed those that are stored. */
  get #current(): readonly Alarm[] {
    const stored = this.#stored ? readStored(this.#options.key, VERSION) : undefined;
    return stored ? alarmsIn(stored['alarms']) : this.#alarms;
  }

  #change(change: (alarms: readonly Alarm[]) => readonly Alarm[]): void {
    const alarms = change(this.#current);
    // Otherwise they last as long as the page.
    this.#stored = writeStored(this.#options.key, VERSION, {alarms});
    this.#show(alarms);
  }

  #set(id: string, patch: Partial<Alarm>): void {
    this.#change((alarms) => alarms.map((alarm) => (alarm.id === id ? {...alarm, ...patch} : alarm)));
  }

  #show(alarms: readonly Alarm[]): void {
    this.#alarms = Object.freeze([...alarms]);
    this.#locate();
    this.#options.onChange(this.#alarms);
  }

  readonly #onStorage = ({key}: StorageEvent): void => {
    if (key !== this.#options.key) return;
    // A tab that has signed out has removed them; this one is still signed in.
    if (readStored(key, VERSION)?.['alarms'] === undefined) this.#change(() => this.#alarms);
    else this.#show(this.#current);
  };

  /** Notes when a call is answered and when it ends, until its alarm is acknowledged. */
  #follow(call: SipCall): void {
    const {id} = call;
    let {phase} = call.state;
    const onChange = (): void => {
      // Acknowledged, or signed out.
      if (!this.#alarms.some((alarm) => alarm.id === id))
        return call.removeEventListener('statechange', onChange);
      if (call.state.phase === phase) return;
      ({phase} = call.state);
      const answered = phase === 'answered' || call.state.cause?.code === 'answered-elsewhere';
      if (answered) this.#set(id, {answeredAt: Date.now()});
      else if (phase === 'released') this.#set(id, {endedAt: Date.now()});
    };
    call.addEventListener('statechange', onChange);
  }

  /** Follows the positions of the callers, and of no one else, if the server reports them. */
  #locate(): void {
    const {client} = this.#options;
    const {directory} = client;
    const wanted = new Set(this.#alarms.map(({number}) => number).filter(Boolean));
    // What the server refuses, or has no connection for, is not shown.
    for (const number of this.#followed)
      if (!wanted.has(number)) {
        this.#followed.delete(number);
        directory.unfollow(number).catch(() => {});
      }
    if (!client.capabilities.directory) return;
    for (const number of wanted) {
      if (this.#followed.has(number)) continue;
      this.#followed.add(number);
      directory.follow(number).catch((error: unknown) => {
        // What the server refuses would be refused again.
        if ((error as SipError).code === 'not-connected') this.#followed.delete(number);
      });
      directory.positions(number).then(
        (found) => found.forEach((position) => this.#move(position)),
        () => {},
      );
    }
  }

  #move({number, lng, lat, time}: Position): void {
    const alarm = this.#alarms.find((each) => each.number === number);
    if (alarm && !this.#ending.signal.aborted) this.#set(alarm.id, {position: {lng, lat, time}});
  }
}

/** Reads what any script of the page may have written. */
function alarmsIn(list: unknown): readonly Alarm[] {
  return Array.isArray(list) ? list.filter(isAlarm).slice(-MOST) : [];
}

function isAlarm(entry: unknown): entry is Alarm {
  const {id, number, name, time, count, position, answeredAt, endedAt} = (entry ?? {}) as Record<
    keyof Alarm,
    unknown
  >;
  const {lng, lat, time: measured} = (position ?? {lng: 0, lat: 0}) as Record<string, unknown>;
  return (
    [id, number, name].every((text) => typeof text === 'string') &&
    [count, lng, lat].every(Number.isFinite) &&
    isTime(time) &&
    [measured, answeredAt, endedAt].every((each) => each === undefined || isTime(each))
  );
}
