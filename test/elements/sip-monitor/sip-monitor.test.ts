import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys, setViewport} from '@web/test-runner-commands';
import type {SipCall} from '../../../src/core/call/call.js';
import type {Person} from '../../../src/core/directory/people.js';
import type {SipMonitorElement} from '../../../src/elements/sip-monitor/sip-monitor.js';
import {SipError} from '../../../src/errors.js';
import {DAY, setClock} from '../../support/in-page/clock.js';
import {shorten} from '../../support/in-page/durations.js';
import {deep, isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {partsOf, unreached} from '../../support/in-page/parts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {picture, sound, StagedClient, type StagedDialog} from '../../support/staged/staged-client.js';

const PEOPLE: readonly Person[] = [
  {number: '1003', name: 'Anna Novak', type: 1, state: 'online', group: '8000', raw: {}},
];

const PARTS = partsOf('sip-monitor');

/** A teal picture that moves until it is stopped, as where nothing comes from the network any more. */
function stoppable(): {readonly track: MediaStreamTrack; stop(): void} {
  const canvas = Object.assign(document.createElement('canvas'), {width: 160, height: 120});
  const context = canvas.getContext('2d')!;
  const timer = setInterval(() => {
    context.fillStyle = 'teal';
    context.fillRect(0, 0, 160, 120);
  }, 100);
  return {track: canvas.captureStream().getVideoTracks()[0]!, stop: () => clearInterval(timer)};
}

describe('<sip-monitor>', () => {
  let client: StagedClient;
  let element: SipMonitorElement;

  beforeEach(() => {
    shorten({
      monitorInterval: 100,
      monitorLate: 400,
      monitorStall: 1_000,
      monitorHidden: 300,
      monitorRetry: 600,
    });
  });

  const setUp = async (staged: StagedClient, numbers = '', around = html``): Promise<void> => {
    client = staged;
    const root = await fixture(
      html`<sip-client .client=${client}>
        ${around}<sip-monitor numbers=${numbers}></sip-monitor>
      </sip-client>`,
    );
    element = root.querySelector('sip-monitor')!;
    await shows(element, () => inWall('.card') !== null);
  };

  const inWall = (selector: string): HTMLElement | null =>
    element.shadowRoot!.querySelector('sip-monitor-wall')?.shadowRoot?.querySelector<HTMLElement>(selector) ??
    null;
  const tiles = (): HTMLElement[] => deep(element, '.tile');
  const phases = (): string =>
    tiles()
      .map(({dataset}) => dataset['phase'])
      .join();
  const inTile = (place: number, name: string): HTMLElement | null =>
    tiles()[place]!.querySelector<HTMLElement>(`[part=${name}]`);
  const focusedIn = (tile: HTMLElement): Element | null => (tile.getRootNode() as ShadowRoot).activeElement;
  const calls = (): readonly SipCall[] => client.state.calls;
  const asked = (): number => client.asked.filter((what) => what === 'session monitor').length;
  const said = (): string => inWall('[role=status]')!.textContent.trim();
  /** What the tiles say, or their parts with the selector. */
  const written = (selector = '.tile'): string =>
    deep(element, selector)
      .map(({innerText}) => innerText)
      .join(' ')
      .replace(/\s+/g, ' ');

  /** Lets a picture come on a call. */
  const send = (place: number, track = picture()): MediaStreamTrack => {
    const dialog = client.dialogOf(calls()[place]!);
    dialog.confirm(true);
    dialog.set({media: {audio: 'recvonly', video: 'recvonly'}});
    dialog.play(new MediaStream([track, sound()]));
    return track;
  };
  const dialogAt = (place: number): StagedDialog => client.dialogOf(calls()[place]!);

  /** A wall of these numbers, whose pictures are there. */
  const watch = async (numbers: string): Promise<MediaStreamTrack[]> => {
    await setUp(await StagedClient.ready(), numbers);
    await press(element, 'start');
    await shows(element, () => calls().length === numbers.split(',').length);
    const tracks = calls().map((_, place) => send(place));
    await shows(element, () => /^live(,live)*$/.test(phases()));
    return tracks;
  };

  /** Watches a camera, which plays; returns what stops its picture. */
  const watchStoppable = async (): Promise<() => void> => {
    await setUp(await StagedClient.ready(), '1019');
    await press(element, 'start');
    await shows(element, () => calls().length === 1);
    const {track, stop} = stoppable();
    send(0, track);
    await shows(element, () => phases() === 'live');
    return stop;
  };

  it('says so where there is no client', async () => {
    element = await fixture(html`<sip-monitor numbers="1019"></sip-monitor>`);
    await shows(element, () => textOf(element).includes('sip-client'));
    await rejects(element.start(), 'not-connected');
    await isAccessible(element);
  });

  it('says so where the server shows no cameras, or no members’ pictures', async () => {
    const staged = new StagedClient();
    staged.lacks = {monitor: false, memberVideo: false};
    await staged.connect();
    await setUp(staged, '1019');
    await shows(element, () => textOf(element).includes('This server does not support monitoring.'));
    await rejects(element.start(), 'unsupported');
    element.sid = 'c5';
    await shows(element, () => textOf(element).includes('does not support viewing participants’ video'));
    await isAccessible(element);
  });

  it('says what to do while nobody is chosen, and takes numbers by the keyboard', async () => {
    await setUp(await StagedClient.ready());
    await shows(element, () => textOf(element).includes('No cameras yet'));
    await isAccessible(element);
    part(element, 'members-field')!.focus();
    await sendKeys({type: '1019,1020'});
    await sendKeys({press: 'Enter'});
    await shows(element, () => phases() === 'off,off');
    expect(element.numbers).to.equal('1019,1020');
    await isAccessible(element);
    await sendKeys({press: 'Enter'});
    await shows(element, () => phases() === 'connecting,connecting');
    expect(asked()).to.equal(2);
    await isAccessible(element);
  });

  it('shows the picture that comes, and opens no device', async () => {
    const original = navigator.mediaDevices.getUserMedia;
    let opened = 0;
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      opened += 1;
      return original.call(navigator.mediaDevices, wanted);
    };
    try {
      await watch('1019,1020');
    } finally {
      navigator.mediaDevices.getUserMedia = original;
    }
    expect(opened).to.equal(0);
    await shows(element, () => tiles().every((tile) => tile.querySelector('sip-video')!.playing));
    for (const tile of tiles())
      expect(tile.querySelector('sip-audio'), 'a sound that nobody asked for').to.equal(null);
    expect(written()).to.contain('1019').and.contain('Live');
    expect(said()).to.equal('');
    await isAccessible(element);
    await press(element, 'stop');
    await shows(element, () => phases() === 'off,off');
    expect(calls()).to.have.length(0);
  });

  it('says why a number is refused for good, and asks again when that is wanted', async () => {
    const staged = await StagedClient.ready();
    await setUp(staged, '1004');
    for (const [code, sentence] of [
      ['no-video', '1004 has no camera that can be viewed.'],
      ['unknown-number', '1004'],
      ['not-allowed', 'do not have permission'],
    ] as const) {
      staged.failure = new SipError(code, {subject: '1004'});
      if (code === 'no-video') await press(element, 'start');
      else inTile(0, 'retry')!.click();
      await shows(element, () => phases() === 'refused' && written('.words').includes(sentence));
    }
    expect(said()).to.equal('1004’s video is unavailable.');
    await isAccessible(element);
    inTile(0, 'retry')!.click();
    await shows(element, () => phases() === 'connecting');
    send(0);
    await shows(element, () => phases() === 'live');
    expect(said()).to.equal('1004’s video is playing.');
  });

  it('asks again by itself where a number is offline or its picture ends', async () => {
    const staged = await StagedClient.ready();
    await setUp(staged, '1019');
    staged.refusal = new SipError('number-offline', {subject: '1019'});
    await press(element, 'start');
    await shows(element, () => phases() === 'waiting' && written('.words').includes('Offline'));
    expect(written('.words')).to.contain('Retrying in 1 s');
    await isAccessible(element);
    await shows(element, () => asked() >= 2);
    staged.refusal = undefined;
    await shows(element, () => phases() === 'connecting');
    const before = asked();
    send(0);
    await shows(element, () => phases() === 'live');
    dialogAt(0).set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await shows(element, () => written('.words').includes('Video ended'));
    await shows(element, () => phases() === 'connecting');
    expect(asked()).to.equal(before + 1);
  });

  it('requests a video again that is lost or stands still, also if the clock was set back meanwhile', async () => {
    const stop = await watchStoppable();
    setClock(-DAY);
    stop();
    await shows(element, () => phases() === 'stalled');
    setClock(-2 * DAY);
    await shows(element, () => asked() >= 2);
  });

  it('names the people of the directory before their pictures are there', async () => {
    const staged = new StagedClient();
    const searched: string[] = [];
    staged.directoryService = {
      search: async (text: string) => {
        searched.push(text);
        return PEOPLE;
      },
    } as unknown as NonNullable<StagedClient['directoryService']>;
    await staged.connect();
    await setUp(staged, '1003,1019');
    expect(written('.caption')).to.equal('1003 1019');
    await staged.register();
    await shows(element, () => written('.caption') === 'Anna Novak 1003 1019');
    expect(phases()).to.equal('off,off');
    expect(tiles()[0]!.getAttribute('aria-label')).to.equal('Anna Novak, Off');
    await press(element, 'start');
    await shows(element, () => phases() === 'connecting,connecting');
    expect(searched, 'each number is asked for once').to.deep.equal(['1003', '1019']);
  });

  it('has a clock on each picture that stands still, marked, when no new frame comes', async () => {
    await setUp(await StagedClient.ready(), '1019');
    await press(element, 'start');
    await shows(element, () => calls().length === 1);
    const {track, stop} = stoppable();
    send(0, track);
    const clock = (): string => inTile(0, 'time')?.querySelector('time')?.innerText ?? '';
    // As clocks are in English.
    const [time, since] = [/^\d?\d:\d\d:\d\d\s[AP]M$/, /^Live since \d?\d:\d\d:\d\d\s[AP]M$/];
    const age = (text: string): number =>
      Date.now() - Date.parse(`${new Date().toDateString()} ${text.replace(/\s/, ' ')}`);
    await shows(element, () => time.test(clock()));
    const first = clock();
    await shows(element, () => clock() !== first);
    expect(age(clock())).to.be.within(0, 3_000);
    expect(inWall('[part=clock]')!.innerText).to.match(time);
    expect(inTile(0, 'time')!.title).to.match(since);
    shorten({monitorStall: 60_000});
    stop();
    await shows(element, () => inTile(0, 'time')!.matches('.late'));
    const still = clock();
    expect(inTile(0, 'time')!.title).to.equal(`No new video since ${still}`);
    expect(tiles()[0]!.getAttribute('aria-label')).to.equal(`1019, No new video since ${still}`);
    await isAccessible(element);
    shorten({monitorStall: 1_000});
    await shows(element, () => phases() === 'stalled');
    expect(written('.when')).to.contain(`Last video at ${still}`);
  });

  it('tells why there is no picture in tiles of every size, and keeps the button within reach', async () => {
    const staged = await StagedClient.ready();
    await setUp(staged, '1004');
    staged.failure = new SipError('no-video', {subject: '1004'});
    await press(element, 'start');
    await shows(element, () => phases() === 'refused');
    const reason = '1004 has no camera that can be viewed. Ask the other side to connect and allow a camera.';
    const around = element.closest('sip-client')!.parentElement!;
    for (const [width, seen] of [
      [500, `No video ${reason} Try again`],
      [300, `No video ${reason}`],
      [240, 'No video'],
      [150, ''],
    ] as const) {
      around.style.inlineSize = `${width}px`;
      const tile = tiles()[0]!;
      const words = tile.querySelector<HTMLElement>('.words')!;
      expect(written('.words').trim(), String(width)).to.equal(seen);
      expect(words.title, String(width)).to.contain(reason);
      expect(tile.getAttribute('aria-label')).to.equal(`1004, No video: ${reason}`);
      const box = tile.getBoundingClientRect();
      const shown = [...words.children].filter((child) => child.checkVisibility());
      expect(shown).to.have.lengthOf.at.least(2);
      for (const child of shown) {
        const {top, bottom, left, right, width: wide, height} = child.getBoundingClientRect();
        expect(top, `${child.className} at ${width}`).to.be.at.least(box.top);
        expect(bottom, `${child.className} at ${width}`).to.be.at.most(box.bottom);
        expect(left, `${child.className} at ${width}`).to.be.at.least(box.left);
        expect(right, `${child.className} at ${width}`).to.be.at.most(box.right);
        if (child.matches('button')) expect(Math.min(wide, height)).to.be.at.least(24);
      }
    }
    await isAccessible(element);
  });

  it('tells of a picture that stops, keeps its last frame, and asks again', async () => {
    const stop = await watchStoppable();
    stop();
    await shows(element, () => phases() === 'stalled');
    expect(written('.words')).to.contain('Video stopped').and.contain('Retrying');
    expect(said()).to.equal('1019’s video is unavailable.');
    await isAccessible(element);
    await shows(element, () => phases() === 'connecting' && calls().length === 1);
    expect(asked()).to.equal(2);
    const still = tiles()[0]!.querySelector('canvas')!;
    expect(still.hidden).to.equal(false);
    const {data} = still.getContext('2d')!.getImageData(still.width / 2, still.height / 2, 1, 1);
    expect(data[2], 'the last frame was teal').to.be.greaterThan(60);
    send(0);
    await shows(element, () => phases() === 'live');
    expect(said()).to.equal('1019’s video is playing.');
  });

  it('lets a picture go that is out of view, and asks for it again when it is in view', async () => {
    await watch('1019');
    element.style.marginBlockStart = '300vh';
    await shows(element, () => phases() === 'paused');
    expect(calls()).to.have.length(0);
    element.removeAttribute('style');
    await shows(element, () => phases() === 'connecting');
    expect(asked()).to.equal(2);
    send(0);
    await shows(element, () => phases() === 'live');
    expect(said()).to.equal('');
  });

  it('lets every picture go while the page is hidden, and asks for them again when it is seen', async () => {
    await watch('1019,1020');
    const look = (state: DocumentVisibilityState): void => {
      Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});
      document.dispatchEvent(new Event('visibilitychange'));
    };
    try {
      look('hidden');
      await shows(element, () => phases() === 'paused,paused');
      expect(calls()).to.have.length(0);
      look('visible');
      await shows(element, () => phases() === 'connecting,connecting');
      expect(asked()).to.equal(4);
    } finally {
      Reflect.deleteProperty(document, 'visibilityState');
    }
  });

  it('lets one sound, or several where that is wanted', async () => {
    await watch('1019,1020');
    const sounding = (): string =>
      tiles()
        .map((tile) => (tile.querySelector('sip-audio') ? 'on' : 'off'))
        .join();
    inTile(0, 'sound')!.click();
    await shows(element, () => sounding() === 'on,off');
    inTile(1, 'sound')!.click();
    await shows(element, () => sounding() === 'off,on');
    await press(element, 'several');
    await element.updateComplete;
    inTile(0, 'sound')!.click();
    await shows(element, () => sounding() === 'on,on');
    await isAccessible(element);
    await press(element, 'several');
    await shows(element, () => sounding() === 'on,off');
    inTile(0, 'sound')!.click();
    await shows(element, () => sounding() === 'off,off');
  });

  it('has the sound of each video that is heard: its volume, level, silence, and output', async () => {
    await watch('1019,1020');
    expect(deep(element, 'sip-sound-menu')).to.deep.equal([]);
    inTile(0, 'sound')!.click();
    await shows(element, () => deep(element, 'sip-sound-menu').length === 1);
    part(element, 'call-sound')!.click();
    await shows(element, () => deep(element, 'fieldset.sound').length === 1);
    await isAccessible(element);
    expect(deep(element, 'fieldset.sound')[0]!.ariaLabel).to.equal('1019');
    const [first, second] = calls();
    const [slider] = deep<HTMLInputElement>(element, 'input[type=range]');
    expect(slider!.labels![0]!.innerText).to.contain('Volume of this camera');
    slider!.focus();
    await sendKeys({press: 'ArrowLeft'});
    await shows(element, () => first!.state.sound.volume === 0.95);
    expect(deep(element, ':focus').includes(slider!), 'the arrows move the slider').to.equal(true);
    dialogAt(0).level = 0.1;
    await shows(element, () => deep<HTMLMeterElement>(element, 'meter')[0]!.value > 0.6);
    deep<HTMLInputElement>(element, '[type=checkbox]')[0]!.click();
    await shows(element, () => first!.state.sound.silenced);
    await shows(element, () => part(element, 'call-sound')!.title === 'Sound off for you');
    expect(second!.state.sound).to.include({volume: 1, silenced: false});
    inTile(0, 'sound')!.click();
    await shows(element, () => deep(element, 'sip-sound-menu').length === 0);
  });

  it('goes from picture to picture by the keyboard, and closes one', async () => {
    await watch('1019,1020,1021');
    await setViewport({width: 900, height: 900});
    const at = (): number => tiles().findIndex((tile) => focusedIn(tile) === tile);
    tiles()[0]!.focus();
    for (const [key, place] of [
      ['ArrowRight', 1],
      ['End', 2],
      ['ArrowUp', 0],
      ['ArrowDown', 2],
      ['ArrowLeft', 1],
      ['Home', 0],
    ] as const) {
      await sendKeys({press: key});
      expect(at(), key).to.equal(place);
    }
    const controls = async (): Promise<string> => {
      await sendKeys({press: 'Tab'});
      return tiles().map(focusedIn).find(Boolean)?.getAttribute('part') ?? '';
    };
    while ((await controls()) !== 'close');
    await sendKeys({press: 'Enter'});
    await shows(element, () => tiles().length === 2);
    expect(element.numbers).to.equal('1020,1021');
    expect(at()).to.equal(0);
    expect(calls()).to.have.length(2);
  });

  it('stays at a tile whose focused control is gone', async () => {
    await setUp(await StagedClient.ready(), '1004');
    client.failure = new SipError('no-video', {subject: '1004'});
    await press(element, 'start');
    await shows(element, () => phases() === 'refused');
    inTile(0, 'retry')!.focus();
    await sendKeys({press: 'Enter'});
    await shows(element, () => phases() === 'connecting');
    expect(focusedIn(tiles()[0]!)).to.equal(tiles()[0]);
  });

  it('lets a page style every part', async () => {
    // Those of rounds and of the menu are there once they are used.
    const missing = (): readonly string[] =>
      unreached(element, PARTS).filter(
        (name) => !name.startsWith('round-') && name !== 'round' && name !== 'invite',
      );
    await watch('1019');
    inTile(0, 'sound')!.click();
    client.failure = new SipError('no-video', {subject: '1004'});
    await element.addNumber('1004');
    const dragged = new DataTransfer();
    dragged.setData('text/plain', '{}');
    part(element, 'panel')!.dispatchEvent(new DragEvent('drop', {dataTransfer: dragged}));
    await shows(element, () => phases() === 'live,refused' && part(element, 'notice') !== null);
    expect(missing()).to.deep.equal(['start']);
    await press(element, 'stop');
    await shows(element, () => phases() === 'off,off');
    expect(missing()).not.to.contain('start');
  });

  it('takes numbers from a page, from a drag and from a directory', async () => {
    const staged = new StagedClient();
    staged.directoryService = {
      groups: async () => [{number: '8000', name: 'All', parent: '', raw: {}}],
      members: async () => PEOPLE,
      search: async () => PEOPLE,
    } as unknown as NonNullable<StagedClient['directoryService']>;
    await staged.connect();
    await staged.register();
    await setUp(staged, '', html`<sip-directory actions="monitor"></sip-directory>`);
    await element.addNumber('1019');
    await element.addNumber('1019');
    await rejects(element.addNumber('{}'), 'invalid-number');
    await shows(element, () => phases() === 'off');
    const dragged = new DataTransfer();
    dragged.setData('text/plain', '1020');
    part(element, 'panel')!.dispatchEvent(
      new DragEvent('drop', {dataTransfer: dragged, bubbles: true, cancelable: true}),
    );
    await shows(element, () => phases() === 'off,off');
    const directory = element.parentElement!.querySelector('sip-directory')!;
    await shows(directory, () => deep(directory, '[role=treeitem]').length > 0);
    directory.dispatchEvent(
      new CustomEvent('sip-directory-action', {
        detail: {action: 'monitor', person: PEOPLE[0]!},
        bubbles: true,
        composed: true,
        cancelable: true,
      }),
    );
    await shows(element, () => phases() === 'connecting,connecting,connecting');
    expect(written()).to.contain('Anna Novak');
    await element.removeNumber('1019');
    await shows(element, () => tiles().length === 2);
    expect(calls().map(({remote}) => remote.number)).to.deep.equal(['1020', '1003']);
  });

  it('takes numbers as people write them, and says of what is none that it cannot be called', async () => {
    await setUp(await StagedClient.ready(), '+49 30 123456; tel:+49-30-123457, {}');
    await shows(element, () => phases() === 'off,off,off');
    await element.addNumber('+4930123456');
    await press(element, 'start');
    await shows(element, () => phases() === 'connecting,connecting,refused');
    expect(calls().map(({remote}) => remote.number)).to.deep.equal(['+4930123456', '+4930123457']);
    expect(tiles()[2]!.innerText).to.contain('{}').and.contain('is not a valid number');
  });

  it('takes an address of the own domain for its number', async () => {
    await setUp(await StagedClient.ready(), '1002,sip:1003@stage.test');
    await shows(element, () => phases() === 'off,off');
    await element.addNumber('sip:1002@STAGE.test:5060');
    await element.removeNumber('1003');
    await shows(element, () => phases() === 'off');
    expect(element.numbers).to.equal('1002');
  });

  it('has 16 places at most, and says so', async () => {
    const numbers = Array.from({length: 17}, (_, index) => String(1001 + index));
    await setUp(await StagedClient.ready(), numbers.join());
    await shows(element, () => tiles().length === 16);
    expect(inWall('.notice')!.innerText).to.contain('reached its maximum: 16.');
    await rejects(element.addNumber('1050'), 'wall-full');
    await isAccessible(element);
    const columns = async (width: number): Promise<number> => {
      await setViewport({width, height: 800});
      await element.updateComplete;
      const top = tiles()[0]!.offsetTop;
      return tiles().filter(({offsetTop}) => offsetTop === top).length;
    };
    expect(await columns(1440)).to.equal(4);
    expect(await columns(320)).to.equal(1);
    expect(document.documentElement.scrollWidth).to.equal(document.documentElement.clientWidth);
  });

  it('says what to do when a camera too many is added, until there is a place', async () => {
    await setUp(
      await StagedClient.ready(),
      Array.from({length: 16}, (_, index) => String(1001 + index)).join(),
    );
    await shows(element, () => tiles().length === 16 && !inWall('.notice'));
    const told = next(element, 'sip-error');
    part(element, 'members-field')!.focus();
    await sendKeys({type: '1050'});
    await sendKeys({press: 'Enter'});
    expect((await told).detail.error.code).to.equal('wall-full');
    await shows(element, () => inWall('.notice') !== null);
    expect(inWall('.notice')!.innerText).to.contain('Close one to show another.');
    await isAccessible(element);
    inTile(0, 'close')!.click();
    await shows(element, () => tiles().length === 15 && !inWall('.notice'));
  });

  it('leaves no tile alone in the last row, and centers it', async () => {
    await setUp(await StagedClient.ready());
    const rows = async (count: number, width: number): Promise<number[]> => {
      element.numbers = Array.from({length: count}, (_, index) => String(1001 + index)).join();
      await setViewport({width, height: 800});
      await shows(element, () => tiles().length === count);
      const tops = tiles().map((tile) => tile.getBoundingClientRect().top);
      const [first, last] = [tiles()[0]!, tiles().at(-1)!].map((tile) => tile.getBoundingClientRect());
      const row = tops.filter((top) => top === last!.top).length;
      const middle = (tiles().at(-row)!.getBoundingClientRect().left + last!.right) / 2;
      expect(middle, `${count} at ${width} px`).to.be.closeTo(
        first!.left + inWall('.wall')!.clientWidth / 2 - 8,
        1,
      );
      return [...new Set(tops)].map((top) => tops.filter((each) => each === top).length);
    };
    expect(await rows(7, 1440)).to.deep.equal([4, 3]);
    expect(await rows(13, 1440)).to.deep.equal([5, 5, 3]);
    expect(await rows(13, 840)).to.deep.equal([2, 2, 2, 2, 2, 2, 1]);
    expect(await rows(10, 840)).to.deep.equal([4, 4, 2]);
    expect(await rows(3, 320)).to.deep.equal([1, 1, 1]);
  });

  it('centers a picture that is as high as the window allows', async () => {
    await setViewport({width: 1440, height: 600});
    await setUp(await StagedClient.ready(), '1019');
    await shows(element, () => tiles().length === 1);
    const [wall, tile] = [inWall('.wall')!, tiles()[0]!].map((box) => box.getBoundingClientRect());
    expect(tile!.width).to.be.below(wall!.width - 100);
    expect(tile!.left - wall!.left).to.be.closeTo(wall!.right - tile!.right, 1);
  });

  it('says that the client is not connected', async () => {
    const staged = new StagedClient();
    staged.failure = new SipError('connection-lost');
    await staged.connect().catch(() => {});
    await setUp(staged, '1019');
    await shows(element, () => part(element, 'notice')?.innerText.includes('Try again') ?? false);
    deep(element, '[part=connect]')[0]!.click();
    await shows(
      element,
      () => part(element, 'notice') === null && client.state.registration === 'registered',
    );
  });

  it('is no dark stage before it starts and after it stops', async () => {
    const ground = (): string => getComputedStyle(tiles()[0]!).backgroundColor;
    await setUp(await StagedClient.ready(), '1019');
    await shows(element, () => phases() === 'off');
    const idle = ground();
    expect(idle).to.equal(getComputedStyle(inWall('.card')!).backgroundColor);
    await press(element, 'start');
    await shows(element, () => phases() === 'connecting');
    expect(ground()).not.to.equal(idle);
    await press(element, 'stop');
    await shows(element, () => phases() === 'off');
    expect(ground()).to.equal(idle);
    await isAccessible(element);
  });

  it('shows members of a conference', async () => {
    await setUp(await StagedClient.ready());
    const {conference, dialog, service} = client.confer();
    dialog.confirm(true);
    service.all({number: '1002', name: '李雷', phase: 'answered'});
    element.sid = conference.id;
    element.members = '1002,1009';
    await shows(element, () => phases() === 'off,off');
    await element.start();
    await shows(element, () => phases() === 'connecting,connecting');
    expect(written()).to.contain('李雷');
    expect(calls().at(-1)!.type).to.equal('member-video');
    await element.removeNumber('1009');
    expect(element.members).to.equal('1002');
  });

  it('does not start before it is registered, and goes on at once when the connection is back', async () => {
    const staged = new StagedClient();
    await staged.connect();
    await setUp(staged, '1019');
    const told = next(element, 'sip-error');
    await press(element, 'start');
    expect((await told).detail.error.code).to.equal('not-registered');
    await staged.register();
    await element.start();
    await shows(element, () => phases() === 'connecting');
    staged.failure = new SipError('connection-lost');
    dialogAt(0).set({phase: 'terminated', cause: {by: 'local', code: 'connection-lost'}});
    staged.host.setRegistration('unregistered');
    await shows(element, () => phases() === 'waiting');
    staged.failure = undefined;
    staged.host.setRegistration('registered');
    await shows(element, () => phases() === 'connecting');
  });

  it('lets everything go when it leaves the page, and nothing when it is moved', async () => {
    await watch('1019');
    const before = calls();
    const {parentElement} = element;
    parentElement!.append(element);
    await element.updateComplete;
    await new Promise((resolve) => setTimeout(resolve));
    expect(calls()).to.deep.equal(before);
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    expect(calls()).to.have.length(0);
  });
});
