import {expect, fixture, html} from '@open-wc/testing';
import type {SipConferenceElement} from '../../../src/elements/sip-conference/sip-conference.js';
import {deep, part, shows, textOf} from '../../support/in-page/elements.js';
import {picture, StagedClient} from '../../support/staged/staged-client.js';
import type {StagedMeeting} from '../../support/staged/staged-client.js';

const MARKUP = '<img src=x onerror="window.broken = true">&amp;';

describe('<sip-conference>, with whatever comes', () => {
  let client: StagedClient;
  let element: SipConferenceElement;

  const rows = (): HTMLElement[] => deep(element, '[part=member]');
  const row = (number: string): HTMLElement => rows().find((each) => each.dataset['number'] === number)!;
  const chosen = (): string[] => deep(element, '[part=chosen] bdi').map((each) => each.innerText);
  const said = (): string =>
    deep(element, '[role=status]')
      .map((each) => each.textContent)
      .join(' ');

  async function meet(init: Parameters<StagedClient['confer']>[0] = {}): Promise<StagedMeeting> {
    const meeting = client.confer(init);
    meeting.dialog.confirm(init.media === 'video');
    meeting.service.all(
      {number: '1001', name: '王芳', phase: 'answered'},
      {number: '1002', name: '李雷', phase: 'answered'},
    );
    await shows(element, () => rows().length === 2);
    return meeting;
  }

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-conference></sip-conference></sip-client>`,
    );
    element = root.querySelector('sip-conference')!;
    await shows(element, () => part(element, 'start') !== null);
  });

  it('takes a list of junk as text, each once, and says what is no number', async () => {
    element.setAttribute('members', `${MARKUP},${MARKUP},1002,1002,,`);
    await shows(element, () => chosen().length === 2);
    expect(chosen()).to.deep.equal([MARKUP, '1002']);
    expect(deep(element, 'img')).to.deep.equal([]);
    part(element, 'start')!.click();
    await shows(element, () => part(element, 'members-field')!.getAttribute('aria-invalid') === 'true');
    expect(client.asked.filter((what) => what.startsWith('session'))).to.deep.equal([]);
  });

  it('is as new where its attributes are taken away, and as usual where they say nothing it knows', async () => {
    const names = ['members', 'number', 'name', 'media', 'file-id', 'layout'];
    for (const name of names) element.setAttribute(name, '1002');
    await shows(element, () => chosen().join() === '1002');
    expect([element.media, element.layout]).to.deep.equal(['audio', 'grid']);
    for (const name of names) element.removeAttribute(name);
    await shows(element, () => chosen().length === 0);
    element.members = '1002';
    const {remote} = await element.start();
    expect(remote).to.deep.equal({number: '8001', name: ''});
  });

  it('does not take the groups of one international number for several members', async () => {
    const field = part(element, 'members-field') as HTMLInputElement;
    field.value = '+86 10 1234 5678, 1002 1003';
    field.dispatchEvent(new InputEvent('input', {inputType: 'insertFromPaste', bubbles: true}));
    await shows(element, () => chosen().join() === '+861012345678,1002,1003');
  });

  it('shows names as text, however long, and stays as wide as it is', async () => {
    const {service} = await meet();
    const width = element.getBoundingClientRect().width;
    service.some(
      {number: '1002', name: MARKUP},
      {number: '10 03', name: 'x'.repeat(10_000), talking: true},
      {number: 'a"]><b>', name: `${MARKUP}${'长'.repeat(10_000)}`},
    );
    await shows(element, () => rows().length === 4);
    expect(row('1002').shadowRoot!.querySelector('.name')!.textContent).to.equal(MARKUP);
    expect(deep(element, 'img')).to.deep.equal([]);
    expect(element.getBoundingClientRect().width).to.equal(width);
    for (const each of rows()) expect(each.offsetHeight).to.equal(row('1001').offsetHeight);
    part(row('a"]><b>'), 'speaking')!.click();
    await shows(element, () => service.commands.at(-1) === 'speaking a"]><b> off');
    part(row('10 03'), 'hearing')!.click();
    await shows(element, () => service.commands.at(-1) === 'hearing 10 03 off');
    expect('broken' in window).to.equal(false);
  });

  it('invites whom is dropped into the conference that is shown, also where it shows nothing but the picture', async () => {
    const first = await meet();
    first.dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await shows(element, () => part(element, 'clear') !== null);
    element.layout = 'picture';
    const second = client.confer();
    second.dialog.confirm();
    await shows(element, () => element.conference === second.conference);
    const data = new DataTransfer();
    data.setData('text/plain', '1007');
    part(element, 'panel')!.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true}));
    await shows(element, () => second.service.commands.length > 0);
    expect(second.service.commands).to.deep.equal(['add 1007']);
    expect(part(element, 'notice')).to.equal(null);
  });

  it('has no more tiles than can be told apart, however many pictures come', async () => {
    const {dialog, service} = await meet({media: 'video'});
    service.some(
      ...Array.from({length: 8}, (_, index) => ({number: `20${index}`, phase: 'answered' as const})),
    );
    dialog.remotePictures = Array.from({length: 12}, (_, index) => ({
      id: String(index),
      label: '',
      stream: new MediaStream([picture()]),
    }));
    dialog.play(dialog.remotePictures[0]!.stream as MediaStream);
    await shows(element, () =>
      deep(element, '.pager').some((each) => each.innerText.includes('Page 1 of 2')),
    );
    expect(deep(element, '.tile').length).to.be.at.most(16);
  });

  it('tells a screen reader that this side was muted or shown, and says nothing of who talks', async () => {
    const {service} = await meet();
    service.some({number: '1001', speaking: false});
    await shows(element, () => said().includes('You were muted'));
    service.some({number: '1001', speaking: true, hearing: false});
    await shows(element, () => said().includes('You were unmuted. Audio to you was blocked'));
    const before = said();
    service.some({number: '1001', talking: true}, {number: '1002', talking: true, speaking: false});
    await shows(element, () => textOf(row('1002')).includes('Muted'));
    expect(said()).to.equal(before);
  });

  it('shows the other client’s conferences where its client is replaced, and the old one goes on', async () => {
    const {conference, dialog, service} = await meet();
    const other = await StagedClient.ready({user: '1009'});
    element.closest('sip-client')!.client = other;
    await shows(element, () => part(element, 'start') !== null);
    expect(element.conference).to.equal(undefined);
    expect(dialog.commands).to.not.contain('hangup');
    service.some({number: '1003', phase: 'answered'});
    expect(conference.state.members).to.have.lengthOf(3);
    element.closest('sip-client')!.client = client;
    await shows(element, () => rows().length === 3);
  });

  it('goes on where it was taken out and put in again, and tells what came meanwhile', async () => {
    const {service, conference} = await meet();
    const home = element.parentElement!;
    element.remove();
    service.some({number: '1003', name: 'Anna Novak', phase: 'answered'});
    home.append(element);
    await shows(element, () => rows().length === 3);
    expect(element.conference).to.equal(conference);
    service.some({number: '1004', name: '张伟', phase: 'answered'});
    await shows(element, () => said().includes('张伟 has joined.'));
    part(row('1003'), 'remove')!.click();
    await shows(element, () => service.commands.at(-1) === 'remove 1003');
  });

  it('says that it is over where a command comes too late', async () => {
    const {service, conference, dialog} = await meet();
    const button = part(row('1002'), 'speaking')!;
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    button.click();
    button.click();
    await shows(element, () => part(element, 'clear') !== null);
    expect(service.commands).to.deep.equal([]);
    for (const command of [
      () => conference.addMember('1004'),
      () => conference.setSpotlight('1002', true),
      () => conference.playFile('f', 1),
    ])
      expect(await command().then(null, (error: {code: string}) => error.code)).to.equal('invalid-state');
  });
});
