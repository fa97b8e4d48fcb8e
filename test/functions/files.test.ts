import {expect} from '@open-wc/testing';
import {dataURLtoBlob} from '../../src/functions.js';
import {until} from '../support/in-page/facts.js';

describe('dataURLtoBlob', () => {
  it('has the bytes and the type of what a canvas and a reader give', async () => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 8, height: 4});
    const picture = dataURLtoBlob(canvas.toDataURL('image/jpeg'));
    expect(picture.type).to.equal('image/jpeg');
    expect((await createImageBitmap(picture)).width).to.equal(8);
    const bytes = Uint8Array.from({length: 256}, (_, index) => index);
    const reader = new FileReader();
    reader.readAsDataURL(new Blob([bytes], {type: 'text/plain;charset=utf-8'}));
    await until(() => reader.result !== null);
    const read = dataURLtoBlob(reader.result as string);
    expect(read.type).to.equal('text/plain;charset=utf-8');
    expect(new Uint8Array(await read.arrayBuffer())).to.deep.equal(bytes);
    expect(await dataURLtoBlob('data:,%E7%8E%8B%20b').text()).to.equal('王 b');
  });

  it('reports a text that is none, throws nothing and returns an empty file', async () => {
    const {reportError} = window;
    const reported: string[] = [];
    window.reportError = (error) => reported.push(String(error));
    try {
      for (const [index, text] of ['blob:x', 'data:image/png;base64,@', 'data:,%ff', null].entries()) {
        expect(dataURLtoBlob(text as string).size).to.equal(0);
        await until(() => reported.length > index);
        expect(reported[index]).to.include('dataURLtoBlob, dataurl');
      }
    } finally {
      window.reportError = reportError;
    }
  });
});
