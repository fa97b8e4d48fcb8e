import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import type {SipError} from '../../../src/errors.js';
import {deep, isAccessible, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {longSound} from '../../support/in-page/long-sound.js';
import {sound, StagedClient, type Staged} from '../../support/staged/staged-client.js';

/** A second of silence as a WAV file of 8 kHz. */
function silence(name: string): File {
  const samples = 8000;
  const data = new DataView(new ArrayBuffer(44 + 2 * samples));
  const bytes = new Uint8Array(data.buffer);
  const text = (at: number, value: string): void => bytes.set(new TextEncoder().encode(value), at);
  text(0, 'RIFF');
  data.setUint32(4, 36 + 2 * samples, true);
  text(8, 'WAVEfmt ');
  data.setUint32(16, 16, true);
  data.setUint16(20, 1, true);
  data.setUint16(22, 1, true);
  data.setUint32(24, 8000, true);
  data.setUint32(28, 16_000, true);
  data.setUint16(32, 2, true);
  data.setUint16(34, 16, true);
  text(36, 'data');
  data.setUint32(40, 2 * samples, true);
  return new File([data.buffer], name, {type: 'audio/wav'});
}

describe('the sounds of a <sip-call>', () => {
  let client: StagedClient;
  let element: SipCallElement;
  let staged: Staged;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture<HTMLElement>(
      html`<sip-client .client=${client} lang="en"><sip-call></sip-call></sip-client>`,
    );
    root.style.display = 'block';
    root.style.inlineSize = '50rem';
    element = root.querySelector('sip-call')!;
    staged = client.dial('audio');
    staged.dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
    staged.dialog.confirm();
    await shows(element, () => part(element, 'sounds') !== null);
  });
  afterEach(() => client.disconnect());

  const panel = (): HTMLElement => deep(element, 'sip-announcement-panel')[0]!;
  const named = (name: string): HTMLElement =>
    deep(panel(), 'button').find((button) => button.ariaLabel === name)!;
  const open = async (): Promise<void> => {
    await press(element, 'sounds');
    await until(() => deep(element, '.entry').length > 2);
  };
  const choose = (file: File): void => {
    const input = deep<HTMLInputElement>(panel(), '[type=file]')[0]!;
    const files = new DataTransfer();
    files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
  };

  it('are named, reached by the keyboard, and give the focus back', async () => {
    part(element, 'sounds')!.focus();
    await sendKeys({press: 'Enter'});
    await until(() => deep(element, '.entry').length === 3);
    await until(() => panel().shadowRoot!.activeElement?.ariaLabel === 'Play Steady tone to the other side');
    await isAccessible(element);
    await sendKeys({press: 'Tab'});
    expect(panel().shadowRoot!.activeElement?.ariaLabel).to.equal('Listen to Steady tone');
    await sendKeys({press: 'Escape'});
    await until(() => element.shadowRoot!.activeElement === part(element, 'sounds'));
  });

  it('play, show their progress, pause and stop', async () => {
    await open();
    named('Play Warble to the other side').click();
    await until(() => deep(panel(), 'progress').length === 1);
    const {announcement} = staged.call;
    expect(staged.dialog.announced?.mix).to.equal(true);
    expect(textOf(panel(), '.running')).to.match(/Warble.*0:0\d \/ 0:03/s);
    await isAccessible(element);
    named('Pause the sound').click();
    await until(() => announcement!.state.paused);
    await until(() => !!named('Resume the sound'));
    named('Resume the sound').click();
    await until(() => !announcement!.state.paused);
    staged.dialog.set({held: true});
    await until(() => textOf(panel(), '.running').includes('Waits while the call is on hold'));
    named('Stop the sound').focus();
    named('Stop the sound').click();
    await until(() => deep(panel(), '.running').length === 0);
    expect([announcement!.state.ended, staged.dialog.announced]).to.deep.equal(['stopped', undefined]);
    expect(panel().shadowRoot!.activeElement?.matches('.sound')).to.equal(true);
  });

  it('come from the disk, instead of the microphone if that is unchecked, or say why not', async () => {
    await open();
    deep(panel(), '.keep input')[0]!.click();
    choose(silence('evacuation.wav'));
    await until(() => textOf(panel(), '.running').includes('evacuation.wav'));
    await until(() => staged.dialog.announced?.mix === false);
    await staged.call.announcement!.stop();
    choose(new File(['no sound'], 'notes.txt'));
    await until(() => textOf(panel()).includes('“notes.txt” is not a sound that this browser can play.'));
    expect(staged.call.state.announcing).to.equal(false);
  });

  it('are those of the server, by name and length, and can be heard before', async () => {
    const url = URL.createObjectURL(silence('siren.wav'));
    client.files = [{id: '7', name: 'siren.wav', duration: 61, url, sample: true}];
    await open();
    await until(() => deep(panel(), '.sound').length === 4);
    expect(textOf(panel())).to.include('1:01 · Sample');
    const listen = named('Listen to siren.wav');
    listen.click();
    await until(() => listen.ariaPressed === 'true');
    expect(staged.call.state.announcing).to.equal(false);
    await until(() => listen.ariaPressed === 'false');
    named('Play siren.wav to the other side, 1:01 · Sample').click();
    await until(() => textOf(panel(), '.running').includes('siren.wav'));
    URL.revokeObjectURL(url);
  });
});

describe('call.play', () => {
  let client: StagedClient;
  let staged: Staged;
  const code = (playing: Promise<unknown>): Promise<unknown> =>
    playing.then(
      () => 'plays',
      (error: unknown) => (error as SipError).code,
    );

  beforeEach(async () => {
    client = await StagedClient.ready();
    staged = client.dial('audio');
  });
  afterEach(() => client.disconnect());

  it('rejects with what is wrong', async () => {
    const {call, dialog} = staged;
    expect(await code(call.play('alert-beep'))).to.equal('invalid-state');
    dialog.confirm();
    const aborted = AbortSignal.abort();
    expect([
      await code(call.play(new File([], 'empty.wav'))),
      await code(call.play(new Blob(['no sound']))),
      await code(call.play('/nothing.wav')),
      await code(call.play('http://[')),
      await code(call.play({id: ' '})),
      await code(call.play('/nothing.wav', {signal: aborted})),
      await code(call.play(silence('a.wav'), {signal: aborted})),
    ]).to.deep.equal([
      'file-unreadable',
      'sound-unsupported',
      'sound-unreachable',
      'bad-parameter',
      'unsupported',
      'aborted',
      'aborted',
    ]);
    expect([call.state.announcing, dialog.announced]).to.deep.equal([false, undefined]);
  });

  it('rejects once the call has ended if the server of a sound never answers', async () => {
    const {call, dialog} = staged;
    dialog.confirm();
    const {fetch} = window;
    let asked: AbortSignal | null | undefined;
    window.fetch = async (address, options) => {
      asked = options?.signal;
      return fetch(address, options);
    };
    try {
      const playing = code(call.play('/silence'));
      await until(() => asked !== undefined);
      await call.hangup();
      expect(await playing).to.equal('aborted');
      expect(asked?.aborted, 'the request has ended').to.equal(true);
    } finally {
      window.fetch = fetch;
    }
  });

  for (const [what, told] of [
    ['tells no length', undefined],
    ['tells a false length', 10],
  ] as const)
    it(`plays an hour that ${what} without decoding it first`, async () => {
      const {call, dialog} = staged;
      dialog.confirm();
      const playing = await call.play(longSound(3600, told));
      expect(playing.state.duration).to.equal(told);
      await becomes(playing, ({position}) => position! > 0.3);
      await playing.pause();
      const {position} = playing.state;
      await playing.resume();
      await becomes(playing, (state) => state.position! > position!);
      await playing.stop();
      expect(dialog.announced).to.equal(undefined);
    });

  it('plays no file that says it is longer than ten minutes', async () => {
    staged.dialog.confirm();
    expect(await code(staged.call.play(longSound(1, 601)))).to.equal('sound-too-long');
  });

  it('needs the floor of an intercom, ends with it, and can alert its members before this side speaks', async () => {
    const {intercom, dialog} = client.interphone();
    dialog.confirm();
    expect(await code(intercom.play('alert-steady'))).to.equal('invalid-state');
    const speaking = intercom.requestFloor({alert: 'alert-beep'});
    await until(() => dialog.announced?.mix === false);
    expect(intercom.announcement?.name).to.equal('alert-beep');
    await intercom.announcement!.stop();
    await speaking;
    const {finished} = await intercom.play('alert-steady', {loop: true});
    await intercom.releaseFloor();
    expect([await finished, dialog.announced]).to.deep.equal(['stopped', undefined]);
  });

  it('replaces what plays, repeats, and ends by a signal or with the call', async () => {
    const {call, dialog} = staged;
    dialog.confirm();
    const stopping = new AbortController();
    const first = await call.play('alert-beep', {loop: true, signal: stopping.signal});
    const second = await call.play(silence('a.wav'), {mix: false});
    expect([await first.finished, call.announcement]).to.deep.equal(['stopped', second]);
    expect(await second.finished).to.equal('completed');
    expect(second.state).to.include({position: 1, duration: 1, ended: 'completed'});
    const third = await call.play('alert-steady', {signal: stopping.signal});
    stopping.abort();
    expect(await third.finished).to.equal('stopped');
    const last = await call.play('alert-steady');
    await call.hangup();
    expect(await last.finished).to.equal('call-ended');
    expect(await code(last.pause())).to.equal('invalid-state');
  });
});
