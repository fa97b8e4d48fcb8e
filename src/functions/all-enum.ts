import {API_CODE, API_HEADER} from '../dispatch/protocol.js';

/** Numbers by name, each name with its table's in front, and names by number. */
export type NumberTable<T extends string, N extends string> = Readonly<Record<`${T}${N}`, number>> &
  Readonly<Record<number, string>>;

/** Counts names from 0; a list within the list is one number's several names, the documented one first. */
function numbered<const T extends string, const N extends string>(
  table: T,
  names: readonly (N | readonly N[])[],
): NumberTable<T, N> {
  const entries = names.flatMap((named, number): [string, number | string][] => {
    const all = typeof named === 'string' ? [named] : named;
    return [
      ...all.map((name): [string, number] => [`${table}${name}`, number]),
      [String(number), `${table}${all[0]!}`],
    ];
  });
  return Object.freeze(Object.fromEntries(entries)) as NumberTable<T, N>;
}

/** The values of a table, both ways. */
function reversible<const T extends string, V extends Readonly<Record<string, number | string>>>(
  table: T,
  values: V,
): Readonly<Record<`${T}${Capitalize<keyof V & string>}`, V[keyof V]>> &
  Readonly<Record<string, number | string>> {
  const entries = Object.entries(values).flatMap(([key, value]): [string, number | string][] => {
    const name = `${table}${key[0]!.toUpperCase()}${key.slice(1)}`;
    return [
      [name, value],
      [String(value), name],
    ];
  });
  return Object.freeze(Object.fromEntries(entries)) as never;
}

export const MediaType = numbered('MediaType', ['None', 'Audio', 'Video']);

export const CallType = numbered('CallType', [
  'None',
  'Single',
  'Tmpgroup',
  'Report',
  'Broadcast',
  'Temporary',
  'Interpose',
  'Forceremove',
  'Monitor',
  'Intercom',
  'Switch',
  'Urgent',
  'Single2',
  'Tmpintercom',
  'Videobug',
  'MCUMetting',
  'SOS',
  'TransferVideo',
  'TransferVideoToMcu',
  'UploadVideo',
  'PlayFile',
]);

export const CallState = numbered('CallState', [
  'None',
  'Init',
  'Normal',
  'Callout',
  'Incoming',
  ['Ring', 'Ringing'],
  ['Answer', 'Connect'],
  'Hold',
  'Busy',
  'Offhook',
  'Release',
  'Unspeak',
  'Speak',
  'Queue',
  'Unhold',
  'Zombie',
  'MEDIATIMEOUT',
  'NoAnswer',
  'Rejected',
  'KickOut',
]);

export const FileType = numbered('FileType', [
  'None',
  'Text',
  'Pic',
  'Voice',
  'Video',
  'Gisinfo',
  'PlayAudio',
  'Fax',
  'Other',
  'PlayVideo',
  'UploadVideo',
  'Notice',
]);

export const AnswerType = numbered('AnswerType', ['None', 'Auto', 'Man']);
export const SpeakType = numbered('SpeakType', ['None', 'Mute', 'Unmute']);
export const HearType = numbered('HearType', ['None', 'Mute', 'Unmute']);
export const PushVideoType = numbered('PushVideoType', ['None', 'Push', 'Unpush']);
export const CallOpType = numbered('CallOpType', ['None', 'Interpose', 'Monitor', 'Remove', 'RemoveOther']);
export const CallDirect = numbered('CallDirect', ['None', 'Out', 'In']);

const {passwordChallenge: registerCheckPwd, ...codes} = API_CODE;
const renamed = {...codes, registerCheckPwd};

/** Result codes (protocol page §7). */
export const ECode = reversible('ECode', renamed);

/** Request headers (protocol page §3, §5). */
export const APIHEADER = reversible('APIHEADER', API_HEADER);

/** Every table (`functions.md` of the documented client): `AllEnum.CallType.CallTypeSingle2 === 12`, `AllEnum.CallType[12]`. */
export const AllEnum = Object.freeze({
  MediaType,
  CallType,
  CallState,
  FileType,
  AnswerType,
  SpeakType,
  HearType,
  PushVideoType,
  CallOpType,
  CallDirect,
  ECode,
  APIHEADER,
});
