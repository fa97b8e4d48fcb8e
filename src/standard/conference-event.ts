import {MOST_MEMBERS, type MemberReport} from '../core/conference/conference-member.js';
import type {CallPhase} from '../core/types.js';
import type {Reading} from './dialog-event.js';
import {byNumber} from './members.js';
import {LONGEST_VALUE} from '../sip/headers/header-values.js';
import {childrenOf, readXml, textOf, versionOf} from '../sip/xml.js';
import {given} from '../core/util/collections/given.js';
import {plainName} from '../core/util/plain-name.js';
import {shortened} from '../core/util/shortened.js';

/** The media type of the documents (RFC 4575 §7.1). */
export const CONFERENCE_INFO = 'application/conference-info+xml';
const NAMESPACE = 'urn:ietf:params:xml:ns:conference-info';
/** The largest document that is read, in characters: that of a thousand members. */
const LARGEST = 1_000_000;
/** The most devices that are remembered for one member. */
const MOST_ENDPOINTS = 20;

interface Endpoint {
  readonly status: string;
  /** The method of disconnection (RFC 4575 §5.6.4). */
  readonly end: string;
  readonly speaks: boolean | undefined;
  readonly hears: boolean | undefined;
  readonly label: string | undefined;
}

interface User {
  readonly number: string;
  readonly name: string;
  readonly endpoints: Map<string, Endpoint>;
  /** Whether devices of the user were reported: a user who then has none has left. */
  readonly hadEndpoints: boolean;
}

/** Call phases of the statuses (RFC 4575 §5.6.3); any other status means taking part. */
const PHASES: ReadonlyMap<string, CallPhase> = new Map([
  ['dialing-out', 'init'],
  ['dialing-in', 'init'],
  ['pending', 'init'],
  ['alerting', 'ringing'],
  ['disconnected', 'released'],
]);

/** The state of a conference from one subscription (RFC 4575 §4.6): combines full and partial documents. */
export class ConferenceTable {
  readonly #users = new Map<string, User>();
  readonly #numberAt: (address: string) => string;
  #version: number | undefined;

  /** @param numberAt - Returns the number at an address. */
  constructor(numberAt: (address: string) => string) {
    this.#numberAt = numberAt;
  }

  /** Members who take part, are being called, or could not be reached; undefined before the first document. */
  get members(): readonly MemberReport[] | undefined {
    if (this.#version === undefined) return undefined;
    return byNumber([...this.#users.values()].flatMap(reportOf));
  }

  /** The address of a member. */
  addressOf(number: string): string | undefined {
    return [...this.#users].find(([, user]) => user.number === number)?.[0];
  }

  read(text: string): Reading {
    const root = readXml(text, NAMESPACE, 'conference-info', LARGEST);
    const next = root && versionOf(root);
    const scope = root && scopeOf(root);
    // A partial document may have no users.
    if (!root || !scope || next === undefined) return 'malformed';
    const known = this.#version;
    if (known !== undefined && next <= known) return 'outdated';
    this.#version = next;
    if (scope !== 'partial') this.#users.clear();
    if (scope !== 'deleted') for (const users of childrenOf(root, NAMESPACE, 'users')) this.#takeAll(users);
    return scope === 'partial' && (known === undefined || next > known + 1) ? 'gap' : 'taken';
  }

  /** Clears the state for a new subscription. */
  clear(): void {
    this.#version = undefined;
    this.#users.clear();
  }

  #takeAll(users: Element): void {
    const scope = scopeOf(users);
    if (scope !== 'partial') this.#users.clear();
    if (scope === 'deleted') return;
    for (const user of childrenOf(users, NAMESPACE, 'user')) this.#take(user);
  }

  #take(user: Element): void {
    const entity = entityOf(user);
    const scope = scopeOf(user);
    const known = this.#users.get(entity);
    if (!entity || entity.length > LONGEST_VALUE || !scope || (!known && this.#users.size >= MOST_MEMBERS))
      return;
    if (scope === 'deleted') return void this.#users.delete(entity);
    const before = scope === 'partial' ? known : undefined;
    const [name] = childrenOf(user, NAMESPACE, 'display-text');
    const endpoints = new Map(before?.endpoints);
    const listed = childrenOf(user, NAMESPACE, 'endpoint');
    for (const endpoint of listed) put(endpoints, endpoint);
    this.#users.set(entity, {
      number: known?.number ?? this.#numberAt(entity),
      name: name ? plainName(textOf(name)) : (before?.name ?? ''),
      endpoints,
      hadEndpoints: listed.length > 0 || !!before?.hadEndpoints,
    });
  }
}

function put(endpoints: Map<string, Endpoint>, endpoint: Element): void {
  const entity = entityOf(endpoint);
  const scope = scopeOf(endpoint);
  if (scope === 'deleted') return void endpoints.delete(entity);
  const known = endpoints.get(entity);
  if (!scope || entity.length > LONGEST_VALUE || (!known && endpoints.size >= MOST_ENDPOINTS)) return;
  const before = scope === 'partial' ? known : undefined;
  const said = (name: string): string | undefined => {
    const [child] = childrenOf(endpoint, NAMESPACE, name);
    return child && shortened(textOf(child), LONGEST_VALUE);
  };
  const media = (kind: string): Element | undefined =>
    childrenOf(endpoint, NAMESPACE, 'media').find(
      (line) => textOf(childrenOf(line, NAMESPACE, 'type')[0]) === kind,
    );
  const audio = media('audio');
  const direction = audio && textOf(childrenOf(audio, NAMESPACE, 'status')[0]);
  const video = media('video');
  const label = video && shortened(textOf(childrenOf(video, NAMESPACE, 'label')[0]), LONGEST_VALUE);
  endpoints.set(entity, {
    status: said('status') ?? before?.status ?? '',
    end: said('disconnection-method') ?? before?.end ?? '',
    speaks: direction ? /^send(recv|only)$/.test(direction) : before?.speaks,
    hears: direction ? /^(sendrecv|recvonly)$/.test(direction) : before?.hears,
    label: label || before?.label,
  });
}

/** Reports a member, combining all devices; nothing if they have left. */
function reportOf({number, name, endpoints, hadEndpoints}: User): readonly MemberReport[] {
  if (!endpoints.size) return hadEndpoints ? [] : [{number, name, phase: 'answered'}];
  return byNumber([...endpoints.values()].flatMap((endpoint) => deviceOf(number, name, endpoint)));
}

function deviceOf(number: string, name: string, endpoint: Endpoint): readonly MemberReport[] {
  const {status, end, speaks, hears, label} = endpoint;
  const phase = PHASES.get(status) ?? 'answered';
  if (phase === 'released') {
    if (end === 'busy') return [{number, name, phase, cause: {by: 'remote', code: 'busy'}}];
    return end === 'failed' ? [{number, name, phase, cause: {by: 'remote', code: 'no-answer'}}] : [];
  }
  const speaking = status === 'muted-via-focus' ? false : speaks;
  return [{number, name, phase, ...given({speaking, hearing: hears, label})}];
}

/** The identity of a user or a device; one that is too long to be kept has more than `LONGEST_VALUE` characters. */
function entityOf(element: Element): string {
  return shortened(element.getAttribute('entity')?.trim() ?? '', LONGEST_VALUE + 1);
}

/** The scope of an element's state (RFC 4575 §4.5); undefined if unknown. */
function scopeOf(element: Element): 'full' | 'partial' | 'deleted' | undefined {
  const scope = element.getAttribute('state')?.trim() ?? 'full';
  return scope === 'full' || scope === 'partial' || scope === 'deleted' ? scope : undefined;
}
