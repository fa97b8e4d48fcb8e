import type {HidDevice} from '../devices/hid.js';

/** How a headset differs from the HID usage tables. */
export interface MakerRules {
  /** Whether it stays off-hook while its only call is held; others go on-hook, and their hook button resumes the call. */
  readonly offHookWhileHeld?: boolean;
  /** Whether it declines a ringing call by reporting on-hook once more. */
  readonly declinesByHook?: boolean;
  /** Whether its flash button makes it go on-hook by itself, before the call is held. */
  readonly onHookByFlash?: boolean;
}

/**
 * What public documentation and public code tell of makers, by USB vendor. Headsets of other makers, and those of EPOS
 * (0x1395), Logitech (0x046d) and Yealink (0x6993), follow the usage tables as far as is known.
 */
const MAKERS: Readonly<Record<number, MakerRules>> = {
  // Jabra: its SDK's `hold()` leaves `offHook()` as it is.
  0x0b0e: {offHookWhileHeld: true},
  // Poly, Plantronics: the WebHID SDK of Poly and HP.
  0x047f: {declinesByHook: true, onHookByFlash: true},
};

/** Returns how a device differs from the HID usage tables. */
export const rulesOf = ({vendorId}: HidDevice): MakerRules => MAKERS[vendorId] ?? {};
