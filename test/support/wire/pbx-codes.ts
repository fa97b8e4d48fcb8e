/** Codes of a PBX, as the option `features` has them. */
export const PBX_CODES = {
  park: '60{slot}',
  retrieve: '60{slot}',
  pickup: '**{number}',
  voicemail: '*97',
  transferToVoicemail: '*99{number}',
  forward: '*72{number}',
  forwardOff: '*73',
  dndOn: '*78',
  queueLogin: '*45{queue}',
  whisper: '*0{number},1',
} as const;
