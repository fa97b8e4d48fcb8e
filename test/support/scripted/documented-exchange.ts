import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {within} from '../../../scripts/project.mjs';
import {codeBlocksOf} from '../../tooling/markdown.js';
import type {RawApiMessage} from './raw-api.js';
import {parseRaw, type RawMessage} from './raw-sip.js';
import type {ScriptedClient} from './scripted-client.js';

/** A request as a page shows it. */
export interface DocumentedRequest {
  readonly header: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Fields whose values the server makes: the same value in a page is the same value on the wire. */
const IDS = new Set(['cid', 'srccid', 'checkuuid', 'fileid']);

/** Fields whose values differ each time: numbers that are written as text. */
const MEASURED = new Set(['time', 'lng', 'lat', 'size', 'position', 'timeleft', 'talking', 'picture']);

const NUMBER = /^-?\d+(\.\d+)?$/;

/** The port in the pages. */
const PORT = '8080';

/**
 * The examples of a page of `docs/protocol`, played in their order against a server. What the server makes anew each time,
 * such as ids, is replaced by what it made.
 */
export class DocumentedExchange {
  readonly #page: string;
  readonly #port: string;
  readonly #examples: {readonly language: string; readonly text: string}[];
  /** The ids that the server made, by those in the page. */
  readonly #ids = new Map<string, string>();
  #next = 0;

  constructor(page: string, server: {readonly port: number}) {
    this.#page = page;
    this.#port = String(server.port);
    this.#examples = codeBlocksOf(readFileSync(within(`docs/protocol/${page}.md`), 'utf8')).map((block) => {
      const [, language = '', text = ''] = /^```(\w+)\n([^]*?)\n?```\s*$/.exec(block) ?? [];
      return {language, text};
    });
  }

  /** Takes the next example: a text, with line ends as on the wire. */
  text(): string {
    return this.#take('text').replace(/\r?\n/g, '\r\n');
  }

  /** Takes the next example: a SIP message, complete as on the wire. */
  message(): string {
    const text = this.text();
    return text.includes('\r\n\r\n') ? text : `${text.trimEnd()}\r\n\r\n`;
  }

  /** Takes the next example: a request, with the ids that the server made. */
  request(): DocumentedRequest {
    let text = this.#take('json');
    for (const [documented, made] of this.#ids) text = text.replaceAll(documented, made);
    return JSON.parse(text) as DocumentedRequest;
  }

  /** Names an id of the next example that the server made for something the page does not show. */
  knows(field: string, made: string): void {
    const {text} = this.#examples[this.#next]!;
    const [, documented] = new RegExp(`"${field}": "(\\w+)"`).exec(text) ?? [];
    assert.ok(documented, `${this.#where} has ${field}`);
    this.#ids.set(documented, made);
  }

  /** The challenge of the next example, as it is documented. */
  get challenge(): string {
    return /"checkuuid": "([\w-]+)"/.exec(this.#examples[this.#next]!.text)?.[1] ?? '';
  }

  /** Sends the next example, a request; the reply is the example after it. */
  async asks(send: (request: DocumentedRequest) => Promise<unknown>): Promise<void> {
    this.answered(await send(this.request()));
  }

  /** Compares a reply with the next example. */
  answered(reply: unknown): void {
    const where = this.#where;
    assert.deepEqual(this.#differences(JSON.parse(this.#take('json')), reply), [], where);
  }

  /** Waits until the client has got the event that is the next example. */
  async sees(client: ScriptedClient): Promise<void> {
    const where = this.#where;
    const documented = JSON.parse(this.#take('json')) as RawApiMessage;
    const subject = ({header, body: [first]}: RawApiMessage): string =>
      JSON.stringify([header, first?.['number'], first?.['state'], first?.['direction'], first?.['type']]);
    const wanted = subject(documented);
    await client.hears((message) => subject(message) === wanted);
    const differences = client.heard
      .filter((message) => subject(message) === wanted)
      .map((message) => this.#differences(documented, message));
    assert.deepEqual(differences.find((list) => list.length === 0) ?? differences[0], [], where);
  }

  /** Compares a SIP message with the next example: its first line, all of its headers, and the body unless it is SDP. */
  receives(message: RawMessage): void {
    const where = this.#where;
    const documented = parseRaw(this.message());
    assert.deepEqual(this.#headOf(message), this.#headOf(documented), where);
    if (message.header('content-type') === 'application/sdp') return;
    if (message.header('content-type') !== 'application/resjsonapi')
      return assert.equal(message.body, documented.body, where);
    assert.deepEqual(this.#differences(JSON.parse(documented.body), JSON.parse(message.body)), [], where);
  }

  /** Fails if the page has an example that was not played. */
  isOver(): void {
    assert.equal(this.#next, this.#examples.length, `${this.#where} was not played`);
  }

  get #where(): string {
    return `docs/protocol/${this.#page}.md, example ${this.#next + 1}: ${this.#examples[this.#next]?.text ?? ''}`;
  }

  #take(language: string): string {
    const example = this.#examples[this.#next];
    assert.equal(example?.language, language, this.#where);
    this.#next += 1;
    return example.text;
  }

  /** What differs between a documented message and a real one, each with its path. */
  #differences(documented: unknown, real: unknown, path = '', name = ''): string[] {
    if (isObject(documented) && isObject(real)) {
      const names = new Set([...Object.keys(documented), ...Object.keys(real)]);
      return [...names].flatMap((each) =>
        each in documented && each in real
          ? this.#differences(documented[each], real[each], `${path}.${each}`, each)
          : [`${path}.${each} is ${each in real ? 'not documented' : 'not sent'}`],
      );
    }
    return this.#isSame(documented, real, name)
      ? []
      : [`${path} is documented as ${JSON.stringify(documented)} and sent as ${JSON.stringify(real)}`];
  }

  #isSame(documented: unknown, real: unknown, name: string): boolean {
    if (typeof documented !== 'string' || typeof real !== 'string') return documented === real;
    if (IDS.has(name) && !this.#ids.has(documented)) {
      this.#ids.set(documented, real);
      return true;
    }
    if (MEASURED.has(name)) return NUMBER.test(documented) && NUMBER.test(real);
    return this.#made(documented) === real;
  }

  /** A documented text, as the server at hand would write it. */
  #made(documented: string): string {
    let text = documented.replaceAll(PORT, this.#port);
    for (const [id, made] of this.#ids) text = text.replaceAll(id, made);
    return text;
  }

  /** The first line and the headers of a message, without what differs each time. */
  #headOf({text}: RawMessage): string[] {
    const [head = ''] = this.#made(text).split('\r\n\r\n');
    return head
      .replace(/;(branch|tag)=[^;\r]+/g, ';$1=…')
      .replace(/nonce="[^"]*"/, 'nonce="…"')
      .replace(/sip:\w+@client\.invalid/g, 'sip:…@client.invalid')
      .replace(/^(Call-ID|Date|Content-Length|CSeq): [^A-Z\r]*/gm, '$1: ')
      .replace(/^(Call-ID|Date): .*/gm, '$1: …')
      .split('\r\n')
      .sort();
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
