import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {fileName, filledIn} from '../../src/core/file-name.js';

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
    ['new\nline\u0000', 'newline.png'],
    ['', 'file.png'],
    ['folder/', 'file.png'],
    ['...', 'file.png'],
    ['.png', 'file.png'],
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

  it('leaves alone what it does not know', () => {
    expect(filledIn('{other} {', call)).to.equal('{other} {');
  });

  it('does not fill in twice', () => {
    expect(filledIn('{name}', {id: 'abc', remote: {number: '1002', name: '{id}'}})).to.equal('{id}');
  });
});
