/**
 * Lets a failure be told whatever its assertion was about: the runner sends both sides of it as a clone, which there is none
 * of for an element or a call, and would wait for a failed test for ever.
 */
afterEach(function () {
  const failure = this.currentTest?.err as {actual?: unknown; expected?: unknown} | undefined;
  if (!failure) return;
  for (const side of ['actual', 'expected'] as const)
    try {
      structuredClone(failure[side]);
    } catch {
      failure[side] = String(failure[side]);
    }
});
