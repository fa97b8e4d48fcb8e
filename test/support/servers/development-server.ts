import {startProgram, type Program} from '../interop/program.js';

/** Starts a development server in a process of its own, which a test can kill; resolves once it listens. */
export async function startDevelopmentServer(port: number): Promise<Program> {
  const program = startProgram(process.execPath, ['--import', 'tsx', 'server/main.ts'], undefined, {
    PORT: String(port),
  });
  await program.until(() => program.output().includes('Ctrl+C'));
  return program;
}
