import {expect, fixture, html} from '@open-wc/testing';
import {SipError} from '../../src/errors.js';
import {controlsEn} from '../../src/locales/call/controls-en.js';
import {devicesEn} from '../../src/locales/call/devices-en.js';
import {directoryEn} from '../../src/locales/directory-en.js';
import {historyEn} from '../../src/locales/history-en.js';
import {uploadEn} from '../../src/locales/upload-en.js';
import {detailsEn} from '../../src/locales/details-en.js';
import {loginEn} from '../../src/locales/login-en.js';
import {callEn} from '../../src/locales/call/call-en.js';
import {channelsEn} from '../../src/locales/channels-en.js';
import {journalEn} from '../../src/locales/desk/journal-en.js';
import {keysEn} from '../../src/locales/desk/keys-en.js';
import {mapEn} from '../../src/locales/desk/map-en.js';
import {queueEn} from '../../src/locales/desk/queue-en.js';
import {checkEn} from '../../src/locales/desk/check-en.js';
import {consoleEn} from '../../src/locales/desk/console-en.js';
import {recallEn} from '../../src/locales/desk/recall-en.js';
import {deskLinkEn} from '../../src/locales/desk/desk-link-en.js';
import {recordingsEn} from '../../src/locales/desk/recordings-en.js';
import {roundsEn} from '../../src/locales/desk/rounds-en.js';
import {selectionEn} from '../../src/locales/desk/selection-en.js';
import {conferenceEn} from '../../src/locales/conference-en.js';
import {messageGroupsEn} from '../../src/locales/desk/message-groups-en.js';
import {messagesEn} from '../../src/locales/messages-en.js';
import {intercomEn} from '../../src/locales/intercom-en.js';
import {monitorEn} from '../../src/locales/monitor-en.js';
import {pagesEn} from '../../src/locales/desk/pages-en.js';
import {encryptionEn} from '../../src/locales/call/encryption-en.js';
import {qualityEn} from '../../src/locales/call/quality-en.js';
import {announcementEn} from '../../src/locales/call/announcement-en.js';
import {callSoundEn} from '../../src/locales/call/call-sound-en.js';
import {patchEn} from '../../src/locales/patch-en.js';
import {supervisionEn} from '../../src/locales/supervision-en.js';
import {captionsEn} from '../../src/locales/call/captions-en.js';
import {effectsEn} from '../../src/locales/call/effects-en.js';
import {flipEn} from '../../src/locales/call/flip-en.js';
import {pbxEn} from '../../src/locales/call/pbx-en.js';
import {headsetsEn} from '../../src/locales/call/headsets-en.js';
import {talkDevicesEn} from '../../src/locales/talk-devices-en.js';
import {addEnglish} from '../../src/locales/add-terms.js';
import {ar} from '../../src/locales/ar.js';
import {en} from '../../src/locales/en.js';
import type {Terms} from '../../src/locales/terms.js';
import {zhCN} from '../../src/locales/zh-CN.js';
import {isAccessible, part, press, shows, textOf} from '../support/in-page/elements.js';
import {StagedClient} from '../support/staged/staged-client.js';

describe('languages', () => {
  let client: StagedClient;
  beforeEach(async () => (client = await StagedClient.ready()));
  afterEach(() => document.documentElement.setAttribute('lang', 'en'));

  const phone = (lang: string) =>
    fixture(
      html`<sip-client .client=${client} lang=${lang}>
        <sip-dialer number="4711"></sip-dialer><sip-incoming></sip-incoming><sip-call></sip-call
        ><sip-hold-button></sip-hold-button>
      </sip-client>`,
    );

  for (const lang of ['zh-CN', 'zh', 'zh-Hans', 'zh_TW']) {
    it(`are Chinese where the nearest lang is ${lang}`, async () => {
      const root = await phone(lang);
      const dialer = root.querySelector('sip-dialer')!;
      await shows(dialer, () => textOf(dialer).includes('已注册'));
      expect(part(dialer, 'call')!.innerText.trim()).to.equal('呼叫');
    });
  }

  it('get the English of a view that is loaded later without an update of others', async () => {
    const root = await phone('en');
    const dialer = root.querySelector('sip-dialer')!;
    await dialer.updateComplete;
    addEnglish({mute: 'Mute'});
    expect(dialer.isUpdatePending).to.equal(false);
  });

  it('are Chinese from the ring to the end', async () => {
    const root = await phone('zh-CN');
    const [dialer, rings, stage] = ['sip-dialer', 'sip-incoming', 'sip-call'].map((tag) =>
      root.querySelector(tag)!,
    );
    const hold = root.querySelector('sip-hold-button')!;
    await shows(hold, () => part(hold, 'hold')?.title === '呼叫保持：当前没有通话');
    const {dialog} = client.ring('video');
    await shows(rings!, () => textOf(rings!).includes('视频来电'));
    expect(part(rings!, 'decline')!.innerText.trim()).to.equal('拒接');
    await isAccessible(rings!);
    part(rings!, 'answer-video')!.click();
    await shows(stage!, () => part(stage!, 'mute')?.getAttribute('aria-label') === '静音');
    expect(part(stage!, 'hangup')!.getAttribute('aria-label')).to.equal('挂断');
    expect(part(stage!, 'hold')!.title).to.equal('呼叫保持 (Alt+H)');
    part(stage!, 'hold')!.click();
    await shows(stage!, () => part(stage!, 'hold')!.title === '恢复通话 (Alt+H)');
    expect(textOf(stage!)).to.contain('保持中');
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await shows(stage!, () => textOf(stage!).includes('通话已结束'));
    client.failure = new SipError('unknown-number', {subject: '4711'});
    await press(dialer!, 'call');
    await shows(dialer!, () => textOf(dialer!).includes('未找到 4711'));
    await isAccessible(stage!);
    await isAccessible(dialer!);
  });

  it('follow the page’s while it is shown', async () => {
    const root = await fixture(html`<sip-client .client=${client}><sip-dialer></sip-dialer></sip-client>`);
    const dialer = root.querySelector('sip-dialer')!;
    for (const [lang, text] of [
      ['zh-CN', '已注册'],
      ['en', 'Registered'],
      ['fr', 'Registered'],
    ] as const) {
      document.documentElement.lang = lang;
      await shows(dialer, () => textOf(dialer, '[part=status]').includes(text));
    }
  });

  it('follow any lang around an element at once, across shadow roots', async () => {
    const around = await fixture(html`<div lang="en"><div></div></div>`);
    const shadow = around.firstElementChild!.attachShadow({mode: 'open'});
    shadow.innerHTML = '<section><sip-dialer></sip-dialer></section>';
    const dialer = shadow.querySelector('sip-dialer')!;
    await shows(dialer, () => part(dialer, 'call')?.innerText.trim() === 'Call');
    around.setAttribute('lang', 'zh-CN');
    await shows(dialer, () => part(dialer, 'call')!.innerText.trim() === '呼叫');
    shadow.querySelector('section')!.lang = 'en';
    await shows(dialer, () => part(dialer, 'call')!.innerText.trim() === 'Call');
  });

  it('are Arabic, from right to left, with numbers from left to right', async () => {
    const root = await phone('ar-EG');
    root.setAttribute('dir', 'rtl');
    const [dialer, rings] = ['sip-dialer', 'sip-incoming'].map((tag) => root.querySelector(tag)!);
    await shows(dialer!, () => textOf(dialer!).includes('مسجَّل'));
    expect(part(dialer!, 'call')!.innerText.trim()).to.equal('اتصال');
    client.ring('video');
    await shows(rings!, () => textOf(rings!).includes('مكالمة فيديو واردة'));
    expect(part(rings!, 'decline')!.innerText.trim()).to.equal('رفض');
    client.failure = new SipError('unknown-number', {subject: '+20 2 4711'});
    await press(dialer!, 'call');
    await shows(dialer!, () => textOf(dialer!).includes('لم يتم العثور على \u2068+20 2 4711\u2069'));
    await isAccessible(rings!);
    await isAccessible(dialer!);
  });

  const english = {
    ...en,
    ...callEn,
    ...channelsEn,
    ...journalEn,
    ...keysEn,
    ...queueEn,
    ...mapEn,
    ...consoleEn,
    ...recallEn,
    ...recordingsEn,
    ...deskLinkEn,
    ...checkEn,
    ...roundsEn,
    ...selectionEn,
    ...callSoundEn,
    ...conferenceEn,
    ...controlsEn,
    ...devicesEn,
    ...directoryEn,
    ...historyEn,
    ...uploadEn,
    ...detailsEn,
    ...loginEn,
    ...intercomEn,
    ...messageGroupsEn,
    ...messagesEn,
    ...monitorEn,
    ...pagesEn,
    ...patchEn,
    ...encryptionEn,
    ...qualityEn,
    ...announcementEn,
    ...supervisionEn,
    ...captionsEn,
    ...effectsEn,
    ...pbxEn,
    ...headsetsEn,
    ...talkDevicesEn,
    ...flipEn,
  };
  const LETTERS: readonly (readonly [Terms, RegExp])[] = [
    [zhCN, /[\u4e00-\u9fff]/],
    [ar, /[\u0621-\u064a]/],
  ];
  for (const [terms, letters] of LETTERS)
    it(`have a text for every term, none of them English in ${terms.$name}`, () => {
      expect(terms).to.have.all.keys(Object.keys(english));
      for (const [term, text] of Object.entries(terms).filter(([name]) => !name.startsWith('$'))) {
        const said = (each: Terms[keyof Terms]): string =>
          typeof each === 'function' ? each('1002', '4711') : each;
        // Some consist of numbers and punctuation alone.
        if (/\p{L}/u.test(said(text))) expect(said(text), term).to.match(letters);
        const numbers = (each: string): string[] => [...each.matchAll(/1002|4711/g)].map(String).sort();
        expect(numbers(said(text)), term).to.deep.equal(numbers(said(english[term as keyof Terms])));
      }
    });

  const COUNTED = [
    'unreadCount',
    'waitingMessages',
    'missedCalls',
    'peopleFound',
    'sendingFiles',
    'takePart',
    'notJoined',
    'resultsFound',
    'newMessages',
  ] as const;

  it('keep the direction of a number in Arabic', () => {
    expect(ar.explained('مكالمة واردة', '+49 30 1')).to.match(/: \u2068\+49 30 1\u2069$/);
  });

  it('count in Arabic as Arabic does', () => {
    const counts = ['0', '1', '2', '3', '11', '100', '103'];
    expect(counts.map((count) => ar.unreadCount(count))).to.deep.equal([
      'لا توجد رسائل غير مقروءة',
      'رسالة واحدة غير مقروءة',
      'رسالتان غير مقروءتين',
      '3 رسائل غير مقروءة',
      '11 رسالة غير مقروءة',
      '100 رسالة غير مقروءة',
      '103 رسائل غير مقروءة',
    ]);
    expect(ar.peopleFound('100')).to.equal('تم العثور على 100 شخص');
    expect(ar.waitingMessages('', '')).to.equal('بريد صوتي جديد');
    expect(ar.waitingMessages('1', '1')).to.equal('رسالة صوتية عاجلة جديدة');
    expect(ar.waitingMessages('3', '2')).to.equal('3 رسائل صوتية جديدة (الرسائل العاجلة: \u20682\u2069)');
    // None, one and two are words.
    for (const term of COUNTED) {
      const texts = counts.map((count) => ar[term](count, ''));
      expect(
        texts.map((text) => text.match(/\d+/)?.[0] ?? ''),
        term,
      ).to.deep.equal(['', '', '', ...counts.slice(3)]);
      expect(new Set(texts), term).to.have.property('size', counts.length);
    }
  });
});
