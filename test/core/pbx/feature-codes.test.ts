import {expect} from '@open-wc/testing';
import {featureCodes, PRESETS, type FeatureCodes} from '../../../src/core/pbx/feature-codes.js';
import type {SipError} from '../../../src/errors.js';

describe('feature codes', () => {
  const refused = (given: unknown): string => {
    try {
      featureCodes(given as FeatureCodes);
      return 'accepted';
    } catch (error) {
      const {code, subject} = error as SipError;
      return `${code} ${subject}`;
    }
  };

  it('are those of a preset by its name', () => {
    expect(featureCodes('asterisk')).to.deep.equal({park: '700', retrieve: '{slot}'});
    expect(featureCodes(' FreeSWITCH ' as 'freeswitch')).to.equal(PRESETS.freeswitch);
    expect(featureCodes('freepbx').forward).to.equal('*72{number}');
    expect(refused('avaya')).to.equal('bad-parameter features “avaya”');
    expect(refused('toString')).to.equal('bad-parameter features “toString”');
  });

  it('of a preset can be given one by one', () => {
    for (const preset of Object.values(PRESETS)) expect(featureCodes(preset)).to.deep.equal(preset);
  });

  it('are given one by one, without those that are empty', () => {
    const given = {park: ' 60{slot} ', pickup: '*8{number}', whisper: '*33{number},,5#', voicemail: ''};
    const codes = featureCodes(given);
    expect(codes).to.deep.equal({park: '60{slot}', pickup: '*8{number}', whisper: '*33{number},,5#'});
    expect(Object.isFrozen(codes)).to.equal(true);
  });

  it('are refused by name if they are unknown, lack their place, or cannot be called', () => {
    expect(refused({parking: '700'})).to.equal('bad-parameter features.parking');
    expect(refused({constructor: '700'})).to.equal('bad-parameter features.constructor');
    for (const code of ['*8', '*8{slot}', '*8{number}{slot}', '*8 {number}', '*8{number}@host', '{number},x'])
      expect(refused({pickup: code})).to.equal(`bad-parameter features.pickup “${code}”`);
    expect(refused({voicemail: '*97{number}'})).to.equal('bad-parameter features.voicemail “*97{number}”');
    expect(refused({park: '700\r\nX-Evil: 1'})).to.match(/^bad-parameter features\.park/);
  });
});
