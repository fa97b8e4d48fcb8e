import {fork, type ChildProcess} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {INSTALLED} from '../folders.js';
import {READER_LIMITS} from './reader-limits.js';
import {READY, type Questions, type ReaderReply} from './reader-messages.js';

/** A module of its own in the package; without a build, the process compiles it as this one does. */
const MODULE = new URL(INSTALLED ? 'file-reader.js' : 'decoding/reader.ts', import.meta.url);
const COMPILER = INSTALLED ? [] : ['--import', import.meta.resolve('tsx')];

/** Why there is no answer from a process that was closed. */
const ENDED = 'the process that reads the file has ended';

const UNREADABLE = 'The file cannot be read as a sound or a film.';

/** A file that cannot be played; the message explains why to the user. */
export class Unplayable extends Error {}

interface Question {
  resolve(answer: unknown): void;
  reject(reason: Error): void;
}

/** Those that run: they end with this process, even while a file keeps them from noticing it. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/**
 * A process that reads a file which a stranger may have made to take all time or memory there is, or to crash a native
 * decoder: a thread would take the server with it. It ends when it is closed, takes too long or too much memory.
 */
export class ReaderProcess {
  readonly #child: ChildProcess;
  readonly #questions = new Map<number, Question>();
  readonly #started: Promise<unknown>;
  /** Settles once everything that was asked has an answer. */
  #answered: Promise<unknown> = Promise.resolve();
  #lastId = 0;
  #ended = false;

  constructor() {
    const child = fork(fileURLToPath(MODULE), [], {
      execArgv: [...COMPILER, `--max-old-space-size=${READER_LIMITS.heapMb}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    running.add(child);
    child.unref();
    child.channel?.unref();
    child.on('error', () => this.close());
    child.on('exit', () => this.close());
    child.on('message', (message: ReaderReply | typeof READY) => this.#receive(message));
    this.#started = this.#wait(0, READER_LIMITS.startMs);
    this.#started.catch(() => undefined);
  }

  /** Whether it has ended: it answers nothing more. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Asks for something; the time for the answer counts from when the process has started.
   *
   * @throws {Unplayable} if the file cannot be read or played, or the process ends before it answers.
   */
  async ask<Name extends keyof Questions>(
    name: Name,
    request: Questions[Name]['request'],
  ): Promise<Questions[Name]['answer']> {
    await this.#started;
    const id = (this.#lastId += 1);
    const answer = this.#wait(id, READER_LIMITS.answerMs[name]);
    // Without the answers, which would all be kept.
    this.#answered = Promise.allSettled([this.#answered, answer]).then(() => undefined);
    if (!this.#ended) this.#child.send({id, name, ...request}, () => undefined);
    return answer as Promise<Questions[Name]['answer']>;
  }

  /** Waits until it has answered everything, or has ended. */
  async rest(): Promise<void> {
    for (let last; last !== this.#answered;) await (last = this.#answered);
  }

  /** Ends the process. Idempotent. */
  close(reason = ENDED): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#child.kill('SIGKILL');
    running.delete(this.#child);
    for (const question of this.#questions.values()) question.reject(unreadable(reason));
  }

  #wait(id: number, limit: number): Promise<unknown> {
    if (this.#ended) return Promise.reject(unreadable(ENDED));
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        // If this process was late itself, the answer may be waiting.
        setImmediate(() => {
          if (this.#questions.has(id)) this.close('reading the file takes too long');
        });
      }, limit);
      const settled = (): void => {
        clearTimeout(late);
        this.#questions.delete(id);
      };
      this.#questions.set(id, {
        resolve: (answer) => {
          settled();
          resolve(answer);
        },
        reject: (reason) => {
          settled();
          reject(reason);
        },
      });
    });
  }

  #receive(message: ReaderReply | typeof READY): void {
    const reply: ReaderReply = message === READY ? {id: 0, answer: undefined} : message;
    const question = this.#questions.get(reply.id);
    if ('answer' in reply) question?.resolve(reply.answer);
    else question?.reject(reply.refused ? new Unplayable(reply.reason) : unreadable(reply.reason));
  }
}

const unreadable = (reason: string): Unplayable => new Unplayable(UNREADABLE, {cause: new Error(reason)});
