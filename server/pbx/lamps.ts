import type {Session, Sessions} from '../calls/sessions.js';
import {TwoPartySession} from '../calls/two-party-session.js';
import type {SipHub, Subscription} from '../sip/index.js';
import type {Voicemail} from './voicemail.js';

/** What lamps need of the server. */
export interface LampsServices {
  readonly hub: SipHub;
  readonly sessions: Sessions;
  readonly voicemail: Voicemail;
  /** Whether a number can be watched. */
  knows(number: string): boolean;
}

/** The most subscriptions of a user, who may have several clients: the server reports each change to all. */
const MOST_SUBSCRIPTIONS = 1_000;

/** A document of an event package. */
interface Document {
  readonly type: string;
  readonly body: string;
}

/** How a document of each event package is written. */
const PACKAGES: Readonly<
  Record<string, (number: string, services: LampsServices, version: number) => Document>
> = {
  /** Whether a number rings or is in a call (RFC 4235). */
  dialog(number, {sessions}, version) {
    const state = stateOf(number, sessions);
    const dialog = state && `<dialog id="call" direction="recipient"><state>${state}</state></dialog>`;
    return {
      type: 'application/dialog-info+xml',
      body: `<?xml version="1.0"?><dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${version}" state="full" entity="sip:${number}@localhost">${dialog}</dialog-info>`,
    };
  },
  /** Whether a number is registered (RFC 3863). */
  presence(number, {hub}) {
    const basic = hub.bindings(number).length ? 'open' : 'closed';
    return {
      type: 'application/pidf+xml',
      body: `<?xml version="1.0"?><presence xmlns="urn:ietf:params:xml:ns:pidf" entity="sip:${number}@localhost"><tuple id="phone"><status><basic>${basic}</basic></status></tuple></presence>`,
    };
  },
  /** How many voice messages wait (RFC 3842). */
  'message-summary'(number, {voicemail}) {
    const {fresh, old} = voicemail.count(number);
    return {
      type: 'application/simple-message-summary',
      body: `Messages-Waiting: ${fresh ? 'yes' : 'no'}\r\nVoice-Message: ${fresh}/${old} (0/0)\r\n`,
    };
  },
};

function stateOf(number: string, sessions: Sessions): string {
  const all = sessions.all();
  if (all.some((session) => talks(session, number))) return 'confirmed';
  return all.some((session) => rings(session, number)) ? 'early' : '';
}

const talks = (session: Session, number: string): boolean =>
  session.has(number) && !(session instanceof TwoPartySession && session.callsOut(number));

const rings = (session: Session, number: string): boolean =>
  session instanceof TwoPartySession && session.ringsAt(number);

/** Tells subscribers the states of numbers, and of their mailboxes, as they change. */
export class Lamps {
  readonly #services: LampsServices;
  readonly #ends: readonly (() => void)[];
  /** The last version and document of each subscription, and whether it is due another time. */
  readonly #told = new Map<Subscription, {version: number; body: string; due: boolean}>();

  constructor(services: LampsServices) {
    const {hub, sessions, voicemail} = services;
    this.#services = services;
    const tell = (): void => this.#tellAll();
    hub.events = Object.keys(PACKAGES);
    hub.onSubscribe = ({from, to, event}) => {
      if (event === 'message-summary' && from !== to) return 403;
      if (!services.knows(to)) return 404;
      const own = [...this.#told.keys()].filter(({asked}) => asked.from === from);
      return own.length < MOST_SUBSCRIPTIONS ? (subscription) => this.#add(subscription) : 503;
    };
    voicemail.onChange = tell;
    this.#ends = [sessions.onChange(tell), hub.onBindingMade(tell), hub.onBindingGone(tell)];
  }

  close(): void {
    for (const end of this.#ends) end();
  }

  #add(subscription: Subscription): void {
    subscription.onEnded = () => this.#told.delete(subscription);
    subscription.onRefresh = () => this.#tell(subscription, true);
    subscription.onAnswered = () => this.#tell(subscription, false);
    this.#told.set(subscription, {version: 0, body: '', due: false});
    this.#tell(subscription, true);
  }

  #tellAll(): void {
    for (const subscription of this.#told.keys()) this.#tell(subscription, false);
  }

  /** A client that has not answered yet gets the state at the time of its answer: reports never accumulate. */
  #tell(subscription: Subscription, always: boolean): void {
    const told = this.#told.get(subscription);
    if (!told) return;
    told.due ||= always;
    if (subscription.waits) return;
    const {to, event} = subscription.asked;
    const write = PACKAGES[event]!;
    if (!told.due && write(to, this.#services, told.version).body === told.body) return;
    const version = told.version + 1;
    const {type, body} = write(to, this.#services, version);
    this.#told.set(subscription, {version, body, due: false});
    subscription.notify(type, body);
  }
}
