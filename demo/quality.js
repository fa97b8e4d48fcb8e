/** Sends the picture of a call in the size that the visitor chooses, and shows what is sent. */
const section = document.querySelector('.quality');
const [select, status] = [section.querySelector('select'), section.querySelector('[role=status]')];
const client = section.querySelector('sip-client');

/** The bitrate that a size needs, in bit/s. */
const RATES = {90: 80_000, 180: 200_000, 360: 500_000, 720: 1_500_000};

/** The settings of the chosen size; undefined leaves them to the browser. */
function chosen() {
  const [width, height] = select.value ? select.value.split('x').map(Number) : [];
  return {width, height, maxBitrate: RATES[height]};
}

await customElements.whenDefined('sip-client');
client.options = {...client.options, video: {contentHint: 'motion'}};
select.addEventListener('change', () => {
  for (const call of client.calls) call.setQuality({video: chosen()}).catch(() => {});
});
client.addEventListener('sip-call-answered', ({detail: {call}}) => {
  call.setQuality({video: chosen()}).catch(() => {});
});
client.addEventListener('sip-call-quality', ({detail: {quality}}) => {
  const {width, height, frameRate, bitrate} = quality.sent.video ?? {};
  status.textContent = width
    ? `${width} × ${height}, ${Math.round(frameRate ?? 0)} Hz, ${Math.round(bitrate / 1000)} kbit/s`
    : '';
});
client.addEventListener('sip-call-hangup', () => (status.textContent = ''));
