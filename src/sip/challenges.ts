import {strengthOf} from './digest.js';

const HEADER = {401: 'WWW-Authenticate', 407: 'Proxy-Authenticate'} as const;

/**
 * Leaves one challenge in a response that has several: the strongest that can be answered, of equal ones the first
 * (RFC 8760 §2.4 leaves the choice to this side). sip.js reads the first alone.
 */
export function withStrongestChallenge(message: string): string {
  const status = /^SIP\/2\.0 (401|407) /i.exec(message)?.[1];
  if (!status) return message;
  const name = HEADER[status as '401' | '407'];
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
