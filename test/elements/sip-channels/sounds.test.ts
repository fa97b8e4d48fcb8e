import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipChannelsElement} from '../../../src/elements/sip-channels/sip-channels.js';
import {SipError} from '../../../src/errors.js';
import {deep, isAccessible, loads, part, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient, type StagedTalk} from '../../support/staged/staged-client.js';

describe('the sounds of <sip-channels>', () => {
  let client: StagedClient;
  let element: SipChannelsElement;
  let patrol: StagedTalk;
  let ladder: StagedTalk;
  let rescue: StagedTalk;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client} lang="en"
        ><sip-channels groups="9001=Patrol, 9002=Ladder, 9003=Rescue" selected="9001,9002"></sip-channels
      ></sip-client>`,
    );
    element = root.querySelector('sip-channels')!;
    await loads(element);
    [patrol, ladder, rescue] = ['9001', '9002', '9003'].map((number) =>
      client.interphone({remote: {number, name: ''}}),
    ) as [StagedTalk, StagedTalk, StagedTalk];
    for (const {dialog} of [patrol, ladder, rescue]) dialog.confirm();
    await shows(element, () => deep(element, '.tile.idle').length === 3);
  });
  afterEach(async () => {
    await sendKeys({up: 'F8'});
    await client.disconnect();
  });

  const panel = (): HTMLElement => deep(element, 'sip-announcement-panel')[0]!;
  const named = (name: string): HTMLElement | undefined =>
    deep(panel(), 'button').find((button) => button.ariaLabel === name);
  const inPanel = (): string => (deep(element, 'sip-announcement-panel').length ? textOf(panel()) : '');

  async function open(): Promise<void> {
    part(element, 'sounds')!.click();
    await shows(element, () => inPanel().includes('Alert tones'));
  }
  async function play(name: string): Promise<void> {
    await until(() => !!named(name));
    named(name)!.click();
  }
  const gave = ({service}: StagedTalk): Promise<unknown> =>
    until(() => service.commands.at(-1) === 'give back');

  it('play to the selected groups, which do not hear the microphone, with progress, pause and stop', async () => {
    await open();
    expect(part(element, 'sounds-panel')!.innerText).to.contain('Heard by Patrol, Ladder');
    await play('Play Warble to the groups');
    await until(() => !!patrol.dialog.announced && !!ladder.dialog.announced);
    expect([patrol, ladder].map(({dialog}) => dialog.state.muted)).to.deep.equal([true, true]);
    expect(rescue.service.commands).to.deep.equal([]);
    await until(() => /Warble.*0:0\d \/ 0:03/s.test(inPanel()));
    await isAccessible(element);
    named('Pause the sound')!.click();
    await until(() => !!named('Resume the sound'));
    expect([patrol, ladder].map(({call}) => call.announcement!.state.paused)).to.deep.equal([true, true]);
    named('Resume the sound')!.click();
    await until(() => !!named('Pause the sound'));
    expect(part(element, 'sounds')!.matches('.on')).to.equal(true);
    named('Stop the sound')!.click();
    await gave(patrol);
    await gave(ladder);
    expect([patrol, ladder].map(({dialog}) => dialog.announced)).to.deep.equal([undefined, undefined]);
    await shows(element, () => !part(element, 'sounds')!.matches('.on'));
  });

  it('give the floors back at their end, and end with the floor', async () => {
    await open();
    await play('Play Beeps to the groups');
    await until(() => !!patrol.dialog.announced && !!ladder.dialog.announced);
    expect(patrol.service.commands).to.deep.equal(['ask']);
    await gave(patrol);
    await gave(ladder);
    await play('Play Warble to the groups');
    await until(() => !!patrol.dialog.announced && !!ladder.dialog.announced);
    patrol.service.tell('taken', '1002', '李雷');
    await until(() => !patrol.dialog.announced);
    expect(ladder.dialog.announced).not.to.equal(undefined);
    ladder.service.tell('taken', '1002', '李雷');
    await until(() => !named('Stop the sound'));
  });

  it('name each group that refuses the floor, and are heard in the others', async () => {
    patrol.service.failure = new SipError('floor-denied', {subject: '李雷', apiCode: 2000});
    await open();
    await play('Play Beeps to the groups');
    await until(() => !!ladder.dialog.announced);
    await shows(element, () => part(element, 'refusals') !== null);
    expect(part(element, 'refusals')!.innerText).to.match(/^Patrol: 李雷 is speaking/);
    part(element, 'sounds-panel')!.hidePopover();
  });

  it('say why no group hears them', async () => {
    for (const {service} of [patrol, ladder])
      service.failure = new SipError('floor-denied', {subject: '李雷', apiCode: 2000});
    await open();
    await play('Play Beeps to the groups');
    await until(() => inPanel().includes('李雷'));
    expect(named('Stop the sound')).to.equal(undefined);
  });

  it('play to one group by the options of its tile, and wait for its floor', async () => {
    rescue.service.answer = 'queued';
    const tile = deep(element, 'sip-channel-tile')[2]!;
    part(tile, 'options')!.click();
    part(tile, 'play')!.click();
    await shows(element, () => inPanel().includes('Alert tones'));
    expect(part(element, 'sounds-panel')!.innerText).to.contain('Heard by Rescue');
    await play('Play Beeps to the groups');
    await shows(element, () => tile.shadowRoot!.querySelector('.waiting') !== null);
    expect(rescue.dialog.announced).to.equal(undefined);
    rescue.service.tell('granted');
    await until(() => !!rescue.dialog.announced);
    expect([patrol, ladder].flatMap(({service}) => service.commands)).to.deep.equal([]);
    named('Stop the sound')!.click();
    await gave(rescue);
  });

  it('let the user speak meanwhile while the key is held, and play on after it', async () => {
    await open();
    await play('Play Steady tone to the groups');
    await until(() => !!patrol.dialog.announced && !!ladder.dialog.announced);
    expect(patrol.dialog.announced!.mix).to.equal(true);
    await sendKeys({down: 'F8'});
    await until(() => !patrol.dialog.state.muted && !ladder.dialog.state.muted);
    await sendKeys({up: 'F8'});
    await until(() => patrol.dialog.state.muted && ladder.dialog.state.muted);
    expect(patrol.service.commands).to.deep.equal(['ask']);
    await gave(patrol);
  });
});
