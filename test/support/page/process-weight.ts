import {readdirSync, readFileSync, readlinkSync} from 'node:fs';

/** The resources of a process and its descendants. */
export interface ProcessWeight {
  /**
   * In bytes: what is their own. What they share or have of files is left out: where it draws without a graphics card,
   * Chromium keeps pictures that were drawn in shared memory, up to half a gigabyte, and gives it back where it is wanted.
   */
  readonly memory: number;
  /** Open files, sockets and pipes; shared memory is left out. */
  readonly files: number;
}

/** Measures a process with its descendants, as Linux reports it. */
export function weighProcesses(root: number): ProcessWeight {
  let [memory, files] = [0, 0];
  for (const id of familyOf(root)) {
    try {
      const [, kilobytes = '0'] =
        /^Pss_Anon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8')) ?? [];
      memory += Number(kilobytes) * 1024;
      files += readdirSync(`/proc/${id}/fd`).filter((file) => !isShared(`/proc/${id}/fd/${file}`)).length;
    } catch {
      // It has ended meanwhile.
    }
  }
  return {memory, files};
}

/** How much time of processors a process and its descendants have used, in milliseconds. */
export function processorTime(root: number): number {
  let ticks = 0;
  for (const id of familyOf(root)) {
    try {
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      // In hundredths of a second: of the user and of the system, and both of descendants that have ended.
      for (const field of [11, 12, 13, 14]) ticks += Number(fields[field]);
    } catch {
      // It has ended meanwhile.
    }
  }
  return ticks * 10;
}

function familyOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      // The name of the program is in brackets, and may have some itself.
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      parents.set(Number(name), Number(parent));
    } catch {
      // It has ended meanwhile.
    }
  }
  const family = [root];
  // The list grows during the loop.
  for (const member of family) for (const [id, parent] of parents) if (parent === member) family.push(id);
  return family;
}

function isShared(file: string): boolean {
  try {
    return readlinkSync(file).startsWith('/memfd:');
  } catch {
    return false;
  }
}
