/** A connected device with buttons: a pedal, a hand microphone, a gamepad. */
export interface ButtonDevice {
  /** What its buttons are remembered for: `hid 05f3:00ff`, or `gamepad` and the browser's name for it. */
  readonly model: string;
  /** The name that the user knows. */
  readonly name: string;
}

/** What a source reports to, and asks. */
export interface ButtonListener {
  /** Whether the buttons of a model count now; devices of other models are neither opened nor read. */
  isWanted(model: string): boolean;
  onConnected(device: ButtonDevice): void;
  /** Reports a device that cannot be opened. */
  onBlocked(device: ButtonDevice): void;
  /** @param pressed - All buttons that are pressed now. */
  onButtons(device: ButtonDevice, pressed: ReadonlySet<string>): void;
  onDisconnected(device: ButtonDevice): void;
}

/** An API of the browser that has button devices. */
export interface ButtonSource {
  /** Begins to read the devices that are wanted since. */
  refresh(): void;
  /** Reads nothing any more. */
  close(): void;
}
