import type {ScriptedCall} from './scripted-call.js';
import type {ScriptedClient} from './scripted-client.js';
import type {ScriptedSite} from './scripted-site.js';
import {hearsTones, voice} from './scripted-voice.js';

/** The tone of each member, in hertz. */
const TONES: Readonly<Record<string, number>> = {'1001': 400, '1003': 900, '1004': 1500, '1005': 2300};
/** Returns the tone of a member. */
export const toneOf = (number: string): number => TONES[number] ?? 0;

/** A connected conference. */
export interface Meeting {
  readonly cid: string;
  /** 1001 has created it and is the only dispatcher. */
  readonly clients: readonly ScriptedClient[];
  readonly calls: readonly ScriptedCall[];
}

/** 1001 creates a conference with the others, who answer; each sends its tone. */
export async function meeting(site: ScriptedSite, numbers: readonly string[], media = 1): Promise<Meeting> {
  const [creator, ...others] = await Promise.all(['1001', ...numbers].map((number) => site.client(number)));
  const {cid, call} = await creator!.gather(numbers, {media});
  const calls = [call];
  for (const client of others) calls.push(await client.answer());
  for (const {name, media} of calls) if (media) media.voice = voice(toneOf(name));
  return {cid, clients: [creator!, ...others], calls};
}

/** Resolves once each hears the tones of these numbers, and no others. */
export async function hear(calls: readonly ScriptedCall[], expected: Readonly<Record<string, string[]>>) {
  await Promise.all(
    calls.map(async ({name, media}) => {
      const heard = expected[name];
      if (!heard || !media) return;
      const others = Object.keys(TONES).filter((number) => !heard.includes(number));
      await hearsTones(media, heard.map(toneOf), others.map(toneOf));
    }),
  );
}
