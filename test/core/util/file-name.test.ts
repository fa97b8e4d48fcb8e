import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {recordingName} from '../../../src/core/recordings/recording-name.js';
import {asPattern, fileName, filledIn} from '../../../src/core/util/file-name.js';
import {SipError} from '../../../src/errors.js';

describe('fileName', () => {
  for (const [written, name] of [
    ['photo', 'photo.png'],
    ['photo.png', 'photo.png'],
    ['photo.JPG', 'photo.png'],
    ['1002 at 12.30', '1002 at 12.30.png'],
    ['/home/me/photo.png', 'photo.png'],
    ['C:\\photos\\现场.png', '现场.png'],
    ['../../.bashrc', 'bashrc.png'],
    ['a<b>:c"|d?*e', 'abcde.png'],
    ['photo\u202egnp.exe', 'photognp.exe.png'],
    ['photo\u061cgnp.exe', 'photognp.exe.png'],
    ['new\nline\u0000', 'newline.png'],
    ['', 'file.png'],
    ['folder/', 'file.png'],
    ['...', 'file.png'],
    ['.png', 'file.png'],
    ['CON', '_CON.png'],
    ['com1.txt', '_com1.txt.png'],
    ['console', 'console.png'],
    ['a\ud800b', 'ab.png'],
    ['李'.repeat(90), `${'李'.repeat(66)}.png`],
  ] as const) {
    it(`makes ${JSON.stringify(name)} of ${JSON.stringify(written)}`, () => {
      expect(fileName(written, 'png', 'file')).to.equal(name);
    });
  }

  it('loses no time with a name that is made to take it', () => {
    const start = performance.now();
    expect(fileName(`a${' '.repeat(100_000)}b`, 'png', 'file')).to.equal('a.png');
    expect(performance.now() - start).to.be.below(500);
  });

  it('makes a name that a file system takes, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (written) => {
        const name = fileName(written, 'mp4', 'recording');
        expect(name).to.match(/^[^./\\:*?"<>|\s][^/\\:*?"<>|]*\.mp4$/u);
        expect(new TextEncoder().encode(name).length).to.be.at.most(255);
      }),
    );
  });
});

describe('filledIn', () => {
  const call = {id: 'abc', remote: {number: '1002', name: '李/雷'}};

  it('fills in what is known of the call, and the time', () => {
    expect(filledIn('{number} {name} {id}', call)).to.equal('1002 李_雷 abc');
    expect(filledIn('photo-{time}', call)).to.match(/^photo-\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d$/);
  });

  for (const pattern of ['{other}', '{', 'a}', '{}', '{number', '{Number}', '{toString}'])
    it(`refuses ${JSON.stringify(pattern)}`, () => {
      expect(() => filledIn(pattern, call))
        .to.throw(SipError)
        .with.property('code', 'bad-parameter');
    });

  it('takes braces for themselves where they are doubled', () => {
    expect(filledIn('{{{number}}} {{name}}', call)).to.equal('{1002} {name}');
    const written = 'a{b}c{{d';
    expect(filledIn(asPattern(written), call)).to.equal(written);
  });

  it('keeps what comes after a name of any length', () => {
    const name = '李'.repeat(100_000);
    const filled = fileName(
      filledIn('photo-{name}-{time}', {id: '', remote: {number: '', name}}),
      'png',
      'photo',
    );
    expect(filled).to.match(/^photo-李{32}-\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d\.png$/);
  });

  it('keeps the host of an address of any length', () => {
    for (const dots of [28, 600]) {
      const remote = {number: `1002${'.'.repeat(dots)}@evil.example`, name: ''};
      const filled = fileName(filledIn('photo-{number}', {id: '', remote}), 'png', 'photo');
      expect(filled).to.match(/^photo-1002\.+…@evil\.example\.png$/);
      const recorded = recordingName({remote, time: 0}, 'video/mp4');
      expect(recorded).to.match(/^recording-1002\.+…@evil\.example-\d{4}-.*\.mp4$/);
    }
  });

  it('makes a file’s name of any party’s', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), fc.string({unit: 'binary'}), (number, name) => {
        const filled = fileName(
          filledIn('{name}-{number}', {id: '', remote: {number, name}}),
          'png',
          'photo',
        );
        expect(filled).to.match(/^[^./\\:*?"<>|\s][^/\\:*?"<>|]*\.png$/u);
        expect(filled).to.not.match(/^(con|prn|aux|nul|com\d|lpt\d)\./i);
        expect(new TextEncoder().encode(filled).length).to.be.at.most(255);
      }),
    );
  });

  it('does not fill in twice', () => {
    expect(filledIn('{name}', {id: 'abc', remote: {number: '1002', name: '{id}'}})).to.equal('{id}');
  });
});
