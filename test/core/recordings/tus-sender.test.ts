import {expect} from '@open-wc/testing';
import {tusSender} from '../../../src/core/recordings/tus-sender.js';
import type {RecordingSaving, TusServer} from '../../../src/core/recordings/recordings-upload.js';
import type {StoredRecording} from '../../../src/media/recording/recording-about.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {someFile} from '../../support/servers/upload-form.js';

const recording = {
  ...{id: 'a', call: 'b', direction: 'incoming', remote: {number: '1002', name: ''}},
  ...{time: 0, duration: 1, size: 1_000},
} as StoredRecording;

describe('a tus server', () => {
  let ending: AbortController;
  let path: string;
  beforeEach(() => {
    ending = new AbortController();
    path = `/odd-tus/${randomUuid()}`;
  });
  afterEach(() => ending.abort());

  async function failure(how: string, more: Partial<TusServer> = {}): Promise<unknown> {
    const saving: RecordingSaving = {
      signal: ending.signal,
      resumable: undefined,
      captions: async () => undefined,
      async setResumable() {},
      onProgress() {},
    };
    const send = tusSender({endpoint: `${path}?how=${how}`, ...more});
    return send(someFile(1_000), recording, saving).then(
      () => 'sent',
      (error: unknown) => error,
    );
  }
  const asked = async (): Promise<Record<string, number>> =>
    (await (await fetch(path)).json()) as Record<string, number>;

  for (const [how, what] of [
    ['nothing', 'has nothing of what it takes'],
    ['beyond', 'has more than there is'],
    ['less', 'forgets what it had'],
  ] as const)
    it(`that ${what} gets the recording once, not again and again`, async () => {
      expect(await failure(how)).to.be.instanceOf(Error);
      expect(await asked()).to.deep.equal({POST: 1, PATCH: 1});
    });

  for (const [how, what] of [
    ['silent', 'takes the recording and never answers'],
    ['mute', 'answers nothing'],
  ] as const)
    it(`that ${what} does not keep others waiting`, async () => {
      shorten({uploadSilence: 300});
      expect(await failure(how)).to.be.instanceOf(Error);
      expect((await asked())['POST']).to.equal(1);
    });

  it('gets nothing without the headers that the page never returns', async () => {
    shorten({uploadSilence: 300});
    expect(await failure('nothing', {headers: async () => new Promise(() => {})})).to.be.instanceOf(Error);
    expect(await asked()).to.deep.equal({});
  });

  it('is no longer asked once the upload is stopped', async () => {
    const failed = failure('silent');
    await until(async () => (await asked())['PATCH'] === 1);
    ending.abort();
    expect(await failed).to.have.property('name', 'AbortError');
  });
});
