import {expect, fixture, html} from '@open-wc/testing';
import type {SipConferenceElement} from '../../../src/elements/sip-conference/sip-conference.js';
import {deep, part, press, shows} from '../../support/in-page/elements.js';
import {StagedClient} from '../../support/staged/staged-client.js';

interface Declaration {
  readonly tagName?: string;
  readonly cssParts?: readonly {readonly name: string}[];
}

const {default: manifest} = (await import('../../../custom-elements.json' as string)) as {
  readonly default: {readonly modules: readonly {readonly declarations: readonly Declaration[]}[]};
};

/** The documented parts. */
const PARTS = manifest.modules
  .flatMap(({declarations}) => declarations)
  .find(({tagName}) => tagName === 'sip-conference')!
  .cssParts!.map(({name}) => name);

describe('<sip-conference>, styled by a page', () => {
  let client: StagedClient;
  let element: SipConferenceElement;
  const sheet = new CSSStyleSheet();
  const reached = new Set<string>();

  before(() => {
    // The value is the name, because the elements in a part inherit it.
    sheet.replaceSync(PARTS.map((name) => `sip-conference::part(${name}) {--reached: ${name}}`).join('\n'));
    document.adoptedStyleSheets.push(sheet);
  });
  after(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  });

  /** Notes which parts the page's rules reach, as soon as these are there. */
  async function look(...names: readonly string[]): Promise<void> {
    const isReached = (name: string): boolean =>
      deep(element, `[part~=${name}]`).some(
        (found) => getComputedStyle(found).getPropertyValue('--reached') === name,
      );
    await shows(element, () => names.every((name) => part(element, name)));
    for (const name of PARTS) if (isReached(name)) reached.add(name);
    expect(names.filter((name) => !isReached(name))).to.deep.equal([]);
  }

  it('has each documented part in the reach of the page’s rules', async () => {
    client = new StagedClient();
    client.lacks = {rooms: true};
    await client.connect();
    await client.register();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-conference members="1002"></sip-conference></sip-client>`,
    );
    element = root.querySelector('sip-conference')!;
    await look('panel', 'members-field', 'chosen', 'name', 'number', 'start', 'start-other');

    client.patience = new Promise(() => {});
    await press(element, 'start');
    await look('cancel');
    await press(element, 'cancel');

    const {dialog, service} = client.confer({media: 'video'});
    dialog.confirm(true);
    service.all(
      {number: '1002', name: '李雷', phase: 'answered'},
      {number: '1003', name: 'Anna Novak', phase: 'released'},
      {number: 'f7', name: 'welcome.ogg', phase: 'answered', file: {id: 'f7'}},
    );
    await look('stage', 'tile', 'layout-grid', 'layout-speaker', 'layout-picture', 'controls');
    await look('roster', 'member', 'member-more', 'speaking', 'hearing', 'spotlighted', 'remove', 'again');
    await look('file', 'stop-file', 'files', 'invite', 'end');
    await press(element, 'files');
    await look('file-id', 'times', 'play');
    await press(element, 'invite');
    await look('members-field', 'call');
    await press(element, 'end');
    await look('notice', 'end-confirm', 'end-cancel');
    await press(element, 'remove');
    await shows(element, () => service.commands.length > 0);
    service.some({number: '1002', gone: true});
    await look('undo');
    dialog.set({phase: 'terminated', cause: {by: 'server', code: 'normal'}});
    await look('clear');
    expect(PARTS.filter((name) => !reached.has(name))).to.deep.equal([]);
  });
});
