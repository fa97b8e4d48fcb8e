import {expect, fixture, html} from '@open-wc/testing';
import {resetMouse, sendKeys, sendMouse, setViewport} from '@web/test-runner-commands';
import type {Position} from '../../../src/core/directory/people.js';
import {pointAt} from '../../../src/elements/sip-map/mercator.js';
import type {SipMapElement} from '../../../src/elements/sip-map/sip-map.js';
import {SipError} from '../../../src/errors.js';
import {deep, isAccessible, loads, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {UnseenParts} from '../../support/in-page/parts.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {group, person, StagedPeople} from '../../support/staged/staged-people.js';

const CENTER = {lat: 29.93, lng: 121.62};
const ZOOM = 16;
const MINUTE = 60_000;
/** A white picture of one pixel. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==';

/** Who is where, in pixels from the middle of the map. */
const PEOPLE = [
  {number: '1001', name: '王芳', state: 'online', x: -150, y: -60},
  {number: '1002', name: '李雷', state: 'busy', x: 0, y: -60},
  {number: '1003', name: 'Anna Novak', state: 'offline', x: 150, y: -60},
  {number: '1004', name: 'Bea', state: 'online', x: 0, y: 70},
] as const;

type Rgb = readonly [number, number, number];

/** The place that is so many pixels from the middle of the map. */
function placeAt(x: number, y: number): {lat: number; lng: number} {
  const size = 256 * 2 ** ZOOM;
  const middle = pointAt(CENTER.lat, CENTER.lng);
  const [right, down] = [middle.x + x / size, middle.y + y / size];
  return {lng: right * 360 - 180, lat: (Math.atan(Math.sinh(Math.PI * (1 - 2 * down))) * 180) / Math.PI};
}

/** What a screen reader reads. */
function readFrom(row: HTMLElement): string {
  const words = [...row.querySelectorAll('bdi, .hidden, .age:not([aria-hidden])')];
  return words.map(({textContent}) => textContent).join(' ');
}

describe('<sip-map>', () => {
  let client: StagedClient;
  let people: StagedPeople;
  let element: SipMapElement;

  const at = (number: string, x: number, y: number, age = 0): Position => ({
    number,
    ...placeAt(x, y),
    time: Date.now() - age,
    raw: {},
  });

  beforeEach(async () => {
    await setViewport({width: 900, height: 700});
    people = new StagedPeople(
      [group('8000', 'Harbor'), group('8100', 'Patrol', '8000')],
      PEOPLE.map(({number, name, state}, index) =>
        person(number, name, index % 2 ? '8100' : '8000', {state}),
      ),
    );
    client = new StagedClient();
    client.directoryService = people;
  });
  afterEach(async () => {
    await resetMouse();
    for (const key of ['Shift', 'Control']) await sendKeys({up: key});
    await client.disconnect();
    await setViewport({width: 800, height: 600});
  });

  /** Shows a map with the list hidden, so that its middle is that of the element; registers. */
  async function ready(attributes: Record<string, string> = {}, online = true): Promise<void> {
    const root = await fixture(
      html`<sip-client .client=${client} lang="en"><sip-map></sip-map></sip-client>`,
    );
    element = root.querySelector('sip-map')!;
    const given = {center: `${CENTER.lat},${CENTER.lng}`, zoom: String(ZOOM), ...attributes};
    for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
    if (online) {
      await client.connect();
      await client.register();
    }
    await loads(element);
  }

  /** The same with everyone at their place. */
  async function placed(attributes: Record<string, string> = {}): Promise<void> {
    people.places.push(...PEOPLE.map(({number, x, y}) => at(number, x, y)));
    await ready(attributes);
    await alone();
    await painted(-150, -60, 'success');
  }

  /** Hides the list, and brings the middle of the map back to its place. */
  async function alone(): Promise<void> {
    await press(element, 'people');
    const {width} = element.getBoundingClientRect();
    await shows(element, () => world().width > width - 4);
    await centered();
  }

  async function centered(): Promise<void> {
    const {center} = element;
    element.center = '';
    await shows(element, () => true);
    element.center = center;
    await shows(element, () => true);
  }

  const world = (): DOMRect => part(element, 'world')!.getBoundingClientRect();
  /** Where on the page something is that is so many pixels from the middle of the map. */
  const onPage = (x: number, y: number): [number, number] => {
    const {left, top, width, height} = world();
    return [Math.round(left + width / 2 + x), Math.round(top + height / 2 + y)];
  };
  const canvas = (): HTMLCanvasElement => deep<HTMLCanvasElement>(element, 'canvas')[0]!;
  /** What is painted there. */
  function paintAt(x: number, y: number): readonly number[] {
    const {width, height} = world();
    const scale = canvas().width / width;
    const [left, top] = [(width / 2 + x) * scale, (height / 2 + y) * scale].map(Math.floor);
    return [...canvas().getContext('2d')!.getImageData(left!, top!, 1, 1).data];
  }
  /** A color of the tokens. */
  function colorOf(name: string): Rgb {
    const probe = deep(element, `.probe .${name}`)[0]!;
    const [red, green, blue] = /(\d+), (\d+), (\d+)/
      .exec(getComputedStyle(probe).color)!
      .slice(1)
      .map(Number);
    return [red!, green!, blue!];
  }
  const isPainted = (x: number, y: number, color: string): boolean => {
    if (!part(element, 'world') || !world().width) return false;
    const [red, green, blue, alpha] = paintAt(x, y);
    const wanted = colorOf(color);
    return (
      alpha === 255 && [red, green, blue].every((value, index) => Math.abs(value! - wanted[index]!) < 12)
    );
  };
  /** Waits until something of this color is painted there. */
  const painted = (x: number, y: number, color: string): Promise<void> =>
    until(
      () => isPainted(x, y, color),
      undefined,
      () => isPainted(x, y, color) || String(paintAt(x, y)),
    );
  const rows = (): HTMLElement[] => deep(element, '[role=option]');
  const labels = (): string[] => rows().map(readFrom);
  const listed = (...numbers: string[]): Promise<void> =>
    shows(
      element,
      () =>
        rows()
          .map(({dataset}) => dataset['number'])
          .join() === numbers.join(),
    );
  const selected = (): string => [...element.selection].sort().join();
  const drag = async (...points: [number, number][]): Promise<void> => {
    await sendMouse({type: 'move', position: onPage(...points[0]!)});
    await sendMouse({type: 'down'});
    for (const point of points.slice(1)) await sendMouse({type: 'move', position: onPage(...point)});
    await sendMouse({type: 'up'});
  };

  it('says what is missing: a client, a registration, a server with positions', async () => {
    const alone = await fixture<SipMapElement>(html`<sip-map lang="en"></sip-map>`);
    await shows(alone, () => textOf(alone).includes('inside a <sip-client>'));
    await isAccessible(alone);
    await ready({}, false);
    await shows(element, () => textOf(element).includes('when you’re registered'));
    await isAccessible(element);
    client.directoryService = undefined;
    await client.connect();
    await client.register();
    await shows(element, () => textOf(element).includes('reports no positions'));
    await isAccessible(element);
  });

  it('says that nobody has a position yet, until one arrives', async () => {
    await ready();
    await shows(element, () => textOf(element).includes('No positions yet'));
    await isAccessible(element);
    await until(() => client.directory.followed.length === 4);
    client.host.positionChanged(at('1002', 0, 0));
    await painted(0, 0, 'warning');
    await shows(element, () => !textOf(element).includes('No positions yet'));
    expect(client.directory.followed).to.have.members(['1001', '1002', '1003', '1004']);
  });

  it('moves the lamp of whoever moves, and takes no older position', async () => {
    await placed();
    client.host.positionChanged(at('1001', -40, 20));
    await painted(-40, 20, 'success');
    expect(isPainted(-150, -60, 'success')).to.equal(false);
    client.host.positionChanged(at('1001', -150, -60, MINUTE));
    client.host.positionChanged(at('1004', 100, 70));
    await painted(100, 70, 'success');
    expect(isPainted(-40, 20, 'success')).to.equal(true);
  });

  it('takes a time that is yet to come for now: nobody stays where they are not', async () => {
    await placed();
    client.host.positionChanged(at('1002', -60, 20, -365 * 24 * 60 * MINUTE));
    await painted(-60, 20, 'warning');
    client.host.positionChanged(at('1002', 60, 20));
    await painted(60, 20, 'warning');
  });

  it('shows the next user nobody who was selected before', async () => {
    await placed();
    element.selection = ['1002', '1004'];
    await shows(element, () => part(element, 'clear') !== null);
    await client.disconnect();
    await shows(element, () => element.selection.length === 0 && part(element, 'clear') === null);
    await client.connect();
    await client.register();
    element.selection = ['1002'];
    await shows(element, () => part(element, 'clear') !== null);
    element.closest('sip-client')!.client = await StagedClient.ready({user: '1002'});
    await shows(element, () => element.selection.length === 0);
  });

  it('has lamps that differ by their shape as well: disc, square, ring', async () => {
    await placed();
    // At its corner a square is filled, a disc is not; a ring is not filled in its middle.
    expect(isPainted(6.5, -66.5, 'warning')).to.equal(true);
    expect(isPainted(-143.5, -66.5, 'success')).to.equal(false);
    expect(isPainted(150, -60, 'surface')).to.equal(true);
    expect(isPainted(156, -60, 'quiet')).to.equal(true);
    client.host.personChanged('1001', 'busy');
    await painted(-143.5, -66.5, 'warning');
    client.host.personChanged('1001', 'offline');
    await painted(-150, -60, 'surface');
  });

  it('shows an old position as old: paler, and with its age in the list', async () => {
    people.places.push(at('1001', -150, -60, 10 * MINUTE), at('1004', 0, 70, 5_000));
    await ready();
    await listed('1004', '1001');
    expect(labels()[0]).to.match(/^Bea 1004 Available \d sec\. ago$/);
    expect(labels()[1]).to.equal('王芳 1001 Available old position: 10 min. ago');
    expect(isPainted(0, 70, 'success')).to.equal(true);
    expect(isPainted(-150, -60, 'success')).to.equal(false);
    element.oldAfter = 3_600;
    await painted(-150, -60, 'success');
    expect(labels()[1]).to.equal('王芳 1001 Available 10 min. ago');
  });

  it('groups those who are near to each other, until a press brings them apart', async () => {
    people.places.push(at('1001', 0, 0), at('1002', 8, 0), at('1004', 4, 6));
    await ready();
    await alone();
    // A circle with a number, not a lamp.
    await until(() => part(element, 'world') !== null && paintAt(4, 2)[3] === 255);
    expect(isPainted(-3, -3, 'success')).to.equal(false);
    await sendMouse({type: 'move', position: onPage(4, 2)});
    await shows(element, () => part(element, 'world')!.title === '3 people');
    const before = part(element, 'scale')!.innerText;
    await sendMouse({type: 'click', position: onPage(4, 2)});
    await until(() => part(element, 'scale')!.innerText !== before);
    expect(selected()).to.equal('');
  });

  it('selects who is pressed, several with Ctrl, and nobody beside them', async () => {
    await placed();
    const told = next(element, 'sip-map-select');
    await sendMouse({type: 'click', position: onPage(0, -60)});
    expect((await told).detail).to.deep.equal({numbers: ['1002']});
    await shows(element, () => textOf(element, '*').includes('李雷'));
    await painted(-13, -60, 'accent');
    await sendKeys({down: 'Control'});
    await sendMouse({type: 'click', position: onPage(0, 70)});
    await sendKeys({up: 'Control'});
    await until(() => selected() === '1002,1004');
    await sendMouse({type: 'click', position: onPage(60, 10)});
    await until(() => selected() === '');
    expect(isPainted(-13, -60, 'accent')).to.equal(false);
  });

  it('selects in a box that is dragged with Shift, and moves otherwise', async () => {
    await placed();
    await sendKeys({down: 'Shift'});
    await drag([-190, -100], [0, -20], [60, -10]);
    await sendKeys({up: 'Shift'});
    await until(() => selected() === '1001,1002');
    await drag([60, 20], [60, 60], [60, 90]);
    await painted(-150, 10, 'success');
    expect(selected()).to.equal('1001,1002');
  });

  it('selects with a lasso, and starts a conference with them by one press', async () => {
    await placed();
    await press(element, 'lasso');
    await shows(element, () => part(element, 'lasso')!.getAttribute('aria-pressed') === 'true');
    await isAccessible(element);
    // Around all but the second: it is in the notch.
    await drag(
      [-190, -100],
      [-80, -100],
      [-80, -10],
      [80, -10],
      [80, -100],
      [190, -100],
      [190, 120],
      [-190, 120],
      [-190, -100],
    );
    await until(() => selected() === '1001,1003,1004');
    await shows(element, () => textOf(element).includes('3 selected'));
    await isAccessible(element);
    const told = next(element, 'sip-map-action');
    await press(element, 'conference');
    expect((await told).detail.action).to.equal('conference');
    await until(() => client.asked.some((each) => each.startsWith('session conference')));
    const [, , members] = client.asked.find((each) => each.startsWith('session'))!.split(' ');
    expect(members!.split(',').sort()).to.deep.equal(['1001', '1003', '1004']);
    part(element, 'world')!.focus();
    await sendKeys({press: 'Escape'});
    await shows(element, () => part(element, 'lasso')!.getAttribute('aria-pressed') === 'false');
    expect(selected()).to.equal('1001,1003,1004');
    await sendKeys({press: 'Escape'});
    await until(() => selected() === '');
  });

  describe('beside a directory', () => {
    let directory: HTMLElement;
    const count = (of: HTMLElement): string | undefined => part(of, 'selection-count')?.textContent?.trim();
    /** The box of the first group. */
    const box = (): HTMLElement => deep(directory, 'button.box')[0]!;

    beforeEach(async () => {
      await placed();
      await sendMouse({type: 'click', position: onPage(0, -60)});
      await until(() => selected() === '1002');
      directory = Object.assign(document.createElement('sip-directory'), {selectable: true, dense: true});
      element.after(directory);
      await loads(directory);
      // What was selected on the map is selected there, too.
      await shows(element, () => count(element) === '1 selected');
      await shows(directory, () => count(directory) === '1 selected');
      await centered();
      await painted(-150, -60, 'success');
    });

    it('has one selection with it, which either bar acts on', async () => {
      await sendKeys({down: 'Control'});
      await sendMouse({type: 'click', position: onPage(0, 70)});
      await sendKeys({up: 'Control'});
      await shows(directory, () => count(directory) === '2 selected');
      expect(selected()).to.equal('1002,1004');
      const told = next(element, 'sip-map-select');
      box().click();
      await until(() => count(element) !== '2 selected');
      // A group is no place on a map.
      expect(selected()).to.equal('1002,1004');
      box().click();
      await until(() => count(element) === '2 selected');
      element.selection = ['1002', '1003'];
      await shows(directory, () => count(directory) === '2 selected');
      await isAccessible(element);
      deep(element, '[data-action=conference]')[0]!.click();
      await until(() => client.asked.some((each) => each.startsWith('session conference')));
      const [, , members] = client.asked.find((each) => each.startsWith('session'))!.split(' ');
      expect(members!.split(',').sort()).to.deep.equal(['1002', '1003']);
      await until(() => selected() === '');
      expect((await told).detail).to.deep.equal({numbers: []});
    });

    it('has nobody selected for the next user, and never the user', async () => {
      element.selection = [client.options.user, '1003'];
      await until(() => selected() === '1003');
      await client.disconnect();
      await until(() => selected() === '');
      expect(count(directory)).to.equal(undefined);
    });
  });

  it('calls the selected person, writes to them, or leaves it to the page', async () => {
    await placed();
    element.selection = ['1004'];
    await press(element, 'call');
    await until(() => client.asked.includes('call 1004 audio'));
    const told = next(element, 'sip-directory-action');
    await press(element, 'message');
    expect((await told).detail).to.deep.include({action: 'message'});
    expect((await told).detail.person.name).to.equal('Bea');
    element.addEventListener('sip-map-action', (event) => event.preventDefault(), {once: true});
    element.selection = ['1002'];
    await shows(element, () => part(element, 'call')!.title.includes('李雷'));
    await press(element, 'call');
    element.actions = 'message';
    await shows(element, () => part(element, 'call') === null);
    expect(client.asked).not.to.contain('call 1002 audio');
  });

  it('opens the conversation in a <sip-messages> beside it', async () => {
    await placed();
    const messages = document.createElement('sip-messages');
    element.after(messages);
    await loads(messages);
    element.selection = ['1004'];
    await press(element, 'message');
    await shows(messages, () => textOf(messages).includes('Bea') || textOf(messages).includes('1004'));
  });

  it('can be used by keyboard alone: the map, and the list of who is in view', async () => {
    people.places.push(...PEOPLE.map(({number, x, y}) => at(number, x, y)));
    await ready();
    await listed('1003', '1004', '1002', '1001');
    const list = part(element, 'list')!;
    list.focus();
    const cursor = (): string | undefined =>
      rows().find(({id}) => id === list.getAttribute('aria-activedescendant'))?.dataset['number'];
    await shows(element, () => cursor() === '1003');
    await sendKeys({press: 'ArrowDown'});
    await shows(element, () => cursor() === '1004');
    await sendKeys({press: ' '});
    await until(() => selected() === '1004');
    await shows(element, () => rows()[1]!.getAttribute('aria-selected') === 'true');
    await isAccessible(element);
    await sendKeys({press: 'End'});
    await sendKeys({press: 'Enter'});
    await until(() => selected() === '1001,1004');
    await sendKeys({press: 'Enter'});
    await until(() => selected() === '1004');
    await sendKeys({down: 'Control'});
    await sendKeys({press: 'a'});
    await sendKeys({up: 'Control'});
    await until(() => selected() === '1001,1002,1003,1004');
    await sendKeys({press: 'Escape'});
    await until(() => selected() === '');
    element.focus();
    await until(() => part(element, 'world')!.matches(':focus'));
    const scale = part(element, 'scale')!.innerText;
    await sendKeys({press: '-'});
    await sendKeys({press: '-'});
    await until(() => part(element, 'scale')!.innerText !== scale);
    await sendKeys({press: '+'});
    await sendKeys({press: '+'});
    await until(() => part(element, 'scale')!.innerText === scale);
    for (let press = 0; press < 12; press += 1) await sendKeys({press: 'ArrowLeft'});
    await shows(element, () => textOf(element).includes('Nobody in this part of the map'));
    await isAccessible(element);
    await sendKeys({press: 'Home'});
    await shows(element, () => textOf(element).includes('4 in view'));
  });

  it('loads the page’s tiles, and shows a grid if none of them comes', async () => {
    await placed({tiles: PIXEL});
    const tiles = (): HTMLImageElement[] => deep<HTMLImageElement>(element, '.leaflet-tile-loaded');
    await until(() => tiles().length > 1);
    expect(textOf(element)).not.to.contain('cannot be loaded');
    element.tiles = '/no-tiles/{z}/{x}/{y}.png';
    await shows(element, () => textOf(element).includes('People are shown on a grid'));
    await isAccessible(element);
    element.tiles = PIXEL;
    await shows(element, () => !textOf(element).includes('cannot be loaded'));
    element.tiles = '/no-tiles/{z}/{x}/{y}.png';
    await press(element, 'retry');
    await shows(element, () => textOf(element).includes('People are shown on a grid'));
  });

  it('loads the page’s picture at its bounds, and says if the bounds are none', async () => {
    const [north, south] = [placeAt(-150, -100), placeAt(150, 100)];
    const bounds = `${south.lat},${north.lng} ${north.lat},${south.lng}`;
    await placed({picture: PIXEL, bounds});
    const picture = deep<HTMLImageElement>(element, '.leaflet-image-layer')[0]!;
    const {width, height} = picture.getBoundingClientRect();
    expect([width, height].map(Math.round)).to.deep.equal([300, 200]);
    element.bounds = 'somewhere';
    await shows(element, () => part(element, 'notice') !== null);
    element.bounds = bounds;
    await shows(element, () => part(element, 'notice') === null);
    element.picture = '/no-picture.png';
    await shows(element, () => textOf(element).includes('People are shown on a grid'));
  });

  it('says why nobody is known, and asks again', async () => {
    people.failure = new SipError('timeout', {subject: 'groups'});
    people.places.push(at('1004', 0, 0));
    await ready();
    await shows(element, () => part(element, 'retry') !== null);
    await isAccessible(element);
    people.failure = undefined;
    await press(element, 'retry');
    await painted(0, 0, 'success');
    await shows(element, () => part(element, 'notice') === null);
  });

  it('shows the people whom the page names, and follows nobody once it is gone', async () => {
    people.places.push(...PEOPLE.map(({number, x, y}) => at(number, x, y)));
    await ready({numbers: '1002, 1004'});
    await listed('1004', '1002');
    expect(client.directory.followed).to.deep.equal(['1002', '1004']);
    const root = element.parentElement!;
    element.remove();
    await until(() => people.asked.includes('unfollow 1002,1004'));
    expect(client.directory.followed).to.deep.equal([]);
    root.append(element);
    await until(() => client.directory.followed.length === 2);
  });

  it('shows everyone at first if the page names no place', async () => {
    people.places.push(...PEOPLE.map(({number, x, y}) => at(number, x * 40, y * 40)));
    await ready({center: ''});
    await shows(element, () => rows().length === 4);
  });

  it('is Chinese, and Arabic from right to left', async () => {
    people.places.push(...PEOPLE.map(({number, x, y}) => at(number, x, y)));
    await ready();
    const root = element.closest('sip-client')!;
    root.lang = 'zh-CN';
    await shows(element, () => textOf(element).includes('视野内 4 人'));
    expect(part(element, 'lasso')!.title).to.equal('圈选');
    await isAccessible(element);
    root.lang = 'ar';
    root.dir = 'rtl';
    await shows(element, () => textOf(element).includes('الظاهرون: 4'));
    await isAccessible(element);
  });

  it('has targets for a finger in 320 px, and the parts that pages style', async () => {
    await placed();
    const parts = new UnseenParts(element);
    element.style.inlineSize = '320px';
    element.selection = ['1001'];
    await press(element, 'people');
    await parts.look(
      'panel',
      'box',
      'lasso',
      'fit',
      'people',
      'world',
      'zoom-in',
      'zoom-out',
      'scale',
      'list',
      'row',
    );
    await parts.look('selection', 'clear', 'call', 'message');
    for (const button of deep(element, 'button')) {
      const {width, height, right} = button.getBoundingClientRect();
      if (!width) continue;
      expect(Math.min(width, height), button.title).to.be.at.least(24);
      expect(right, button.title).to.be.at.most(element.getBoundingClientRect().right);
    }
    element.selection = ['1001', '1002'];
    await parts.look('conference');
    people.failure = new SipError('timeout');
    element.numbers = '1001';
    await parts.look('retry', 'notice');
    const directory = Object.assign(document.createElement('sip-directory'), {selectable: true});
    element.after(directory);
    await parts.look('selection-count', 'clear-selection', 'selection-action');
    deep(element, '[data-action=text]')[0]!.click();
    await parts.look('selection-text');
    deep(element, '[data-action=call]')[0]!.click();
    await parts.look('selection-report');
    expect(parts.names).to.deep.equal([]);
  });
});
