import {expect, fixture, html} from '@open-wc/testing';
import {SipDevices} from '../../../src/core/devices/devices.js';
import {sendingFirst} from '../../../src/core/util/sending-first.js';
import {EffectChoiceElement} from '../../../src/elements/shared/effects/effect-choice.js';
import {defineInner} from '../../../src/elements/shared/define-inner.js';
import type {DeviceEffect} from '../../../src/media/devices/device-effect.js';
import {until} from '../../support/in-page/facts.js';

const failing = (name: DeviceEffect['name'], kind: DeviceEffect['kind']): DeviceEffect => ({
  name,
  kind,
  required: false,
  choices: [{id: 'on'}],
  prepare: () => Promise.reject(new TypeError('nothing loads')),
  process: () => Promise.reject(new TypeError('nothing runs')),
});

describe('the choice of an effect', () => {
  before(() => defineInner({'sip-effect-choice': EffectChoiceElement}));

  for (const [name, kind] of [
    ['background', 'camera'],
    ['noise-suppression', 'microphone'],
  ] as const)
    it(`shows that there is none if ${name} fails before anything could be drawn`, async () => {
      const devices = new SipDevices({storage: `failing-${name}`});
      await devices.offer(failing(name, kind));
      const choice = await fixture<EffectChoiceElement>(
        html`<sip-effect-choice .devices=${devices} .kind=${kind}></sip-effect-choice>`,
      );
      const inputs = [...choice.renderRoot.querySelectorAll('input')];
      let sent = (): void => {};
      // An offer of a call is on its way, which drawing waits for.
      const sending = sendingFirst(new Promise<void>((resolve) => (sent = resolve)));
      inputs.at(-1)!.click();
      await until(() => devices.effects!.state.offered[0]!.starting === undefined);
      sent();
      await sending;
      await until(() => choice.renderRoot.querySelector('[part=notice]') !== null);
      expect(inputs.map(({checked}) => checked)).to.deep.equal(kind === 'camera' ? [true, false] : [false]);
    });
});
