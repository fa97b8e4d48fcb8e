/** How many events wait for the next batch; the oldest are dropped while the collector cannot be reached. */
const MOST_WAITING = 2_000;
/** How long a request may be that outlives its page, in bytes. */
const LONGEST_LAST = 60_000;

/** The bounds of the buckets of durations, in seconds. */
const BOUNDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200];

/** The numbers of OTLP: of what kind a span is, and how severe a log record. */
const KINDS = {client: 3, server: 2};
const SEVERITIES = {info: 9, warn: 13, error: 17};

/** A time as OTLP has it in JSON: a text, because a number would lose digits. */
const nanoseconds = (milliseconds) => `${BigInt(Math.round(milliseconds * 1000)) * 1000n}`;

const valueOf = (value) =>
  typeof value === 'string'
    ? {stringValue: value}
    : typeof value === 'boolean'
      ? {boolValue: value}
      : {doubleValue: value};

const attributesOf = (attributes) =>
  Object.entries(attributes).map(([key, value]) => ({key, value: valueOf(value)}));

const spanOf = ({name, kind, traceId, spanId, startTime, endTime, attributes, events, status}) => ({
  name,
  kind: KINDS[kind],
  traceId,
  spanId,
  startTimeUnixNano: nanoseconds(startTime),
  endTimeUnixNano: nanoseconds(endTime),
  attributes: attributesOf(attributes),
  events: events.map(({name, time, attributes}) => ({
    name,
    timeUnixNano: nanoseconds(time),
    attributes: attributesOf(attributes),
  })),
  status: {code: status === 'error' ? 2 : 0},
});

const logOf = ({name, severity, time, attributes, traceId, spanId}) => ({
  timeUnixNano: nanoseconds(time),
  severityNumber: SEVERITIES[severity],
  severityText: severity.toUpperCase(),
  eventName: name,
  body: {stringValue: name},
  attributes: attributesOf(attributes),
  ...(traceId && {traceId, spanId}),
});

/** A gauge is a point of its own; a duration goes into the bucket that it belongs to. */
function pointOf({instrument, value, time, attributes}) {
  const point = {timeUnixNano: nanoseconds(time), attributes: attributesOf(attributes)};
  if (instrument === 'gauge') return {...point, asDouble: value};
  const place = BOUNDS.findIndex((bound) => value <= bound);
  const bucket = place < 0 ? BOUNDS.length : place;
  return {
    ...point,
    startTimeUnixNano: nanoseconds(time - value * 1000),
    count: '1',
    sum: value,
    min: value,
    max: value,
    explicitBounds: BOUNDS,
    bucketCounts: [...BOUNDS, Infinity].map((_, index) => (index === bucket ? '1' : '0')),
  };
}

function metricsOf(events) {
  const metrics = new Map();
  for (const event of events) {
    const {name, unit, instrument} = event;
    if (!metrics.has(name))
      metrics.set(name, {
        name,
        unit,
        [instrument]: {dataPoints: [], ...(instrument === 'histogram' && {aggregationTemporality: 1})},
      });
    metrics.get(name)[instrument].dataPoints.push(pointOf(event));
  }
  return [...metrics.values()];
}

/**
 * Returns a function for the option `telemetry` that posts what it gets to an OpenTelemetry collector, in batches, as
 * OTLP/HTTP with JSON.
 *
 * @param {string} url The collector's address, such as `/otlp`: `/v1/traces`, `/v1/metrics` and `/v1/logs` are added.
 * @param {Record<string, string>} resource What sends: `service.name` and so on.
 * @param {number} pause Between two batches, in milliseconds.
 */
export function otlpExporter(url, resource = {'service.name': 'phone'}, pause = 5_000) {
  let waiting = [];
  let timer;
  const scope = {name: 'sip-elements'};
  const from = {attributes: attributesOf(resource)};

  const post = async (path, content, last) => {
    const body = JSON.stringify(content);
    await fetch(`${url}/v1/${path}`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body,
      keepalive: last && body.length < LONGEST_LAST,
    });
  };

  /** Posts what waits. What the collector does not take is lost: telemetry must not fill the memory of a phone. */
  const flush = async (last = false) => {
    clearTimeout(timer);
    timer = undefined;
    const events = waiting;
    waiting = [];
    const of = (wanted) => events.filter(({signal}) => signal === wanted);
    const [spans, metrics, logs] = [of('span'), of('metric'), of('log')];
    const posts = [];
    if (spans.length)
      posts.push(
        post(
          'traces',
          {resourceSpans: [{resource: from, scopeSpans: [{scope, spans: spans.map(spanOf)}]}]},
          last,
        ),
      );
    if (metrics.length)
      posts.push(
        post(
          'metrics',
          {resourceMetrics: [{resource: from, scopeMetrics: [{scope, metrics: metricsOf(metrics)}]}]},
          last,
        ),
      );
    if (logs.length)
      posts.push(
        post(
          'logs',
          {resourceLogs: [{resource: from, scopeLogs: [{scope, logRecords: logs.map(logOf)}]}]},
          last,
        ),
      );
    await Promise.allSettled(posts);
  };
  // The last moment at which a page may send.
  addEventListener('pagehide', () => void flush(true));

  return (event) => {
    waiting.push(event);
    if (waiting.length > MOST_WAITING) waiting.shift();
    timer ??= setTimeout(flush, pause);
  };
}
