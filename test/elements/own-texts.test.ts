import {expect, fixture, html} from '@open-wc/testing';
import {SipError, describeError} from '../../src/errors.js';
import {overrideTexts} from '../../src/locales/override-texts.js';
import {registerLanguage} from '../../src/locales/register.js';
import {part, shows, textOf} from '../support/in-page/elements.js';
import {StagedClient} from '../support/staged/staged-client.js';

describe('texts that a page sets', () => {
  let client: StagedClient;
  beforeEach(async () => (client = await StagedClient.ready()));

  const phone = (lang: string) =>
    fixture(
      html`<sip-client .client=${client} lang=${lang}
        ><sip-dialer number="4711"></sip-dialer><sip-call></sip-call
      ></sip-client>`,
    );

  const failure = (texts: Promise<void>): Promise<SipError> =>
    texts.then(
      () => expect.fail('nothing was refused'),
      (error: SipError) => error,
    );

  it('are those of another language that comes while the elements are shown', async () => {
    const root = await phone('eo-EO');
    const dialer = root.querySelector('sip-dialer')!;
    await shows(dialer, () => part(dialer, 'call')?.innerText.trim() === 'Call');
    registerLanguage(
      {$code: 'eo', $name: 'Esperanto', $dir: 'ltr', call: 'Voki', registered: 'Registrita'},
      {busy: ['{subject} telefonas.', 'Okupata.']},
    );
    await shows(dialer, () => part(dialer, 'call')!.innerText.trim() === 'Voki');
    expect(textOf(dialer, '[part=status]')).to.contain('Registrita');
    // What the language lacks is English.
    expect(part(dialer, 'number')!.getAttribute('aria-label') ?? textOf(dialer)).to.match(/umber/);
    expect(describeError({code: 'busy'}, 'eo')).to.equal('Okupata.');
  });

  it('change at once in elements that are shown, and in those that come', async () => {
    const root = await phone('en');
    const dialer = root.querySelector('sip-dialer')!;
    await shows(dialer, () => part(dialer, 'call')?.innerText.trim() === 'Call');
    await overrideTexts('en', {call: 'Dial', deleteDigit: 'Rub out'});
    await shows(dialer, () => part(dialer, 'call')!.innerText.trim() === 'Dial');
    const other = (await phone('en-GB')).querySelector('sip-dialer')!;
    await shows(other, () => part(other, 'call')?.innerText.trim() === 'Dial');
    // A language without the text has the page's English one.
    const third = (await phone('nl')).querySelector('sip-dialer')!;
    await shows(third, () => part(third, 'call')?.innerText.trim() === 'Dial');
  });

  it('stay when the language is loaded after them, and are for their region alone', async () => {
    await overrideTexts('zh', {call: '拨打'}, {busy: '对方正忙碌。'});
    await overrideTexts('zh-TW', {call: '撥打'}, {busy: '對方忙線中。'});
    const chinese = (await phone('zh-CN')).querySelector('sip-dialer')!;
    await shows(chinese, () => textOf(chinese).includes('已注册'));
    expect(part(chinese, 'call')!.innerText.trim()).to.equal('拨打');
    const taiwan = (await phone('zh-TW')).querySelector('sip-dialer')!;
    await shows(taiwan, () => part(taiwan, 'call')?.innerText.trim() === '撥打');
    expect(textOf(taiwan)).to.contain('已注册');
    expect(describeError({code: 'busy'}, 'zh-CN')).to.equal('对方正忙碌。');
    for (const tag of ['zh-TW', 'zh_TW', 'zh-Hant-TW'])
      expect(describeError({code: 'busy'}, tag)).to.equal('對方忙線中。');
    await overrideTexts('zh-Hant-HK', {call: '致電'}, {busy: '對方正在通話。'});
    const hongkong = (await phone('zh-Hant-HK')).querySelector('sip-dialer')!;
    await shows(hongkong, () => part(hongkong, 'call')?.innerText.trim() === '致電');
    expect(describeError({code: 'busy'}, 'zh-HK')).to.equal('對方正在通話。');
    expect(describeError({code: 'internal'}, 'zh-CN')).not.to.equal(describeError({code: 'internal'}, 'en'));
  });

  it('are known before their views are loaded', () => overrideTexts('ar', {fullScreen: 'كل الشاشة'}));

  it('are refused with the name of the key, and then none is changed', async () => {
    const root = await phone('en');
    const dialer = root.querySelector('sip-dialer')!;
    await shows(dialer, () => part(dialer, 'call') !== null);
    const before = textOf(dialer);
    const unknown = await failure(overrideTexts('en', {call: 'X', Hangup: 'End'} as object));
    expect(unknown).to.be.instanceOf(SipError).and.include({code: 'bad-parameter', expected: 'hangup'});
    expect(unknown.message).to.contain('“Hangup”').and.contain('hangup');
    expect((await failure(overrideTexts('en', {$code: 'xx'} as object))).message).to.contain('$code');
    expect((await failure(overrideTexts('en', {call: 3} as object))).message).to.contain('a string');
    expect((await failure(overrideTexts('en', {call: () => ''} as object))).message).to.contain('a string');
    expect((await failure(overrideTexts('en', {}, {bussy: 'X'} as object))).expected).to.equal('busy');
    expect((await failure(overrideTexts('en', {}, {busy: 3} as object))).message).to.contain('“busy”');
    for (const sentence of [[], ['X'], ['X', 'Y', 'Z'], [['X', 'Y']], null])
      expect((await failure(overrideTexts('en', {}, {busy: sentence} as object))).expected).to.equal(
        'a string, or two',
      );
    for (const list of [['X'], 'X', null])
      expect(await failure(overrideTexts('en', list as object))).to.include({
        code: 'bad-parameter',
        subject: 'texts',
      });
    expect((await failure(overrideTexts('en', {}, ['X'] as object))).subject).to.equal('errors');
    expect((await failure(overrideTexts('zh-Hant', {call: 'X'}))).expected).to.equal('zh-TW');
    expect((await failure(overrideTexts('not a tag', {call: 'X'}))).message).to.contain('“not a tag”');
    await dialer.updateComplete;
    expect(textOf(dialer)).to.equal(before);
  });
});
