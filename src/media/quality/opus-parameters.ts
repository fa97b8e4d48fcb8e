import type {AudioQuality} from '../types.js';

/** The parameters of Opus in a description (RFC 7587 §6.1), by their names. */
type OpusParameters = Readonly<Record<string, number | undefined>>;

/** Returns this side's description with what it asks the other side to send. */
export function withOwnOpus(description: string, quality: AudioQuality): string {
  const {fec, dtx, stereo, maxPlaybackRate} = quality;
  return withOpus(description, () => ({
    useinbandfec: numberOf(fec),
    usedtx: numberOf(dtx),
    stereo: numberOf(stereo),
    'sprop-stereo': numberOf(stereo),
    maxplaybackrate: maxPlaybackRate,
    'sprop-maxcapturerate': maxPlaybackRate,
  }));
}

/**
 * Returns the other side's description as this side's browser reads it: it encodes what the other side asks for, so that
 * what this side wants to send must be asked for. Every decoder of Opus takes it; only two channels go to those who ask.
 */
export function withRemoteOpus(description: string, quality: AudioQuality): string {
  const {fec, dtx, stereo, maxPlaybackRate, maxBitrate} = quality;
  return withOpus(description, (asked) => ({
    useinbandfec: numberOf(fec),
    usedtx: numberOf(dtx),
    stereo: stereo === false ? 0 : undefined,
    maxplaybackrate: least(maxPlaybackRate, asked['maxplaybackrate']),
    maxaveragebitrate: least(maxBitrate, asked['maxaveragebitrate']),
  }));
}

const numberOf = (wanted: boolean | undefined): number | undefined =>
  wanted === undefined ? undefined : Number(wanted);

function least(own: number | undefined, asked: number | undefined): number | undefined {
  return own === undefined ? undefined : Math.min(own, asked || own);
}

/** Returns a description with other parameters of Opus; undefined ones stay as they are. */
function withOpus(description: string, change: (asked: OpusParameters) => OpusParameters): string {
  const types = [...description.matchAll(/^a=rtpmap:(\d{1,3}) opus\//gim)].map(([, type]) => type!);
  return types.reduce((text, type) => {
    const line = new RegExp(`^a=fmtp:${type} ([^\\r\\n]*)`, 'm');
    const before = line.exec(text)?.[1];
    const parameters = new Map(
      (before ?? '')
        .split(';')
        .map((each) => each.trim().split('='))
        .filter(([name]) => name)
        .map(([name, value]) => [name!, value] as const),
    );
    const asked = Object.fromEntries([...parameters].map(([name, value]) => [name, Number(value)]));
    for (const [name, value] of Object.entries(change(asked)))
      if (value !== undefined) parameters.set(name, String(value));
    const written = [...parameters].map(([name, value]) => (value === undefined ? name : `${name}=${value}`));
    if (written.length === 0) return text;
    const fmtp = `a=fmtp:${type} ${written.join(';')}`;
    if (before !== undefined) return text.replace(line, fmtp);
    return text.replace(new RegExp(`^a=rtpmap:${type} [^\\r\\n]*`, 'm'), (map) => `${map}\r\n${fmtp}`);
  }, description);
}
