import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {CallQuality, FlowQuality, StreamQuality} from '../../core/types.js';

const NONE = '–';

/** Renders the last measurement in numbers: received beside sent. */
export function table(quality: CallQuality, localize: LocalizeController): TemplateResult {
  const {mos, rtt, received, sent} = quality;
  const flows = [received, sent];
  const percent = (value: number): string =>
    localize.number(value, {style: 'percent', maximumFractionDigits: 1});
  const time = (value: number): string =>
    localize.number(value, {style: 'unit', unit: 'millisecond', maximumFractionDigits: 0});
  const rate = (value: number): string => `${localize.number(Math.round(value / 1000))} kbit/s`;
  const both = (text: (flow: FlowQuality) => string | undefined): [string, string] => [
    text(received) ?? NONE,
    text(sent) ?? NONE,
  ];
  const main = ({audio, video}: FlowQuality): StreamQuality | undefined => audio ?? video;
  const score = (value: number): string =>
    localize.term('mosOf', localize.number(value, {minimumFractionDigits: 1, maximumFractionDigits: 1}));
  const rows: (readonly [string, string, string] | undefined)[] = [
    mos === undefined ? undefined : [localize.term('voiceQuality'), score(mos), NONE],
    [
      localize.term('bitrate'),
      ...both(({audio, video}) => rate((audio?.bitrate ?? 0) + (video?.bitrate ?? 0))),
    ],
    [localize.term('packetLoss'), percent(quality.loss), known(main(sent)?.loss, percent)],
    [localize.term('jitter'), ...both((flow) => known(main(flow)?.jitter, time))],
    flows.some(({audio}) => audio)
      ? [localize.term('audioCodec'), ...both(({audio}) => audio?.codec || undefined)]
      : undefined,
    flows.some(({video}) => video)
      ? [localize.term('videoCodec'), ...both(({video}) => video?.codec || undefined)]
      : undefined,
    flows.some(({video}) => video?.width)
      ? [localize.term('pictureSize'), ...both(({video}) => video && sizeOf(video, localize))]
      : undefined,
  ];
  return html`<table>
    <thead>
      <tr>
        <td></td>
        <th scope="col">${localize.term('flowReceived')}</th>
        <th scope="col">${localize.term('flowSent')}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((row) =>
        row
          ? html`<tr>
              <th scope="row">${row[0]}</th>
              <td><bdi>${row[1]}</bdi></td>
              <td><bdi>${row[2]}</bdi></td>
            </tr>`
          : nothing,
      )}
      ${rtt === undefined ? nothing : whole(localize.term('roundTrip'), time(rtt))}
    </tbody>
  </table>`;
}

/** Renders a row whose value covers both directions. */
function whole(name: string, value: string): TemplateResult {
  return html`<tr>
    <th scope="row">${name}</th>
    <td colspan="2"><bdi>${value}</bdi></td>
  </tr>`;
}

function known(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? NONE : text(value);
}

function sizeOf({width, height, frameRate}: StreamQuality, localize: LocalizeController): string | undefined {
  if (!width || !height) return undefined;
  const size = `${width}×${height}`;
  const rate = frameRate === undefined ? '' : `${localize.number(Math.round(frameRate))}\u00a0fps`;
  return localize.listed([size, rate]);
}
