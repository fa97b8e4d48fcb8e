import {expect} from '@open-wc/testing';
import {isOverlong, LONGEST_LINE, LONGEST_VALUE, valuesOf} from '../../../src/sip/headers/header-values.js';

describe('the values of a header', () => {
  for (const [header, values] of [
    ['a, b ,c', ['a', 'b', 'c']],
    ['"a, b" <sip:1@a>, c', ['"a, b" <sip:1@a>', 'c']],
    [String.raw`"a \", b", c`, [String.raw`"a \", b"`, 'c']],
    ['<sip:1,2@a>,<sip:3@a>', ['<sip:1,2@a>', '<sip:3@a>']],
    ['"never closed, at all', ['"never closed, at all']],
    [', ,', []],
    ['', []],
  ] as const)
    it(`“${header}” has ${values.length}`, () => {
      expect(valuesOf(header)).to.deep.equal(values);
    });

  it('are not read where they are longer than anybody needs', () => {
    expect(valuesOf(`short, ${'x'.repeat(LONGEST_VALUE + 1)}`)).to.deep.equal(['short']);
  });
});

describe('a message that is too long to be parsed', () => {
  const message = (...lines: string[]): string =>
    [
      'MESSAGE sip:1001@a SIP/2.0',
      'Via: SIP/2.0/WS a;branch=z9hG4bK1',
      ...lines,
      '',
      'x'.repeat(50_000),
    ].join('\r\n');
  const long = 'x'.repeat(LONGEST_LINE);

  for (const line of [`From: "${long}" <sip:1@a>`, `f: "${long}" <sip:1@a>`, `CONTACT : <sip:${long}@a>`])
    it(`has a ${line.slice(0, 8)}… of ${line.length} characters`, () => {
      expect(isOverlong(message(line))).to.equal(true);
    });

  it('has a header that sip.js reads, however its name and its lines are written', () => {
    expect(isOverlong(message(`From\u00a0: <sip:1@a>${long}`))).to.equal(true);
    expect(isOverlong(message('Subject: x', 'From: <sip:1@a>', `\u00a0${long}`))).to.equal(true);
  });

  it('has a header that goes on in many lines, or a long first line', () => {
    expect(
      isOverlong(message('To: <sip:1@a>', ...Array.from({length: 50}, () => ` ;a=${'x'.repeat(99)}`))),
    ).to.equal(true);
    expect(isOverlong(`MESSAGE sip:${long}@a SIP/2.0\r\n\r\n`)).to.equal(true);
    expect(isOverlong(`SIP/2.0 200 ${long}`)).to.equal(true);
  });

  it('has too many headers of moderate length', () => {
    const contacts = (lines: number, addresses: number): string[] =>
      Array.from({length: lines}, () => `Contact: ${Array.from({length: addresses}, () => 'sip:a').join()}`);
    expect(isOverlong(message(...contacts(50, 35)))).to.equal(false);
    expect(isOverlong(message(...contacts(60, 35)))).to.equal(true);
    expect(isOverlong(message(...contacts(110, 1)))).to.equal(false);
    expect(isOverlong(message(...contacts(300, 1)))).to.equal(true);
  });

  it('is none with a long body, or with long headers that nobody parses', () => {
    expect(isOverlong(message('From: <sip:1@a>', `Identity: ${long}`, ` ${long}`, 'To: <sip:2@a>'))).to.equal(
      false,
    );
    expect(isOverlong('\r\n\r\n')).to.equal(false);
    expect(isOverlong('')).to.equal(false);
  });
});
