import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {SipError} from '../../src/errors.js';
import {
  firstOf,
  integerOf,
  makeRequest,
  parseText,
  requestText,
  textOf,
  textOfFrame,
} from '../../src/dispatch/envelope.js';

const header = fc.string({minLength: 1}).filter((text) => text.trim() !== '');

describe('parseText', () => {
  it('never throws, and gives a message or a reason', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseText(text);
        return parsed.message ? parsed.message.header !== '' : parsed.reason !== '';
      }),
    );
  });

  it('takes any JSON', () => {
    fc.assert(fc.property(fc.json(), (text) => typeof parseText(text) === 'object'));
  });

  it('takes whatever stands in the places of code, msgid and body', () => {
    fc.assert(
      fc.property(header, fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (name, code, msgid, body) => {
        const {message} = parseText(JSON.stringify({header: name, code, msgid, body, more: 1}));
        expect(message?.header).to.equal(name.trim());
        expect(message?.body).to.be.an('array');
        expect(message?.code === undefined || Number.isInteger(message.code)).to.equal(true);
        expect(message?.msgid === undefined || message.msgid !== '').to.equal(true);
        expect(firstOf(message!)).to.be.an('object');
      }),
    );
  });

  it('gives back what was written', () => {
    fc.assert(
      fc.property(
        header,
        fc.integer(),
        fc.uuid(),
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        (name, code, msgid, body) => {
          const text = JSON.stringify({header: name, code, msgid, body});
          const {message} = parseText(text);
          const expected = JSON.parse(text) as {body: unknown[]};
          expect(message).to.deep.include({header: name.trim(), code, msgid, body: expected.body});
          expect(message?.raw).to.deep.equal(expected);
        },
      ),
    );
  });

  for (const [what, text, expected] of [
    ['a code as text', '{"header":"a.CB","code":"1105","body":[{}]}', {code: 1105, body: [{}]}],
    ['a code with spaces', '{"header":"a.CB","code":" 0 "}', {code: 0, body: []}],
    ['a code that is none', '{"header":"a.CB","code":"ok"}', {code: undefined, body: []}],
    [
      'a body that is an object',
      '{"header":"a.CB","body":{"cid":"1"}}',
      {code: undefined, body: [{cid: '1'}]},
    ],
    ['a body that is null', '{"header":"a.CB","body":null}', {code: undefined, body: []}],
    ['a byte order mark', '\uFEFF{"header":"a.CB","code":0}', {code: 0, body: []}],
  ] as const) {
    it(`takes ${what}`, () => {
      const {message} = parseText(text);
      expect(message?.code).to.equal(expected.code);
      expect(message?.body).to.deep.equal(expected.body);
    });
  }

  for (const text of ['', '[]', 'null', '"x"', '{}', '{"header":""}', '{"header":5}', '{"header":"a"'])
    it(`drops ${text || 'nothing'} with a reason`, () => {
      const parsed = parseText(text);
      expect(parsed.message).to.equal(undefined);
      expect(parsed).to.have.property('reason').that.does.not.equal('');
    });
});

describe('makeRequest', () => {
  it('has a fresh UUID, and no body where there is nothing to say', () => {
    const [first, second] = [makeRequest('a'), makeRequest('a')];
    expect(first.msgid).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(first.msgid).to.not.equal(second.msgid);
    expect(Object.keys(first)).to.deep.equal(['msgid', 'header']);
  });

  it('is written as JSON that reads the same', () => {
    fc.assert(
      fc.property(header, fc.jsonValue(), (name, body) => {
        const request = makeRequest(name, body);
        expect(JSON.parse(requestText(request))).to.deep.equal(JSON.parse(JSON.stringify(request)));
      }),
    );
  });

  it('refuses a body that cannot be written', () => {
    const circle: {self?: unknown} = {};
    circle.self = circle;
    expect(() => requestText(makeRequest('a', circle)))
      .to.throw(SipError)
      .with.property('code', 'bad-parameter');
  });
});

describe('reading values', () => {
  it('takes whole numbers as numbers and as text', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        (number) => integerOf(number) === number && integerOf(`${number}`) === number,
      ),
    );
    for (const value of ['', '1.5', '1e3', '0x10', 1.5, NaN, null, undefined, {}, true, [1]])
      expect(integerOf(value), JSON.stringify(value)).to.equal(undefined);
  });

  it('takes text, and numbers as text', () => {
    expect([
      textOf('a\ud800'),
      textOf(5),
      textOf(' b '),
      textOf(' \udfff '),
      textOf(null),
      textOf({}),
    ]).to.deep.equal(['a', '5', 'b', undefined, undefined, undefined]);
  });

  it('reads frames of text and of bytes', () => {
    fc.assert(
      fc.property(
        fc.string({unit: 'grapheme'}).filter((text) => !text.startsWith('\uFEFF')),
        (text) =>
          textOfFrame(text) === text && textOfFrame(new TextEncoder().encode(text).slice().buffer) === text,
      ),
    );
  });

  it('reads bytes that are no UTF-8 as something', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => typeof textOfFrame(new Uint8Array(bytes).buffer) === 'string'),
    );
  });
});
