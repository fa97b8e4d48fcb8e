/** What a caller asks the PBX for. */
export type Code =
  | {readonly feature: 'park' | 'voicemail' | 'forwardOff' | 'dndOn' | 'dndOff'}
  | {readonly feature: 'pickup' | 'transferToVoicemail' | 'forward'; readonly number: string}
  | {readonly feature: 'queueLogin' | 'queueLogout' | 'listenIn' | 'whisper'; readonly number: string};

/** Codes without a number. */
const PLAIN: Readonly<Record<string, Code>> = {
  '70': {feature: 'park'},
  '*97': {feature: 'voicemail'},
  '*73': {feature: 'forwardOff'},
  '*78': {feature: 'dndOn'},
  '*79': {feature: 'dndOff'},
};

/** Codes with a number, those that begin like another one first. */
const NUMBERED = [
  ['pickup', /^\*\*(\d+)$/],
  ['forward', /^\*72(\d+)$/],
  ['listenIn', /^\*33(\d+)$/],
  ['whisper', /^\*34(\d+)$/],
  ['queueLogin', /^(\d+)\*$/],
  ['queueLogout', /^(\d+)\*\*$/],
  ['transferToVoicemail', /^\*(\d+)$/],
] as const;

/** Reads a dialed number as one of FreePBX's feature codes; undefined if it is none. */
export function codeOf(dialed: string): Code | undefined {
  if (Object.hasOwn(PLAIN, dialed)) return PLAIN[dialed];
  for (const [feature, pattern] of NUMBERED) {
    const [, number] = pattern.exec(dialed) ?? [];
    if (number !== undefined) return {feature, number};
  }
  return undefined;
}
