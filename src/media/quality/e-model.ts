/**
 * The E-model of ITU-T G.107 (06/2015) with its default values: the quality of speech that arrives late and with gaps.
 *
 * A browser knows only the delay and the loss; all other parameters are the defaults of G.107 table 2, for which the
 * rating is 93.2 (§7.7). That is the narrow-band scale, whose best MOS is 4.41: the additional quality of a wide-band
 * codec is not counted.
 */

/** Basic signal-to-noise ratio and simultaneous impairment (§7.2, §7.3) for the default values. */
const SIGNAL_TO_NOISE = 94.77;
const SIMULTANEOUS = 1.41;
/** Weighted echo path loss (§7.4), in decibels. */
const ECHO_PATH_LOSS = 110;
/** Talker echo loudness rating (§7.4), in decibels. */
const TALKER_ECHO = 65;
/** Roe: the noise that masks a talker's echo (§7.4). */
const NOISE = 94.77;

/**
 * Equipment impairment and packet-loss robustness, as G.113 (appendix I) gives them for G.711 with packet-loss
 * concealment, which every browser does. G.113 has no values for Opus and G.722 on this scale; neither is less robust.
 */
const EQUIPMENT = 0;
const ROBUSTNESS = 25.1;

/** The parameters of the rating. */
export interface Impairments {
  /** From mouth to ear, in milliseconds; the way back is assumed to be as long. */
  readonly delay: number;
  /** The share of packets that are not heard: 0–1. Losses are assumed to be random (BurstR = 1). */
  readonly loss: number;
}

/** Returns the transmission rating R: 93.2 at best. */
export function ratingOf({delay, loss}: Impairments): number {
  const percent = loss * 100;
  // §7.5
  const equipment = EQUIPMENT + ((95 - EQUIPMENT) * percent) / (percent + ROBUSTNESS);
  const late = talkerEcho(delay) + listenerEcho(2 * delay) + tooLong(delay);
  return SIGNAL_TO_NOISE - SIMULTANEOUS - late - equipment;
}

/** Returns the mean opinion score of a rating (G.107 annex B): 1–4.5. */
export function mosOf(rating: number): number {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  // Just above 0 the polynomial is a little below 1.
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
}

/** Idte: the talker hears an echo of their own voice (§7.4). */
function talkerEcho(delay: number): number {
  const rating =
    TALKER_ECHO - 40 * Math.log10((1 + delay / 10) / (1 + delay / 150)) + 6 * Math.exp(-0.3 * delay ** 2);
  const hidden = (NOISE - (80 + 2.5 * (rating - 14))) / 2;
  return (hidden + Math.sqrt(hidden ** 2 + 100) - 1) * (1 - Math.exp(-delay));
}

/** Idle: the listener hears an echo of the other side's voice (§7.4). */
function listenerEcho(roundTrip: number): number {
  const heard = (SIGNAL_TO_NOISE - 10.5 * (ECHO_PATH_LOSS + 7) * (roundTrip + 1) ** -0.25) / 2;
  return heard + Math.sqrt(heard ** 2 + 169);
}

/** Idd: the two sides wait for each other, which is noticeable from 100 ms on (§7.4). */
function tooLong(delay: number): number {
  if (delay <= 100) return 0;
  const x = Math.log2(delay / 100);
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}
