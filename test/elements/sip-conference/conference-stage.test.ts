import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys, setViewport} from '@web/test-runner-commands';
import type {SipCall} from '../../../src/core/call/call.js';
import type {SipConferenceElement} from '../../../src/elements/sip-conference/sip-conference.js';
import type {ConferenceTileElement} from '../../../src/elements/sip-conference/stage/conference-tile.js';
import {contrastOf} from '../../support/in-page/contrast.js';
import {SipError} from '../../../src/errors.js';
import {shorten} from '../../support/in-page/durations.js';
import {deep, isAccessible, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {paintedPicture, type Colour} from '../../support/in-page/painted-picture.js';
import {picture, StagedClient} from '../../support/staged/staged-client.js';
import type {StagedMeeting} from '../../support/staged/staged-client.js';

/** The number of the nth member; the first is this user. */
const number = (index: number): string => String(1001 + index);

/** Whether one box lies in another, but for rounding. */
const within = (inner: DOMRect, outer: DOMRect): boolean =>
  inner.left >= outer.left - 0.5 &&
  inner.right <= outer.right + 0.5 &&
  inner.top >= outer.top - 0.5 &&
  inner.bottom <= outer.bottom + 0.5;

const overlap = (one: DOMRect, other: DOMRect): boolean =>
  one.left < other.right - 0.5 &&
  other.left < one.right - 0.5 &&
  one.top < other.bottom - 0.5 &&
  other.top < one.bottom - 0.5;

describe('the stage of a <sip-conference>', () => {
  let client: StagedClient;
  let element: SipConferenceElement;

  const tiles = (): HTMLElement[] => deep(element, '[part=tile]');
  const names = (): string[] => tiles().map((tile) => tile.shadowRoot!.querySelector('bdi')!.innerText);
  const text = (selector: string): string => deep(element, selector)[0]?.innerText.trim() ?? '';
  const boxes = (selector: string): DOMRect[] =>
    deep(element, selector).map((each) => each.getBoundingClientRect());
  /** The boxes of the tiles in rows. */
  const rowsOf = (): DOMRect[][] => {
    const all = boxes('[part=tile]');
    const tops = [...new Set(all.map(({top}) => Math.round(top)))];
    return tops.map((top) => all.filter((box) => Math.round(box.top) === top));
  };
  const focused = (name: string): boolean => {
    const root = part(element, name)?.getRootNode() as ShadowRoot;
    return root.activeElement === part(element, name);
  };

  const rosterText = (): string => textOf(deep(element, 'sip-conference-roster')[0]!, '.bar');

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-conference></sip-conference></sip-client>`,
    );
    element = root.querySelector('sip-conference')!;
  });
  afterEach(() => setViewport({width: 1280, height: 800}));

  /** A conference of so many people. */
  async function meet(count: number, video = false): Promise<StagedMeeting> {
    const meeting = client.confer({media: video ? 'video' : 'audio'});
    meeting.dialog.confirm(video);
    const people = Array.from({length: count}, (_, index) => ({
      number: number(index),
      name: index % 3 ? `Member ${index} with a long name` : '',
      phase: 'answered' as const,
    }));
    meeting.service.all(...people);
    await shows(element, () => tiles().length > 0);
    return meeting;
  }

  /** The names on all pages, which it leafs through. */
  async function leaf(): Promise<string[]> {
    const all: string[] = [];
    for (let page = 1; ; page += 1) {
      all.push(...names());
      if (part(element, 'page-next')?.getAttribute('aria-disabled') !== null) return all;
      part(element, 'page-next')!.click();
      await shows(element, () => text('.pager .hidden').startsWith(`Page ${page + 1} `));
    }
  }

  it('shows a large conference on pages, which the keyboard turns', async () => {
    await meet(40);
    expect(text('.pager .hidden')).to.equal('Page 1 of 3');
    await isAccessible(element);
    const [first] = names();
    part(element, 'page-next')!.focus();
    await sendKeys({press: 'Enter'});
    await shows(element, () => text('.pager .hidden') === 'Page 2 of 3');
    expect(names()).to.not.include(first);
    await sendKeys({press: 'PageDown'});
    await shows(element, () => text('.pager .hidden') === 'Page 3 of 3');
    await sendKeys({press: 'Enter'});
    expect(focused('page-next'), 'there is no further page').to.equal(true);
    await sendKeys({press: 'PageUp'});
    await shows(element, () => text('.pager .hidden') === 'Page 2 of 3');
  });

  it('has tiles with room for a face above the name on a telephone', async () => {
    element.style.inlineSize = '358px';
    for (const count of [2, 3, 4, 7, 11]) {
      const {dialog} = await meet(count);
      await shows(element, () => tiles().length > Math.min(count, 9) - 1);
      for (const tile of tiles()) {
        const box = tile.getBoundingClientRect();
        const [face, name] = ['.avatar', '.caption'].map((selector) =>
          tile.shadowRoot!.querySelector(selector)!.getBoundingClientRect(),
        );
        expect(Math.min(box.width, box.height), `${count}: ${box.width} × ${box.height}`).to.be.at.least(64);
        expect(box.width / box.height, `${count}: ${box.width} × ${box.height}`).to.be.below(3);
        expect(overlap(face!, name!), `${count}`).to.equal(false);
        expect([within(face!, box), within(name!, box)], `${count}`).to.deep.equal([true, true]);
      }
      dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
      await shows(element, () => tiles().length === 0);
      await press(element, 'clear');
    }
  });

  for (const [width, beside] of [
    [390, false],
    [900, false],
    [1440, true],
    [2560, true],
  ] as const)
    for (const dir of ['ltr', 'rtl'])
      it(`has the buttons of members at the end of their rows, ${beside ? 'beside' : 'below'} the stage, at ${width} px, ${dir}`, async () => {
        await setViewport({width: width + 40, height: 900});
        element.style.inlineSize = `${width}px`;
        element.dir = dir;
        await meet(40);
        const [stage] = boxes('[part=stage]');
        const [roster] = boxes('[part=roster]');
        expect(roster!.top < stage!.bottom - 1).to.equal(beside);
        expect(overlap(stage!, roster!)).to.equal(false);
        if (beside) expect(roster!.bottom).to.be.closeTo(stage!.bottom, 1);
        const rows = deep(element, '[part=member]').slice(1, 5);
        for (const row of rows) {
          const last = [...row.shadowRoot!.querySelectorAll('button')]
            .filter((each) => each.offsetParent)
            .at(-1)!;
          const [button, box] = [last, row].map((each) => each.getBoundingClientRect());
          const room = dir === 'rtl' ? button!.left - box!.left : box!.right - button!.right;
          expect(room).to.be.within(0, 24);
          expect(box!.width).to.be.closeTo(roster!.width, 20);
          expect(box!.width, 'the buttons are near the name').to.be.at.most(960);
        }
      });

  it('has the speaker on the first page, in each layout', async () => {
    const {service} = await meet(40);
    for (const layout of ['grid', 'speaker'] as const) {
      element.layout = layout;
      for (const speaker of [38, 20]) {
        service.some({number: number(speaker), talking: true});
        await shows(element, () => names().includes(`Member ${speaker} with a long name`));
        expect(text('.pager .hidden')).to.contain('Page 1 of');
        service.some({number: number(speaker), talking: false});
      }
    }
  });

  it('counts the same people in its header, its list and its pages: those who take part', async () => {
    const {service} = await meet(23);
    const cause = {by: 'remote', code: 'busy'} as const;
    service.some(
      {number: '2001', name: 'Invited', phase: 'ringing'},
      {number: '2002', name: 'Called', phase: 'init'},
      {number: '2003', name: 'Refused', phase: 'released', cause},
      {number: 'f7', name: 'welcome.ogg', phase: 'answered', file: {id: 'f7'}},
    );
    await shows(element, () => rosterText().includes('not in the call'));
    expect(text('.facts .hidden')).to.equal('23 participants');
    expect(rosterText()).to.contain('People 23 · 3 not in the call');
    for (const layout of ['grid', 'speaker'] as const) {
      element.layout = layout;
      await shows(element, () => text('.pager .hidden').startsWith('Page 1 of'));
      const large = deep(element, '.main').length;
      const all = await leaf();
      // The large tile is on each page.
      const pages = Number(/of (\d+)/.exec(text('.pager .hidden'))![1]);
      expect(all.length - large * (pages - 1)).to.equal(23);
      expect(new Set(all).size).to.equal(23);
      part(element, 'layout-picture')!.click();
      await shows(element, () => !deep(element, '.pager').length);
    }
  });

  it('keeps initials and name in each tile, beside the controls, from 240 to 1440 pixels', async () => {
    await meet(40);
    for (const width of [240, 320, 768, 1440])
      for (const layout of ['grid', 'speaker'] as const) {
        await setViewport({width, height: 900});
        element.layout = layout;
        await shows(element, () => deep(element, '.main').length === (layout === 'speaker' ? 1 : 0));
        for (const tile of tiles()) {
          const box = tile.getBoundingClientRect();
          const [face, caption] = ['.avatar', '.caption'].map((inner) =>
            tile.shadowRoot!.querySelector(inner)!.getBoundingClientRect(),
          ) as [DOMRect, DOMRect];
          const place = `${layout} at ${width}: ${names().join()}`;
          expect(within(face, box) && within(caption, box), place).to.equal(true);
          expect(overlap(face, caption), place).to.equal(false);
          expect(Math.min(face.width, caption.height), place).to.be.at.least(20);
          expect(tile.shadowRoot!.querySelector<HTMLElement>('.caption')!.title).to.not.equal('');
          expect(tile.getAttribute('aria-label')).to.match(/^(You|Member|1\d+).*, Connected$/);
          for (const other of [...boxes('.top > *'), ...boxes('.controls > *')])
            expect(overlap(box, other), place).to.equal(false);
        }
      }
  });

  it('has the same button of each member below the other, also of the user, who cannot be removed', async () => {
    await meet(3);
    await shows(element, () => boxes('[part=speaking]').length === 3);
    expect(boxes('[part=remove]').length).to.equal(2);
    for (const name of ['speaking', 'hearing'])
      expect(new Set(boxes(`[part=${name}]`).map(({left}) => left)).size, name).to.equal(1);
  });

  for (const count of [7, 11, 40])
    it(`has no lonely last row with ${count} members, unless the tiles would be too low`, async () => {
      await meet(count);
      for (const width of [320, 768, 1440]) {
        await setViewport({width, height: 900});
        const ends = (): [DOMRect[], DOMRect[]] => [rowsOf()[0]!, rowsOf().at(-1)!];
        const lonely = count === 7 && width === 320;
        await shows(element, () => {
          const [first, last] = ends();
          return rowsOf().length > 1 && 2 * last.length < first.length === lonely;
        });
        const [first, last] = ends();
        expect(first[0]!.height, `at ${width}`).to.be.at.least(60);
        const middle = (row: DOMRect[]): number => (row[0]!.left + row.at(-1)!.right) / 2;
        expect(middle(last), `at ${width}`).to.be.closeTo(middle(first), 1);
      }
    });

  it('names a video of one member, and says of a video of no single one that it is the conference’s', async () => {
    const {dialog, service} = await meet(3, true);
    const stream = new MediaStream([picture()]);
    dialog.remotePictures = [{id: '1', label: '', stream}];
    dialog.play(stream);
    const caption = (): HTMLElement => tiles()[0]!.shadowRoot!.querySelector<HTMLElement>('.caption')!;
    await shows(element, () => tiles().length > 3 && caption().innerText.trim() === 'Conference video');
    expect(caption().title).to.contain('one video for the whole conference');
    await isAccessible(element);
    service.some({number: '1002', spotlighted: true});
    await shows(element, () => caption().innerText.trim() === 'Member 1 with a long name');
    dialog.remotePictures = [{id: '1', label: 'gone', stream}];
    service.some({number: '1003', speaking: false});
    await shows(element, () => caption().innerText.trim() === 'Conference video');
    dialog.remotePictures = [{id: '1', label: '', stream}];
    service.some({number: '1003', speaking: true});
    await shows(element, () => caption().innerText.trim() === 'Member 1 with a long name');
    await press(element, 'layout-speaker');
  });

  it('says whose the one video is, if the server reports it, also when another member takes over', async () => {
    const {dialog, service} = await meet(3, true);
    const stream = new MediaStream([picture()]);
    dialog.remotePictures = [{id: '1', label: '', stream}];
    dialog.play(stream);
    element.layout = 'picture';
    const caption = (): string => tiles()[0]?.shadowRoot!.querySelector('bdi')!.innerText ?? '';
    await shows(element, () => caption() === 'Conference video');
    service.some({number: '1002', pictured: true});
    await shows(element, () => caption() === 'Member 1 with a long name');
    // The spotlighted member sees another one.
    service.some({number: '1002', spotlighted: true}, {number: '1003', pictured: true});
    await shows(element, () => caption() === 'Member 2 with a long name');
    service.some({number: '1003', pictured: false});
    await shows(element, () => caption() === 'Conference video');
  });

  describe('at a server that sends one video and can show members by themselves', () => {
    /** The members whose videos were requested, and are not released. */
    const requested = (): string[] =>
      client.calls.filter(({type}) => type === 'member-video').map(({remote}) => remote.number);
    const painted: ReturnType<typeof paintedPicture>[] = [];
    /** The server sends the requested video of a member. */
    const send = (number: string, colour: Colour): void => {
      const call = client.calls.find(
        ({type, remote}) => type === 'member-video' && remote.number === number,
      )!;
      const dialog = client.dialogOf(call);
      const drawing = paintedPicture(colour);
      painted.push(drawing);
      const stream = new MediaStream([drawing.track]);
      dialog.set({phase: 'confirmed', media: {audio: 'inactive', video: 'recvonly'}});
      dialog.remotePictures = [{id: '0', label: '', stream}];
      dialog.play(stream);
    };
    const isDrawn = (name: string): boolean =>
      tiles().some(
        (tile) =>
          tile.shadowRoot!.querySelector('bdi')!.innerText === name &&
          tile.shadowRoot!.querySelector('video.playing') !== null,
      );
    const begin = async (count: number): Promise<StagedMeeting> => {
      const meeting = await meet(count, true);
      const stream = new MediaStream([picture()]);
      meeting.dialog.remotePictures = [{id: '1', label: '', stream}];
      meeting.dialog.play(stream);
      return meeting;
    };

    beforeEach(() => shorten({monitorInterval: 50, monitorHidden: 200}));
    afterEach(() => painted.splice(0).forEach((drawing) => drawing.stop()));

    it('asks for those whose tiles are on screen, and draws each in its own tile', async () => {
      const {service} = await begin(3);
      await shows(element, () => requested().join() === '1002,1003');
      // The video of the conference is that of this member.
      service.some({number: '1002', pictured: true});
      await shows(element, () => isDrawn('Member 1 with a long name') && requested().join() === '1003');
      send('1003', [0, 0, 255]);
      await shows(element, () => isDrawn('Member 2 with a long name'));
      service.some({number: '1003', pictured: true});
      await shows(element, () => requested().sort().join() === '1002,1003');
      send('1002', [0, 255, 0]);
      // The video of the conference is one of these by now, and not drawn twice.
      await shows(
        element,
        () => tiles().filter((tile) => tile.matches('.picture:not(.unseen)')).length === 2,
      );
      expect(names().filter((name) => name.startsWith('Member 1'))).to.have.length(1);
      await isAccessible(element);
      expect(client.state.current?.type).to.equal('conference');
    });

    it('asks for no more than a page of tiles, and releases those that are left behind', async () => {
      await begin(40);
      /** The members on the page without a video. */
      const people = (): string[] =>
        tiles()
          .filter((tile) => tile.matches('.person'))
          .map((tile) => (tile as ConferenceTileElement).member!.number)
          .filter((shown) => shown !== client.options.user);
      const asksForPage = (): Promise<void> =>
        shows(element, () => requested().sort().join() === people().sort().join());
      await shows(element, () => deep(element, '.tile.picture:not(.unseen)').length === 1);
      await asksForPage();
      const [first] = people();
      part(element, 'page-next')!.click();
      await shows(element, () => !people().includes(first!));
      await asksForPage();
      expect(requested().length).to.be.within(10, 16);
      element.layout = 'picture';
      await shows(element, () => requested().length === 0);
    });

    it('asks for none while the stage is out of view, on hold, or has gone', async () => {
      const {dialog} = await begin(3);
      await shows(element, () => requested().length === 2);
      element.style.display = 'none';
      await shows(element, () => requested().length === 0);
      element.style.display = '';
      await shows(element, () => requested().length === 2);
      dialog.set({held: true});
      await shows(element, () => requested().length === 0);
      dialog.set({held: false});
      await shows(element, () => requested().length === 2);
      element.remove();
      await until(() => requested().length === 0);
    });

    it('does not ask again if the server refuses', async () => {
      client.refusal = new SipError('not-allowed');
      await begin(3);
      const asked = (): number =>
        client.asked.filter((what) => what.startsWith('session member-video')).length;
      await shows(element, () => asked() === 2);
      client.refusal = undefined;
      await until(() => client.asked.length > 0);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect([asked(), requested()]).to.deep.equal([2, []]);
    });

    describe('with cameras among the members', () => {
      const asked = (kind: string): number =>
        client.asked.filter((what) => what.startsWith(`session ${kind}`)).length;
      const monitored = (): SipCall | undefined => client.calls.find(({type}) => type === 'monitor');

      beforeEach(async () => {
        const {type, ...gate} = {number: '1002', name: 'Gate', type: 7, state: undefined, group: '', raw: {}};
        client = new StagedClient();
        client.directoryService = {
          byType: async (wanted: number) => (wanted === type ? [{...gate, type}] : []),
          search: async () => [],
        } as unknown as NonNullable<StagedClient['directoryService']>;
        await client.connect();
        await client.register();
        (element.parentElement as HTMLElementTagNameMap['sip-client']).client = client;
      });

      it('asks the camera itself if it sends no video to the conference, and asks no person', async () => {
        client.failure = new SipError('no-picture');
        await meet(3);
        await shows(element, () => monitored() !== undefined);
        const dialog = client.dialogOf(monitored()!);
        const drawing = paintedPicture([0, 255, 0]);
        painted.push(drawing);
        const stream = new MediaStream([drawing.track]);
        dialog.set({phase: 'confirmed', media: {audio: 'recvonly', video: 'recvonly'}});
        dialog.remotePictures = [{id: '0', label: '', stream}];
        dialog.play(stream);
        await shows(element, () => isDrawn('Member 1 with a long name'));
        expect(names()).to.have.length(3);
        expect([asked('member-video'), asked('monitor')]).to.deep.equal([1, 1]);
        await isAccessible(element);
        const [conference] = client.calls.filter(({type}) => type === 'conference');
        await conference!.hangup();
        await until(() => client.calls.every(({state}) => state.phase === 'released'));
      });

      it('shows a sign in place of a letter if this user may not see the camera, and does not ask again', async () => {
        Object.defineProperty(client, 'refusal', {
          get: () => new SipError(client.asked.at(-1) === 'session monitor' ? 'not-allowed' : 'no-picture'),
        });
        await meet(3);
        await shows(element, () => asked('monitor') === 1);
        const faces = (): string[] =>
          tiles().map((tile) => tile.shadowRoot!.querySelector('.avatar .icon')?.getAttribute('class') ?? '');
        await shows(element, () => faces().filter(Boolean).length === 1);
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect([asked('member-video'), asked('monitor')]).to.deep.equal([1, 1]);
      });

      it('takes the one video of a conference with one other member for that member’s', async () => {
        const {dialog} = await meet(2, true);
        const stream = new MediaStream([picture()]);
        dialog.remotePictures = [{id: '1', label: '', stream}];
        dialog.play(stream);
        await shows(element, () => isDrawn('Member 1 with a long name'));
        await shows(element, () => client.calls.every(({type}) => type === 'conference'));
        expect(names()).not.to.contain('Conference video');
      });
    });

    it('asks for none of two, of sound, or where the server sends each by itself', async () => {
      await begin(2);
      const second = await meet(3);
      second.dialog.set({media: {audio: 'sendrecv', video: 'inactive'}});
      await shows(element, () => names().length === 3);
      const without = new StagedClient();
      without.lacks = {memberVideo: false};
      await without.connect();
      const before = client;
      client = (element.parentElement as HTMLElementTagNameMap['sip-client']).client = without;
      await begin(3);
      await shows(element, () => tiles().length > 3);
      const asked = [...before.asked, ...client.asked];
      expect(asked.filter((what) => what.startsWith('session member-video'))).to.deep.equal([]);
    });
  });

  const COLOURS: readonly [string, Colour][] = [
    ['white', [255, 255, 255]],
    ['black', [0, 0, 0]],
  ];
  for (const [name, colour] of COLOURS)
    it(`has legible names over ${name} videos`, async () => {
      const {dialog, service} = await meet(3, true);
      const painted = paintedPicture(colour);
      const stream = new MediaStream([painted.track]);
      dialog.remotePictures = [{id: '1', label: '1002', stream}];
      dialog.play(stream, stream);
      service.some({number: '1002', speaking: false});
      for (const layout of ['grid', 'speaker', 'picture'] as const) {
        element.layout = layout;
        await shows(element, () => tiles()[0]!.shadowRoot!.querySelector('video.playing') !== null);
        const caption = tiles()[0]!.shadowRoot!.querySelector('.caption')!;
        expect(await contrastOf(caption.querySelector('bdi')!), `name, ${layout}`).to.be.at.least(4.5);
        expect(await contrastOf(caption.querySelector('.icon')!), `sign, ${layout}`).to.be.at.least(3);
      }
      painted.stop();
    });

  it('has targets of 24 pixels, and 44 for the main ones, from 240 pixels on', async () => {
    await meet(40);
    for (const width of [240, 320, 1440]) {
      await setViewport({width, height: 900});
      await shows(element, () => deep(element, '.row').length > 0);
      const buttons = deep(element, 'button').filter((button) => button.checkVisibility());
      for (const button of buttons) {
        const box = button.getBoundingClientRect();
        const main = button.matches('.control');
        expect(Math.min(box.width, box.height), `${button.title} at ${width}`).to.be.at.least(main ? 44 : 24);
      }
    }
  });
});
