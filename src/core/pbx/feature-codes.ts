import {SipError} from '../../errors.js';

/**
 * The numbers by which a PBX offers what SIP has no method for. `{number}` is the number in question, `{slot}` that of a
 * parked call, `{queue}` that of a queue. After a comma, which is a pause of two seconds, follow the DTMF tones that are
 * sent once the code is answered. What has no code is not offered.
 */
export interface FeatureCodes {
  /** Where a call is transferred to be parked, such as `700`, or `60{slot}` if the user chooses the slot. */
  readonly park?: string;
  /** What to call for a parked call, such as `{slot}`. */
  readonly retrieve?: string;
  /** What to call to answer the call that rings at a number, such as `**{number}`. */
  readonly pickup?: string;
  /** What to call to hear the voice messages, if the server does not tell. */
  readonly voicemail?: string;
  /** Where a call is transferred to leave a voice message for a number, such as `*99{number}`. */
  readonly transferToVoicemail?: string;
  /** What to call to have all calls forwarded to a number, such as `*72{number}`. */
  readonly forward?: string;
  /** What to call to end forwarding. */
  readonly forwardOff?: string;
  /** What to call to turn on “do not disturb” at the PBX, for all phones of the user. */
  readonly dndOn?: string;
  /** What to call to turn it off. */
  readonly dndOff?: string;
  /** What to call to get the calls of a queue, such as `{queue}*`. */
  readonly queueLogin?: string;
  /** What to call to get no more calls of a queue. */
  readonly queueLogout?: string;
  /** What to call to stay in a queue without its calls. */
  readonly queuePause?: string;
  /** What to call to get them again. */
  readonly queueResume?: string;
  /** What to call to be heard by a number alone that is in a call, such as `*0{number},2`. */
  readonly whisper?: string;
}

/** A feature of a PBX. */
export type Feature = keyof FeatureCodes;

/** The codes of PBXs as they are installed. */
export const PRESETS = {
  /** `res_parking.conf` and `features.conf` of its samples; anything else is a matter of the dial plan. */
  asterisk: {park: '700', retrieve: '{slot}'},
  /** The feature codes of FreePBX, parking with its module included. */
  freepbx: {
    park: '70',
    retrieve: '{slot}',
    pickup: '**{number}',
    voicemail: '*97',
    transferToVoicemail: '*{number}',
    forward: '*72{number}',
    forwardOff: '*73',
    dndOn: '*78',
    dndOff: '*79',
    queueLogin: '{queue}*',
    queueLogout: '{queue}**',
  },
  /** The dial plan `default.xml` of the configuration “vanilla”: its parking is a queue without slots. */
  freeswitch: {
    park: '5900',
    retrieve: '5901',
    pickup: '**{number}',
    voicemail: '*98',
    transferToVoicemail: '*99{number}',
    whisper: '*0{number},2',
  },
} as const satisfies Record<string, FeatureCodes>;

/** The name of a preset. */
export type FeaturePreset = keyof typeof PRESETS;

/** Which place the code of a feature has: it must have it, or may. */
const PLACES: Readonly<Record<Feature, readonly ['must' | 'may' | 'no', place?: string]>> = {
  park: ['may', '{slot}'],
  retrieve: ['may', '{slot}'],
  pickup: ['must', '{number}'],
  voicemail: ['no'],
  transferToVoicemail: ['must', '{number}'],
  forward: ['must', '{number}'],
  forwardOff: ['no'],
  dndOn: ['no'],
  dndOff: ['no'],
  queueLogin: ['may', '{queue}'],
  queueLogout: ['may', '{queue}'],
  queuePause: ['may', '{queue}'],
  queueResume: ['may', '{queue}'],
  whisper: ['must', '{number}'],
};

/** A number, then perhaps tones. */
const CODE = /^[\w.+*#-]+(?:,[\d*#A-D,]+)?$/;

/**
 * Returns the codes that a page gives, by the name of a preset or each.
 *
 * @throws {SipError} `bad-parameter`, its subject naming the code.
 */
export function featureCodes(given: FeaturePreset | FeatureCodes): FeatureCodes {
  if (typeof given === 'string') {
    const name = given.trim().toLowerCase();
    if (Object.hasOwn(PRESETS, name)) return PRESETS[name as FeaturePreset];
    throw new SipError('bad-parameter', {
      subject: `features “${given}”`,
      expected: Object.keys(PRESETS).join(', '),
    });
  }
  const codes = Object.entries(given as Readonly<Record<string, string | undefined>>).flatMap(
    ([name, value]) => {
      const code = String(value ?? '').trim();
      return code ? [[name, checkedCode(name, code)]] : [];
    },
  );
  return Object.freeze(Object.fromEntries(codes) as FeatureCodes);
}

function checkedCode(name: string, code: string): string {
  if (!Object.hasOwn(PLACES, name))
    throw new SipError('bad-parameter', {
      subject: `features.${name}`,
      expected: Object.keys(PLACES).join(', '),
    });
  const [needs, place = ''] = PLACES[name as Feature];
  const written = place !== '' && code.includes(place);
  const filled = written ? code.replaceAll(place, '0') : code;
  if ((needs === 'must' && !written) || !CODE.test(filled))
    throw new SipError('bad-parameter', {
      subject: `features.${name} “${code}”`,
      expected: needs === 'no' ? '*97' : `*99${place}`,
    });
  return code;
}
