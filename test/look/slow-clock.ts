/**
 * Sets a page's clock to a fixed time and lets it run a thousand times slower, so that a duration reads the same in each
 * picture. Runs in the page, before its scripts. `pass` moves the clock on.
 */
export function slowClock(): void {
  const scope = window as unknown as {pass?: (ms: number) => void};
  if (scope.pass) return;
  const RealDate = Date;
  // A Wednesday morning in Shanghai.
  const start = RealDate.UTC(2026, 2, 4, 1, 41);
  const real = performance.now.bind(performance);
  let passed = 500;
  const now = (): number => passed + real() / 1000;
  scope.pass = (ms) => void (passed += ms);
  performance.now = () => 1_000_000 + now();
  // What is drawn by lot, such as a pause before the next attempt, is the same each time.
  let seed = 1;
  Math.random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  window.Date = new Proxy(RealDate, {
    construct: (target, args, made) =>
      Reflect.construct(target, args.length ? args : [Math.floor(start + now())], made) as Date,
    get: (target, key, receiver) =>
      key === 'now' ? () => Math.floor(start + now()) : (Reflect.get(target, key, receiver) as unknown),
  });
}
