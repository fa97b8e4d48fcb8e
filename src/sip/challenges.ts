import {strengthOf} from './digest.js';

const HEADER = {401: 'WWW-Authenticate', 407: 'Proxy-Authenticate'} as const;
const ANSWER = {401: 'Authorization', 407: 'Proxy-Authorization'} as const;
type Challenging = keyof typeof HEADER;

/** How many requests are kept in mind whose answer waits for a response. */
const MOST = 50;

/**
 * Lets sip.js answer what it would not by itself: the strongest of several challenges, and a registrar that challenges after
 * a proxy has, or the other way round (RFC 3261 §22.3), which it takes for a loop where it is not called stale.
 */
export class Challenges {
  /** The heads of requests under way that carry an answer, by branch. */
  readonly #answered = new Map<string, string>();

  /** Takes note of what is sent. */
  sent(message: string): void {
    const head = headOf(message);
    if (message.startsWith('SIP/2.0') || !(carries(head, 401) || carries(head, 407))) return;
    this.#answered.set(branchOf(head), head);
    const [oldest] = this.#answered.keys();
    if (this.#answered.size > MOST) this.#answered.delete(oldest!);
  }

  /** What sip.js is to read of a message that came. */
  received(message: string): string {
    const final = /^SIP\/2\.0 ([2-6]\d\d) /i.exec(message)?.[1];
    if (final === undefined) return message;
    const branch = branchOf(headOf(message));
    const request = this.#answered.get(branch);
    this.#answered.delete(branch);
    if (final !== '401' && final !== '407') return message;
    const strongest = withStrongestChallenge(message);
    const [own, other] = final === '401' ? ([401, 407] as const) : ([407, 401] as const);
    const isAnother = request !== undefined && carries(request, other) && !carries(request, own);
    return isAnother ? withStale(strongest, own) : strongest;
  }
}

function headOf(message: string): string {
  return message.slice(0, message.indexOf('\r\n\r\n') + 2);
}

function branchOf(head: string): string {
  return /^(?:Via|v)[ \t]*:.*?;[ \t]*branch=([^;,\s]+)/im.exec(head)?.[1] ?? '';
}

function carries(head: string, status: Challenging): boolean {
  return new RegExp(`^${ANSWER[status]}:`, 'im').test(head);
}

/** Of two values of a parameter sip.js takes the last. */
function withStale(message: string, status: Challenging): string {
  const challenge = new RegExp(String.raw`^${HEADER[status]}[ \t]*:.*(?:\r\n[ \t].*)*`, 'im');
  return message.replace(challenge, '$&, stale=true');
}

/**
 * Leaves one challenge in a response that has several: the strongest that can be answered, of equal ones the first
 * (RFC 8760 §2.4 leaves the choice to this side). sip.js reads the first alone.
 */
function withStrongestChallenge(message: string): string {
  const status = /^SIP\/2\.0 (401|407) /i.exec(message)?.[1];
  if (!status) return message;
  const name = HEADER[status === '401' ? 401 : 407];
  const end = message.indexOf('\r\n\r\n') + 2;
  const head = message.slice(0, end);
  // A value may go on in lines that begin with a blank.
  const lines = new RegExp(String.raw`^${name}[ \t]*:[ \t]*(.*(?:\r\n[ \t].*)*)\r\n`, 'gim');
  const challenges = [...head.matchAll(lines)]
    // One header may hold several, whose own parameters are apart by commas too.
    .flatMap(([, value = '']) => value.replace(/\r\n[ \t]+/g, ' ').split(/,\s*(?=Digest\s)/i))
    .map((value) => ({value, strength: strengthOf(read(value))}));
  if (challenges.length < 2) return message;
  const best = challenges.reduce((one, other) => (other.strength > one.strength ? other : one));
  const rest = head.replace(lines, '').replace(/^.*\r\n/, (first) => `${first}${name}: ${best.value}\r\n`);
  return rest + message.slice(end);
}

/** What the strength of a challenge depends on; one of another scheme has an algorithm that nobody knows. */
function read(value: string): {algorithm: string; qop: string[] | undefined} {
  const parameter = (name: string): string | undefined =>
    new RegExp(String.raw`[\s,]${name}\s*=\s*(?:"([^"]*)"|([^\s,]+))`, 'i')
      .exec(value)
      ?.slice(1)
      .find(Boolean);
  return {
    algorithm: /^digest\s/i.test(value) ? (parameter('algorithm') ?? 'MD5') : 'none',
    qop: parameter('qop')
      ?.toLowerCase()
      .split(/\s*,\s*/),
  };
}
