import {expect} from '@open-wc/testing';
import type {Hid} from '../../../src/core/devices/hid.js';
import {HidButtons} from '../../../src/core/devices/push-to-talk/hid-buttons.js';
import {restoreHid, simulateHid} from '../../support/in-page/button-devices.js';
import {until} from '../../support/in-page/facts.js';

const ITEM = {isArray: false, isRange: false, usageMinimum: 0, usages: []};

describe('the buttons of a device that the user has connected', () => {
  afterEach(restoreHid);

  it('are read at once, whatever the device claims of its reports, and its name is one line of text', async () => {
    const hid = simulateHid();
    const claims = [
      {reportSize: 0, reportCount: 2 ** 32 - 1},
      {reportSize: 2 ** 32 - 1, reportCount: 2 ** 32 - 1},
      {reportSize: 1, reportCount: 2 ** 32 - 1},
    ];
    for (const claim of claims) {
      const items = [{...ITEM, ...claim}];
      const collections = [{inputReports: [{reportId: 0, items}]}];
      const device = hid.device(1, 2, `Pedal\u202e\n${'x'.repeat(500)}`, collections);
      hid.granted = [device];
      const pressed: string[] = [];
      const names: string[] = [];
      const buttons = new HidButtons(hid as unknown as Hid, {
        onConnected: ({name}) => names.push(name),
        onDisconnected() {},
        onBlocked() {},
        onButtons: (_, now) => pressed.push(...now),
        isWanted: () => true,
      });
      await until(() => device.opened);
      const since = performance.now();
      device.send('0200');
      expect(pressed).to.have.length(1);
      expect(performance.now() - since).to.be.below(1_000);
      expect(names).to.deep.equal([`Pedal ${'x'.repeat(194)}`]);
      buttons.close();
    }
  });
});
