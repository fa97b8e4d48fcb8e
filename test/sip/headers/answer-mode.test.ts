import {expect} from '@open-wc/testing';
import {answerDelay} from '../../../src/sip/headers/answer-mode.js';

/** Reads an INVITE with these header lines. */
function wish(...lines: string[]): number | undefined {
  const headers = lines.map((line) => /^([\w-]+): ?(.*)$/.exec(line)!);
  return answerDelay({
    getHeaders: (name) =>
      headers.filter((found) => found[1]!.toLowerCase() === name).map((found) => found[2]!),
  });
}

describe('answerDelay', () => {
  for (const [line, seconds] of [
    ['Call-Info: <sip:wire.test>;answer-after=0', 0],
    ['Call-Info: <sip:wire.test>; Answer-After = "3"', 3],
    ['Call-Info: <http://a.test/x.png>;purpose=icon, <sip:wire.test>\\;answer-after=5;x=1', 5],
    ['Call-Info: answer-after=0', 0],
    ['Alert-Info: <http://www.notused.com>;info=alert-autoanswer;delay=0', 0],
    ['Alert-Info: <http://wire.test>;info="alert-autoanswer";delay=4', 4],
    ['Alert-Info: info=alert-autoanswer', 0],
    ['Alert-Info: Auto Answer', 0],
    ['Alert-Info: <Auto Answer>', 0],
    ['Alert-Info: <http://wire.test>;info=Auto Answer', 0],
    ['Alert-Info: auto-answer', 0],
    ['Alert-Info: Ring Answer', 2],
    ['Alert-Info: <sip:wire.test>;answer-after=1', 1],
    ['Answer-Mode: Auto', 0],
    ['Answer-Mode: auto;require', 0],
    ['Priv-Answer-Mode: Auto', 0],
  ] as const)
    it(`takes ${line}`, () => expect(wish(line)).to.equal(seconds));

  for (const line of [
    'Call-Info: <http://wire.test/?a;answer-after=0>;purpose=icon',
    'Call-Info: <sip:wire.test>;answer-after=soon',
    'Call-Info: <sip:wire.test>;answer-after=-1',
    'Call-Info: <sip:wire.test>;answer-after=99999',
    'Call-Info: <sip:wire.test>;no-answer-after=0',
    `Call-Info: ${'<sip:wire.test>;x=1,'.repeat(60)}<sip:wire.test>;answer-after=0`,
    'Alert-Info: <http://wire.test/auto answer>',
    'Alert-Info: <http://wire.test>;info=alert-internal;delay=0',
    'Alert-Info: No Auto Answer',
    'Answer-Mode: Manual',
    'Answer-Mode: Automatic',
    'Subject: Auto Answer',
  ])
    it(`finds no such wish in ${line.slice(0, 80)}`, () => expect(wish(line)).to.equal(undefined));

  it('believes who asks to be answered by hand, but whoever has the right to ask more', () => {
    expect(wish('Call-Info: <sip:wire.test>;answer-after=0', 'Answer-Mode: Manual')).to.equal(undefined);
    expect(wish('Answer-Mode: Manual', 'Priv-Answer-Mode: Auto')).to.equal(0);
    expect(wish('Answer-Mode: Auto', 'Call-Info: <sip:wire.test>;answer-after=2')).to.equal(2);
  });
});
