import {MOST_MEMBERS, type MemberReport} from '../core/conference/conference-member.js';
import {clearNumber} from '../sip/headers/grammar.js';
import {LONGEST_VALUE} from '../sip/headers/header-values.js';
import {byNumber} from './members.js';
import {plainName} from '../core/util/plain-name.js';
import {shortened} from '../core/util/shortened.js';

/** The media type of the events that Asterisk's ConfBridge sends to its participants. */
export const CONFBRIDGE_EVENT = 'application/x-asterisk-confbridge-event+json';
/** The largest event that is read, in characters: that of a thousand members. */
const LARGEST = 1_000_000;

interface Channel {
  readonly number: string;
  readonly name: string;
  readonly muted: boolean;
  readonly talking: boolean;
}

/** The changes that events make to a known channel. */
const CHANGES = new Map<string, (channel: Channel, said: Record<string, unknown>) => Channel>([
  ['ConfbridgeTalking', (channel, {talking_status: talking}) => ({...channel, talking: talking === 'on'})],
  ['ConfbridgeMute', (channel) => ({...channel, muted: true, talking: false})],
  ['ConfbridgeUnmute', (channel) => ({...channel, muted: false})],
]);

/** The participants of a ConfBridge as reported by its events (`enable_events`, `send_events`). */
export class ConfbridgeTable {
  /** By channel id, which is also the label of the channel's video. */
  readonly #channels = new Map<string, Channel>();
  readonly #numberOf: (number: string) => string;
  #hasEvent = false;

  /** @param numberOf - Returns the number that is meant by a reported one. */
  constructor(numberOf: (number: string) => string) {
    this.#numberOf = numberOf;
  }

  /** The participants; undefined before the first event. */
  get members(): readonly MemberReport[] | undefined {
    if (!this.#hasEvent) return undefined;
    return byNumber(
      [...this.#channels].map(([label, {number, name, muted, talking}]) => ({
        number: this.#numberOf(number),
        name,
        phase: 'answered' as const,
        speaking: !muted,
        talking,
        label,
      })),
    );
  }

  /** Handles an event; returns false if it cannot be read. */
  read(text: string): boolean {
    const event = parsed(text);
    const channels = event?.['channels'];
    if (!event || typeof event['type'] !== 'string') return false;
    const {type} = event as {type: string};
    if (type === 'ConfbridgeWelcome' || type === 'ConfbridgeEnd') this.#channels.clear();
    else if (!Array.isArray(channels)) return false;
    if (Array.isArray(channels)) for (const channel of channels as unknown[]) this.#take(type, channel);
    this.#hasEvent = true;
    return true;
  }

  #take(type: string, said: unknown): void {
    if (!isRecord(said)) return;
    const {id} = said;
    if (typeof id !== 'string' || !id || id.length > LONGEST_VALUE) return;
    const known = this.#channels.get(id);
    const change = CHANGES.get(type);
    if (type === 'ConfbridgeLeave') this.#channels.delete(id);
    else if (change) {
      if (known) this.#channels.set(id, change(known, said));
    } else if (type === 'ConfbridgeJoin' || type === 'ConfbridgeWelcome') {
      if (known || this.#channels.size < MOST_MEMBERS) this.#channels.set(id, channelOf(id, said));
    }
  }
}

function channelOf(id: string, {caller, muted, name}: Record<string, unknown>): Channel {
  const {number, name: called} = isRecord(caller) ? caller : {};
  return {
    // A participant without a number is identified by the channel.
    number: clearNumber(shortened(textOf(number) || textOf(name) || id, LONGEST_VALUE)),
    name: plainName(called),
    muted: muted === true,
    talking: false,
  };
}

function parsed(text: string): Record<string, unknown> | undefined {
  if (text.length > LARGEST) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
