import {expect} from '@open-wc/testing';
import {plainName} from '../../../src/core/util/plain-name.js';

describe('plainName', () => {
  for (const [written, name] of [
    ['Bo\u202egpj.exe\u2066', 'Bo gpj.exe'],
    ['Bob\u{e0041}\u2062\u00ad\u034f', 'Bob'],
    ['a\ufff9b\ufffac\ufffb', 'a b c'],
    // Nobody would see these names.
    ['\u3164', ''],
    ['\u2800\u00ad', ''],
    ['\u200d\u200c\ufe0f', ''],
    // What changes the form of characters is part of a name.
    ['علی\u200cرضا', 'علی\u200cرضا'],
    ['Ann 👩\u200d🚒 ❤\ufe0f', 'Ann 👩\u200d🚒 ❤\ufe0f'],
    [42, ''],
  ] as const)
    it(`makes ${JSON.stringify(name)} of ${JSON.stringify(written)}`, () =>
      expect(plainName(written)).to.equal(name));
});
