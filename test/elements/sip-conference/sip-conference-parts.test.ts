import {expect, fixture, html} from '@open-wc/testing';
import type {SipConferenceElement} from '../../../src/elements/sip-conference/sip-conference.js';
import {SipError} from '../../../src/errors.js';
import {press, shows} from '../../support/in-page/elements.js';
import {UnseenParts} from '../../support/in-page/parts.js';
import {StagedClient} from '../../support/staged/staged-client.js';

describe('<sip-conference>, styled by a page', () => {
  let client: StagedClient;
  let element: SipConferenceElement;

  it('has each documented part in the reach of the page’s rules', async () => {
    client = new StagedClient();
    client.lacks = {rooms: true};
    await client.connect();
    await client.register();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-conference members="1002"></sip-conference></sip-client>`,
    );
    element = root.querySelector('sip-conference')!;
    const unseen = new UnseenParts(element);
    await unseen.look('panel', 'members-field', 'chosen', 'name', 'number', 'start', 'start-other');

    element.broadcast = true;
    await unseen.look('file-choice');
    element.broadcast = false;
    client.patience = new Promise(() => {});
    await press(element, 'start');
    await unseen.look('cancel');
    await press(element, 'cancel');

    const {dialog, service} = client.confer({media: 'video'});
    dialog.confirm(true);
    service.all(
      {number: '1002', name: '李雷', phase: 'answered'},
      {number: '1003', name: 'Anna Novak', phase: 'released'},
      {number: 'f7', name: 'welcome.ogg', phase: 'answered', file: {id: 'f7'}},
    );
    dialog.set({warning: 'microphone-busy'});
    await unseen.look('notice', 'retry');
    dialog.set({warning: undefined});
    await unseen.look('stage', 'tile', 'layout-grid', 'layout-speaker', 'layout-picture', 'controls');
    await unseen.look(
      'roster',
      'member',
      'member-more',
      'speaking',
      'hearing',
      'spotlighted',
      'remove',
      'again',
    );
    const crowd = Array.from({length: 30}, (_, index) => ({
      number: String(2000 + index),
      phase: 'answered' as const,
    }));
    service.some(...crowd);
    await unseen.look('page-previous', 'page-next');
    service.some(...crowd.map(({number}) => ({number, gone: true})));
    await unseen.look('file', 'stop-file', 'files', 'invite', 'end');
    await press(element, 'files');
    client.dispatchEvent(
      new CustomEvent('sip-upload-end', {
        detail: {file: new File(['x'], 'a.ogg'), ok: true, status: 200, response: '{"fileid":"f1"}'},
      }) as never,
    );
    await unseen.look('uploaded', 'upload', 'file-id', 'times', 'play');
    await press(element, 'invite');
    await unseen.look('members-field', 'call');
    await press(element, 'end');
    await unseen.look('end-confirm', 'end-cancel');
    service.failure = new SipError('server-error');
    await press(element, 'end-confirm');
    await unseen.look('notice');
    await press(element, 'remove');
    await shows(element, () => service.commands.at(-1) === 'remove 1002');
    service.some({number: '1002', gone: true});
    await unseen.look('undo');
    dialog.set({phase: 'terminated', cause: {by: 'server', code: 'normal'}});
    await unseen.look('clear');
    expect(unseen.names).to.deep.equal([]);
  });
});
