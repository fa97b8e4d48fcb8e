import {expect} from '@open-wc/testing';
import {isQuiet, parseQuietHours} from '../../../src/core/ringing/quiet-hours.js';

describe('quiet hours', () => {
  const at = (text: string, time: string): boolean =>
    isQuiet(parseQuietHours(text)!, new Date(`2026-03-03T${time}`));

  for (const [hours, inside, outside] of [
    ['22:00-07:00', ['22:00', '23:59', '00:00', '06:59'], ['07:00', '12:00', '21:59']],
    ['12:30 – 13:15', ['12:30', '13:14'], ['12:29', '13:15', '00:00']],
    ['9:05-24:00', ['09:05', '23:59'], ['00:00', '09:04']],
    ['08:00-08:00', ['00:00', '08:00', '23:59'], []],
  ] as const)
    it(`${hours} is quiet by the user’s clock from the one to the other`, () => {
      for (const time of inside) expect(at(hours, time), time).to.equal(true);
      for (const time of outside) expect(at(hours, time), time).to.equal(false);
    });

  it('are none where nothing is said', () => {
    for (const nothing of [undefined, '']) expect(parseQuietHours(nothing)).to.equal(undefined);
  });
});
