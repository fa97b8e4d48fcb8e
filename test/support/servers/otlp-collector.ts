import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';

type Values = Readonly<Record<string, string | number | boolean>>;

/** A span, a point of a metric, or a log record that has arrived. */
export interface Collected {
  readonly signal: 'span' | 'metric' | 'log';
  readonly name: string;
  readonly attributes: Values;
  /** In milliseconds since the epoch; of a span, its end. */
  readonly time: number;
  /** Of a metric: the value of a gauge, or the sum of a histogram. */
  readonly value: number;
  readonly unit: string;
  /** Of a span, in milliseconds. */
  readonly duration: number;
  readonly moments: readonly string[];
  readonly failed: boolean;
}

/** An HTTP server that takes OTLP/HTTP in JSON, and refuses what a collector would refuse. */
export interface Collector {
  readonly url: string;
  readonly collected: readonly Collected[];
  /** What it has refused, and why. */
  readonly refused: readonly string[];
  /** Everything that has arrived, as it arrived. */
  readonly text: string;
  close(): Promise<void>;
}

/** Opens a collector for pages of any origin. */
export async function openCollector(): Promise<Collector> {
  const collected: Collected[] = [];
  const refused: string[] = [];
  let text = '';
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'content-type');
    if (request.method === 'OPTIONS') return void response.end();
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      text += body;
      try {
        assert.equal(request.method, 'POST');
        assert.equal(request.headers['content-type'], 'application/json');
        const read = READERS[request.url as keyof typeof READERS];
        assert.ok(read, `path ${request.url}`);
        collected.push(...read(JSON.parse(body)));
        response.setHeader('Content-Type', 'application/json').end('{}');
      } catch (error) {
        refused.push(`${String(error)} in ${body.slice(0, 500)}`);
        response.writeHead(400).end();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    collected,
    refused,
    get text() {
      return text;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Checks what OTLP 1.x requires of its JSON (opentelemetry-proto, and the JSON of protobuf), by the path. */
const READERS = {
  '/v1/traces': ({resourceSpans}: any): Collected[] =>
    within(resourceSpans, 'scopeSpans', 'spans').map((span) => {
      assert.match(span.traceId, /^[\da-f]{32}$/);
      assert.match(span.spanId, /^[\da-f]{16}$/);
      assert.ok([1, 2, 3, 4, 5].includes(span.kind));
      assert.ok([0, 1, 2].includes(span.status.code));
      const [start, end] = [timeOf(span.startTimeUnixNano), timeOf(span.endTimeUnixNano)];
      assert.ok(end >= start, 'a span ends after it began');
      for (const moment of span.events) valuesOf(moment.attributes);
      return one({
        signal: 'span',
        name: span.name,
        attributes: valuesOf(span.attributes),
        time: end,
        duration: end - start,
        moments: span.events.map(({name, timeUnixNano}: any) => timeOf(timeUnixNano) && name),
        failed: span.status.code === 2,
      });
    }),
  '/v1/metrics': ({resourceMetrics}: any): Collected[] =>
    within(resourceMetrics, 'scopeMetrics', 'metrics').flatMap(({name, unit, gauge, histogram}) => {
      assert.ok(!gauge !== !histogram, 'a metric is one kind');
      if (histogram) assert.equal(histogram.aggregationTemporality, 1);
      return (gauge ?? histogram).dataPoints.map((point: any) => {
        if (histogram) {
          assert.equal(point.bucketCounts.length, Number(point.explicitBounds.length) + 1);
          const counts: string[] = point.bucketCounts;
          const sum = counts.reduce((total, count) => total + Number(count), 0);
          assert.equal(sum, Number(point.count));
          // The value is in the bucket that counts it.
          const bucket = point.bucketCounts.indexOf('1');
          assert.ok(point.sum <= (point.explicitBounds[bucket] ?? Infinity));
          assert.ok(point.sum > (point.explicitBounds[Number(bucket) - 1] ?? -Infinity));
        }
        const value = gauge ? point.asDouble : point.sum;
        assert.equal(typeof value, 'number');
        const attributes = valuesOf(point.attributes);
        return one({signal: 'metric', name, unit, attributes, value, time: timeOf(point.timeUnixNano)});
      });
    }),
  '/v1/logs': ({resourceLogs}: any): Collected[] =>
    within(resourceLogs, 'scopeLogs', 'logRecords').map((record) => {
      assert.ok(record.severityNumber >= 1 && record.severityNumber <= 24);
      assert.equal(typeof record.body.stringValue, 'string');
      const attributes = valuesOf(record.attributes);
      return one({signal: 'log', name: record.eventName, attributes, time: timeOf(record.timeUnixNano)});
    }),
};

function one(
  part: Partial<Collected> & Pick<Collected, 'signal' | 'name' | 'attributes' | 'time'>,
): Collected {
  assert.equal(typeof part.name, 'string');
  return {value: NaN, unit: '', duration: NaN, moments: [], failed: false, ...part};
}

function within(resources: any[], scopes: string, items: string): any[] {
  assert.ok(Array.isArray(resources) && resources.length > 0);
  return resources.flatMap((resource) => {
    assert.equal(typeof valuesOf(resource.resource.attributes)['service.name'], 'string');
    return resource[scopes].flatMap((scope: any) => {
      assert.equal(typeof scope.scope.name, 'string');
      return scope[items];
    });
  });
}

function valuesOf(attributes: any[]): Values {
  return Object.fromEntries(
    attributes.map(({key, value}) => {
      assert.match(key, /^[a-z][a-z\d_]*(?:\.[a-z\d_]+)+$/);
      const [[type, inner]] = Object.entries<any>(value) as [[string, any]];
      const expected = {stringValue: 'string', boolValue: 'boolean', doubleValue: 'number'}[type];
      assert.equal(typeof inner, expected, `${key} is ${type}`);
      return [key, inner];
    }),
  );
}

/** A number of nanoseconds is a text in JSON (protobuf's fixed64). */
function timeOf(text: unknown): number {
  assert.equal(typeof text, 'string');
  assert.match(text as string, /^\d{19}$/);
  return Number(BigInt(text as string) / 1000n) / 1000;
}
