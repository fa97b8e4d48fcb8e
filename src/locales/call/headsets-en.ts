import {addEnglish} from '../add-terms.js';

/** The English texts of headsets, loaded with their list. */
export const headsetsEn = {
  headsets: 'Headset buttons',
  headsetsHint: 'Answer, hang up, mute and hold by the buttons of your headset.',
  headsetReady: 'Ready',
  headsetAbsent: 'Not connected. Plug it in, or connect it again below.',
  headsetBlocked: 'Can’t be opened. Close other programs that use it, then try again.',
  headsetForbidden: 'The browser no longer allows it. Connect it again below.',
  headsetElsewhere: 'Used by a call in another tab',
  headsetNoButtons: 'This device has no buttons that the browser can read.',
  headsetsForbidden: 'This page is not allowed to use headset buttons. Ask its operator.',
  forgetHeadset: (name: string) => `Forget ${name}`,
};

addEnglish(headsetsEn);
