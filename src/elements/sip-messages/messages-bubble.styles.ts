import {css} from 'lit';

/** The styles of a message, for the element in whose shadow root it is. */
export const bubbleStyles = css`
  .row {
    display: flow-root;
    padding: 0.1875rem var(--_space-3);
  }
  .day {
    margin-block: var(--_space-2);
    text-align: center;
    font-size: var(--_text-s);
    font-weight: 600;
    color: var(--_quiet);
  }
  .day::first-letter {
    text-transform: uppercase;
  }
  .day.new {
    color: var(--_accent);
  }
  .message {
    display: grid;
    /* A picture is no wider than there is room. */
    grid-template-columns: minmax(0, auto);
    justify-items: start;
    gap: 0.125rem;
    max-inline-size: 85%;
    inline-size: fit-content;
  }
  .message.outgoing {
    justify-items: end;
    margin-inline-start: auto;
  }
  .bubble {
    max-inline-size: 100%;
    padding: var(--_space-2) var(--_space-3);
    border-radius: var(--_radius-m);
    border-end-start-radius: 0.25rem;
    overflow-wrap: anywhere;
    background: var(--_fill);
  }
  .outgoing .bubble {
    border-end-start-radius: var(--_radius-m);
    border-end-end-radius: 0.25rem;
    background: color-mix(in oklab, var(--_accent) 18%, var(--_surface));
  }
  .found .bubble {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .failed .bubble {
    background: color-mix(in oklab, var(--_danger) 14%, var(--_surface));
  }
  .text {
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }
  .text a {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .type {
    font-size: var(--_text-s);
    font-style: italic;
  }
  .meta,
  .acts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.375rem;
    font-size: var(--_text-s);
  }
  .message.outgoing .meta {
    justify-content: flex-end;
  }
  .acts {
    flex-wrap: nowrap;
  }
  .why-text {
    flex-basis: 100%;
    text-align: end;
  }
  .file {
    display: flex;
    min-block-size: 1.5rem;
    align-items: center;
    gap: var(--_space-2);
    text-decoration: none;
  }
  .file.shown {
    display: grid;
    inline-size: 14rem;
    max-inline-size: 100%;
  }
  a.file .name {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .file > .icon {
    flex: none;
  }
  .file img {
    /* Its place is there before it is: nothing jumps. */
    inline-size: 100%;
    aspect-ratio: 4 / 3;
    object-fit: cover;
    border-radius: var(--_radius-s);
    background: var(--_sunken);
  }
  .bubble progress,
  .bubble progress::-webkit-progress-bar {
    background: color-mix(in oklab, var(--_text) 14%, transparent);
  }
  .file-text {
    display: grid;
    min-inline-size: 0;
  }
  .file-text .quiet {
    font-size: var(--_text-s);
  }
  @media (forced-colors: active) {
    .bubble {
      border: 1px solid;
    }
  }
`;
