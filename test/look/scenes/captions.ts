/** Captions in `<sip-call>`: none yet, over a bright picture, below a shared screen, long ones, and a failure. */
import type {CaptionSide, CaptionSound} from '../../../src/core/captions/caption-source.js';
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import type {Staged} from '../../support/staged/staged-client.js';
import type {Scenes} from '../scene.js';
import {deep, part, pass, playing, ready, seen, show, shows, type View} from '../stage.js';

interface Captioned extends Staged {
  readonly element: SipCallElement;
  readonly say: (side: CaptionSide, text: string, final?: boolean) => void;
}

/** A call with captions, with these pictures if there are any. */
async function captioned(remote?: View): Promise<Captioned> {
  const sounds = new Map<CaptionSide, CaptionSound>();
  const on = await ready({
    captions: (sound) => {
      sounds.set(sound.side, sound);
      return {write: () => {}};
    },
  });
  const staged = on.dial(remote ? 'video' : 'audio', {number: '1002', name: '李雷'});
  const element = await show('sip-call', on);
  staged.dialog.confirm(!!remote);
  pass(65_000);
  if (remote) {
    staged.dialog.play(seen(remote), seen('person'));
    await playing(element, 2);
  }
  await staged.call.captions();
  await shows(element, () => deep(element, 'sip-captions-band.on').length === 1);
  return {...staged, element, say: (side, text, final = true) => sounds.get(side)!.caption({text, final})};
}

const LONG =
  'The gate at the north entrance has been open since a quarter past six this morning, and nobody has signed for it, so please send someone who can lock it and stay there until the delivery has arrived.';

export const captionsScenes: Scenes = {
  'captions-none': {
    kept: ['light-en-320'],
    async reach() {
      await captioned();
    },
  },
  'captions-sound': {
    kept: ['dark-zh-CN-320'],
    async reach() {
      const {say} = await captioned();
      say('remote', LONG);
      say('local', 'Who is at the gate?');
    },
  },
  'captions-bright': {
    kept: ['light-en-320', 'dark-ar-768', 'forced-en-320'],
    async reach() {
      const {say} = await captioned('bright');
      say('remote', LONG);
      say('local', LONG, false);
    },
  },
  'captions-screen': {
    kept: ['light-en-768'],
    async reach() {
      const {dialog, element, say} = await captioned('bright');
      dialog.set({remoteSharing: true});
      say('remote', 'Can you see my screen?');
      await shows(element, () => part(element, 'stage')!.matches('.beside'));
    },
  },
  'captions-failed': {
    kept: ['light-ar-320'],
    async reach() {
      const {call, element} = await captioned();
      await call.captions(() => {
        throw new Error('No recognizer.');
      });
      await shows(element, () => call.captioned!.state.failed.length === 2);
    },
  },
};
