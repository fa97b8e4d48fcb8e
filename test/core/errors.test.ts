import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {describeError, ERROR_TEXTS, SipError, toSipError, type SipErrorCode} from '../../src/errors.js';
import '../../src/locales/ar.js';
import {registerLanguage} from '../../src/locales/register.js';
import '../../src/locales/zh-CN.js';
import {API_CODE} from '../../src/dispatch/protocol.js';

const CODES = Object.keys(ERROR_TEXTS) as SipErrorCode[];
const LANGUAGES = ['en', 'zh-CN', 'ar'] as const;
/** How a sentence begins and ends. */
const SENTENCE = {en: /^[A-Z“1].*[.!?]$/, 'zh-CN': /[。！？]$/, ar: /^[«\u2068\u0621-\u064a].*[.!؟]$/};

describe('describeError', () => {
  for (const code of CODES)
    for (const language of LANGUAGES) {
      it(`says ${code} in ${language}, with a subject and without`, () => {
        const named = describeError({code, subject: '1002'}, language);
        const unnamed = describeError({code}, language);
        for (const text of [named, unnamed]) {
          expect(text).to.match(SENTENCE[language]);
          expect(text).to.not.match(/[{}]/);
          expect(text, 'nothing is left over where the subject would be').to.not.match(
            / {2}|\(\)|（）| [.,:]|: ?\.|：。|“”|«»|\u2068\u2069|^ | $/,
          );
        }
        expect(named.includes('1002')).to.equal(ERROR_TEXTS[code].en.includes('{subject}'));
      });
    }

  it('takes whatever was caught: what is no error of this library is internal', () => {
    expect(describeError(new SipError('busy', {subject: '1002'}), 'zh-CN')).to.contain('1002');
    const foreign = Object.assign(new Error('secret'), {code: 'busy', subject: 1002});
    const others = [
      foreign,
      new DOMException('x', 'AbortError'),
      'text',
      undefined,
      null,
      7,
      {},
      {code: 'toString'},
    ];
    for (const thrown of others)
      expect(describeError(thrown, 'en')).to.equal(describeError({code: 'internal'}, 'en'));
  });

  it('ends a sentence once where its subject is one', () => {
    const error = {code: 'relay-refused', subject: '401 Unauthorized.'} as const;
    expect(describeError(error, 'en')).to.match(/: 401 Unauthorized\. Contact/);
  });

  it('names a setting of the page that is wrong or missing, and not that a server refused it', () => {
    const error = {code: 'bad-parameter', subject: 'profile “sip”', expected: 'dispatch, standard'} as const;
    expect(describeError(error, 'en')).to.equal(
      'Calls are not possible right now: this page is not set up correctly (profile “sip”). Contact its operator.',
    );
    expect(describeError(error, 'zh')).to.equal(
      '暂时无法通话：本页面的设置有误（profile “sip”）。请联系管理员。',
    );
    const missing = {code: 'bad-parameter', subject: 'user “”', expected: 'user="1001"'} as const;
    expect(describeError(missing, 'en')).to.contain('(user is missing)');
    expect(describeError(missing, 'zh')).to.contain('（缺少 user）');
  });

  it('never tells a user what the author of the page has to write', () => {
    const markup = /Write|[<>=]|ice-?servers|iceServers|Content-Security|Permissions-Policy|应写/i;
    for (const code of CODES)
      for (const language of LANGUAGES) {
        expect(describeError({code}, language), code).to.not.match(markup);
        const invalid = {code, subject: 'profile “sip”', expected: 'dispatch, standard'};
        expect(describeError(invalid, language)).to.not.contain('dispatch, standard');
      }
  });

  it('says the subject as it is', () => {
    fc.assert(
      fc.property(fc.string({minLength: 1}), fc.constantFrom(...LANGUAGES), (subject, language) =>
        describeError({code: 'busy', subject}, language).includes(subject),
      ),
    );
  });

  it('speaks the language of a tag with or without script and region, and English in all others', () => {
    const tags = ['zh', 'ZH-Hant', 'zh_TW', 'ar', 'ar-EG', 'en-GB', 'de', ''];
    const texts = tags.map((tag) => describeError({code: 'busy'}, tag));
    expect(texts.map((text) => /[\u4e00-\u9fff]/.test(text)).indexOf(false)).to.equal(3);
    expect(texts.map((text) => /[\u0621-\u064a]/.test(text))).to.deep.equal(
      tags.map((tag) => tag.startsWith('ar')),
    );
    expect(new Set(texts.slice(5))).to.have.property('size', 1);
  });

  it('keeps the direction of a number or an address in a sentence from right to left', () => {
    expect(describeError({code: 'busy', subject: '+49 30 1002'}, 'ar')).to.equal(
      '\u2068+49 30 1002\u2069 مشغول. حاول مرة أخرى لاحقًا.',
    );
    const refused = {code: 'relay-refused', subject: '401 Unauthorized.'} as const;
    expect(describeError(refused, 'ar')).to.match(/\u2068401 Unauthorized\.\u2069 اتصل/);
  });

  it('has a sentence of its own for each code, if only for the author of the page', () => {
    for (const language of LANGUAGES) {
      const sentences = CODES.map((code) => {
        const error = new SipError(code, {subject: '1002'});
        return `${describeError(error, language)} ${error.message}`;
      });
      expect(new Set(sentences)).to.have.property('size', CODES.length);
    }
  });

  it('speaks a language that a page adds, and English where it says nothing', () => {
    registerLanguage(
      {$code: 'eo', $name: 'Esperanto', $dir: 'ltr'},
      {busy: ['{subject} telefonas.', 'Okupata.']},
    );
    expect(describeError({code: 'busy', subject: '1002'}, 'eo')).to.equal('1002 telefonas.');
    expect(describeError({code: 'busy'}, 'eo')).to.equal('Okupata.');
    expect(describeError({code: 'internal'}, 'eo')).to.equal(describeError({code: 'internal'}, 'en'));
  });
});

describe('toSipError', () => {
  for (const [name, problem] of [
    ['NotAllowedError', 'refused'],
    ['SecurityError', 'refused'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
  ] as const) {
    it(`takes ${name} of a device for ${problem}`, () => {
      const cause = new DOMException('', name);
      expect(toSipError(cause, undefined, 'microphone')).to.include({code: `microphone-${problem}`, cause});
      expect(toSipError(cause, undefined, 'camera').code).to.equal(`camera-${problem}`);
    });
  }

  for (const [status, code] of [
    [403, 'not-allowed'],
    [404, 'unknown-number'],
    [480, 'number-offline'],
    [486, 'busy'],
    [487, 'cancelled'],
    [488, 'not-acceptable'],
    [503, 'server-error'],
    [603, 'call-refused'],
  ] as const)
    it(`takes the SIP status ${status} for ${code}`, () => {
      expect(toSipError({status}, '1002')).to.include({code, status, subject: '1002'});
    });

  it('has a code for every code of the API but 0', () => {
    for (const apiCode of Object.values(API_CODE)) {
      if (apiCode === API_CODE.none) continue;
      const error = toSipError({apiCode}, '1002');
      expect(CODES).to.include(error.code);
      expect(error.apiCode).to.equal(apiCode);
      if (error.code === 'server-error') expect(error.message).to.include(String(apiCode));
    }
  });

  it('keeps what is one already', () => {
    const error = new SipError('busy', {subject: '1002'});
    expect(toSipError(error, 'other')).to.equal(error);
  });

  it('makes one of whatever is thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        const error = toSipError(thrown, '1002');
        return error instanceof SipError && CODES.includes(error.code) && error.message !== '';
      }),
    );
  });

  it('tells an abort and a timeout of a signal apart', () => {
    expect(toSipError(AbortSignal.abort().reason).code).to.equal('aborted');
    expect(toSipError(new DOMException('', 'TimeoutError')).code).to.equal('timeout');
  });
});

describe('SipError', () => {
  it('tells the author of the page what to write', () => {
    const invalid = {subject: 'profile “sip”', expected: 'dispatch, standard'};
    expect(new SipError('bad-parameter', invalid)).to.include({
      expected: 'dispatch, standard',
      message: 'profile “sip” cannot be used. Write: dispatch, standard',
    });
    const missing = {subject: 'user “”', expected: 'user="1001"'};
    expect(new SipError('bad-parameter', missing).message).to.equal('user is missing. Write: user="1001"');
    expect(new SipError('microphone-forbidden').message)
      .to.contain('allow="camera; microphone; display-capture; autoplay"')
      .and.to.contain('Permissions-Policy');
    expect(new SipError('no-dispatch-server').message).to.contain('profile="standard"');
  });

  it('has its subject in the message of every code, for the log', () => {
    for (const code of CODES) expect(new SipError(code, {subject: '1002'}).message).to.include('1002');
  });

  it('joins a subject that is a sentence without a colon after its full stop', () => {
    expect(toSipError(new TypeError('/effects/model.bin does not load.')).message).to.equal(
      '/effects/model.bin does not load. Something went wrong. Try again.',
    );
    expect(new SipError('internal', {subject: 'storage'}).message).to.equal(
      'storage: Something went wrong. Try again.',
    );
    const failed = new SipError('effect-failed', {subject: '/effects/model.bin does not load.'});
    expect(failed.message).to.match(/: \/effects\/model\.bin does not load\. Check its folder/);
  });

  it('shows addresses without what may be secret in them', () => {
    const error = new SipError('server-unreachable', {
      subject: 'wss://alice:hush@pbx.test:7443/fswebrtc?token=hush#hush',
    });
    expect(error.subject).to.equal('wss://pbx.test:7443/fswebrtc');
    expect(error.message).to.not.include('hush');
  });
});
