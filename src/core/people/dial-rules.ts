import {SipError} from '../../errors.js';
import {cleanNumber} from '../util/number.js';

/** Returns the number that is dialed for what a user typed. @throws {SipError} `invalid-number` */
export type Dial = (input: string) => string;

/** One rule: characters anywhere, or the beginning of a number with the digits that follow it, and the replacement. */
interface DialRule {
  readonly anywhere: string;
  readonly beginning: string;
  /** How many digits follow in the whole number; 0 if anything may follow. */
  readonly digits: number;
  readonly replacement: string;
}

const RULE = /^(?:\[([^[\]]+)\]|([\w+*#.~!-]*)(\?*))\s*=>\s*([\w+*#.~!-]*)$/;
const DIGITS = /^\d*$/;

/**
 * Returns the function that every dialed number passes: it cleans the number, then applies the rules of a page, one after
 * the other.
 *
 * `+86=>` replaces a beginning, `1??????????=>91` the beginning of a whole number, in which each `?` is a digit, and
 * `[-.]=>` each of these characters. A number can be dialed again, from the history for example: rules that would change
 * it a second time are refused.
 *
 * @throws {SipError} `bad-parameter` for a rule that cannot be read.
 */
export function dialRules(given: string | undefined): Dial {
  const rules = String(given ?? '')
    .split(/[;\n]/)
    .map((rule) => rule.trim())
    .filter(Boolean)
    .map(parsed);
  const apply = (number: string): string => rules.reduce(replaced, number);
  for (const rule of rules) {
    const again = samplesOf(rule).some((sample) => apply(apply(sample)) !== apply(sample));
    if (again) throw wrong(writtenRule(rule));
  }
  return (input) => {
    const number = cleanNumber(input);
    // An address of another domain is not a number of this server.
    return rules.length && !number.includes('@') ? cleanNumber(apply(number)) : number;
  };
}

function parsed(text: string): DialRule {
  const [rule, anywhere = '', beginning = '', {length: digits} = '', replacement = ''] =
    RULE.exec(text) ?? [];
  if (rule === undefined || !(anywhere || beginning || digits)) throw wrong(text);
  return {anywhere, beginning, digits, replacement};
}

function replaced(number: string, {anywhere, beginning, digits, replacement}: DialRule): string {
  if (anywhere) return Array.from(number, (sign) => (anywhere.includes(sign) ? replacement : sign)).join('');
  const rest = number.slice(beginning.length);
  const matches = number.startsWith(beginning) && (!digits || (rest.length === digits && DIGITS.test(rest)));
  return matches ? replacement + rest : number;
}

/** Returns numbers that the rule changes. */
function samplesOf({anywhere, beginning, digits}: DialRule): readonly string[] {
  if (anywhere) return [anywhere];
  const rests = digits
    ? Array.from('0123456789', (digit) => digit.repeat(digits))
    : // A plus sign is only the first character of a number.
      ['', beginning.replace('+', '')];
  return rests.map((rest) => beginning + rest);
}

const writtenRule = ({anywhere, beginning, digits, replacement}: DialRule): string =>
  `${anywhere ? `[${anywhere}]` : beginning + '?'.repeat(digits)}=>${replacement}`;

function wrong(rule: string): SipError {
  const shown = rule.length > 60 ? `${rule.slice(0, 60)}…` : rule;
  return new SipError('bad-parameter', {subject: `dial-rules “${shown}”`, expected: '+86=>; +=>00; [-.]=>'});
}
