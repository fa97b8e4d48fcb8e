import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys, setViewport} from '@web/test-runner-commands';
import type {Person} from '../../../src/core/directory/people.js';
import type {SipConferenceElement} from '../../../src/elements/sip-conference/sip-conference.js';
import {SipError} from '../../../src/errors.js';
import {deep, isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {picture, StagedClient} from '../../support/staged/staged-client.js';
import {group, StagedPeople} from '../../support/staged/staged-people.js';
import type {StagedMeeting} from '../../support/staged/staged-client.js';

const person = (number: string, name: string, group = '8000'): Person => ({
  number,
  name,
  type: 1,
  state: 'online',
  group,
  raw: {},
});
const PEOPLE = [person('1002', '李雷'), person('1003', 'Anna Novak'), person('1004', '张伟')];

describe('<sip-conference>', () => {
  let client: StagedClient;
  let element: SipConferenceElement;

  const setUp = async (
    staged: StagedClient,
    attributes: Partial<SipConferenceElement> = {},
  ): Promise<void> => {
    client = staged;
    const root = await fixture(
      html`<sip-client .client=${client}
        ><sip-conference
          .media=${attributes.media ?? 'audio'}
          .members=${attributes.members ?? ''}
          ?broadcast=${attributes.broadcast ?? false}
          sid=${attributes.sid ?? ''}
        ></sip-conference
      ></sip-client>`,
    );
    element = root.querySelector('sip-conference')!;
    await shows(element, () => deep(element, '[part=start], .empty').length > 0);
  };

  const field = (name = 'members-field'): HTMLInputElement => part(element, name) as HTMLInputElement;
  /** What is said to be wrong with a field. */
  const wrongAt = (name: string): string => {
    const input = field(name);
    if (input.getAttribute('aria-invalid') !== 'true') return '';
    const root = input.getRootNode() as ShadowRoot;
    return root.getElementById(input.getAttribute('aria-describedby')!)!.innerText.trim();
  };
  const type = (text: string, name?: string): void => {
    field(name).value = text;
    field(name).dispatchEvent(new InputEvent('input', {inputType: 'insertText', bubbles: true}));
  };
  const chosen = (): string[] => deep(element, '[part=chosen] bdi').map((each) => each.innerText);
  const rows = (): HTMLElement[] => deep(element, '[part=member]');
  const row = (number: string): HTMLElement => rows().find((each) => each.dataset['number'] === number)!;
  const inRow = (number: string, name: string): HTMLElement | null => part(row(number), name);
  const said = (): string =>
    deep(element, '[role=status]')
      .map((each) => each.textContent)
      .join(' ');
  /** The videos with frames of the others. */
  const videos = (tiles = '.tile'): HTMLVideoElement[] =>
    deep(element, tiles).flatMap(
      ({shadowRoot}) => shadowRoot?.querySelector<HTMLVideoElement>('video.playing') ?? [],
    );
  const text = (selector: string): string =>
    deep(element, selector)
      .map((each) => each.innerText)
      .join(' ');
  const active = (): HTMLElement => {
    let focused = element.shadowRoot!.activeElement!;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused as HTMLElement;
  };

  /** A conference that stands, with its members told. */
  async function meet(init: Parameters<StagedClient['confer']>[0] = {}): Promise<StagedMeeting> {
    const meeting = client.confer(init);
    meeting.dialog.confirm(init.media === 'video');
    meeting.service.all(
      {number: '1001', name: '王芳', phase: 'answered'},
      {number: '1002', name: '李雷', phase: 'answered', talking: true},
      {number: '1003', name: 'Anna Novak', phase: 'ringing'},
    );
    await shows(element, () => rows().length === 3 || meeting.conference.state.listenOnly);
    return meeting;
  }

  describe('without a conference', () => {
    it('says so where there is no client', async () => {
      element = await fixture(html`<sip-conference></sip-conference>`);
      await shows(element, () => textOf(element).includes('sip-client'));
      await isAccessible(element);
    });

    it('says so where the server has none, of either kind', async () => {
      const staged = new StagedClient();
      staged.lacks = {conference: false, broadcast: false};
      await staged.connect();
      await setUp(staged);
      await shows(element, () => textOf(element).includes('This server does not support conferences.'));
      element.broadcast = true;
      await shows(element, () => textOf(element).includes('This server does not support broadcasts.'));
      await isAccessible(element);
    });

    it('takes members as text and makes a conference of them by keyboard alone', async () => {
      await setUp(await StagedClient.ready());
      await isAccessible(element);
      field().focus();
      await sendKeys({type: '1002, 1003'});
      await shows(element, () => chosen().join() === '1002');
      await sendKeys({press: 'Enter'});
      await shows(element, () => chosen().join() === '1002,1003');
      expect(said()).to.contain('Added 1003.');
      await isAccessible(element);
      await sendKeys({type: '1004'});
      await sendKeys({press: 'Enter'});
      await shows(element, () => chosen().length === 3);
      await sendKeys({press: 'Backspace'});
      await shows(element, () => chosen().join() === '1002,1003');
      await sendKeys({press: 'Tab'});
      while (!active().matches('[part=name]')) await sendKeys({press: 'Tab'});
      await sendKeys({type: 'Morning'});
      await sendKeys({press: 'Enter'});
      await shows(element, () => element.conference !== undefined);
      expect(client.asked.at(-1)).to.equal('session conference 1002,1003');
      expect(element.conference!.remote.name).to.equal('Morning');
      expect(element.conference!.media).to.equal('audio');
    });

    it('takes a group for its members and those of the groups below it, without the user, and says if it has none', async () => {
      const staged = new StagedClient();
      staged.directoryService = new StagedPeople(
        [group('8100', 'Patrol'), group('8110', 'Night', '8100'), group('8200', 'Harbor')],
        [person('1001', '王芳', '8100'), person('1002', '李雷', '8100'), person('1003', 'Anna', '8110')],
      );
      await staged.connect();
      await staged.register();
      await setUp(staged, {broadcast: true});
      field().focus();
      await sendKeys({type: 'patr'});
      await shows(element, () =>
        deep(element, 'option').some((option) => option.innerText === 'Patrol (group)'),
      );
      await sendKeys({press: 'Enter'});
      await shows(element, () => chosen().join() === '李雷,Anna');
      await sendKeys({type: '8200'});
      await sendKeys({press: 'Enter'});
      await shows(element, () => field().getAttribute('aria-invalid') === 'true');
      expect(textOf(element)).to.contain('Harbor');
      expect(client.asked.filter((asked) => asked.startsWith('session'))).to.deep.equal([]);
      for (const _ of '8200') await sendKeys({press: 'Backspace'});
      part(element, 'start')!.click();
      await shows(element, () => element.conference !== undefined);
      expect(client.asked.at(-1)).to.equal('session broadcast 1002,1003');
    });

    it('joins a room by its number, with nobody called, by keyboard alone', async () => {
      const staged = new StagedClient();
      staged.lacks = {rooms: true};
      await staged.connect();
      await staged.register();
      await setUp(staged);
      await isAccessible(element);
      part(element, 'start')!.click();
      expect(active().matches('[part=members-field]')).to.equal(true);
      field('number').focus();
      await sendKeys({type: '701'});
      await sendKeys({press: 'Enter'});
      await shows(element, () => element.conference !== undefined);
      expect(client.asked.at(-1)).to.equal('session conference');
      expect(element.conference!.remote.number).to.equal('701');
    });

    it('asks for the number alone if nobody can be called, and takes nobody', async () => {
      const staged = new StagedClient();
      staged.lacks = {rooms: true, members: false};
      await staged.connect();
      await staged.register();
      await setUp(staged);
      expect([part(element, 'members-field'), part(element, 'name')]).to.deep.equal([null, null]);
      await isAccessible(element);
      part(element, 'start')!.click();
      expect(active().matches('[part=number]')).to.equal(true);
      const directory = document.createElement('sip-directory');
      element.after(directory);
      await directory.updateComplete;
      const detail = {action: 'invite', person: PEOPLE[0]};
      const invitation = new CustomEvent('sip-directory-action', {
        detail,
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      expect(directory.dispatchEvent(invitation), 'nobody takes it').to.equal(true);
      await sendKeys({type: '701'});
      await sendKeys({press: 'Enter'});
      await shows(element, () => element.conference !== undefined);
      expect(client.asked.at(-1)).to.equal('session conference');
    });

    it('asks for no room where the server has none', async () => {
      await setUp(await StagedClient.ready());
      expect(part(element, 'number')).to.equal(null);
    });

    it('takes a whole list that is pasted, and starts with what is written', async () => {
      await setUp(await StagedClient.ready());
      type('1002;1003，1004');
      await shows(element, () => chosen().join() === '1002,1003,1004');
      expect(field().value).to.equal('');
      type('1005');
      part(element, 'start-other')!.click();
      await shows(element, () => element.conference !== undefined);
      expect(client.asked.at(-1)).to.equal('session conference 1002,1003,1004,1005');
      expect(element.conference!.media).to.equal('video');
    });

    it('finds people by their names', async () => {
      const staged = new StagedClient();
      staged.directoryService = {
        groups: async () => [],
        members: async () => [],
        search: async (text: string) =>
          PEOPLE.filter(({name}) => name.toLowerCase().includes(text.toLowerCase())),
      } as unknown as NonNullable<StagedClient['directoryService']>;
      await staged.connect();
      await staged.register();
      await setUp(staged);
      field().focus();
      await sendKeys({type: 'anna'});
      await shows(element, () => deep(element, 'option').length === 1);
      await sendKeys({press: 'Enter'});
      await shows(element, () => chosen().join() === 'Anna Novak');
      expect(element.members).to.equal('1003');
    });

    it('shows people whose numbers are given by their names, as far as the directory knows them', async () => {
      const staged = new StagedClient();
      staged.directoryService = new StagedPeople(
        [],
        PEOPLE.map((each) => ({...each})),
      );
      await staged.connect();
      await staged.register();
      await setUp(staged, {members: '1002,1003,1099'});
      await shows(element, () => chosen().join() === '李雷,Anna Novak,1099');
      type('1004,');
      await shows(element, () => chosen().at(-1) === '张伟');
      expect(element.members).to.equal('1002,1003,1099,1004');
      deep(element, '[part=chosen] button')[1]!.click();
      await shows(element, () => chosen().join() === '李雷,1099,张伟');
      expect(active().matches('[part=members-field]')).to.equal(true);
      await sendKeys({press: 'Backspace'});
      await shows(element, () => chosen().join() === '李雷,1099');
      await isAccessible(element);
    });

    it('has visible labels, and says at each field what is wrong when the user leaves it', async () => {
      const staged = new StagedClient();
      staged.lacks = {rooms: true};
      await staged.connect();
      await staged.register();
      await setUp(staged);
      const labels = deep<HTMLLabelElement>(element, 'label');
      expect(labels.map(({innerText, control}) => [innerText, control?.getAttribute('part')])).to.deep.equal([
        ['Room number', 'number'],
        ['People', 'members-field'],
        ['Conference name (optional)', 'name'],
      ]);
      expect(labels.every((label) => label.checkVisibility())).to.equal(true);
      part(element, 'start')!.click();
      await shows(element, () => wrongAt('members-field').includes('or enter a room number'));
      field('number').focus();
      await sendKeys({type: 'room {}'});
      await shows(element, () => true);
      expect(wrongAt('number'), 'while it is written').to.equal('');
      await sendKeys({press: 'Tab'});
      await shows(element, () => wrongAt('number').includes('“room {}” is not a valid number'));
      part(element, 'start')!.click();
      await shows(element, () => active().matches('[part=number]'));
      expect(client.asked).to.deep.equal(['connect', 'register']);
      await isAccessible(element);
    });

    it('says what is no number, and does not start with nobody', async () => {
      await setUp(await StagedClient.ready());
      part(element, 'start')!.click();
      await shows(element, () => active()?.matches('[part=members-field]'));
      await shows(element, () => wrongAt('members-field') === 'Add at least one person.');
      expect(client.asked).to.deep.equal(['connect', 'register']);
      type('not a number{}');
      const told = next(element, 'sip-error');
      part(element, 'start')!.click();
      expect((await told).detail.error.code).to.equal('invalid-number');
      await shows(element, () => wrongAt('members-field').includes('“number{}” is not a valid number'));
      expect(part(element, 'notice'), 'it is at the field alone').to.equal(null);
      await isAccessible(element);
      element.lang = 'zh-CN';
      await shows(element, () => wrongAt('members-field').includes('不是有效的号码'));
    });

    it('shows what refuses the conference; a second press while it is asked asks nothing, and it can be given up', async () => {
      await setUp(await StagedClient.ready(), {members: '1002'});
      client.failure = new SipError('conference-full');
      part(element, 'start')!.click();
      await shows(element, () => part(element, 'notice') !== null);
      client.patience = new Promise(() => {});
      part(element, 'start')!.click();
      part(element, 'start')!.click();
      await shows(element, () => part(element, 'cancel') !== null);
      expect(client.asked.filter((what) => what.startsWith('session'))).to.have.lengthOf(2);
      await isAccessible(element);
      part(element, 'cancel')!.click();
    });

    it('says why it cannot start while nobody is registered', async () => {
      const staged = new StagedClient();
      await staged.connect();
      await setUp(staged, {members: '1002'});
      expect(part(element, 'start')!.getAttribute('aria-disabled')).to.equal('true');
      expect(part(element, 'start')!.title).to.contain('not registered');
      await isAccessible(element);
    });

    it('takes the name of a person whom any page may have written as one plain line, and none from another domain', async () => {
      await setUp(await StagedClient.ready());
      const name = `Li\u202eLei${'x'.repeat(100_000)}`;
      for (const number of ['1007', '0900123456@evil.example']) {
        const data = new DataTransfer();
        data.setData('application/x-sip-person', JSON.stringify({number, name}));
        part(element, 'panel')!.dispatchEvent(
          new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}),
        );
      }
      await shows(element, () => chosen().length === 2);
      expect(chosen()).to.deep.equal([`Li Lei${'x'.repeat(194)}`, '0900123456@evil.example']);
    });

    it('takes people who are dropped, and those whom a directory of the same client sends', async () => {
      await setUp(await StagedClient.ready());
      const data = new DataTransfer();
      data.setData('text/plain', '1007');
      data.setData('application/x-sip-person', JSON.stringify({number: '1007', name: 'Elena Rossi'}));
      const panel = part(element, 'panel')!;
      const over = new DragEvent('dragover', {dataTransfer: data, bubbles: true, cancelable: true});
      panel.dispatchEvent(over);
      expect(over.defaultPrevented).to.equal(true);
      panel.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
      await shows(element, () => chosen().join() === 'Elena Rossi');
      const directory = document.createElement('sip-directory');
      element.after(directory);
      await directory.updateComplete;
      const invite = (): Event =>
        new CustomEvent('sip-directory-action', {
          detail: {action: 'invite', person: PEOPLE[0]},
          bubbles: true,
          composed: true,
          cancelable: true,
        });
      expect(directory.dispatchEvent(invite())).to.equal(false);
      await shows(element, () => chosen().join() === 'Elena Rossi,李雷');
      const stranger = document.createElement('sip-directory');
      document.body.append(stranger);
      expect(stranger.dispatchEvent(invite()), 'another client’s').to.equal(true);
      stranger.remove();
    });

    it('lets the file of a broadcast be chosen by its name, as in a conference, or none', async () => {
      const staged = await StagedClient.ready();
      staged.files = [
        {id: 'f9', name: 'Evacuation.mp3', size: 1_500_000, time: Date.now(), sample: false},
        {id: 'sample-sound', name: 'sample-sound.ogg', size: 20_000, sample: true},
      ];
      await setUp(staged, {members: '1002', broadcast: true});
      const choice = (): HTMLElement => part(element, 'file-choice')!;
      const summary = (): HTMLElement => choice().querySelector('summary')!;
      expect(summary().innerText.replace(/\s+/g, ' ').trim()).to.equal('Play a file No file');
      expect(deep(element, 'sip-conference-file-choice')).to.have.length(0);
      summary().focus();
      await sendKeys({press: 'Enter'});
      await shows(element, () => deep(element, '[part=uploaded]').length === 3);
      await isAccessible(element);
      expect(
        deep(element, '[part=uploaded]').map(({innerText}) => innerText.split('\n')[0]!.trim()),
      ).to.deep.equal(['No file', 'Evacuation.mp3', 'sample-sound.ogg']);
      deep(element, '[part=uploaded]')[2]!.click();
      await shows(element, () => summary().innerText.includes('sample-sound.ogg'));
      expect(element.fileId).to.equal('sample-sound');
      part(element, 'start')!.click();
      await shows(element, () => client.asked.at(-1) === 'session broadcast 1002 file sample-sound');
      await client.calls[0]!.hangup();
      await press(element, 'clear');
      await press(element, 'file-choice');
      deep(element, 'details summary')[0]!.click();
      await shows(element, () => deep(element, '[part=uploaded]').length === 3);
      deep(element, '[part=uploaded]')[0]!.click();
      await shows(element, () => element.fileId === '');
      part(element, 'start')!.click();
      await shows(element, () => client.asked.at(-1) === 'session broadcast 1002');
    });

    it('offers no file to a conference that is not made yet, or where the server plays none', async () => {
      await setUp(await StagedClient.ready(), {members: '1002'});
      expect(part(element, 'file-choice')).to.equal(null);
      const staged = new StagedClient();
      staged.lacks = {playFile: false};
      await staged.connect();
      await setUp(staged, {members: '1002', broadcast: true});
      expect(part(element, 'file-choice')).to.equal(null);
    });

    it('makes a broadcast where it is one', async () => {
      await setUp(await StagedClient.ready(), {members: '1002', broadcast: true});
      await shows(element, () => textOf(element).includes('Broadcast name (optional)'));
      expect(part(element, 'start')!.innerText).to.contain('Start broadcast');
      const made = await element.start();
      expect(made.type).to.equal('broadcast');
      await element.stop();
      await shows(element, () => made.state.phase === 'released');
    });
  });

  describe('with a conference', () => {
    beforeEach(async () => setUp(await StagedClient.ready()));

    it('shows who takes part, who speaks and who is called', async () => {
      const {service} = await meet();
      expect(textOf(row('1002'))).to.contain('Speaking');
      expect(textOf(row('1003'))).to.contain('Ringing');
      expect(textOf(row('1001'))).to.contain('You');
      await isAccessible(element);
      service.some({number: '1003', phase: 'answered'});
      await shows(element, () => said().includes('Anna Novak has joined.'));
      service.some({number: '1003', gone: true});
      await shows(element, () => said().includes('Anna Novak has left.'));
      expect(rows()).to.have.lengthOf(2);
    });

    it('mutes, deafens and lets them again as the server tells, asking once while it answers', async () => {
      const {service} = await meet();
      inRow('1002', 'speaking')!.click();
      inRow('1002', 'speaking')!.click();
      await shows(element, () => service.commands.length > 0);
      expect(service.commands).to.deep.equal(['speaking 1002 off']);
      expect(inRow('1002', 'speaking')!.title, 'before the server tells').to.equal('Mute 李雷');
      service.some({number: '1002', speaking: false, hearing: false});
      await shows(element, () => inRow('1002', 'speaking')!.title === 'Unmute 李雷');
      expect(textOf(row('1002'))).to.contain('Muted');
      expect(textOf(row('1002'))).to.contain('Can’t hear');
      await isAccessible(element);
      inRow('1002', 'hearing')!.click();
      await shows(element, () => service.commands.at(-1) === 'hearing 1002 on');
    });

    it('shows somebody to all, where there are pictures', async () => {
      const {service} = await meet({media: 'video'});
      inRow('1002', 'spotlighted')!.click();
      await shows(element, () => service.commands.at(-1) === 'spotlighted 1002 on');
      service.some({number: '1002', spotlighted: true});
      await shows(element, () => inRow('1002', 'spotlighted')!.title === 'Remove spotlight from 李雷');
      expect(textOf(row('1002'))).to.contain('Spotlighted');
    });

    it('puts somebody out and invites them again where that is undone', async () => {
      const {service} = await meet();
      inRow('1002', 'remove')!.click();
      await shows(element, () => service.commands.at(-1) === 'remove 1002');
      service.some({number: '1002', gone: true});
      await press(element, 'undo');
      await shows(element, () => service.commands.at(-1) === 'add 1002');
      expect(inRow('1001', 'remove'), 'oneself').to.equal(null);
    });

    it('invites by numbers, and again who did not answer', async () => {
      const {service} = await meet();
      service.some({number: '1003', phase: 'released', cause: {by: 'remote', code: 'busy'}});
      await shows(element, () => textOf(row('1003')).includes('Busy'));
      inRow('1003', 'again')!.click();
      await shows(element, () => service.commands.at(-1) === 'add 1003');
      await press(element, 'invite');
      await shows(element, () => active()?.matches('[part=members-field]'));
      await isAccessible(element);
      await sendKeys({type: '1005'});
      await sendKeys({press: 'Enter'});
      await shows(element, () => service.commands.at(-1) === 'add 1005');
      await sendKeys({press: 'Escape'});
      await shows(element, () => active()?.matches('[part=invite]'));
    });

    it('tells what the server refuses, and offers no more what it is known to refuse', async () => {
      const {service} = await meet({direction: 'incoming'});
      service.failure = new SipError('member-not-found', {subject: '1002'});
      inRow('1002', 'speaking')!.click();
      await shows(element, () => part(element, 'notice') !== null);
      expect(inRow('1002', 'speaking')).to.not.equal(null);
      service.failure = new SipError('not-allowed', {subject: '1002'});
      inRow('1002', 'speaking')!.click();
      await shows(element, () => inRow('1002', 'speaking') === null);
      expect(part(element, 'end')).to.equal(null);
      expect(part(element, 'notice')).to.not.equal(null);
      await isAccessible(element);
    });

    it('asks before it ends for all', async () => {
      const {service, dialog, conference} = await meet();
      await press(element, 'end');
      await shows(element, () => active()?.matches('[part=end-cancel]'));
      await isAccessible(element);
      await sendKeys({press: 'Enter'});
      await shows(element, () => !part(element, 'end-confirm')!.checkVisibility());
      expect(active()).to.equal(part(element, 'end'));
      expect(service.commands).to.deep.equal([]);
      part(element, 'end')!.click();
      await press(element, 'end-confirm');
      await shows(element, () => service.commands.at(-1) === 'end');
      dialog.set({phase: 'terminated', cause: {by: 'server', code: 'normal'}});
      await shows(element, () => conference.state.phase === 'released' && part(element, 'clear') !== null);
      expect(part(element, 'roster')).to.equal(null);
      expect(textOf(element)).to.contain('The conference has ended.');
      await isAccessible(element);
      part(element, 'clear')!.click();
      await shows(element, () => part(element, 'start') !== null);
    });

    it('leaves at one press', async () => {
      const {dialog} = await meet();
      part(element, 'hangup')!.click();
      await shows(element, () => dialog.commands.includes('hangup'));
    });

    it('controls this side, and shares the screen', async () => {
      const {dialog} = await meet();
      part(element, 'mute')!.click();
      await shows(element, () => dialog.commands.includes('mute'));
      part(element, 'screen')!.click();
      await shows(element, () => dialog.commands.includes('share'));
    });

    it('plays a file and stops it, with its progress', async () => {
      const {service} = await meet();
      client.dispatchEvent(
        new CustomEvent('sip-upload-end', {
          detail: {
            file: new File(['x'], 'welcome.ogg'),
            ok: true,
            status: 200,
            response: '{"code":0,"fileid":"f7"}',
          },
        }) as never,
      );
      await press(element, 'files');
      await shows(element, () => active()?.matches('[type=radio]'));
      expect(part(element, 'uploaded')!.innerText.replace(/\s+/g, ' ')).to.match(/welcome\.ogg 1 byte .+/);
      await isAccessible(element);
      await sendKeys({press: ' '});
      type('3', 'times');
      await sendKeys({press: 'Enter'});
      await shows(element, () => service.commands.at(-1) === 'play f7 3');
      const file = {id: 'f7', position: 5, duration: 20, time: 1, times: 3};
      service.some({number: 'f7', name: 'welcome.ogg', phase: 'answered', file});
      await shows(element, () => part(element, 'file') !== null);
      expect(part(element, 'file')!.innerText.replace(/\s+/g, ' ')).to.contain('0:05 / 0:20');
      expect(part(element, 'file')!.innerText).to.contain('1 of 3');
      expect(part(element, 'file')!.querySelector('progress')!.value).to.equal(5);
      expect(rows(), 'it is no member of the list').to.have.lengthOf(3);
      await isAccessible(element);
      service.some({number: 'f7', file: {...file, position: 6}});
      await shows(element, () => part(element, 'file')!.querySelector('progress')!.value === 6);
      part(element, 'stop-file')!.click();
      await shows(element, () => service.commands.at(-1) === 'stop f7');
      service.some({number: 'f7', gone: true});
      await shows(element, () => part(element, 'file') === null);
    });

    it('lays pictures out as a grid, with the speaker large, or alone', async () => {
      const {dialog} = await meet({media: 'video'});
      const track = picture();
      dialog.remotePictures = [{id: '1', label: '1002', stream: new MediaStream([track])}];
      dialog.play(new MediaStream([track]));
      const video = (): HTMLVideoElement | undefined => videos()[0];
      await shows(element, () => video() !== undefined);
      expect(deep(element, '[part=tile]').length).to.equal(2);
      await isAccessible(element);
      part(element, 'layout-speaker')!.click();
      await shows(element, () => videos('.large > .main').length > 0);
      await isAccessible(element);
      part(element, 'layout-picture')!.click();
      await shows(element, () => part(element, 'roster') === null);
      expect(element.layout).to.equal('picture');
      expect(video()).to.not.equal(undefined);
      await isAccessible(element);
      part(element, 'layout-grid')!.click();
      await shows(element, () => part(element, 'roster') !== null);
    });

    it('lets a picture go on, however often who speaks changes', async () => {
      const {dialog, service} = await meet({media: 'video'});
      const stream = new MediaStream([picture()]);
      dialog.remotePictures = [{id: '1', label: '1002', stream}];
      dialog.play(stream);
      const video = (): HTMLVideoElement | undefined => videos()[0];
      await shows(element, () => (video()?.readyState ?? 0) >= HTMLMediaElement.HAVE_CURRENT_DATA);
      const began: Event[] = [];
      const shown = video()!;
      shown.addEventListener('emptied', (event) => began.push(event));
      for (const talking of [false, true, false]) {
        service.some({number: '1002', talking});
        await shows(element, () => textOf(row('1002')).includes('Speaking') === talking);
      }
      service.some({number: '1003', phase: 'answered', talking: true});
      await shows(element, () => textOf(row('1003')).includes('Speaking'));
      expect(video()).to.equal(shown);
      await new Promise((resolve) => shown.requestVideoFrameCallback(resolve));
      expect(began).to.deep.equal([]);
    });

    it('lets whoever is called into one answer or decline', async () => {
      const {dialog} = client.confer({direction: 'incoming'});
      await shows(element, () => part(element, 'answer-audio') !== null);
      expect(textOf(element)).to.contain('Incoming conference call');
      expect(part(element, 'roster')).to.equal(null);
      await isAccessible(element);
      part(element, 'answer-audio')!.click();
      await shows(element, () => dialog.commands.includes('accept audio'));
    });

    it('says to whom a broadcast is sent that they listen, and offers nothing else', async () => {
      const {dialog, conference} = client.confer({direction: 'incoming', type: 'broadcast'});
      await shows(element, () => textOf(element).includes('Incoming broadcast'));
      expect(part(element, 'panel')!.ariaLabel).to.equal('Broadcast');
      dialog.set({phase: 'confirmed', media: {audio: 'recvonly', video: 'inactive'}});
      await shows(element, () => textOf(element).includes('You’re listening'));
      expect(part(element, 'roster')).to.equal(null);
      expect(part(element, 'mute')).to.equal(null);
      expect(part(element, 'hangup')).to.not.equal(null);
      await isAccessible(element);
      dialog.set({phase: 'terminated', cause: {by: 'server', code: 'normal'}});
      await shows(element, () => conference.state.phase === 'released');
      expect(textOf(element)).to.contain('The broadcast has ended.');
    });

    it('offers what can be asked of this conference, and nothing else', async () => {
      const {service} = await meet();
      const offered = (): string[] =>
        ['invite', 'end', 'speaking', 'hearing', 'remove'].filter((name) => part(element, name));
      expect(offered()).to.deep.equal(['invite', 'end', 'speaking', 'hearing', 'remove']);
      service.can({members: true, switches: false, end: false});
      await shows(element, () => offered().join() === 'invite,remove');
      service.can({members: false, switches: false, end: false});
      await shows(element, () => offered().length === 0);
      await isAccessible(element);
    });

    it('goes on at its panel where the focused button of a member is gone', async () => {
      const {service} = await meet();
      inRow('1002', 'speaking')!.focus();
      service.can({members: false, switches: false, end: false});
      await shows(element, () => active() === part(element, 'panel'));
    });

    it('is no place for a call between two', async () => {
      client.dial('audio').dialog.confirm();
      await element.updateComplete;
      expect(part(element, 'start')).to.not.equal(null);
    });

    it('shows the conference that is named, and says where it is gone', async () => {
      const first = await meet();
      client.confer({remote: {number: '8002', name: 'Second'}});
      element.sid = first.conference.id;
      await shows(element, () => element.conference === first.conference);
      element.sid = 'nothing';
      await shows(element, () => textOf(element).includes('does not exist or has ended'));
      await isAccessible(element);
    });

    it('is Chinese where the page is', async () => {
      element.lang = 'zh-CN';
      await meet();
      await shows(element, () => textOf(row('1002')).includes('正在发言'));
      expect(inRow('1002', 'speaking')!.title).to.equal('禁言 李雷');
      await isAccessible(element);
    });

    it('keeps what a narrow row has no room for in a menu', async () => {
      const {service} = await meet();
      await setViewport({width: 320, height: 640});
      await shows(element, () => inRow('1002', 'hearing')!.offsetParent === null);
      inRow('1002', 'member-more')!.click();
      await shows(element, () => part(element, 'menu-hearing')?.offsetParent !== undefined);
      await shows(element, () => active()?.matches('[part=menu-speaking]'));
      await isAccessible(element);
      await sendKeys({press: 'ArrowDown'});
      await sendKeys({press: 'Enter'});
      await shows(element, () => service.commands.at(-1) === 'hearing 1002 off');
      await setViewport({width: 1280, height: 800});
    });
  });

  describe('with 500 members', () => {
    let meeting: StagedMeeting;
    const number = (index: number): string => String(2000 + index);

    beforeEach(async () => {
      await setUp(await StagedClient.ready());
      meeting = client.confer();
      meeting.dialog.confirm();
      meeting.service.all(
        ...Array.from({length: 500}, (_, index) => ({
          number: number(index),
          name: `Member ${index}`,
          phase: 'answered' as const,
        })),
      );
      await shows(element, () => rows().length > 0);
    });

    it('draws those in view alone, and is worked by keyboard from end to end', async () => {
      expect(rows().length).to.be.below(40);
      const roster = part(element, 'roster')!;
      expect(roster.getAttribute('aria-rowcount')).to.equal('500');
      await isAccessible(element);
      roster.focus();
      await sendKeys({press: 'End'});
      await shows(element, () => row(number(499)) !== undefined);
      expect(rows().length).to.be.below(40);
      await shows(element, () => roster.getAttribute('aria-activedescendant') === `member-${number(499)}`);
      await sendKeys({press: 'ArrowUp'});
      await sendKeys({press: 'Enter'});
      await shows(element, () => active()?.matches('[part=speaking]'));
      await sendKeys({press: 'ArrowRight'});
      await shows(element, () => active()?.matches('[part=hearing]'));
      await sendKeys({press: 'Enter'});
      await shows(element, () => meeting.service.commands.at(-1) === `hearing ${number(498)} off`);
      await sendKeys({press: 'Escape'});
      await shows(element, () => active()?.matches('[part=roster]'));
      await sendKeys({press: 'Delete'});
      await shows(element, () => meeting.service.commands.at(-1) === `remove ${number(498)}`);
    });

    it('keeps the focus where many begin and end to speak, and draws little anew', async () => {
      const roster = part(element, 'roster')!;
      roster.focus();
      await sendKeys({press: 'Enter'});
      const focused = active();
      for (let index = 0; index < 500; index += 1)
        meeting.service.some({number: number(index), talking: index % 2 === 0});
      await shows(element, () => textOf(row(number(2))).includes('Speaking'));
      expect(active()).to.equal(focused);
      expect(deep(element, '[part=tile]').length).to.be.at.most(16);
      expect(text('.pager')).to.contain('Page 1 of ');
    });

    it('finds members by name and number', async () => {
      type('member 49', 'search');
      await shows(element, () => part(element, 'roster')!.getAttribute('aria-rowcount') === '11');
      type('2499', 'search');
      await shows(element, () => rows().length === 1);
      type('nobody', 'search');
      await shows(element, () => textOf(element).includes('No one found'));
      await isAccessible(element);
    });
  });
});
