const {now} = Date;

/** A day, in milliseconds. */
export const DAY = 86_400_000;

/** Sets the clock of the device ahead, or back, by milliseconds; it is right again when the test ends. */
export function setClock(ahead: number): void {
  Date.now = () => now() + ahead;
}

afterEach(() => {
  Date.now = now;
});
