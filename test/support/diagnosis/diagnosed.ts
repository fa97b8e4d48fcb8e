import type {Page} from 'puppeteer-core';
import type {CheckReport, CheckStep, CheckStepName, DiagnoseOptions} from '../../../src/index.js';

/** What a page found, and what its report has. */
export interface Diagnosed {
  readonly steps: Readonly<Partial<Record<CheckStepName, CheckStep>>>;
  readonly report: CheckReport;
}

/** Runs a diagnosis in a page that has a `<sip-client>`. */
export async function diagnosed(
  page: Page,
  options: Pick<DiagnoseOptions, 'echo' | 'only'> = {},
  numbers: 'whole' | 'masked' = 'whole',
): Promise<Diagnosed> {
  const text = await page.evaluate(
    async (options, numbers) => {
      const diagnosis = await document.querySelector('sip-client')!.diagnose(options as any);
      await diagnosis.finished;
      return JSON.stringify(diagnosis.report({numbers}));
    },
    options,
    numbers,
  );
  const report = JSON.parse(text) as CheckReport;
  const steps = Object.fromEntries(report.steps.map((step) => [step.name, step]));
  return {steps, report};
}

/** Returns what each step found, in short: `stun: skipped no-stun`. */
export function inShort({report}: Diagnosed): string[] {
  return report.steps.map(({name, verdict, code}) => `${name}: ${verdict} ${code}`);
}

/** Resolves with how many tracks of devices a page has open. */
export const openTracks = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      [...((window as any).opened?.tracks ?? [])].filter(
        (track: MediaStreamTrack) => track.readyState === 'live',
      ).length,
  );
