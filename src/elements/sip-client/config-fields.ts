import type {SipClientOptions} from '../../core/client/options.js';

/** A kind of value: what it is called, how JSON Schema describes it, and whether a value is of the kind. */
interface Kind {
  readonly expected: string;
  readonly schema: object;
  readonly fits: (value: unknown) => boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const isSwitch = (value: unknown): boolean => typeof value === 'boolean';
const isRecord =
  (fits: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(fits);
const isList =
  (fits: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(fits);

const texts = {type: 'array', items: {type: 'string'}};

/** The kinds of values in a configuration file. */
export const KINDS = {
  text: {expected: '"…"', schema: {type: 'string'}, fits: isText},
  number: {expected: '60', schema: {type: 'number'}, fits: isNumber},
  switch: {expected: 'true, false', schema: {type: 'boolean'}, fits: isSwitch},
  texts: {expected: '["…"]', schema: texts, fits: isList(isText)},
  textOrTexts: {
    expected: '"…", ["…"]',
    schema: {anyOf: [{type: 'string'}, texts]},
    fits: (value) => isText(value) || isList(isText)(value),
  },
  textOrNumber: {
    expected: '"…", 60',
    schema: {type: ['string', 'number']},
    fits: (value) => isText(value) || isNumber(value),
  },
  textOrSwitch: {
    expected: '"…", true, false',
    schema: {type: ['string', 'boolean']},
    fits: (value) => isText(value) || isSwitch(value),
  },
  headers: {
    expected: '{"X-Name": "…"}',
    schema: {type: 'object', additionalProperties: {type: 'string'}},
    fits: isRecord(isText),
  },
  times: {
    expected: '{"reply": 10000}',
    schema: {type: 'object', additionalProperties: {type: 'number'}},
    fits: isRecord(isNumber),
  },
  settings: {
    expected: '{"maxBitrate": 300000}',
    schema: {type: 'object', additionalProperties: {type: ['string', 'number', 'boolean']}},
    fits: isRecord((value) => isText(value) || isNumber(value) || isSwitch(value)),
  },
  servers: {
    expected: '[{"urls": "stun:…"}]',
    schema: {type: 'array', items: {type: 'object', required: ['urls']}},
    fits: isList(isRecord(() => true)),
  },
} as const satisfies Readonly<Record<string, Kind>>;

/**
 * The options that a configuration file may have: a kind, or the values that are possible. No secret is among them, and
 * no function. The published `config.schema.json` is made of this table.
 */
export const CONFIG_FIELDS = {
  server: 'textOrTexts',
  serverOrder: ['listed', 'random'],
  host: 'text',
  port: 'textOrNumber',
  path: 'text',
  user: 'text',
  domain: 'text',
  trustedHosts: 'textOrTexts',
  displayName: 'text',
  profile: ['dispatch', 'standard'],
  expires: 'number',
  registerHeaders: 'headers',
  api: 'text',
  mailbox: 'text',
  uploadUrl: 'text',
  iceServers: 'servers',
  forceRelay: 'switch',
  codecs: 'texts',
  maxCalls: 'number',
  parallelCalls: 'switch',
  resume: 'switch',
  sharedWorker: 'text',
  doNotDisturb: 'switch',
  allowMonitoring: 'switch',
  autoAnswer: 'textOrSwitch',
  historyStorage: ['local', 'memory', 'none'],
  historyLimit: 'number',
  recordingsStorage: ['local', 'memory'],
  recordingsLimit: 'number',
  recordingsDays: 'number',
  recordCalls: 'switch',
  journalStorage: ['none', 'memory', 'local'],
  recall: 'number',
  messageLimit: 'number',
  messageDays: 'number',
  messageBytes: 'number',
  messageReceipts: ['all', 'delivery', 'none'],
  messageComposing: ['on', 'off'],
  timeouts: 'times',
  dialRules: 'text',
  dtmf: ['auto', 'rfc4733', 'info'],
  ringtone: 'text',
  ringVolume: 'number',
  callTones: 'switch',
  duck: 'number',
  toneCountry: 'text',
  quietHours: 'text',
  monitorUri: 'text',
  listenInUri: 'text',
  bargeInUri: 'text',
  playFileUri: 'text',
  conferenceUri: 'text',
  audio: 'settings',
  video: 'settings',
} as const satisfies {
  readonly [K in keyof SipClientOptions]?: keyof typeof KINDS | readonly string[];
};

/** Returns the kind of a field; undefined for an unknown field. */
export function kindOf(name: string): Kind | undefined {
  if (!Object.hasOwn(CONFIG_FIELDS, name)) return undefined;
  const kind: keyof typeof KINDS | readonly string[] = CONFIG_FIELDS[name as keyof typeof CONFIG_FIELDS];
  if (typeof kind === 'string') return KINDS[kind];
  return {
    expected: kind.map((value) => `"${value}"`).join(', '),
    schema: {enum: kind},
    fits: (value) => kind.includes(value as string),
  };
}
