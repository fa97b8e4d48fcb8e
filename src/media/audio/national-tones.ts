import type {Burst, NetworkTones, ToneShape} from './tone-table.js';

/**
 * Ringback, busy, congestion, waiting: frequencies in hertz, then after each `/` how long sound and silence last, in
 * ms.
 */
type Row = readonly [ringback: string, busy: string, congestion: string, waiting: string];

/**
 * The tones of countries (ITU-T E.180 with its supplement 2, “Various tones used in national networks”, 2003; for tones
 * that it does not list, what the countries' networks publish). `a+b` are two at once, `a*b` is one whose amplitude is
 * modulated by the other.
 */
const ROWS: Readonly<Record<string, Row>> = {
  at: ['420/1000/5000', '420/400/400', '420/200/200', '420/40/1960'],
  au: ['413+438/400/200/400/2000', '425/375/375', '425/375/375', '425/200/200/200/4400'],
  be: ['425/1000/3000', '425/500/500', '425/167/167', '1400/175/175/175/3500'],
  br: ['425/1000/4000', '425/250/250', '425/250/250/750/250', '425/50/1000'],
  ch: ['425/1000/4000', '425/500/500', '425/200/200', '425/200/200/200/4000'],
  cz: ['425/1000/4000', '425/330/330', '425/165/165', '425/330/9000'],
  de: ['425/1000/4000', '425/480/480', '425/240/240', '425/200/200/200/5000'],
  dk: ['425/1000/4000', '425/500/500', '425/200/200', '425/200/600/200/3000'],
  es: ['425/1500/3000', '425/200/200', '425/200/200/200/200/200/600', '425/175/175/175/3500'],
  fi: ['425/1000/4000', '425/300/300', '425/200/200', '425/150/150/150/8000'],
  fr: ['440/1500/3500', '440/500/500', '440/250/250', '440/300/10000'],
  gb: ['400+450/400/200/400/2000', '400/375/375', '400/400/350/225/525', '400/100/4000'],
  gr: ['425/1000/4000', '425/300/300', '425/200/200', '425/150/150/150/8000'],
  hu: ['425/1250/3750', '425/300/300', '425/300/300', '425/40/1960'],
  id: ['425/1000/4000', '425/500/500', '425/250/250', '425/150/150/150/10000'],
  il: ['414/1000/3000', '414/500/500', '414/250/250', '414/100/100/100/100/600/3000'],
  in: ['400*25/400/200/400/2000', '400/750/750', '400/250/250', '400/200/100/200/7500'],
  it: ['425/1000/4000', '425/500/500', '425/200/200', '425/400/100/250/100/150/14000'],
  jp: ['400*16/1000/2000', '400/500/500', '400/500/500', '400*16/500/8000'],
  mx: ['425/1000/4000', '425/250/250', '425/250/250', '425/200/600/200/10000'],
  my: ['425/400/200/400/2000', '425/500/500', '425/250/250', '425/500/9500'],
  nl: ['425/1000/4000', '425/500/500', '425/250/250', '425/500/9500'],
  no: ['425/1000/4000', '425/500/500', '425/200/200', '425/200/600/200/10000'],
  nz: ['400+450/400/200/400/2000', '400/500/500', '400/250/250', '400/200/3000'],
  pl: ['425/1000/4000', '425/500/500', '425/500/500', '425/150/150/150/4000'],
  pt: ['425/1000/5000', '425/500/500', '425/200/200', '425/200/200/200/5000'],
  ru: ['425/1000/4000', '425/350/350', '425/175/175', '425/200/5000'],
  se: ['425/1000/5000', '425/250/250', '425/250/750', '425/200/500/200/9100'],
  sg: ['425*24/400/200/400/2000', '425/750/750', '425/250/250', '425*24/300/200/300/3200'],
  tw: ['440+480/1000/2000', '480+620/500/500', '480+620/250/250', '350+440/250/250/250/3250'],
  us: ['440+480/2000/4000', '480+620/500/500', '480+620/250/250', '440/300/10000'],
  za: ['400*33/400/200/400/2000', '400/500/500', '400/250/250', '400*33/250/250'],
};

/** Returns the tones of a country at the levels of `like`; undefined for an unknown country. */
export function nationalTones(country: string, like: NetworkTones): NetworkTones | undefined {
  const row = ROWS[country];
  if (!row) return undefined;
  const [ringback, busy, congestion, waiting] = row;
  return {
    ringback: shapeOf(ringback, like.ringback.level),
    busy: shapeOf(busy, like.busy.level),
    congestion: shapeOf(congestion, like.congestion.level),
    waiting: shapeOf(waiting, like.waiting.level),
  };
}

function shapeOf(text: string, level: number): ToneShape {
  const [sound = '', ...times] = text.split('/');
  const frequencies = frequenciesOf(sound);
  const bursts: Burst[] = [];
  let period = 0;
  times.forEach((time, index) => {
    const length = Number(time) / 1000;
    if (index % 2 === 0) bursts.push({at: period, length, frequencies});
    period += length;
  });
  return {period, bursts, level};
}

/** Returns the frequencies of a tone; a modulated tone consists of itself and one tone on each side. */
function frequenciesOf(sound: string): number[] {
  const [tone = 0, other] = sound.split('*').map(Number);
  return other === undefined ? sound.split('+').map(Number) : [tone - other, tone, tone + other];
}
