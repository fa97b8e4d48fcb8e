import {expect} from '@open-wc/testing';
import type {SipDialog} from '../../src/sip/user-agent.js';
import {hears, reaches} from '../support/facts.js';
import {WireUser} from '../support/wire-users.js';
import {Wire} from '../support/wire.js';

/** The codecs of what a dialog receives. */
async function codecsAt(dialog: SipDialog): Promise<string[]> {
  const report = (await dialog.statistics())!;
  const names = new Set<string>();
  report.forEach(({type, codecId}: {type: string; codecId?: string}) => {
    if (type === 'inbound-rtp' && codecId) names.add((report.get(codecId) as {mimeType: string}).mimeType);
  });
  return [...names];
}

describe('codecs', () => {
  for (const [what, own, theirs, expected] of [
    ['the caller’s preference', ['PCMU'], [], 'audio/PCMU'],
    ['the callee’s own order, of what is offered', ['PCMU'], ['G722'], 'audio/G722'],
    ['the browser’s order where nobody has one', [], [], 'audio/opus'],
  ] as const)
    it(`are heard at the far end in ${what}`, async () => {
      const wire = new Wire({alice: '', bob: ''});
      const [alice, bob] = await Promise.all([
        new WireUser(wire, {user: 'alice', codecs: own}).begin(),
        new WireUser(wire, {user: 'bob', codecs: theirs}).begin(),
      ]);
      try {
        const call = alice.agent.invite('bob', {audio: true, video: false});
        const far = await bob.rings();
        await far.accept({audio: true, video: false});
        await reaches(call, 'confirmed');
        await hears(far);
        expect(await codecsAt(far)).to.deep.equal([expected]);
      } finally {
        await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
      }
    });
});
