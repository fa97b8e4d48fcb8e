import {css, html, nothing, type TemplateResult} from 'lit';

/** The properties and the handlers of a volume slider; volumes are 0–1. */
export interface VolumeSliderOptions {
  readonly label: string;
  readonly volume: number;
  readonly part?: string;
  /** Called while the user moves the slider. */
  readonly onMove?: (volume: number) => void;
  /** Called when the user has moved the slider. */
  readonly onMoved?: (volume: number) => void;
}

/** Renders the slider of a volume with its label. */
export function volumeSlider({label, volume, part, onMove, onMoved}: VolumeSliderOptions): TemplateResult {
  const listener = (onVolume?: (volume: number) => void): unknown =>
    onVolume ? ({target}: Event) => onVolume((target as HTMLInputElement).valueAsNumber / 100) : nothing;
  return html`<label class="volume">
    <span>${label}</span>
    <input
      part=${part ?? nothing}
      type="range"
      min="0"
      max="100"
      step="5"
      .value=${String(Math.round(100 * volume))}
      @input=${listener(onMove)}
      @change=${listener(onMoved)}
    />
  </label>`;
}

export const volumeStyles = css`
  .volume {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
  }
  .volume input {
    flex: 1;
    min-inline-size: 0;
    /* As high as a finger needs. */
    block-size: max(1.5rem, 24px);
    margin: 0;
    accent-color: var(--_accent);
  }
`;
