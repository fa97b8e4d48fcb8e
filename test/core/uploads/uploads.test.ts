import {expect} from '@open-wc/testing';
import type {SipEventDetails} from '../../../src/core/client/events.js';
import {backoff} from '../../../src/core/util/reconnect-policy.js';
import {UploadPace} from '../../../src/core/uploads/upload-pace.js';
import type {UploadProgress} from '../../../src/core/uploads/upload-events.js';
import {Uploads} from '../../../src/core/uploads/uploads.js';
import {FILE_TYPE} from '../../../src/dispatch/protocol.js';
import {SipError} from '../../../src/errors.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {sha256, someFile, UploadForm} from '../../support/servers/upload-form.js';

const MB = 1024 * 1024;

describe('uploads', () => {
  let told: [string, any][];

  const make = (form: UploadForm, more: {patience?: number; longest?: number} = {}): Uploads => {
    told = [];
    return new Uploads({
      findUrl: async () => form.url,
      tell: (type, detail) => told.push([type, detail]) > 0,
      policy: backoff({first: 10, longest: more.longest ?? 20}),
      ...more,
    });
  };
  const ends = (): SipEventDetails['sip-upload-end'][] =>
    told.filter(([type]) => type === 'sip-upload-end').map(([, detail]) => detail);
  const progress = (): UploadProgress[] =>
    told.filter(([type]) => type === 'sip-upload-progress').map(([, detail]) => detail);
  const failure = (promise: Promise<unknown>): Promise<SipError> =>
    promise.then(
      () => expect.fail('It was resolved'),
      (error: SipError) => error,
    );

  it('arrive byte by byte, with type, name and file in this order', async () => {
    const form = new UploadForm();
    const file = someFile(3 * MB, '报告 "1".png', 'image/png');
    const result = await make(form).upload(file, {type: 2});
    expect(result).to.deep.equal({ok: true, status: 200, response: '{"code":0,"fileid":"file-1"}'});
    const [{parts} = {parts: []}] = (await form.state()).forms;
    expect(parts.map(([name]) => name)).to.deep.equal(['fileType', 'fileName', 'any_file']);
    expect(parts[0]![1]).to.equal('2');
    expect(parts[1]![1]).to.equal('报告 "1".png');
    expect(parts[2]![1]).to.deep.include({size: 3 * MB, type: 'image/png', sha256: await sha256(file)});
    expect(ends()).to.deep.equal([{file, ...result}]);
  });

  for (const [name, type, number] of [
    ['a.png', 'image/png', FILE_TYPE.picture],
    ['a.webm', 'audio/webm', FILE_TYPE.voice],
    ['a.webm', 'video/webm;codecs=vp8', FILE_TYPE.video],
    ['a', 'text/csv', FILE_TYPE.text],
    ['a.amr', '', FILE_TYPE.voice],
    ['a.MKV', '', FILE_TYPE.video],
    ['a.log', '', FILE_TYPE.text],
    ['a.heic', 'application/octet-stream', FILE_TYPE.picture],
    ['a.pdf', 'application/pdf', FILE_TYPE.other],
    ['png', '', FILE_TYPE.other],
    ['a', 'constructor/x', FILE_TYPE.other],
  ] as const) {
    it(`are of type ${number} where nothing else is said and the file is “${name}”, ${type}`, async () => {
      const form = new UploadForm();
      await make(form).upload(someFile(10, name, type));
      expect((await form.state()).forms[0]!.parts[0]).to.deep.equal(['fileType', String(number)]);
    });
  }

  for (const [given, number] of [
    ['play-audio', FILE_TYPE.playAudio],
    ['uploaded-video', FILE_TYPE.uploadedVideo],
    ['notice', FILE_TYPE.notice],
    [42, 42],
    ['7', 7],
    ['', FILE_TYPE.picture],
  ] as const) {
    it(`are of type ${number} where “${given}” is said`, async () => {
      const form = new UploadForm();
      await make(form).upload(someFile(10, 'a.png', 'image/png'), {type: given as number});
      expect((await form.state()).forms[0]!.parts[0]![1]).to.equal(String(number));
    });
  }

  for (const [given, name] of [
    [new Blob(['x']), 'file'],
    [new File(['x'], 'C:\\photos\\a.png'), 'a.png'],
  ] as const)
    it(`are named ${name} where nothing better is known`, async () => {
      const form = new UploadForm();
      await make(form).upload(given);
      const [{parts} = {parts: []}] = (await form.state()).forms;
      expect(parts[1]![1]).to.equal(name);
      expect(parts[2]![1]).to.deep.include({name});
    });

  it('are named as the page says', async () => {
    const form = new UploadForm();
    await make(form).upload(new Blob(['x']), {name: 'note.txt'});
    const {parts} = (await form.state()).forms[0]!;
    expect(parts.slice(0, 2)).to.deep.equal([
      ['fileType', '1'],
      ['fileName', 'note.txt'],
    ]);
  });

  for (const [what, file, options, subject, code = 'bad-parameter'] of [
    ['an empty file', new File([], 'a.png'), {}, 'a.png', 'file-unreadable'],
    ['nothing', undefined, {}, 'file'],
    ['a text', 'a.png', {}, 'file'],
    ['an unknown type', new Blob(['x']), {type: 'film'}, 'film'],
    ['a negative type', new Blob(['x']), {type: -1}, '-1'],
    ['half a type', new Blob(['x']), {type: 1.5}, '1.5'],
  ] as const) {
    it(`refuse ${what}, and send nothing`, async () => {
      const form = new UploadForm();
      const error = await failure(make(form).upload(file as Blob, options as {type: number}));
      expect(error).to.be.instanceOf(SipError).and.include({code});
      expect(error.message).to.contain(subject);
      expect([told, (await form.state()).asked]).to.deep.equal([[], 0]);
    });
  }

  it('tell how far they are, how fast they go and how long they take', async () => {
    const form = new UploadForm('slow=2');
    const heard: UploadProgress[] = [];
    const file = someFile(24 * MB);
    await make(form).upload(file, {onProgress: (one) => heard.push(one)});
    expect(heard).to.deep.equal(progress());
    expect(heard.length).to.be.greaterThan(2);
    const last = heard.pop()!;
    expect(last).to.include({file, loaded: 24 * MB, total: 24 * MB, remaining: 0});
    for (const [index, {loaded, total, speed, remaining}] of heard.entries()) {
      expect(total).to.equal(24 * MB);
      expect(loaded).to.be.within(heard[index - 1]?.loaded ?? 0, total);
      expect(speed).to.be.at.least(0);
      if (speed) expect(remaining).to.be.closeTo((total - loaded) / speed, 0.001);
    }
  });

  it('go on where the page’s own listener fails', async () => {
    const form = new UploadForm();
    const reported = new Promise<string>((resolve) => {
      const {onerror} = window;
      window.onerror = (_message, _file, _line, _column, error) => {
        window.onerror = onerror;
        resolve(error!.message);
        return true;
      };
    });
    const {ok} = await make(form).upload(someFile(10), {
      onProgress: () => {
        throw new Error('the page’s own');
      },
    });
    expect([ok, await reported]).to.deep.equal([true, 'the page’s own']);
  });

  for (const status of [400, 413, 500])
    it(`resolve with ${status} too, and are not tried again`, async () => {
      const form = new UploadForm(`status=${status}`);
      const result = await make(form).upload(someFile(10));
      expect(result).to.deep.include({ok: false, status});
      expect(result.response).to.contain('code');
      expect(ends()[0]).to.include({ok: false, status});
      expect((await form.state()).asked).to.equal(1);
    });

  it('begin again where the connection is cut in the middle', async () => {
    const form = new UploadForm('cut=2');
    const file = someFile(8 * MB);
    const {ok} = await make(form).upload(file);
    expect(ok).to.equal(true);
    const {asked, forms} = await form.state();
    expect(asked).to.be.at.least(3);
    expect(forms).to.have.length(1);
    expect(forms[0]!.parts[2]![1]).to.deep.include({sha256: await sha256(file)});
    expect(ends()).to.have.length(1);
  });

  it('begin again where the line is silent', async () => {
    const form = new UploadForm('silent=1');
    const file = someFile(32 * MB);
    const {ok} = await make(form, {patience: 400}).upload(file);
    expect(ok).to.equal(true);
    expect((await form.state()).forms[0]!.parts[2]![1]).to.deep.include({sha256: await sha256(file)});
  });

  it('fail where nothing comes back, again and again', async () => {
    const form = new UploadForm('cut=1000');
    const file = someFile(8 * MB, 'a.bin');
    const error = await failure(make(form).upload(file));
    expect(error).to.include({code: 'upload-failed', subject: 'a.bin'});
    expect(ends()).to.deep.equal([{file, ok: false, response: '', error}]);
  });

  it('fail at once where the address cannot be found', async () => {
    told = [];
    const uploads = new Uploads({
      findUrl: () => Promise.reject(new SipError('not-connected')),
      tell: (type, detail) => told.push([type, detail]) > 0,
    });
    expect(await failure(uploads.upload(someFile(10)))).to.include({code: 'not-connected'});
    expect(ends()).to.have.length(1);
  });

  it('can be given up in the middle, and nothing is complete at the far end', async () => {
    const form = new UploadForm('slow=20');
    const giveUp = new AbortController();
    const file = someFile(32 * MB, 'a.bin');
    const uploading = make(form).upload(file, {signal: giveUp.signal});
    await until(() => progress().length > 0);
    giveUp.abort();
    const error = await failure(uploading);
    expect(error).to.include({code: 'aborted', subject: 'a.bin'});
    expect(ends()).to.deep.equal([{file, ok: false, response: '', error}]);
    const {asked, forms} = await form.becomes(({open}) => open === 0);
    expect([asked, forms]).to.deep.equal([1, []]);
    const count = told.length;
    await form.state();
    expect(told).to.have.length(count);
  });

  it('can be given up before they begin, while the address is looked for and while they wait to try again', async () => {
    const form = new UploadForm();
    expect(await failure(make(form).upload(someFile(9), {signal: AbortSignal.abort()}))).to.include({
      code: 'aborted',
    });
    expect((await form.state()).asked).to.equal(0);

    const never = new Uploads({findUrl: () => new Promise(() => {}), tell: () => true});
    const giveUp = new AbortController();
    const looking = failure(never.upload(someFile(9), {signal: giveUp.signal}));
    giveUp.abort();
    expect(await looking).to.include({code: 'aborted'});

    const cut = new UploadForm('cut=1000');
    const later = new AbortController();
    told = [];
    const patient = new Uploads({
      findUrl: async () => cut.url,
      tell: () => true,
      policy: {nextDelay: () => 1_000_000},
    });
    const waiting = failure(patient.upload(someFile(9), {signal: later.signal}));
    await cut.becomes(({asked, open}) => asked > 0 && open === 0);
    later.abort();
    expect(await waiting).to.include({code: 'aborted'});
  });

  it('are three at once, and the others wait their turn', async () => {
    const form = new UploadForm('hold');
    const uploads = make(form);
    const names = ['a', 'b', 'c', 'd', 'e'];
    const giveUp = new AbortController();
    const all = names.map((name) =>
      uploads.upload(someFile(10, name), name === 'd' ? {signal: giveUp.signal} : {}).catch(() => 'gone'),
    );
    await form.becomes(({forms}) => forms.length === 3);
    giveUp.abort();
    expect(await all[3]).to.equal('gone');
    await form.go();
    await form.becomes(({forms}) => forms.length === 4);
    await form.go();
    expect(await Promise.all(all)).to.have.length(5);
    const {peak, forms} = await form.state();
    expect(peak).to.equal(3);
    expect(forms.map(({parts}) => parts[1]![1]).sort()).to.deep.equal(['a', 'b', 'c', 'e']);
    // A file that comes after all others does not wait.
    const after = uploads.upload(someFile(10));
    await form.becomes(({forms}) => forms.length === 5);
    await form.go();
    expect(await after).to.include({ok: true});
  });
});

describe('UploadPace', () => {
  it('looks at the last seconds', () => {
    const pace = new UploadPace(10_000, 0);
    expect(pace.add(0, 0)).to.deep.equal({speed: 0, remaining: Infinity});
    expect(pace.add(1_000, 1_000)).to.deep.equal({speed: 1_000, remaining: 9});
    for (let time = 2_000; time <= 6_000; time += 1_000) pace.add(1_000 + (time - 1_000) / 10, time);
    expect(pace.add(1_600, 7_000).speed).to.be.closeTo(100, 1);
    expect(pace.add(10_000, 8_000).remaining).to.equal(0);
  });

  it('says that nothing moves', () => {
    const pace = new UploadPace(10_000, 0);
    pace.add(5_000, 1_000);
    expect(pace.add(5_000, 2_000).speed).to.equal(2_500);
    for (let time = 3_000; time < 9_000; time += 1_000) pace.add(5_000, time);
    expect(pace.add(5_000, 9_000)).to.deep.equal({speed: 0, remaining: Infinity});
  });
});

describe('SipClient.upload', () => {
  it('needs no connection where the address is an option, and tells of it', async () => {
    const form = new UploadForm();
    const client = new StagedClient({uploadUrl: form.url.replace(location.origin, '')});
    expect(client.capabilities).to.include({upload: true, call: false});
    const heard: CustomEvent[] = [];
    client.addEventListener('sip-upload-progress', (event) => heard.push(event));
    client.addEventListener('sip-upload-end', (event) => heard.push(event));
    const file = someFile(1000);
    const result = await client.upload(file);
    expect(result.ok).to.equal(true);
    expect(heard.map(({type}) => type)).to.deep.equal(['sip-upload-progress', 'sip-upload-end']);
    expect(heard[0]!.detail).to.include({file, loaded: 1000, total: 1000, remaining: 0});
    expect(heard[1]!.detail).to.deep.equal({file, ...result});
    expect((await form.state()).forms).to.have.length(1);
  });

  it('goes on when the client disconnects', async () => {
    const form = new UploadForm('hold');
    const client = await StagedClient.ready({uploadUrl: form.url});
    const uploading = client.upload(someFile(10));
    await form.becomes(({forms}) => forms.length === 1);
    await client.disconnect();
    await form.go();
    expect(await uploading).to.include({ok: true});
  });

  it('needs a connection, and a server that takes files', async () => {
    const client = new StagedClient();
    const code = (promise: Promise<unknown>): Promise<unknown> =>
      promise.then(
        () => 'none',
        ({code}) => code,
      );
    expect(await code(client.upload(someFile(10)))).to.equal('not-connected');
    await client.connect();
    expect(await code(client.upload(someFile(10)))).to.equal('unsupported');
  });

  for (const uploadUrl of ['ftp://a/b', 'javascript:alert(1)', 'http://'])
    it(`has no address like ${uploadUrl}`, () =>
      expect(() => new StagedClient({uploadUrl}))
        .to.throw(SipError)
        .with.property('code', 'bad-parameter'));
});
