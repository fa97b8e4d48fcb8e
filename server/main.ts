/** Runs the development server alone, as the installed package does: builds neither the elements nor the documentation. */
import {runCommandLine} from './command-line.js';

await runCommandLine();
